"""Tasks of conferences that are due soon or overdue are told of: once to each, by reference and page."""

from datetime import date

from registry.conferences import jobs
from registry.conferences.actions import close_action_item
from registry.conferences.reminders import remind_action_items
from registry.notices.models import Notice
from tests.cast import Cast
from tests.conferences.stories import agency, convened, task

DUE = date(2026, 6, 15)
SOON, LATE = "action_due_soon", "action_overdue"


def told(reference: str = "meeting-1") -> set[tuple[str, str]]:
    return set(Notice.objects.filter(reference=reference).values_list("kind", "user__username"))


def test_the_assignee_is_told_a_week_before_and_when_the_day_has_passed(cast: Cast) -> None:
    item = task(cast, convened(cast), assignee_agency=agency("CUSTOMS"), due_on=DUE)
    people = ("customs_head", "customs_secretariat")
    soon, late = ({(kind, name) for name in people} for kind in (SOON, LATE))
    for day, found in (
        (date(2026, 6, 7), set()),
        (date(2026, 6, 8), soon),
        (DUE, soon),
        (date(2026, 6, 16), soon | late),
    ):
        for _again in range(2):
            remind_action_items(on=day)
        assert told() == found, day
    paths = set(Notice.objects.filter(reference="meeting-1").values_list("path", flat=True))
    assert paths == {f"/admin/conferences/actionitem/{item.pk}/change/"}


def test_nobody_is_told_of_what_ended_has_no_day_or_passed_long_ago(cast: Cast) -> None:
    conference = convened(cast)
    ended = task(cast, conference, assignee_agency=agency("CUSTOMS"), due_on=DUE)
    close_action_item(item=ended, by=cast.customs_secretariat, evidence="Kế hoạch đã ban hành.")
    task(cast, conference, assignee_agency=agency("CUSTOMS"))
    task(cast, conference, due_on=DUE)
    task(cast, conference, assignee_agency=agency("COASTGUARD"), due_on=date(2026, 5, 1))
    assert remind_action_items(on=date(2026, 6, 16)) == 0


def test_the_job_reminds(cast: Cast) -> None:
    assert jobs.remind_of_action_items(0) is None
