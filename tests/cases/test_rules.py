"""What an action on a case checks beyond who and when."""

from datetime import date, timedelta

import pytest

from agencies.models import today
from agencies.refusals import Conflict, Invalid, NotPermitted, Stale
from registry.cases import actions
from registry.cases.actions import suggested_lead
from registry.cases.models import JointCase
from registry.periods import Period
from tests.cases.stories import DAY, area, closed, fresh, opened, row
from tests.cast import SPRING, Cast


def test_numbers_of_a_year_follow_each_other_without_a_gap(cast: Cast) -> None:
    first = opened(cast)
    with pytest.raises(Invalid):
        opened(cast, kind="no such kind")
    with pytest.raises(Invalid):
        opened(cast, participants=[(cast.units["police"], "co_lead")])
    assert [first.reference, opened(cast).reference] == ["CASE-POLICE-2024-000001", "CASE-POLICE-2024-000002"]
    assert opened(cast, at=SPRING.replace(year=2023)).reference == "CASE-POLICE-2023-000001"


@pytest.mark.parametrize(
    ("code", "agency"),
    [("border", "BORDERGUARD"), ("sea", "COASTGUARD"), ("customs", "CUSTOMS"), ("inland", "POLICE")],
)
def test_the_area_suggests_the_lead(cast: Cast, code: str, agency: str) -> None:
    suggested = suggested_lead(area(code), DAY)
    assert suggested is not None
    assert suggested.code == agency


def test_another_lead_than_the_areas_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        opened(cast, area=area("sea"), deviation_reason="  ")
    assert "Cảnh sát biển" in str(caught.value.fields["deviation_reason"])
    assert opened(cast, area=area("sea"), deviation_reason="Công an phát hiện trước.").area.code == "sea"


def test_moving_a_case_to_another_area_asks_for_the_reason_too(cast: Cast) -> None:
    case = opened(cast)
    with pytest.raises(Invalid):
        actions.edit_case(case=case, by=cast.police_officer, content={"area": area("border")})
    content = {"area": area("border"), "deviation_reason": "Phát hiện trước."}
    assert actions.edit_case(case=case, by=cast.police_officer, content=content).area.code == "border"


def test_arrests_not_stated_are_not_zero(cast: Cast) -> None:
    assert fresh(opened(cast)).arrests is None
    assert fresh(opened(cast, arrests=0)).arrests == 0


