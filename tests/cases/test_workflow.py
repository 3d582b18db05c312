"""Every status x action x role x whose record of a case. The expectations are written by hand."""

import pytest
from django.db import transaction

from agencies.audit.models import AuditEvent
from agencies.models import User
from agencies.refusals import Conflict, NotPermitted
from registry.cases import actions
from registry.cases.models import JointCase
from registry.workflow import TransitionError
from tests.cases.stories import closed, fresh, lot, opened
from tests.cast import Cast
from tests.information.people import ROLES, somebody

STATUSES = {"open": opened, "closed": closed}
ACTIONS = ("edit", "close", "reopen", "add_lot", "add_participation", "end_participation")
UNITS = {
    "the leading unit": "police",
    "a unit below the lead": "police_north",
    "the co-lead": "customs",
    "a coordinator": "border",
    "a unit below the co-lead": "customs_north",
    "a stranger": "coast",
}
WRITERS = {"officer", "releaser", "system"}
LEADS_TO = {
    ("open", "edit"): "open",
    ("open", "close"): "closed",
    ("open", "add_lot"): "open",
    ("open", "add_participation"): "open",
    ("open", "end_participation"): "open",
    ("closed", "reopen"): "open",
}
"""What a writer of the leading unit may do in which status, and where it leads. Everything else is refused."""


def act(cast: Cast, action: str, case: JointCase, by: User) -> None:
    if action == "edit":
        actions.edit_case(case=case, by=by, content={"title": "Tên khác"})
    elif action == "close":
        actions.close_case(case=case, by=by, result="Kết quả.")
    elif action == "reopen":
        actions.reopen_case(case=case, by=by, reason="Có tình tiết mới.")
    elif action == "add_lot":
        lot(cast, case, by=by)
    elif action == "add_participation":
        actions.add_participation(case=case, by=by, unit=cast.units["coast_north"], role="coordinator")
    else:
        row = case.participations.get(unit__code="border")
        actions.end_participation(participation=row, by=by)


def refusal(status: str, action: str, role: str, whose: str) -> type[Exception]:
    """Whether it is theirs is said before whether it is time."""
    if not (role in WRITERS and whose == "the leading unit"):
        return NotPermitted
    return TransitionError if action in {"close", "reopen"} else Conflict


@pytest.mark.parametrize("whose", UNITS)
@pytest.mark.parametrize("role", ROLES)
def test_a_case_is_written_only_by_the_unit_that_leads_it(cast: Cast, role: str, whose: str) -> None:
    by = somebody(cast, role=role, unit=UNITS[whose])
    for status, make in STATUSES.items():
        case = make(cast)
        for action in ACTIONS:
            where = f"{role} of {whose} does {action} to a {status} case"
            before = AuditEvent.objects.count()
            with transaction.atomic():
                if whose == "the leading unit" and role in WRITERS and (status, action) in LEADS_TO:
                    act(cast, action, case, by)
                    assert fresh(case).status == LEADS_TO[status, action], where
                    assert AuditEvent.objects.count() == before + 1, where
                else:
                    with pytest.raises(refusal(status, action, role, whose)) as caught, transaction.atomic():
                        act(cast, action, case, by)
                    expected = refusal(status, action, role, whose)
                    assert isinstance(caught.value, NotPermitted) == (expected is NotPermitted), where
                    assert fresh(case).status == status, where
                    assert AuditEvent.objects.count() == before, where
                transaction.set_rollback(True)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("whose", UNITS)
def test_a_case_is_opened_only_for_ones_own_unit(cast: Cast, role: str, whose: str) -> None:
    by = somebody(cast, role=role, unit=UNITS[whose])
    if whose == "the leading unit" and role in WRITERS:
        assert opened(cast, by=by).author == by
    else:
        with pytest.raises(NotPermitted):
            opened(cast, by=by)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("unit", ["police", "customs", "border", "customs_north", "coast"])
def test_a_participation_is_confirmed_by_head_or_focal_point_of_its_own_unit(cast: Cast, role: str, unit: str) -> None:
    case = opened(cast)
    by = somebody(cast, role=role, unit=unit)
    row = case.participations.get(unit__code="customs")
    if unit == "customs" and role in {"releaser", "focal_point"}:
        assert actions.confirm_participation(participation=row, by=by).confirmed_by == by
    else:
        with pytest.raises(NotPermitted):
            actions.confirm_participation(participation=row, by=by)
