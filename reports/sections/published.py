"""Annex: what published documents say, beside what the registry holds. The two are never added."""

from collections import defaultdict
from datetime import date
from typing import Any

from registry.documents.models import PublishedFigure
from registry.documents.terms import Part, Relation, Scope
from registry.periods import Period
from registry.quantities import Comparator
from reports import links
from reports.counting import Counting, any_synthetic
from reports.document import NOTHING, Cell, Column, Figure, Label, Row, Section, Table, Text, none
from reports.models import StatementFigure
from reports.wording import BASES, ITEMS, days, said, symbol, term

SHARED = "information_shared"
WHOLE_WORK = frozenset({"drug_cases", "drug_special_cases", "drug_prosecuted_cases", "persons_arrested"})
"""Metrics of which the registry holds the joint part alone."""

Series = tuple[object, ...]


def section(count: Counting) -> Section:
    """The part."""
    title = Text(
        "Tài liệu đã công bố, bên cạnh số liệu của hệ thống",
        "What published documents say, beside the registry",
    )
    rule = Text(
        "Số liệu công bố được giữ đúng như in, có kỳ và cách hiểu riêng. Số liệu công bố không bao giờ được cộng "
        "với số liệu của hệ thống.",
        "Published figures are kept as printed, each with its own period and reading. "
        "They are never added to what the registry counts.",
    )
    return Section("published", title, (rule,), (table(count),), annex=True)


def table(count: Counting) -> Table:
    """One line per published figure; lines of one series stand together, and a conflict between them is said."""
    found = count.published().select_related("document", "metric", "substance", "unit", "subject_agency", "related_to")
    figures = sorted(found.prefetch_related("traps"), key=_order)
    groups: dict[Series, set[object]] = defaultdict(set)
    for figure in figures:
        groups[_series(figure)].add((figure.normalised_value, figure.comparator))
    stated = _stated(count, figures)
    rows = [_row(count, f, conflict=len(groups[_series(f)]) > 1, stated=stated) for f in figures]
    columns = (
        Column(Text("Chỉ tiêu", "Metric"), numeric=False),
        Column(Text("Chủ thể như in", "Subject as printed"), numeric=False),
        Column(Text("Như in", "As printed"), numeric=False),
        Column(Text("Cách hiểu", "Reading")),
        Column(Text("Kỳ của số liệu", "Its period"), numeric=False),
        Column(Text("Lực lượng xác nhận", "Agency's statement"), note=Text("cùng kỳ", "same period")),
        Column(
            Text("Hệ thống ghi nhận", "Registered"),
            note=Text("cùng kỳ, không cộng", "same period, never added"),
        ),
    )
    return Table(
        "published",
        Text(
            "Số liệu in trong tài liệu có kỳ chạm kỳ báo cáo",
            "Figures printed for periods that touch this one",
        ),
        columns,
        tuple(rows),
        empty=Text(
            "Không có tài liệu nào trong hệ thống in số liệu cho kỳ này.",
            "No document held here prints a figure for this period.",
        ),
        units=True,
        synthetic=any(f.statement.synthetic for f in stated.values()) or any(_made_up(count, f) for f in figures),
    )


def _order(figure: PublishedFigure) -> tuple[object, ...]:
    metric, substance, agency = figure.metric, figure.substance, figure.subject_agency
    return (
        metric.order if metric else 0,
        substance.order if substance else 0,
        list(Scope.values).index(figure.subject_scope) if figure.subject_scope != Scope.FOUR_AGENCIES else -1,
        agency.protocol_order if agency else 0,
        figure.period_start or date.min,
        figure.document.code,
        figure.number,
    )


def _series(figure: PublishedFigure) -> Series:
    """Figures that claim to say the same thing."""
    return (
        figure.metric_id,
        figure.substance_id,
        figure.subject_scope,
        figure.subject_agency_id,
        figure.role,
        figure.period_start,
        figure.period_end,
    )


def _row(count: Counting, figure: PublishedFigure, *, conflict: bool, stated: "Stated") -> Row:
    metric = term(figure.metric) if figure.metric else NOTHING
    subject = Label(
        Text.same(figure.subject_printed or "–"),
        detail=_subject(count, figure),
    )
    notes = tuple(_trap(count, trap) for trap in figure.traps.all())
    reading = Figure(
        figure.value.normalize(),
        symbol(figure.unit),
        Comparator(figure.comparator),
        printed=figure.value_printed,
        link=links.published(figure),
        footnotes=notes,
        addable=False,
        needs_confirmation=figure.needs_confirmation,
    )
    return Row(
        (
            Label(metric, detail=term(figure.substance) if figure.substance else NOTHING),
            subject,
            Label(Text.same(f"{figure.value_printed} {figure.unit_printed}"), detail=_document(figure)),
            reading,
            Label(_period(figure), detail=_basis(figure)),
            _statement(figure, stated.get(figure)),
            registered(count, figure),
        ),
        note=_remark(figure, conflict=conflict),
    )


def _trap(count: Counting, trap: Any) -> str:
    return count.notes.add(
        trap.code,
        Text(f"{trap.name_vi}. {trap.handling_vi}", f"{trap.name_en}. {trap.handling_en}"),
    )


def _subject(count: Counting, figure: PublishedFigure) -> Text:
    """Whose figure it is as mapped, and in which part."""
    parts = [said(Scope(figure.subject_scope).label)]
    if figure.subject_agency:
        parts.insert(0, count.name(figure.subject_agency))
    if figure.role != Part.NONE:
        parts.append(said(Part(figure.role).label))
    return Text(" · ".join(p.vi for p in parts), " · ".join(p.en for p in parts))


