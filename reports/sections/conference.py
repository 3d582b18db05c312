"""Annex: the conference that met about the period. What is not stated stays empty, with the reason."""

from registry.conferences.models import ActionItem, Attendance, Conference, Resolution
from registry.conferences.terms import ActionStatus, ConferenceStatus, Missing, Presence
from reports import links
from reports.counting import Counting
from reports.document import NOTHING, Cell, Column, Figure, Label, Row, Section, Table, Text
from reports.wording import day, said

OFFICES = Text("chức vụ", "offices")
RESOLUTIONS = Text("kết luận, kiến nghị", "resolutions and proposals")
TASKS = Text("nhiệm vụ", "action items")


def section(count: Counting) -> Section:
    """The part: one table for each conference."""
    found = count.conferences().select_related("host_agency").order_by("held_on", "code")
    tables = tuple(table(count, conference) for conference in found)
    nothing = Text("Hệ thống chưa ghi hội nghị nào về kỳ này.", "The registry holds no conference about this period.")
    return Section(
        "conference",
        Text("Hội nghị về kỳ này", "Conference about the period"),
        () if tables else (nothing,),
        tables,
        annex=True,
    )


def table(count: Counting, conference: Conference) -> Table:
    """Facts of one conference, then what it came to."""
    lines = [*_facts(count, conference), *_outcome(count, conference)]
    return Table(
        f"conference_{conference.code}",
        Text(conference.title_vi, conference.title_en or conference.title_vi),
        (Column(Text("Mục", "Item"), numeric=False), Column(Text("Nội dung", "Content"), numeric=False)),
        tuple(Row((Label(name), cell)) for name, cell in lines),
        units=True,
        synthetic=conference.synthetic,
    )


def _facts(count: Counting, conference: Conference) -> list[tuple[Text, Cell]]:
    """When, where, by whom."""
    held = day(conference.held_on) if conference.held_on else None
    host = count.name(conference.host_agency) if conference.host_agency else None
    inferred = Text("suy từ nguồn, không nêu đích danh", "read from the source, not named in it")
    return [
        (Text("Trạng thái", "Status"), Label(said(ConferenceStatus(conference.status).label))),
        (Text("Ngày họp", "Held on"), Label(_said(held, conference.held_on_missing))),
        (
            Text("Lực lượng đăng cai", "Host"),
            Label(
                _said(host, conference.host_agency_missing),
                detail=inferred if conference.host_inferred else NOTHING,
            ),
        ),
        (
            Text("Địa điểm", "Venue"),
            Label(_said(_two(conference.venue_vi, conference.venue_en), conference.venue_missing)),
        ),
        (
            Text("Chủ tọa", "Chair"),
            Label(_said(_two(conference.chair_office_vi, conference.chair_office_en), conference.chair_office_missing)),
        ),
    ]


def _outcome(count: Counting, conference: Conference) -> list[tuple[Text, Cell]]:
    """How many offices came, what was decided, what is still to be done."""
    link = links.conference(conference.pk)
    listed = Attendance.objects.visible_to(count.reader).filter(conference=conference)
    offices = listed.filter(presence=Presence.ATTENDED)
    decided = Resolution.objects.visible_to(count.reader).filter(conference=conference)
    tasks = ActionItem.objects.visible_to(count.reader).filter(conference=conference)
    return [
        (Text("Thành phần dự", "Attended by"), Figure(offices.count(), OFFICES, link=link)),
        (Text("Kết luận", "Decided"), Figure(decided.count(), RESOLUTIONS, link=link)),
        (
            Text("Nhiệm vụ đang thực hiện", "Still to be done"),
            Figure(tasks.filter(status=ActionStatus.OPEN).count(), TASKS, link=link),
        ),
        (
            Text("Nhiệm vụ đã hoàn thành", "Done"),
            Figure(tasks.filter(status=ActionStatus.DONE).count(), TASKS, link=link),
        ),
    ]


def _two(vi: str, en: str) -> Text | None:
    return Text(vi, en or vi) if vi else None


def _said(text: Text | None, missing: str) -> Text:
    """The text, or in words why there is none."""
    if text is not None:
        return text
    reason = said(Missing(missing).label)
    return Text(f"– ({reason.vi})", f"– ({reason.en})")
