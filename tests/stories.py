"""More of the cast's stories: joint cases, conferences, statements in each status. Made through the real actions."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from agencies.models import Area, User
from registry.cases import actions as case_actions
from registry.cases.models import JointCase
from registry.conferences import actions as conference_actions
from registry.conferences.models import ActionItem, Conference
from registry.information import actions as item_actions
from registry.information.dockets import create_docket, end_docket, tell_docket
from registry.information.models import Consent, Delivery, Docket
from registry.notices.announcing import notify
from registry.notices.models import Notice
from registry.periods import Period
from registry.reference.models import Metric, Substance, UnitOfMeasure
from registry.requests import actions as request_actions
from registry.requests.models import InformationRequest
from reports import actions as statement_actions
from reports.models import Statement

OPENED = date(2024, 5, 15)

CASES: dict[str, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    "case_joint": ("police", "inland", (("customs", "co_lead"), ("border", "coordinator"))),
    "case_north": ("north", "inland", (("customs_north", "co_lead"),)),
    "case_customs": ("customs", "customs", ()),
    "case_closed": ("police", "inland", (("customs", "co_lead"),)),
}
"""Who opens it (and leads), in which area, who takes part. Customs has confirmed `case_closed`, and nothing else."""

ASKED_AT = datetime(2024, 5, 20, 2, 0, tzinfo=UTC)
"""When the requests are drafted: Monday 20 May 2024, 9:00 in Viet Nam, inside 2024-Q2. They are sent an hour later."""

REQUESTS = {
    "request_draft": ("police", "customs", "draft"),
    "request_discarded": ("police", "customs", "withdrawn"),
    "request_sent": ("police", "customs", "sent"),
    "request_received": ("police", "customs", "received"),
    "request_answered": ("police", "customs", "answered"),
    "request_nothing": ("police", "customs", "answered"),
    "request_refused": ("police", "customs", "refused"),
    "request_withdrawn": ("police", "customs", "withdrawn"),
    "request_reopened": ("police", "customs", "received"),
    "request_north": ("north", "customs_north", "sent"),
    "request_customs": ("customs", "police", "sent"),
}
"""Who asks whom, and where it stands. Whoever owes an answer has one drafted, except `request_north`."""

CONFERENCES = ("planned", "convened", "minuted", "approved")


def cases(people: dict[str, User], units: dict[str, Any]) -> dict[str, JointCase]:
    """Four cases; `case_joint` has a lot that is not weighed."""
    made = {}
    for name, (lead, area, others) in CASES.items():
        officer = people[f"{lead}_officer"]
        made[name] = case_actions.open_case(
            by=officer,
            unit=units["police_north" if lead == "north" else lead],
            kind="case",
            title=f"Vụ {name}",
            area=Area.objects.get(code=area),
            opened_on=OPENED,
            participants=[(units[unit], role) for unit, role in others],
            synthetic=True,
        )
        case_actions.add_lot(
            case=made[name],
            by=officer,
            substance=Substance.objects.get(code="heroin"),
            raw_text="chưa cân",
            seized_on=OPENED,
        )
    row = made["case_closed"].participations.get(unit=units["customs"])
    case_actions.confirm_participation(participation=row, by=people["customs_head"])
    case_actions.close_case(
        case=made["case_closed"], by=people["police_officer"], result="Xong.", closed_on=OPENED + timedelta(days=9)
    )
    return {name: JointCase.objects.get(pk=case.pk) for name, case in made.items()}


def conferences(people: dict[str, User], units: dict[str, Any]) -> tuple[dict[str, Conference], dict[str, ActionItem]]:
    """A conference hosted by the police in each status, and action items: open, done, dropped."""
    by = people["secretariat"]
    made: dict[str, Conference] = {}
    items: dict[str, ActionItem] = {}
    for name in CONFERENCES:
        content = {
            "kind": "quarterly_exchange",
            "title_vi": f"Hội nghị {name}",
            "host_agency": units["police"].agency,
            "held_on": OPENED,
        }
        one = conference_actions.create_conference(by=by, code=f"conference-{name}", content=content, synthetic=True)
        if name != "planned":
            one = conference_actions.convene_conference(conference=one, by=by)
        if name in {"minuted", "approved"}:
            one = conference_actions.complete_minutes(conference=one, by=by, minutes_vi="Biên bản.")
        if name == "approved":
            one = conference_actions.approve_minutes(conference=one, by=by)
        made[name] = Conference.objects.get(pk=one.pk)
    for status in ("open", "done", "dropped"):
        item = conference_actions.add_action_item(
            conference=made["minuted"], by=by, text_vi=f"Việc {status}", assignee_agency=units["customs"].agency
        )
        if status == "done":
            conference_actions.close_action_item(item=item, by=by, evidence="Công văn.")
        if status == "dropped":
            conference_actions.drop_action_item(item=item, by=by, reason="Không cần.")
        items[status] = ActionItem.objects.get(pk=item.pk)
    return made, items


def consents(people: dict[str, User], delivery: Delivery) -> dict[str, Consent]:
    """A consent in every status: an analyst of customs asks to quote, the head of central police decides."""
    made, head = {}, people["police_head"]
    for status in ("asked", "granted", "refused", "revoked", "withdrawn"):
        one = item_actions.ask_consent(
            delivery=delivery, by=people["customs_analyst"], kind="quote", purpose=f"Báo cáo: {status}.", at=ASKED_AT
        )
        if status in {"granted", "revoked"}:
            item_actions.grant_consent(consent=one, by=head, at=ASKED_AT)
        if status == "refused":
            item_actions.refuse_consent(consent=one, by=head, reason="Nguồn chưa đồng ý.", at=ASKED_AT)
        if status == "revoked":
            item_actions.revoke_consent(consent=one, by=head, reason="Nguồn rút lại.", at=ASKED_AT)
        if status == "withdrawn":
            item_actions.withdraw_consent(consent=one, by=people["customs_analyst"], at=ASKED_AT)
        made[status] = Consent.objects.get(pk=one.pk)
    return made


def statements(people: dict[str, User], units: dict[str, Any]) -> dict[str, Statement]:
    """A confirmed statement and a draft of police and of customs, for periods after all other stories.

    Each states two cases that it led, and counts none: a difference.
    """
    made = {}
    two = {"metric": Metric.objects.get(code="drug_cases"), "role": "lead", "value": Decimal(2)}
    led = statement_actions.FigureInput(**two, unit=UnitOfMeasure.objects.get(code="case"))
    for unit in ("police", "customs"):
        for status, period in (("confirmed", "2025-Q1"), ("draft", "2025-Q2")):
            figure = statement_actions.FigureInput(metric=Metric.objects.get(code="information_shared"), nil=True)
            one = statement_actions.create_statement(
                unit=units[unit],
                period=Period.parse(period),
                by=people[f"{unit}_officer"],
                figures=[figure, led],
                synthetic=True,
            )
            if status == "confirmed":
                statement_actions.confirm_statement(statement=one, by=people[f"{unit}_head"])
            made[f"{unit}_{status}"] = Statement.objects.get(pk=one.pk)
    return made


DOCKETS: dict[str, tuple[str, str, tuple[str, ...], str]] = {
    "police_told": ("police", "mat", ("customs", "border_north"), "held"),
    "police_highest": ("police", "tuyet_mat", (), "held"),
    "north_held": ("north", "toi_mat", (), "held"),
    "police_returned": ("police", "mat", ("customs",), "returned"),
}
"""Whose officer registers the card, the degree, which units were told, where the paper is."""


def dockets(people: dict[str, User], units: dict[str, Any]) -> dict[str, Docket]:
    """Four cards."""
    made = {}
    for number, (name, (owner, level, told, status)) in enumerate(DOCKETS.items(), start=1):
        head = people[f"{owner}_head"]
        card = {
            "level": level,
            "number": f"{number:02d}/BC",
            "dated_on": OPENED,
            "issuer": "Cục",
            "kept_at": "Tủ số 1",
            "subject": "" if level == "tuyet_mat" else f"Trích yếu {name}",
        }
        unit = units["police_north" if owner == "north" else owner]
        one = create_docket(unit=unit, by=people[f"{owner}_officer"], card=card, synthetic=True)
        if told:
            one = tell_docket(docket=one, units=[units[code] for code in told], by=head)
        if status == "returned":
            one = end_docket(docket=one, action="return", reason="Đã trả.", by=head)
        made[name] = Docket.objects.get(pk=one.pk)
    return made


def requests(people: dict[str, User], units: dict[str, Any]) -> dict[str, InformationRequest]:
    """A request in every status, told hour by hour from ASKED_AT: sent after one, received after two, and so on."""
    return {name: _request(people, units, name, *story) for name, story in REQUESTS.items()}


def _request(
    people: dict[str, User], units: dict[str, Any], name: str, asker: str, addressee: str, status: str
) -> InformationRequest:
    content = {
        "addressee": units[addressee],
        "subject": f"Hỏi {name}",
        "question": "Phương tiện nào đã qua cửa khẩu?",
        "purpose": "Xác minh một tin báo.",
        "commitment": True,
    }
    unit = units["police_north" if asker == "north" else asker]
    at = [ASKED_AT + timedelta(hours=n) for n in range(8)]
    one = request_actions.create_request(
        unit=unit, by=people[f"{asker}_officer"], content=content, at=at[0], synthetic=True
    )
    asking = {"request": one, "by": people[f"{asker}_head"]}
    if name == "request_discarded":
        request_actions.discard_request(request=one, by=people[f"{asker}_officer"], at=at[1])
    elif status != "draft":
        request_actions.send_request(**asking, at=at[1])
    if status in {"received", "answered", "refused"}:
        request_actions.receive_request(request=one, by=people[f"{addressee}_focal_point"], at=at[2])
    if status in {"sent", "received", "answered"} and name != "request_north":
        kind = "no_information" if name == "request_nothing" else "answered"
        drafting = {"request": one, "by": people[f"{addressee}_officer"], "kind": kind, "text": "Chưa có xe nào."}
        request_actions.draft_answer(**drafting, at=at[3])
    if status == "answered" or name == "request_reopened":
        request_actions.give_answer(request=one, by=people[f"{addressee}_head"], at=at[4])
    if name == "request_reopened":
        request_actions.reopen_request(**asking, reason="Chưa đủ.", at=at[5])
        request_actions.draft_answer(**drafting, at=at[6])
    if status == "refused":
        request_actions.refuse_request(request=one, by=people[f"{addressee}_head"], reason="secrecy", at=at[4])
    if name == "request_withdrawn":
        request_actions.withdraw_request(**asking, reason="Đã có.", at=at[5])
    return InformationRequest.objects.get(pk=one.pk)


TOLD = {"north_head": "police_north", "customs_focal_point": "customs", "coast_officer": "coast"}
"""Who has a notice, for which unit. The stories are years old: nobody was told of them as they happened."""


def notices(people: dict[str, User], units: dict[str, Any]) -> dict[str, Notice]:
    """One notice each, not read."""
    return {
        name: notify(
            kind="item_delivered",
            to=[people[name]],
            reference=f"STORY-{number}",
            path="/admin/information/delivery/",
            key=f"story:{number}",
            unit=units[unit],
        )[0]
        for number, (name, unit) in enumerate(TOLD.items())
    }
