"""Items, deliveries, versions and consents that are hidden in the two-world test."""

from datetime import timedelta
from typing import Any

from agencies.models import Area
from registry.cases.actions import link_item, open_case
from registry.information import actions, receipts
from tests.access.asks_attachments import HIDDEN_BYTES
from tests.cast import SPRING, Cast, draft, released
from tests.information.files import attach
from tests.stories import OPENED


def coast_matters(cast: Cast) -> dict[str, Any]:
    """Items of the coast guard in every status, released to border guard at most; a case of the two."""
    officer, head = cast.coast_officer, cast.coast_head
    item = draft(cast, by=officer, unit="coast", title="Bí mật nháp", to=("border",))
    file = attach(item, officer, HIDDEN_BYTES, "bí mật.txt")
    waiting = draft(cast, by=officer, unit="coast", title="Bí mật chờ", to=("border",))
    actions.submit_item(item=waiting, by=officer)
    sent = released(cast, by=officer, head=head, unit="coast", title="Bí mật gửi", to=("border",))
    gone = released(cast, by=officer, head=head, unit="coast", title="Bí mật thu hồi", to=("border",))
    actions.recall_item(item=gone, by=head, reason="Bí mật.")
    case = open_case(
        by=officer,
        unit=cast.units["coast"],
        kind="case",
        title="Vụ bí mật",
        area=Area.objects.get(code="sea"),
        opened_on=OPENED,
        participants=[(cast.units["border"], "co_lead")],
        synthetic=True,
    )
    return {
        "file": file.pk,
        "item": sent.pk,
        "draft": item.pk,
        "delivery": sent.deliveries.get().pk,
        "case": case.pk,
        "reference": sent.reference,
    }


def sister_matters(cast: Cast) -> dict[str, Any]:
    """A draft of central police and a release to the coast guard: not for customs, nor for units below."""
    item = draft(cast, by=cast.police_officer, title="Bí mật nháp", to=("customs",))
    sent = released(cast, by=cast.police_officer, head=cast.police_head, title="Bí mật gửi", to=("coast",))
    return {"item": sent.pk, "draft": item.pk, "delivery": sent.deliveries.get().pk, "reference": sent.reference}


def other_recipients(cast: Cast) -> dict[str, Any]:
    """What customs has, coast guard gets too, and border guard acknowledges and evaluates its own."""
    item = cast.items["police_released_to_two"]
    further = [cast.units["coast"]]
    seen = actions.preview_release(item=item, by=cast.police_head, recipients=further).hash
    actions.share_item(item=item, by=cast.police_head, recipients=further, preview=seen, at=SPRING)
    delivery = item.deliveries.get(unit=cast.units["coast"])
    receipts.acknowledge_delivery(delivery=delivery, by=cast.coast_focal_point, at=SPRING + timedelta(hours=1))
    border = cast.delivery("police_released_to_two", "border")
    receipts.acknowledge_delivery(delivery=border, by=cast.border_focal_point)
    receipts.evaluate_delivery(delivery=border, by=cast.border_analyst, usefulness="contributed")
    return {"item": item.pk, "delivery": delivery.pk, "draft": item.pk, "reference": item.reference}


def others_consents(cast: Cast) -> dict[str, Any]:
    """Border guard asks to quote what customs has too, and may; it asks again, and waits."""
    delivery = cast.delivery("police_released_to_two", "border")
    asked = {"delivery": delivery, "by": cast.border_analyst, "kind": "quote", "purpose": "Bí mật."}
    granted = actions.grant_consent(consent=actions.ask_consent(**asked), by=cast.police_head, limits="Bí mật.")
    actions.ask_consent(**asked | {"kind": "court"})
    return {"consent": granted.pk, "delivery": delivery.pk}


def waiting_correction(cast: Cast) -> dict[str, Any]:
    """Police correct what customs and border guard have, with a file; an earlier correction was given up."""
    item, officer = cast.items["police_released_to_two"], cast.police_officer
    for title in ("Bí mật bỏ", "Bí mật sửa"):
        actions.correct_item(item=item, by=officer, content={"title": title}, reason="Bí mật.")
        file = attach(item, officer, HIDDEN_BYTES, "bí mật.txt")
        if title == "Bí mật bỏ":
            actions.withdraw_correction(item=item, by=officer)
    waiting = item.versions.latest("number")
    return {"version": waiting.pk, "item": item.pk, "file": file.pk, "reference": item.reference}


def hidden_link(cast: Cast) -> dict[str, Any]:
    """Police link an item that customs never got to a case customs takes part in."""
    sent = released(cast, by=cast.police_officer, head=cast.police_head, title="Bí mật gửi", to=("border",))
    link_item(case=cast.cases["case_joint"], by=cast.police_officer, item=sent)
    return {"item": sent.pk, "case": cast.cases["case_joint"].pk, "reference": sent.reference}
