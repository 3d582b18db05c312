"""Part VI: the conference that met about the period. What is not stated stays empty, with the reason."""

from django.db.models import Count, Q

from registry.conferences.models import Conference
from registry.conferences.terms import ActionStatus, ConferenceStatus, Missing
from reports import links
from reports.counting import Counting
from reports.document import Cell, Column, Figure, Label, Row, Section, Table, Text
from reports.wording import day, said

OFFICES = Text("chức vụ", "offices")
RESOLUTIONS = Text("kết luận", "resolutions")
TASKS = Text("nhiệm vụ", "action items")


def section(count: Counting) -> Section:
    """The part: one table for each conference."""
    title = Text("Hội nghị của kỳ", "Conference of the period")
    found = count.conferences().select_related("host_agency").order_by("held_on", "code")
    counted = found.annotate(
        offices=Count("attendance", distinct=True),
        resolved=Count("resolutions", distinct=True),
        open_tasks=Count("action_items", filter=Q(action_items__status=ActionStatus.OPEN), distinct=True),
        done_tasks=Count("action_items", filter=Q(action_items__status=ActionStatus.DONE), distinct=True),
    )
    tables = tuple(table(count, conference) for conference in counted)
    nothing = Text("Chưa có hội nghị nào của kỳ này được ghi.", "No conference about this period has been recorded.")
    return Section("conference", title, () if tables else (nothing,), tables)


def table(count: Counting, conference: Conference) -> Table:
    """Facts of one conference."""
    link = links.conference(conference.pk)
    host = conference.host_agency
    lines: list[tuple[Text, Cell]] = [
        (Text("Trạng thái", "Status"), Label(said(ConferenceStatus(conference.status).label))),
        (
            Text("Ngày họp", "Held on"),
            Label(_said(conference.held_on and day(conference.held_on), conference.held_on_missing)),
        ),
        (
            Text("Chủ trì đăng cai", "Host"),
            Label(_said(host and count.name(host), conference.host_agency_missing), _inferred(conference)),
        ),
        (Text("Địa điểm", "Venue"), Label(_said(_two(conference, "venue"), conference.venue_missing))),
        (
            Text("Chủ tọa", "Chair"),
            Label(_said(_two(conference, "chair_office"), conference.chair_office_missing)),
        ),
        (Text("Thành phần dự", "Attended by"), Figure(conference.offices, OFFICES, link=link)),  # type: ignore[attr-defined]
        (
            Text("Kết luận, kiến nghị", "Resolutions and proposals"),
            Figure(conference.resolved, RESOLUTIONS, link=link),
        ),  # type: ignore[attr-defined]
        (
            Text("Nhiệm vụ đang thực hiện", "Action items open"),
            Figure(conference.open_tasks, TASKS, link=link),
        ),  # type: ignore[attr-defined]
        (
            Text("Nhiệm vụ đã hoàn thành", "Action items done"),
            Figure(conference.done_tasks, TASKS, link=link),
        ),  # type: ignore[attr-defined]
    ]
    return Table(
        f"conference_{conference.code}",
        Text(conference.title_vi, conference.title_en or conference.title_vi),
        (Column(Text("Mục", "Item"), numeric=False), Column(Text("Nội dung", "Content"), numeric=False)),
        tuple(Row((Label(name), cell)) for name, cell in lines),
        units=True,
        synthetic=conference.synthetic,
    )


def _two(conference: Conference, stem: str) -> Text | None:
    vi, en = str(getattr(conference, f"{stem}_vi")), str(getattr(conference, f"{stem}_en"))
    return Text(vi, en or vi) if vi else None


def _said(text: Text | None, missing: str) -> Text:
    """The text, or in words why there is none."""
    if text:
        return text
    reason = said(Missing(missing).label)
    return Text(f"– ({reason.vi})", f"– ({reason.en})")


def _inferred(conference: Conference) -> Text:
    return (
        Text("suy từ nguồn, không nêu đích danh", "read from the source, not named in it")
        if conference.host_inferred
        else Text("", "")
    )
