"""Annex, by province: joint cases opened and drugs seized, by the first place of the case."""

from django.utils.translation import override

from registry.cases.provinces import Province, provinces
from registry.cases.terms import Kind
from registry.cases.totals import Classes, Line, lines
from registry.reference.models import Dimension
from reports import links
from reports.counting import Counting, any_synthetic
from reports.document import Cell, Column, Figure, Label, Row, Section, Table, Text, none
from reports.sections.seizures import ALWAYS, LOTS, UNITS
from reports.wording import CASES, NOT_ADDABLE, said, term

UNKNOWN = Text("Chưa ghi tỉnh, thành phố", "Province not recorded")


def section(count: Counting) -> Section:
    """The part. Places are the provinces of the last day of the period: what went into another counts there."""
    title = Text("Vụ việc và thu giữ theo tỉnh, thành phố", "Joint cases and seizures by province")
    rule = Text(
        "Theo tỉnh, thành phố đầu tiên ghi trong vụ việc, là tỉnh, thành phố tại ngày cuối kỳ. Vụ việc xảy ra ở nhiều "
        "nơi chỉ tính một lần. Dòng của chất thuộc một nhóm nằm trong số của nhóm, không cộng với nhóm.",
        "By the first province recorded of the case, as provinces stood on the last day of the period. A case in "
        "several places counts once. A substance within a class is contained in the class and is not added to it.",
    )
    held = provinces(count.lots(), count.cases(), rolled_on=count.day)
    return Section("places", title, (rule,), (cases(count, held), seizures(count, held)), annex=True)


def cases(count: Counting, held: list[Province]) -> Table:
    """Cases opened, each kind in a column of its own."""
    rows = [
        Row(
            (
                Label(name(count, one)),
                *(Figure(one.cases.get(kind, 0), CASES, link=links.cases(count.period, kind=kind)) for kind in Kind),
            )
        )
        for one in held
        if one.cases
    ]
    return Table(
        "cases_by_place",
        Text("Vụ việc phối hợp mở trong kỳ, theo tỉnh, thành phố", "Joint cases opened in the period, by province"),
        (
            Column(Text("Tỉnh, thành phố", "Province"), numeric=False),
            *(Column(said(kind.label), note=NOT_ADDABLE) for kind in Kind),
        ),
        tuple(rows),
        empty=Text("Trong kỳ không có vụ việc phối hợp nào được ghi.", "No joint case was recorded in the period."),
        synthetic=any_synthetic(count.cases()),
    )


def seizures(count: Counting, held: list[Province]) -> Table:
    """Sums per province, substance and dimension."""
    classes = Classes.read()
    told = [(one, line) for one in held for line in lines(one.sums, classes)]
    seen = {dimension for _one, line in told for dimension in line.totals.by_dimension}
    shown = [d for d in UNITS if d in seen or d in ALWAYS]
    rows = [
        Row(
            (
                Label(name(count, one), detail=_substance(line)),
                *(_total(count, line, d) for d in shown),
                Figure(line.totals.not_weighed, LOTS, link=links.cases(count.period), addable=line.within is None),
            )
        )
        for one, line in told
    ]
    return Table(
        "seizures_by_place",
        Text("Thu giữ trong kỳ, theo tỉnh, thành phố và chất", "Seized in the period, by province and substance"),
        (
            Column(Text("Tỉnh, thành phố; chất", "Province; substance"), numeric=False),
            *(Column(said(Dimension(d).label), note=UNITS[d][0]) for d in shown),
            Column(Text("Chưa cân, đếm", "Not weighed yet")),
        ),
        tuple(rows),
        empty=Text("Trong kỳ không có lô thu giữ nào được ghi.", "No seizure was recorded in the period."),
        synthetic=count.lots().filter(synthetic=True).exists(),
    )


def name(count: Counting, one: Province) -> Text:
    """The name the province bore on the last day of the period."""
    if one.place is None:
        return UNKNOWN
    one.place.shown_on = count.day
    with override("vi"):
        vietnamese = str(one.place)
    with override("en"):
        return Text(vietnamese, str(one.place))


def _substance(line: Line) -> Text:
    """The substance, and in which class it is contained."""
    told = term(line.substance)
    if line.within is None:
        return told
    within = term(line.within)
    return Text(f"{told.vi} (trong: {within.vi})", f"{told.en} (part of: {within.en})")


def _total(count: Counting, line: Line, dimension: str) -> Cell:
    """The sum; where no one word says what is known, its bounds, as in the sums of the whole period."""
    total = line.totals.by_dimension.get(dimension)
    if total is None:
        return none("–", "–")
    unit, factor = UNITS[dimension]
    value = (total.value / factor).normalize()
    bounds = total.bounds.scaled(1 / factor) if total.bounds is not None else None
    return Figure(
        value, unit, total.comparator, link=links.cases(count.period), addable=line.within is None, bounds=bounds
    )
