"""Part II: the period between its neighbours. No per cent of nothing, no zero where nothing was recorded."""

from collections.abc import Callable

from registry.cases.terms import Kind
from registry.periods import Period
from reports import links
from reports.counting import Counting, any_synthetic
from reports.document import (
    Column,
    Figure,
    Label,
    Link,
    Row,
    Section,
    Table,
    Text,
    change_in_percent,
    difference,
    none,
)
from reports.sections.shared import valuable_note
from reports.wording import CASES, DELIVERIES, ITEMS, PERCENT, period_short, said

Indicator = tuple[Text, Text, Callable[[Period], int], Callable[[Period], Link], tuple[str, ...]]


def section(count: Counting) -> Section:
    """The part."""
    return Section("trend", Text("So sánh với các kỳ khác", "Compared with other periods"), tables=(table(count),))


def _indicators(count: Counting) -> list[Indicator]:
    def by_kind(kind: str) -> Indicator:
        label = said(Kind(kind).label)
        return (
            Text(f"Vụ việc phối hợp: {label.vi}", f"Joint cases: {label.en}"),
            CASES,
            lambda period: count.cases(period).filter(kind=kind).count(),
            lambda period: links.cases(period, kind=kind),
            (),
        )

    return [
        (
            Text("Tin, tài liệu đã chia sẻ", "Items shared"),
            ITEMS,
            lambda period: count.items(period).count(),
            links.items,
            (),
        ),
        (
            Text("Trong đó có giá trị", "Of these valuable"),
            ITEMS,
            lambda period: count.valuable(period).count(),
            links.valuable,
            (valuable_note(count),),
        ),
        (
            Text("Lượt chuyển", "Deliveries"),
            DELIVERIES,
            lambda period: count.deliveries(period).count(),
            links.deliveries,
            (),
        ),
        *(by_kind(kind) for kind in Kind.values),
    ]


def table(count: Counting) -> Table:
    """Same period of last year, the one before, this one, differences; the one after when it has records."""
    now, before, last_year = count.period, count.period.previous(), count.period.year_before()
    after = count.period.shifted(1)
    held = {period: count.recorded(period) for period in (last_year, before, now, after)}
    held[now] = True
    periods = [last_year, before, now, *([after] if held[after] else [])]
    columns = [
        Column(Text("Chỉ tiêu", "Indicator"), numeric=False),
        *(Column(period_short(p.label), note=_place(p, now)) for p in periods),
        Column(_against(before), note=Text("chênh lệch", "difference")),
        Column(_against(before), note=PERCENT),
        Column(_against(last_year), note=Text("chênh lệch", "difference")),
        Column(_against(last_year), note=PERCENT),
    ]
    rows = []
    for label, unit, number, link, notes in _indicators(count):
        numbers = {p: number(p) if held[p] else None for p in periods}
        cells = [_number(numbers[p], unit, link(p)) for p in periods]
        compared = [c for base in (before, last_year) for c in _compared(numbers[now], numbers[base], unit)]
        rows.append(Row((Label(label, footnotes=notes), *cells, *compared)))
    return Table(
        "trend",
        Text("Kỳ này so với các kỳ khác", "This period beside others"),
        tuple(columns),
        tuple(rows),
        note=Text(
            "Không tính phần trăm khi số gốc bằng không. Kỳ không có bản ghi nào thì để trống, không coi là không.",
            "No per cent is given of zero. A period of which nothing was recorded is left empty: it is not zero.",
        ),
        chart="trend",
        synthetic=any_synthetic(*(count.items(p) for p in periods), *(count.cases(p) for p in periods)),
    )


def _place(period: Period, now: Period) -> Text:
    if period == now:
        return Text("kỳ này", "this period")
    if period == now.previous():
        return Text("kỳ trước", "period before")
    if period == now.year_before():
        return Text("cùng kỳ năm trước", "same period last year")
    return Text("kỳ sau", "period after")


def _against(period: Period) -> Text:
    short = period_short(period.label)
    return Text(f"So với {short.vi[0].lower()}{short.vi[1:]}", f"Against {short.en}")


def _number(number: int | None, unit: Text, link: Link) -> Figure:
    if number is None:
        return none("không có bản ghi", "no records")
    return Figure(number, unit, link=link)


def _compared(now: int | None, base: int | None, unit: Text) -> tuple[Figure, Figure]:
    more, percent = difference(now, base), change_in_percent(now, base)
    if more is None:
        return none("–", "–"), none("–", "–")
    change = Figure(more, unit, signed=True, addable=False)
    if percent is None:
        return change, none("số gốc bằng 0", "base is 0")
    return change, Figure(percent, PERCENT, signed=True, addable=False)
