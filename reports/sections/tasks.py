"""Parts IV and V: who is to do what by when, also from earlier conferences; what was proposed, and to whom."""

from django.db.models import Q

from registry.conferences.models import ActionItem, Conference, Resolution
from registry.conferences.terms import ActionStatus, Missing, ResolutionKind
from reports import links
from reports.counting import Counting
from reports.document import Column, Label, Row, Section, Table, Text
from reports.parts import PROPOSALS, TASKS, TITLES
from reports.wording import day, period_short, said

CONFERENCE = Text("Hội nghị", "Conference")
UNRECORDED = Text("– (chưa ghi)", "– (not recorded)")


def section(count: Counting) -> Section:
    """Directions and tasks."""
    return Section(TASKS, TITLES[TASKS], (), (table(count),))


def table(count: Counting) -> Table:
    """Tasks of the conferences of the period, and those of earlier ones that are open still."""
    seen = ActionItem.objects.visible_to(count.reader)
    conferences = count.conferences()
    earlier = Q(status=ActionStatus.OPEN, conference__period_end__lte=count.period.start)
    found = seen.filter(Q(conference__in=conferences.values("pk")) | earlier).select_related(
        "conference", "assignee_agency", "assignee_unit"
    )
    items = list(
        found.prefetch_related("assignee_agency__names").order_by("conference__held_on", "conference__code", "number")
    )
    return Table(
        "tasks",
        Text("Nhiệm vụ, kể cả nhiệm vụ của hội nghị trước chưa xong", "Tasks, with open ones of earlier conferences"),
        (
            Column(Text("Nhiệm vụ", "Task"), numeric=False),
            Column(Text("Đơn vị thực hiện", "Assignee"), numeric=False),
            Column(Text("Thời hạn", "Due"), numeric=False),
            Column(Text("Trạng thái", "Status"), numeric=False),
            Column(CONFERENCE, numeric=False),
        ),
        tuple(_row(count, item) for item in items),
        empty=Text("Hệ thống chưa ghi nhiệm vụ nào.", "The registry holds no task."),
        synthetic=any(item.synthetic for item in items),
    )


def _row(count: Counting, item: ActionItem) -> Row:
    link = links.conference(item.conference_id)
    agency = count.name(item.assignee_agency) if item.assignee_agency else _missing(item.assignee_missing)
    unit = Text.same(item.assignee_unit.code) if item.assignee_unit else Text("", "")
    due = day(item.due_on) if item.due_on else _missing(item.due_on_missing)
    return Row(
        (
            Label(Text(item.text_vi, item.text_en or item.text_vi)),
            Label(agency, detail=unit),
            Label(due),
            Label(said(ActionStatus(item.status).label)),
            Label(_conference(item.conference), link=link),
        )
    )


def _conference(conference: Conference) -> Text:
    """Which one, by its period; by its title where it has none."""
    if conference.period_label:
        return period_short(conference.period_label)
    return Text(conference.title_vi, conference.title_en or conference.title_vi)


def _missing(reason: str) -> Text:
    label = said(Missing(reason).label) if reason else Text("chưa ghi", "not recorded")
    return Text(f"– ({label.vi})", f"– ({label.en})")


def _answer(proposal: Resolution) -> Text:
    """What the addressee said and when; that it has not answered; that it was not sent."""
    answer = getattr(proposal, "proposal_answer", None)
    if answer is None:
        return UNRECORDED
    sent = day(answer.sent_on)
    if answer.answered_on is None:
        return Text(f"chưa trả lời (gửi {sent.vi})", f"no answer yet (sent {sent.en})")
    on = day(answer.answered_on)
    return Text(f"{answer.text} ({on.vi})", f"{answer.text} ({on.en})")


def proposals(count: Counting) -> Section:
    """What the conferences of the period proposed."""
    seen = Resolution.objects.visible_to(count.reader).filter(kind=ResolutionKind.PROPOSAL)
    found = seen.filter(conference__in=count.conferences().values("pk")).select_related("conference", "proposal_answer")
    made = list(found.order_by("conference__held_on", "conference__code", "number"))
    rows = tuple(
        Row(
            (
                Label(Text(one.text_vi, one.text_en or one.text_vi)),
                Label(Text(one.addressee_vi, one.addressee_en or one.addressee_vi) if one.addressee_vi else UNRECORDED),
                Label(_answer(one)),
                Label(_conference(one.conference), link=links.conference(one.conference_id)),
            )
        )
        for one in made
    )
    listed = Table(
        "proposals",
        Text("Kiến nghị, đề xuất của hội nghị", "Proposals of the conference"),
        (
            Column(Text("Nội dung", "Proposal"), numeric=False),
            Column(Text("Nơi nhận", "Addressed to"), numeric=False),
            Column(Text("Trả lời", "Answer"), numeric=False),
            Column(CONFERENCE, numeric=False),
        ),
        rows,
        empty=Text("Hệ thống chưa ghi kiến nghị nào.", "The registry holds no proposal."),
        synthetic=any(one.synthetic for one in made),
    )
    return Section(PROPOSALS, TITLES[PROPOSALS], (), (listed,))
