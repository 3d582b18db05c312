"""Every status x action x role x whose record of conferences and action items. The expectations are written by hand."""

import pytest
from django.db import transaction

from agencies.audit.models import AuditEvent
from agencies.models import User
from agencies.refusals import Conflict, NotPermitted, Refusal
from registry.conferences import actions
from registry.conferences.models import ActionItem, Conference
from registry.workflow import TransitionError
from tests.cast import Cast
from tests.conferences.stories import HELD, agency, approved, convened, fresh, minuted, planned, task
from tests.information.people import ROLES, somebody

STATUSES = {"planned": planned, "convened": convened, "minuted": minuted, "approved": approved}
HOSTS = {"its own agency": "POLICE", "another agency": "CUSTOMS", "nobody named": None}
LEADS_TO = {
    ("planned", "edit"): "planned",
    ("convened", "edit"): "convened",
    ("minuted", "edit"): "minuted",
    ("planned", "convene"): "convened",
    ("convened", "minute"): "minuted",
    ("minuted", "approve"): "approved",
    ("planned", "attendance"): "planned",
    ("planned", "agenda"): "planned",
    ("planned", "fill"): "planned",
    ("planned", "reorder"): "planned",
    ("planned", "tick"): "planned",
    ("planned", "paper"): "planned",
    ("convened", "paper"): "convened",
    ("minuted", "paper"): "minuted",
    ("convened", "resolution"): "convened",
    ("minuted", "resolution"): "minuted",
    ("convened", "action_item"): "convened",
    ("minuted", "action_item"): "minuted",
    ("approved", "action_item"): "approved",
}
"""What the secretariat of the host may do in which status, and where it leads. Everything else is refused."""


WRITES = {
    "edit": (actions.edit_conference, {"content": {"title_vi": "Tên khác"}}),
    "convene": (actions.convene_conference, {"held_on": HELD}),
    "minute": (actions.complete_minutes, {"minutes_vi": "Biên bản."}),
    "approve": (actions.approve_minutes, {}),
    "attendance": (actions.add_attendance, {"office_vi": "Cục trưởng"}),
    "agenda": (actions.add_agenda_point, {"text_vi": "Tình hình."}),
    "fill": (actions.fill_agenda, {}),
    "reorder": (actions.reorder_agenda, {"order": []}),
    "tick": (actions.record_attendance, {"presence": {}}),
    "paper": (actions.add_paper, {"title_vi": "Báo cáo", "copies": 4}),
    "resolution": (actions.add_resolution, {"text_vi": "Nghị quyết."}),
    "action_item": (actions.add_action_item, {"text_vi": "Nhiệm vụ."}),
}


def act(action: str, conference: Conference, by: User) -> object:
    write, more = WRITES[action]
    if action == "reorder":
        more = {"order": [p.number for p in conference.agenda.all()]}
    return write(conference=conference, by=by, **more)


def refusal(status: str, action: str, permitted: bool) -> type[Refusal]:
    """Whether it is theirs is said before whether it is time."""
    if not permitted:
        return NotPermitted
    return TransitionError if action in {"convene", "minute", "approve"} else Conflict


@pytest.mark.parametrize("hosted_by", HOSTS)
@pytest.mark.parametrize("role", ROLES)
def test_a_conference_is_written_only_by_the_secretariat_of_its_host(cast: Cast, role: str, hosted_by: str) -> None:
    by = somebody(cast, role=role, unit="police")
    permitted = role == "secretariat" and hosted_by != "another agency"
    for status in STATUSES:
        conference = hosted(cast, status, HOSTS[hosted_by])
        for action in WRITES:
            where = f"{role} does {action} to a {status} conference hosted by {hosted_by}"
            before = AuditEvent.objects.count()
            with transaction.atomic():
                if permitted and (status, action) in LEADS_TO:
                    act(action, conference, by)
                    assert fresh(conference).status == LEADS_TO[status, action], where
                    assert AuditEvent.objects.count() == before + 1, where
                else:
                    with pytest.raises(refusal(status, action, permitted)) as caught, transaction.atomic():
                        act(action, conference, by)
                    expected = refusal(status, action, permitted)
                    assert isinstance(caught.value, NotPermitted) == (expected is NotPermitted), where
                    assert AuditEvent.objects.count() == before, where
                    assert fresh(conference).status == status, where
                transaction.set_rollback(True)


def hosted(cast: Cast, status: str, host: str | None) -> Conference:
    """A conference in the status, made by a secretariat that may."""
    secretariat = cast.customs_secretariat if host == "CUSTOMS" else cast.secretariat
    standing, cast.people["secretariat"] = cast.secretariat, secretariat
    try:
        return STATUSES[status](cast, code=f"meeting-{status}", host=host)
    finally:
        cast.people["secretariat"] = standing


ENDS = {("open", "close"): "done", ("open", "drop"): "dropped"}


@pytest.mark.parametrize("assignee", ["POLICE", "CUSTOMS", "COASTGUARD", None])
@pytest.mark.parametrize("unit", ["police", "customs", "coast"])
@pytest.mark.parametrize("role", ROLES)
def test_an_action_item_is_ended_by_the_secretariat_of_host_or_assignee(
    cast: Cast, role: str, unit: str, assignee: str | None
) -> None:
    by = somebody(cast, role=role, unit=unit)
    agency_of_unit = {"police": "POLICE", "customs": "CUSTOMS", "coast": "COASTGUARD"}[unit]
    permitted = role == "secretariat" and agency_of_unit in {"POLICE", assignee}
    conference = convened(cast)
    for status in ("open", "done", "dropped"):
        for action, write in (("close", actions.close_action_item), ("drop", actions.drop_action_item)):
            item = standing(cast, conference, status, assignee)
            say = {"close": "evidence", "drop": "reason"}[action]
            if permitted and (status, action) in ENDS:
                assert write(item=item, by=by, **{say: "Công văn 12."}).status == ENDS[status, action]
            else:
                expected = TransitionError if permitted else NotPermitted
                with pytest.raises(expected):
                    write(item=item, by=by, **{say: "Công văn 12."})
                assert ActionItem.objects.get(pk=item.pk).status == status


def standing(cast: Cast, conference: Conference, status: str, assignee: str | None) -> ActionItem:
    """An action item in the status."""
    item = task(cast, conference, assignee_agency=agency(assignee))
    if status == "done":
        return actions.close_action_item(item=item, by=cast.secretariat, evidence="Công văn 1.")
    if status == "dropped":
        return actions.drop_action_item(item=item, by=cast.secretariat, reason="Không còn cần.")
    return item


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("unit", ["police", "customs"])
@pytest.mark.parametrize("host", ["POLICE", "CUSTOMS", None])
def test_a_conference_is_planned_by_the_secretariat_of_its_host(
    cast: Cast, role: str, unit: str, host: str | None
) -> None:
    cast.people["secretariat"] = somebody(cast, role=role, unit=unit)
    if role == "secretariat" and host in {None, {"police": "POLICE", "customs": "CUSTOMS"}[unit]}:
        assert planned(cast, host=host).status == "planned"
    else:
        with pytest.raises(NotPermitted):
            planned(cast, host=host)