def _document(figure: PublishedFigure) -> Text:
    code = figure.document
    return Text(f"{code.label_vi}, đoạn {figure.paragraph}", f"{code.label_en}, paragraph {figure.paragraph}")


def _period(figure: PublishedFigure) -> Text:
    if figure.period_start is None or figure.period_end is None:
        return Text("không nêu", "not stated")
    return days(figure.period_start, figure.period_end)


def _basis(figure: PublishedFigure) -> Text:
    basis = BASES[figure.period_basis]
    if not figure.period_inferred:
        return basis
    return Text(f"{basis.vi}; kỳ suy từ văn cảnh", f"{basis.en}; period inferred")


def _remark(figure: PublishedFigure, *, conflict: bool) -> Text:
    parts = []
    if figure.needs_confirmation:
        parts.append(Text("Cách đọc con số chờ xác nhận.", "The reading of the number awaits confirmation."))
    if conflict:
        parts.append(
            Text(
                "Mâu thuẫn: các tài liệu in giá trị khác nhau cho cùng một chuỗi.",
                "Conflict: documents print different values for one series.",
            )
        )
    if figure.relation:
        kind = said(Relation(figure.relation).label)
        other = figure.related_to.number if figure.related_to else ""
        parts.append(Text(f"Liên quan: {kind.vi} (số liệu {other}).", f"Relation: {kind.en} (figure {other})."))
    parts.append(Text(figure.note_vi, figure.note_en or figure.note_vi))
    return Text(" ".join(p.vi for p in parts).strip(), " ".join(p.en for p in parts).strip())


def registered(count: Counting, figure: PublishedFigure) -> Cell:
    """What the registry holds for the figure's own period, or why it cannot stand beside it."""
    code = figure.metric.code if figure.metric else ""
    if code == SHARED and figure.subject_scope == Scope.FOUR_AGENCIES:
        period = _calendar(figure)
        if period is None:
            return none("không so được: kỳ không trọn quý", "not comparable: not a whole period")
        note = count.notes.add(
            "registered_beside",
            Text(
                "Số của hệ thống là số tin, tài liệu được duyệt chuyển trong kỳ theo lịch; tài liệu không nêu cách đếm "
                "nên hai số đặt cạnh nhau, không thay thế nhau.",
                "The registry counts items released in the calendar period; the document does not say how it counted. "
                "The two stand side by side, neither replaces the other.",
            ),
        )
        return Figure(count.items(period).count(), ITEMS, link=links.items(period), footnotes=(note,), addable=False)
    if code in WHOLE_WORK:
        return none(
            "không so được: hệ thống chỉ ghi phần phối hợp, tài liệu tính mọi vụ việc",
            "not comparable: the registry holds joint work only, the document counts all",
        )
    if code.startswith("drugs_seized"):
        return none(
            "không so được: hệ thống chỉ ghi thu giữ trong vụ việc phối hợp",
            "not comparable: the registry holds seizures in joint cases only",
        )
    return none("hệ thống không ghi chỉ tiêu này", "not recorded in the registry")


def _made_up(count: Counting, figure: PublishedFigure) -> bool:
    """Whether the number registered beside it counts made-up records."""
    shared = figure.metric is not None and figure.metric.code == SHARED
    period = _calendar(figure) if shared else None
    return period is not None and any_synthetic(count.items(period))


def _calendar(figure: PublishedFigure) -> Period | None:
    """The figure's period as a calendar period, where its days make one."""
    start, end = figure.period_start, figure.period_end
    if start is None or end is None or start.day != 1:
        return None
    candidates = [f"{start.year}-{start.month:02d}"]
    candidates += [f"{start.year}-Q{(start.month + 2) // 3}", f"{start.year}-H{1 if start.month <= 6 else 2}"]
    found = [Period.parse(label) for label in candidates]
    return next((p for p in found if (p.start, p.end) == (start, end)), None)


Stated = dict[PublishedFigure, StatementFigure]


def _stated(count: Counting, figures: list[PublishedFigure]) -> Stated:
    """What the very agency states for the very period, metric and substance, in figures it confirmed."""
    asked = {
        figure: (
            figure.subject_agency_id,
            figure.period_start,
            figure.period_end,
            figure.metric_id,
            figure.substance_id,
        )
        for figure in figures
        if figure.period_start and figure.period_end and figure.subject_scope == Scope.AGENCY and figure.subject_agency
    }
    visible = StatementFigure.objects.visible_to(count.reader).filter(statement__status="confirmed")
    of_then = visible.filter(statement__period_start__in={start for _agency, start, *_rest in asked.values()})
    latest = {
        (known.statement.agency_id, known.statement.period_start, known.statement.period_end, *_of(known)): known
        for known in of_then.select_related("statement", "unit").order_by("statement__number", "pk")
    }
    return {figure: latest[series] for figure, series in asked.items() if series in latest}


def _of(known: StatementFigure) -> tuple[object, object]:
    return known.metric_id, known.substance_id


def _statement(figure: PublishedFigure, found: StatementFigure | None) -> Cell:
    """The agency's own figure, or why there is none."""
    if found is None:
        silent = figure.subject_scope == Scope.AGENCY
        return none("chưa có bản xác nhận", "no statement") if silent else none("–", "–")
    if found.missing:
        return none("thiếu, có lý do", "missing, with reason")
    unit = symbol(found.unit) if found.unit else NOTHING
    value = found.value.normalize() if found.value is not None else 0
    return Figure(value, unit, link=links.statement(found.statement_id), addable=False)
