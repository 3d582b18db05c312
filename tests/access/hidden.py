"""What is hidden from whom in the two-world test. Each function makes records and returns their ids."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from agencies.actions import create_user, grant_role, issue_key
from agencies.delegations import delegate
from agencies.models import Area, today
from agencies.roles import Role, Scope
from registry.cases.actions import link_item, open_case
from registry.information import actions, receipts
from registry.information.dockets import create_docket, tell_docket
from registry.notices.actions import set_preference
from registry.notices.announcing import notify
from registry.periods import Period
from registry.reference.models import Metric, UnitOfMeasure
from registry.reorganisations import actions as reorganisation_actions
from registry.requests import actions as request_actions
from reports.actions import FigureInput, create_statement
from tests.access.asks_attachments import HIDDEN_BYTES
from tests.access.hidden_cases import coast_lots, police_lots
from tests.access.hidden_reports import CUSTOMS_REPORT
from tests.cast import LONG_AGO, SPRING, Cast, draft, released
from tests.commendations.stories import nominated
from tests.information.files import attach
from tests.reports.numbered import numbered
from tests.stories import OPENED

Hide = Callable[[Cast], dict[str, Any]]


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


def coast_people(cast: Cast) -> dict[str, Any]:
    """A person of the coast guard and a key."""
    coast = cast.units["coast"]
    user = create_user(
        username="hidden_person", password=None, unit=coast, role=Role.OFFICER, by=None, valid_from=LONG_AGO
    )
    grant_role(user=user, unit=coast, role=Role.ANALYST, by=None, valid_from=LONG_AGO)
    key, _secret = issue_key(user=user, unit=coast, name="hidden", scopes=[Scope.READ], by=None)
    return {"user": user.pk, "key": key.pk, "username": "hidden_person"}


def coast_delegation(cast: Cast) -> dict[str, Any]:
    """The head of the coast guard lets an officer of the unit release."""
    made = delegate(
        by=cast.coast_head,
        unit=cast.units["coast"],
        username="coast_officer",
        scope=["item.release"],
        starts_on=today(),
        ends_on=today(),
        reason="Bí mật.",
    )
    return {"delegation": made.pk, "user": cast.coast_officer.pk, "username": "coast_officer"}


def coast_docket(cast: Cast) -> dict[str, Any]:
    """The coast guard holds a paper and tells the border guard of it."""
    card = {"level": "mat", "number": "7/BC", "dated_on": OPENED, "issuer": "Cục", "kept_at": "Tủ", "subject": "hidden"}
    made = create_docket(unit=cast.units["coast"], by=cast.coast_officer, card=card, synthetic=True)
    tell_docket(docket=made, units=[cast.units["border"]], by=cast.coast_head)
    return {"docket": made.pk, "reference": made.reference}


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


def coast_requests(cast: Cast) -> dict[str, Any]:
    """The coast guard asks border guard, about an item it gave them; they write to each other and draft an answer."""
    officer, head = cast.coast_officer, cast.coast_head
    item = released(cast, by=officer, head=head, unit="coast", title="Bí mật gửi", to=("border",))
    content = {
        "addressee": cast.units["border"],
        "subject": "Bí mật hỏi",
        "question": "Bí mật?",
        "purpose": "Bí mật.",
        "commitment": True,
        "item": item,
    }
    draft = request_actions.create_request(unit=cast.units["coast"], by=officer, content=content)
    sent = request_actions.create_request(unit=cast.units["coast"], by=officer, content=content, at=SPRING)
    sent = request_actions.send_request(request=sent, by=head, at=SPRING + timedelta(hours=3))
    request_actions.write_message(request=sent, by=cast.border_analyst, text="Bí mật.")
    drafted = {"kind": "answered", "text": "Bí mật.", "items": [item]}
    answer = request_actions.draft_answer(request=sent, by=cast.border_officer, **drafted)
    gone = request_actions.create_request(unit=cast.units["coast"], by=officer, content=content)
    gone = request_actions.send_request(request=gone, by=head)
    request_actions.refuse_request(request=gone, by=cast.border_head, reason="secrecy")
    return {
        "request": sent.pk,
        "draft": draft.pk,
        "answer": answer.pk,
        "request_reference": sent.reference,
        "item": item.pk,
    }


def drafted_answer(cast: Cast) -> dict[str, Any]:
    """Customs drafts an answer to a request of the police, and writes it over."""
    one = cast.requests["request_north"]
    drafted = {"request": one, "kind": "answered"}
    request_actions.draft_answer(by=cast.customs_north_officer, text="Bí mật.", **drafted)
    answer = request_actions.draft_answer(by=cast.customs_north_officer, text="Bí mật lần hai.", **drafted)
    return {"request": one.pk, "answer": answer.pk, "request_reference": one.reference}


def drafted_request(cast: Cast) -> dict[str, Any]:
    """Police draft a request to customs, and give another draft up."""
    content = {"addressee": cast.units["customs"], "subject": "Bí mật hỏi", "question": "Bí mật?"}
    one = request_actions.create_request(unit=cast.units["police"], by=cast.police_officer, content=content)
    other = request_actions.create_request(unit=cast.units["police"], by=cast.police_officer, content=content)
    request_actions.discard_request(request=other, by=cast.police_officer)
    return {"request": one.pk}


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


def coast_statement(cast: Cast) -> dict[str, Any]:
    """The coast guard drafts its figures, of a case of its own with border guard."""
    case = open_case(
        by=cast.coast_officer,
        unit=cast.units["coast"],
        kind="case",
        title="Vụ bí mật",
        area=Area.objects.get(code="sea"),
        opened_on=OPENED,
        participants=[(cast.units["border"], "co_lead")],
    )
    claimed = FigureInput(
        metric=Metric.objects.get(code="drug_cases"),
        role="lead",
        value=Decimal(1),
        unit=UnitOfMeasure.objects.get(code="case"),
        claims=[case],
    )
    made = create_statement(
        unit=cast.units["coast"], period=Period.parse("2025-Q2"), by=cast.coast_officer, figures=[claimed]
    )
    return {"statement": made.pk, "case": case.pk}


def customs_reorganisation(cast: Cast) -> dict[str, Any]:
    """Customs plans to close its northern unit, and renames a plan of before."""
    planned = reorganisation_actions.plan_reorganisation(
        unit=cast.units["customs"],
        kind="close",
        takes_effect_on=today().replace(year=2098),
        reason="Bí mật.",
        plan={"units": ["customs_north"]},
        by=cast.again("customs_admin"),
    )
    reorganisation_actions.change_plan(
        reorganisation=planned, changes={"reason": "Bí mật lần hai."}, by=cast.again("customs_admin")
    )
    return {"reorganisation": planned.pk}


def coast_nomination(cast: Cast) -> dict[str, Any]:
    """The coast guard proposes its people for an award, and registers a report of its own."""
    found = coast_matters(cast)
    made = nominated(
        cast,
        by="coast_officer",
        unit=cast.units["coast"],
        cases=[found["case"]],
        achievement_vi="Bí mật.",
        units=("coast", "border"),
    )
    paper = numbered(cast, "coast", by=cast.coast_officer)
    return {"commendation": made.pk, "case": found["case"], "paper": paper.pk}


SCENES: dict[str, tuple[Hide, tuple[str, ...]]] = {
    "coast_matters": (
        coast_matters,
        "police_officer police_head north_officer customs_focal_point customs_analyst secretariat customs_secretariat"
        " auditor customs_auditor police_admin admin_key".split(),
    ),
    "coast_people": (coast_people, ("admin_key", "police_admin", "customs_admin", "police_officer", "auditor")),
    "coast_delegation": (
        coast_delegation,
        ("police_head", "police_admin", "admin_key", "customs_admin", "customs_analyst", "delegate", "auditor"),
    ),
    "coast_docket": (
        coast_docket,
        ("police_officer", "police_head", "customs_focal_point", "secretariat", "auditor", "admin_key", "delegate"),
    ),
    "sister_matters": (
        sister_matters,
        ("north_officer", "south_head", "customs_officer", "customs_focal_point", "border_analyst", "customs_auditor"),
    ),
    "other_recipients": (
        other_recipients,
        ("customs_officer", "customs_focal_point", "customs_analyst", "customs_secretariat"),
    ),
    "coast_requests": (
        coast_requests,
        "police_officer police_head north_officer customs_officer customs_focal_point auditor customs_auditor".split(),
    ),
    "waiting_correction": (
        waiting_correction,
        "customs_officer customs_focal_point customs_analyst customs_secretariat customs_auditor border_analyst".split(),
    ),
    "drafted_answer": (drafted_answer, ("north_officer", "north_head", "police_analyst", "auditor", "secretariat")),
    "drafted_request": (
        drafted_request,
        ("customs_officer", "customs_head", "customs_focal_point", "customs_auditor", "north_officer"),
    ),
    "coast_statement": (
        coast_statement,
        "police_officer police_head north_officer customs_officer customs_head secretariat auditor admin_key".split(),
    ),
    "others_notices": (others_notices, ("coast_officer", "police_head", "customs_focal_point", "auditor", "admin_key")),
    "others_consents": (
        others_consents,
        "customs_officer customs_head customs_analyst customs_secretariat customs_auditor coast_head north_head".split(),
    ),
    "coast_lots": (
        coast_lots,
        "police_officer police_head north_officer customs_officer customs_analyst secretariat auditor".split(),
    ),
    "police_lots": (police_lots, ("north_officer", "north_head", "south_officer", "customs_north_officer")),
    "customs_reorganisation": (
        customs_reorganisation,
        ("police_admin", "admin_key", "police_officer", "customs_officer", "auditor", "coast_head"),
    ),
    "coast_nomination": (
        coast_nomination,
        "police_officer police_head north_officer customs_officer secretariat customs_secretariat admin_key".split(),
    ),
    "customs_report": CUSTOMS_REPORT,
    "hidden_link": (hidden_link, ("customs_officer", "customs_head", "customs_analyst", "customs_secretariat")),
}
"""What is hidden, and from whom it must be hidden without a trace."""
