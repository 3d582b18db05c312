"""What is hidden from whom in the two-world test. Each function makes records and returns their ids."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from agencies.actions import create_user, grant_role, issue_key
from agencies.models import Area
from agencies.roles import Role, Scope
from registry.cases.actions import link_item, open_case
from registry.information import actions, receipts
from registry.information.clock import receipt_due
from registry.information.models import Delivery
from registry.notices.actions import set_preference
from registry.notices.announcing import notify
from tests.cast import LONG_AGO, SPRING, Cast, draft, released
from tests.stories import OPENED

Hide = Callable[[Cast], dict[str, Any]]


def coast_matters(cast: Cast) -> dict[str, Any]:
    """Items of the coast guard in every status, released to border guard at most; a case of the two."""
    officer, head = cast.coast_officer, cast.coast_head
    item = draft(cast, by=officer, unit="coast", title="Bí mật nháp", to=("border",))
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
        "item": sent.pk,
        "draft": item.pk,
        "delivery": sent.deliveries.get().pk,
        "case": case.pk,
        "reference": sent.reference,
    }


def coast_people(cast: Cast) -> dict[str, Any]:
    """A person of the coast guard and a key."""
    coast = cast.units["coast"]
    user = create_user(
        username="hidden_person", password=None, unit=coast, role=Role.OFFICER, by=None, valid_from=LONG_AGO
    )
    grant_role(user=user, unit=coast, role=Role.ANALYST, by=None, valid_from=LONG_AGO)
    key, _secret = issue_key(user=user, unit=coast, name="hidden", scopes=[Scope.READ], by=None)
    return {"user": user.pk, "key": key.pk, "username": "hidden_person"}


def sister_matters(cast: Cast) -> dict[str, Any]:
    """A draft of central police and a release to the coast guard: not for customs, nor for units below."""
    item = draft(cast, by=cast.police_officer, title="Bí mật nháp", to=("customs",))
    sent = released(cast, by=cast.police_officer, head=cast.police_head, title="Bí mật gửi", to=("coast",))
    return {"item": sent.pk, "draft": item.pk, "delivery": sent.deliveries.get().pk, "reference": sent.reference}


def other_recipients(cast: Cast) -> dict[str, Any]:
    """What customs has, coast guard gets too, and border guard acknowledges and evaluates its own."""
    item = cast.items["police_released_to_two"]
    delivery = Delivery(
        item=item,
        version=item.current,
        unit=cast.units["coast"],
        delivered_at=SPRING,
        due_at=receipt_due(urgency="routine", start=SPRING),
    )
    delivery.save()
    receipts.acknowledge_delivery(delivery=delivery, by=cast.coast_focal_point, at=SPRING + timedelta(hours=1))
    border = cast.delivery("police_released_to_two", "border")
    receipts.acknowledge_delivery(delivery=border, by=cast.border_focal_point)
    receipts.evaluate_delivery(delivery=border, by=cast.border_analyst, usefulness="contributed")
    return {"item": item.pk, "delivery": delivery.pk, "draft": item.pk, "reference": item.reference}


def hidden_link(cast: Cast) -> dict[str, Any]:
    """Police link an item that customs never got to a case customs takes part in."""
    sent = released(cast, by=cast.police_officer, head=cast.police_head, title="Bí mật gửi", to=("border",))
    link_item(case=cast.cases["case_joint"], by=cast.police_officer, item=sent)
    return {"item": sent.pk, "case": cast.cases["case_joint"].pk, "reference": sent.reference}


def others_notices(cast: Cast) -> dict[str, Any]:
    """A head of the coast guard is told of something, and has chosen mails for it."""
    choice = set_preference(by=cast.coast_head, kind="*", email="digest")
    (notice,) = notify(
        kind="item_delivered",
        to=[cast.coast_head],
        reference="HIDDEN-1",
        path="/admin/information/delivery/",
        key="hidden",
        unit=cast.units["coast"],
    )
    return {"notice": notice.pk, "choice": choice.pk, "reference": "HIDDEN-1"}


SCENES: dict[str, tuple[Hide, tuple[str, ...]]] = {
    "coast_matters": (
        coast_matters,
        "police_officer police_head north_officer customs_focal_point customs_analyst secretariat customs_secretariat"
        " auditor customs_auditor police_admin admin_key".split(),
    ),
    "coast_people": (coast_people, ("admin_key", "police_admin", "customs_admin", "police_officer", "auditor")),
    "sister_matters": (
        sister_matters,
        ("north_officer", "south_head", "customs_officer", "customs_focal_point", "border_analyst", "customs_auditor"),
    ),
    "other_recipients": (
        other_recipients,
        ("customs_officer", "customs_focal_point", "customs_analyst", "customs_secretariat"),
    ),
    "others_notices": (others_notices, ("coast_officer", "police_head", "customs_focal_point", "auditor", "admin_key")),
    "hidden_link": (hidden_link, ("customs_officer", "customs_head", "customs_analyst", "customs_secretariat")),
}
"""What is hidden, and from whom it must be hidden without a trace."""
