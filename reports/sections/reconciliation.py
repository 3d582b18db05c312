"""The annex on reconciliation: stated against registered, and the differences that nobody has explained yet."""

from reports import links
from reports.counting import Counting
from reports.document import Cell, Column, Figure, Label, Row, Section, Table, Text
from reports.ledger import Ledger, Line, Reckoning
from reports.wording import AGENCY, NOT_ADDABLE


def section(count: Counting) -> Section:
    """The part."""
    ledger = Ledger(count.period, count.reader)
    reckonings = list(ledger.reckonings())
    title = Text("Đối chiếu số liệu với hồ sơ", "Reconciliation of figures and records")
    rule = Text(
        "Mỗi vụ việc, mỗi lô thu giữ chỉ tính một lần, dù nhiều lực lượng cùng nêu. Số nêu trừ phần chưa giải thích, "
        "trừ phần trùng, trừ phần ngoài kỳ, cộng phần chưa ai nêu, bằng số ghi nhận. Các dòng không cộng với nhau.",
        "Every case and every lot counts once, however many agencies state it. Stated, less what is not explained, "
        "less what several claim, less what lies out of the period, plus what nobody claims, is what is registered. "
        "Lines are not added to each other.",
    )
    made_up = any(statement.synthetic for statement in ledger.statements.values())
    tables = (_series(reckonings, made_up), _open(count, reckonings, made_up))
    return Section("reconciliation", title, (rule,), tables, annex=True)


def _series(reckonings: list[Reckoning], made_up: bool) -> Table:
    """A line for each series."""
    heads = (
        Text("Số các lực lượng nêu", "Stated"),
        Text("Chưa giải thích bằng hồ sơ", "Not explained by records"),
        Text("Nhiều lực lượng cùng nêu", "Claimed by several"),
        Text("Ngoài kỳ", "Out of the period"),
        Text("Chưa ai nêu", "Claimed by nobody"),
        Text("Ghi nhận", "Registered"),
    )
    return Table(
        "reconciliation",
        Text("Từ số nêu đến số ghi nhận", "From what is stated to what is registered"),
        (
            Column(Text("Chuỗi số liệu", "Series"), numeric=False),
            *(Column(head, note=NOT_ADDABLE) for head in heads),
        ),
        tuple(_row(one) for one in reckonings),
        empty=Text(
            "Trong kỳ không có số liệu hay hồ sơ nào để đối chiếu.",
            "Nothing is stated and nothing is registered in the period.",
        ),
        units=True,
        synthetic=made_up,
    )


def _row(one: Reckoning) -> Row:
    series, bars = one.series, one.bars
    link = links.series(series.key)
    amounts = (bars.stated, -bars.unexplained, -bars.overlap.amount, -bars.outside.amount, bars.unclaimed.amount)
    cells: list[Cell] = [
        Figure(series.told(amount), series.symbol, link=link, addable=False, signed=place > 0)
        for place, amount in enumerate(amounts)
    ]
    registered = Figure(
        series.told(bars.registered.amount), series.symbol, one.comparator(bars.registered), link=link, addable=False
    )
    return Row((Label(series.name, link=link), *cells, registered))


def _open(count: Counting, reckonings: list[Reckoning], made_up: bool) -> Table:
    """What must be explained before the report can be sealed."""
    rows = [_difference(count, one, line) for one in reckonings for line in one.lines if line.open]
    return Table(
        "open_differences",
        Text("Chênh lệch chưa giải thích", "Differences not explained yet"),
        (
            Column(Text("Chuỗi số liệu", "Series"), numeric=False),
            Column(AGENCY, numeric=False),
            Column(Text("Số nêu so với hồ sơ", "Stated against records"), note=NOT_ADDABLE),
        ),
        tuple(rows),
        empty=Text(
            "Không còn chênh lệch nào chưa giải thích trong phạm vi của bản này.",
            "No difference waits for an explanation, as far as this edition counts.",
        ),
        units=True,
        synthetic=made_up,
    )


def _difference(count: Counting, one: Reckoning, line: Line) -> Row:
    link = links.series(one.series.key)
    amount = Figure(one.series.told(line.difference), one.series.symbol, link=link, signed=True, addable=False)
    return Row((Label(one.series.name, link=link), Label(count.name(line.agency)), amount))
