"""Annex, and tables of the parts: what each agency states. Nil is a statement; missing is not nil."""

from collections.abc import Mapping

from agencies.models import Agency
from agencies.roles import Permission
from registry.quantities import Comparator
from reports import links
from reports.counting import Counting
from reports.document import NOTHING, Cell, Column, Figure, Label, Row, Section, Table, Text, none
from reports.models import Statement, StatementFigure
from reports.parts import METRICS
from reports.terms import FigureRole, MissingReason, StatementStatus
from reports.wording import AGENCY, NOT_ADDABLE, day, said, symbol, term

FIGURES = Text("số liệu", "figures")


def section(count: Counting) -> Section:
    """The part."""
    title = Text("Số liệu do các lực lượng xác nhận", "Figures stated by the agencies")
    rule = Text(
        "“Không có” là lực lượng xác nhận không phát sinh; “thiếu” là chưa có số liệu. Hai điều này khác nhau.",
        "“Nil” means that the agency states there was nothing; “missing” means that there is no figure. "
        "The two differ.",
    )
    return Section("statements", title, (rule,), (status(count), stated(count)), annex=True)


def status(count: Counting) -> Table:
    """Which agencies have confirmed, with how many figures of each sort."""
    held = count.stated
    rows = [_status_row(count, agency, held.get(agency)) for agency in count.agencies]
    return Table(
        "statement_status",
        Text("Tình hình xác nhận số liệu", "Who has stated"),
        (
            Column(AGENCY, numeric=False),
            Column(Text("Trạng thái", "Status"), numeric=False),
            Column(Text("Có giá trị số", "With a value")),
            Column(Text("Không có (nil)", "Nil")),
            Column(Text("Thiếu, có lý do", "Missing, with reason")),
        ),
        tuple(rows),
        synthetic=any(s.synthetic for s in held.values()),
    )


def _status_row(count: Counting, agency: Agency, statement: Statement | None) -> Row:
    name = Label(count.name(agency))
    if statement is None:
        if count.reader.holds(Permission.STATEMENT_READ_CONFIRMED):
            word = Text("thiếu: chưa xác nhận", "missing: not confirmed")
        else:
            word = Text("không thuộc phạm vi của bản này", "outside this edition")
        return Row((name, Label(word), *(none("–", "–") for _column in range(3))))
    figures = list(statement.figures.all())
    nil, missing = sum(f.nil for f in figures), sum(bool(f.missing) for f in figures)
    link = links.statement(statement.pk)
    cells = (Figure(n, FIGURES, link=link) for n in (len(figures) - nil - missing, nil, missing))
    label = said(StatementStatus(statement.status).label)
    detail = NOTHING
    if statement.confirmed_at:
        on = day(statement.confirmed_at.date())
        detail = Text(f"bản số {statement.number}, ngày {on.vi}", f"number {statement.number}, {on.en}")
    return Row((name, Label(label, detail=detail, link=link), *cells))


def stated(count: Counting) -> Table:
    """The figures side by side. No totals: what a coordinator counts, the lead has counted already."""
    return _side_by_side(
        count,
        count.stated,
        "stated",
        Text("Số liệu từng lực lượng nêu", "What each agency states"),
        empty=Text(
            "Chưa có lực lượng nào xác nhận số liệu của kỳ này.",
            "No agency has stated figures for this period.",
        ),
    )


def of_part(count: Counting, part: str) -> tuple[Table, ...]:
    """What agencies confirm of the metrics of a part; no table where they confirm nothing of them."""
    held = {a: s for a, s in count.stated.items() if s.status == StatementStatus.CONFIRMED}
    title = Text("Số liệu các lực lượng đã xác nhận", "Figures confirmed by the agencies")
    table = _side_by_side(count, held, f"stated_{part}", title, metrics=frozenset(METRICS.get(part, ())))
    return (table,) if table.rows else ()


def _side_by_side(
    count: Counting,
    held: Mapping[Agency, Statement],
    key: str,
    title: Text,
    *,
    metrics: frozenset[str] | None = None,
    empty: Text = NOTHING,
) -> Table:
    """The figures of these metrics (None: of all), a column for each agency."""
    lines: dict[tuple[int, str, int, str, int], dict[Agency, StatementFigure]] = {}
    for agency, statement in held.items():
        for figure in statement.figures.all():
            if metrics is not None and figure.metric.code not in metrics:
                continue
            substance = figure.substance
            place = (
                figure.metric.order,
                figure.metric.code,
                substance.order if substance else 0,
                substance.code if substance else "",
                list(FigureRole.values).index(figure.role),
            )
            lines.setdefault(place, {})[agency] = figure
    rows = [_line(count, held, lines[place]) for place in sorted(lines)]
    return Table(
        key,
        title,
        (
            Column(Text("Chỉ tiêu", "Metric"), numeric=False),
            *(Column(count.short(agency), note=count.name(agency)) for agency in count.agencies),
        ),
        tuple(rows),
        empty=empty,
        units=True,
        synthetic=any(s.synthetic for s in held.values()),
    )


def _line(count: Counting, held: Mapping[Agency, Statement], figures: dict[Agency, StatementFigure]) -> Row:
    sample = next(iter(figures.values()))
    metric, substance, role = term(sample.metric), sample.substance, said(FigureRole(sample.role).label)
    coordinated = sample.role == FigureRole.COORDINATOR
    parts = [term(substance)] if substance else []
    parts += [role, *([NOT_ADDABLE] if coordinated else [])]
    detail = Text(" · ".join(p.vi for p in parts), " · ".join(p.en for p in parts))
    cells = (_cell(held.get(agency), figures.get(agency), coordinated) for agency in count.agencies)
    return Row((Label(metric, detail=detail), *cells))


def _cell(statement: Statement | None, figure: StatementFigure | None, coordinated: bool) -> Cell:
    if statement is None:
        return none("chưa xác nhận", "no statement")
    if figure is None:
        return none("không nêu", "not stated")
    if figure.missing:
        reason = said(MissingReason(figure.missing).label)
        return none(f"thiếu: {reason.vi}", f"missing: {reason.en}")
    if figure.nil:
        nil = Text("(không phát sinh)", "(nil)")
        return Figure(0, nil, link=links.statement(statement.pk), key=_key(statement, figure))
    unit = symbol(figure.unit) if figure.unit else NOTHING
    value = figure.value.normalize() if figure.value is not None else 0
    return Figure(
        value,
        unit,
        Comparator(figure.comparator),
        link=links.statement(statement.pk),
        addable=not coordinated and figure.metric.addable,
        key=_key(statement, figure),
    )


def _key(statement: Statement, figure: StatementFigure) -> str:
    """`stated.training_sessions.police.own`, with the substance behind the metric; of drafts nothing is referred to."""
    if statement.status != StatementStatus.CONFIRMED:
        return ""
    named = [figure.metric.code, *([figure.substance.code] if figure.substance else [])]
    return ".".join(["stated", *named, statement.agency.code.lower(), figure.role])
