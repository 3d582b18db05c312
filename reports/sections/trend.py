"""Annex: the period between its neighbours. No per cent of nothing, no zero where nothing was recorded."""

import contextlib
from collections.abc import Callable

from agencies.refusals import Invalid
from registry.cases.terms import Kind
from registry.information.receipt_states import RECEIPTS, Receipt
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
from reports.wording import CASES, DELIVERIES, ITEMS, NOT_ADDABLE, PERCENT, period_short, said

Indicator = tuple[str, Text, Text, Callable[[Period], int], Callable[[Period], Link], tuple[str, ...]]

MOST_PERIODS = 8
"""How far back the trend reaches, this period included."""


def section(count: Counting) -> Section:
    """The annex."""
    title = Text("So sánh với các kỳ khác", "Compared with other periods")
    return Section("trend", title, tables=(table(count), periods(count)), annex=True)


def periods(count: Counting) -> Table:
    """Eight periods, the last of them this one. A period of which nothing is recorded is told so, never as zero."""
    told = _in_a_row(count.period)
    shared, made = count.items_by(told), count.deliveries_by(told)
    opened = [count.cases_by(told, kind) for kind in Kind.values]
    rows = []
    for place, period in enumerate(told):
        cells = [
            (shared[place], ITEMS, links.items(period)),
            (made[place], DELIVERIES, links.deliveries(period)),
            *((o[place], CASES, links.cases(period, kind=kind)) for o, kind in zip(opened, Kind.values, strict=True)),
        ]
        held = period == count.period or shared[place] or any(o[place] for o in opened)
        figures = (_number(number if held else None, unit, link, "") for number, unit, link in cells)
        now = period == count.period
        note = Text("kỳ này", "this period") if now else Text("", "")
        rows.append(Row((Label(period_short(period.label), detail=note), *figures), total=now))
    kinds = (Column(_kind(kind), note=NOT_ADDABLE) for kind in Kind.values)
    return Table(
        "periods",
        Text("Tám kỳ liên tiếp", "Eight periods in a row"),
        (
            Column(Text("Kỳ", "Period"), numeric=False),
            Column(Text("Tin, tài liệu đã chia sẻ", "Items shared")),
            Column(Text("Lượt chuyển", "Deliveries")),
            *kinds,
        ),
        tuple(rows),
        chart="periods",
        synthetic=any_synthetic(count.items(Period.between(told[0].start, told[-1].end))),
    )


def _in_a_row(period: Period) -> list[Period]:
    """The period, and those before it as far back as there are labels: eight of a quarter, not of a generation."""
    told = [period]
    with contextlib.suppress(Invalid):
        while len(told) < MOST_PERIODS:
            told.insert(0, told[0].previous())
    return told


def _kind(kind: str) -> Text:
    label = said(Kind(kind).label)
    return Text(f"Vụ việc phối hợp: {label.vi}", f"Joint cases: {label.en}")


def _of_kind(count: Counting, kind: str) -> Indicator:
    """Joint cases of one kind."""
    return (
        f"cases.{kind}",
        _kind(kind),
        CASES,
        lambda period: count.cases(period).filter(kind=kind).count(),
        lambda period: links.cases(period, kind=kind),
        (),
    )


def _indicators(count: Counting) -> list[Indicator]:
    return [
        (
            "shared",
            Text("Tin, tài liệu đã chia sẻ", "Items shared"),
            ITEMS,
            lambda period: count.items(period).count(),
            links.items,
            (),
        ),
        (
            "valuable",
            Text("Trong đó có giá trị", "Of these valuable"),
            ITEMS,
            lambda period: count.valuable(period).count(),
            links.valuable,
            (valuable_note(count),),
        ),
        (
            "deliveries",
            Text("Lượt chuyển", "Deliveries"),
            DELIVERIES,
            lambda period: count.deliveries(period).count(),
            links.deliveries,
            (),
        ),
        (
            "deliveries.in_time",
            Text("Lượt chuyển xác nhận đúng hạn", "Deliveries acknowledged in time"),
            DELIVERIES,
            lambda period: count.deliveries(period).filter(RECEIPTS[Receipt.IN_TIME]).count(),
            lambda period: links.deliveries(period, receipt=Receipt.IN_TIME),
            (),
        ),
        *(_of_kind(count, kind) for kind in Kind.values),
    ]


def table(count: Counting) -> Table:
    """Same period of last year, the one before, this one, differences; the one after when it has records."""
    now, before, last_year = count.period, count.period.previous(), count.period.year_before()
    after = count.period.shifted(1)
    held = {period: count.recorded(period) for period in (last_year, before, now, after)}
    held[now] = True
    shown = [last_year, before, now, *([after] if held[after] else [])]
    since = {last_year: "last_year", before: "previous"}
    columns = [
        Column(Text("Chỉ tiêu", "Indicator"), numeric=False),
        *(Column(period_short(p.label), note=_place(p, now)) for p in shown),
        Column(_against(before), note=Text("chênh lệch", "difference")),
        Column(_against(before), note=PERCENT),
        Column(_against(last_year), note=Text("chênh lệch", "difference")),
        Column(_against(last_year), note=PERCENT),
    ]
    rows = []
    for key, label, unit, number, link, notes in _indicators(count):
        numbers = {p: number(p) if held[p] else None for p in shown}
        cells = [_number(numbers[p], unit, link(p), f"{key}.{since[p]}" if p in since else "") for p in shown]
        compared = [
            c
            for base in (before, last_year)
            for c in _compared(numbers[now], numbers[base], unit, f"{key}.since_{since[base]}")
        ]
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
        synthetic=any_synthetic(*(count.items(p) for p in shown), *(count.cases(p) for p in shown)),
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


def _number(number: int | None, unit: Text, link: Link, key: str) -> Figure:
    if number is None:
        return none("không có bản ghi", "no records")
    return Figure(number, unit, link=link, key=key)


def _compared(now: int | None, base: int | None, unit: Text, key: str) -> tuple[Figure, Figure]:
    more, percent = difference(now, base), change_in_percent(now, base)
    if more is None:
        return none("không có số gốc", "no base"), none("không có số gốc", "no base")
    change = Figure(more, unit, signed=True, addable=False, key=key)
    if percent is None:
        return change, none("số gốc bằng 0", "base is 0")
    return change, Figure(percent, PERCENT, signed=True, addable=False, key=f"{key}.percent")