def test_what_is_not_the_leads_to_write_is_refused_by_name(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        actions.edit_case(case=opened(cast), by=cast.police_officer, content={"reference": "X", "status": "closed"})
    assert set(caught.value.fields) == {"reference", "status"}


def test_a_case_is_not_opened_tomorrow(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        opened(cast, opened_on=today() + timedelta(days=1))
    assert set(caught.value.fields) == {"opened_on"}


def test_a_change_over_somebody_elses_is_stale(cast: Cast) -> None:
    case = opened(cast)
    actions.edit_case(case=case, by=cast.police_officer, content={"title": "A"}, expected_revision=1)
    with pytest.raises(Stale):
        actions.edit_case(case=case, by=cast.police_officer, content={"title": "B"}, expected_revision=1)
    assert (fresh(case).title, fresh(case).revision) == ("A", 2)


@pytest.mark.parametrize("participants", ["customs customs", "customs police"])
def test_each_unit_is_named_once(cast: Cast, participants: str) -> None:
    units = [(cast.units[code], "coordinator") for code in participants.split()]
    with pytest.raises(Invalid) as caught:
        opened(cast, participants=units)
    assert set(caught.value.fields) == {"participants"}


def test_a_second_lead_cannot_be_named_at_the_opening(cast: Cast) -> None:
    with pytest.raises(Invalid):
        opened(cast, participants=[(cast.units["customs"], "lead")])


def test_the_lead_is_confirmed_by_opening_and_the_others_once_by_themselves(cast: Cast) -> None:
    case = opened(cast)
    assert row(case, "police").confirmed_by == cast.police_officer
    assert row(case, "customs").confirmed_at is None
    actions.confirm_participation(participation=row(case, "customs"), by=cast.customs_head)
    with pytest.raises(Conflict):
        actions.confirm_participation(participation=row(case, "customs"), by=cast.customs_focal_point)


def test_the_lead_is_handed_over_on_a_day_and_the_new_lead_writes(cast: Cast) -> None:
    case, day = opened(cast), date(2024, 6, 1)
    give = {"case": case, "by": cast.police_officer, "unit": cast.units["customs"], "role": "lead", "valid_from": day}
    with pytest.raises(Invalid) as caught:
        actions.add_participation(**give)
    assert set(caught.value.fields) == {"deviation_reason"}
    actions.add_participation(**give, deviation_reason="Hàng qua cửa khẩu.")
    case = fresh(case)
    assert case.leading_unit_id(day - timedelta(days=1)) == cast.units["police"].pk
    assert case.leading_unit_id(day) == cast.units["customs"].pk
    held = case.participations.filter(unit__code="customs").order_by("valid_from")
    assert [(r.role, r.valid_to) for r in held] == [("co_lead", day), ("lead", None)]
    actions.edit_case(case=case, by=cast.customs_officer, content={"title": "Hải quan chủ trì"})
    with pytest.raises(NotPermitted):
        actions.edit_case(case=case, by=cast.police_officer, content={"title": "Công an"})


def test_a_case_has_a_lead_at_any_time(cast: Cast) -> None:
    with pytest.raises(Conflict) as caught:
        actions.end_participation(participation=row(opened(cast), "police"), by=cast.police_officer)
    assert caught.value.code == "lead_needed"


def test_a_unit_leads_once(cast: Cast) -> None:
    with pytest.raises(Conflict):
        actions.add_participation(
            case=opened(cast), by=cast.police_officer, unit=cast.units["police"], role="lead", valid_from=today()
        )


def test_the_lead_is_not_handed_over_on_a_day_to_come(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.add_participation(
            case=opened(cast),
            by=cast.police_officer,
            unit=cast.units["police_north"],
            role="lead",
            valid_from=today() + timedelta(days=1),
        )


def test_a_unit_does_not_take_part_twice_at_once_nor_before_the_opening(cast: Cast) -> None:
    case = opened(cast)
    join = {"case": case, "by": cast.police_officer, "role": "coordinator"}
    with pytest.raises(Invalid):
        actions.add_participation(**join, unit=cast.units["border"])
    with pytest.raises(Invalid):
        actions.add_participation(**join, unit=cast.units["coast"], valid_from=DAY - timedelta(days=1))


def test_a_participation_ends_once_and_after_it_began(cast: Cast) -> None:
    case = opened(cast)
    with pytest.raises(Invalid):
        actions.end_participation(participation=row(case, "border"), by=cast.police_officer, on=DAY)
    actions.end_participation(participation=row(case, "border"), by=cast.police_officer, on=date(2024, 6, 1))
    with pytest.raises(Conflict):
        actions.end_participation(participation=row(case, "border"), by=cast.police_officer)


@pytest.mark.parametrize("day", [DAY - timedelta(days=1), today() + timedelta(days=1)])
def test_a_case_is_closed_between_its_opening_and_today(cast: Cast, day: date) -> None:
    with pytest.raises(Invalid):
        actions.close_case(case=opened(cast), by=cast.police_officer, result="Xong.", closed_on=day)


def test_closing_needs_a_result_and_reopening_a_reason(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.close_case(case=opened(cast), by=cast.police_officer, result=" ")
    case = closed(cast)
    with pytest.raises(Invalid):
        actions.reopen_case(case=case, by=cast.police_officer, reason="")
    actions.reopen_case(case=case, by=cast.police_officer, reason="Thêm đối tượng.")
    assert (fresh(case).closed_on, fresh(case).result) == (None, "")


def test_cases_of_a_period_are_those_opened_in_it(cast: Cast) -> None:
    inside = [opened(cast, opened_on=day) for day in (date(2024, 4, 1), date(2024, 6, 30))]
    outside = [opened(cast, opened_on=day) for day in (date(2024, 3, 31), date(2024, 7, 1))]
    found = set(JointCase.objects.opened_in(Period.parse("2024-Q2")))
    assert found >= set(inside)
    assert not found & set(outside)
