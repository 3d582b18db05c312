"""The scorecard in the report: the same for every reader who may read it, and without a link to any list."""

from agencies.roles import Permission
from reports.counting import Counting
from reports.document import Cell, Column, Figure, Label, Row, Section, Table, Text, none
from reports.scorecard import DEFINITIONS, QUARTER, Line, scorecard
from reports.wording import DELIVERIES, TOTAL, said

HOURS = Text("giờ", "hours")
HEADS: dict[str, Text] = {
    "shared": Text("Chia sẻ", "Shared"),
    "in_time": Text("Xác nhận đúng hạn", "Acknowledged in time"),
    "useful": Text("Có giá trị", "Useful"),
    "used": Text("Dùng trong vụ việc", "Used in a case"),
    "median_hours": Text("Thời gian xác nhận trung vị (giờ)", "Median hours to acknowledge"),
}


TITLE = Text("Kết quả chia sẻ giữa từng cặp lực lượng", "Scorecard: what came of it, by pair of agencies")


def section(count: Counting) -> Section | None:
    """The annex, where there is one."""
    found = tables(count)
    return Section("scorecard", TITLE, (), found, annex=True) if found else None


def tables(count: Counting) -> tuple[Table, ...]:
    """The table; none for spans other than quarters, and none in an edition that counts only what its reader sees."""
    if count.period.months != QUARTER or not (count.counts_all and count.reader.holds(Permission.SCORECARD_READ)):
        return ()
    card = scorecard(period=count.period, reader=count.reader)
    columns = [
        Column(head, footnotes=(count.notes.add(f"scorecard_{name}", said(DEFINITIONS[name])),))
        for name, head in HEADS.items()
    ]
    lines = [_row(count, line) for line in card.lines if line.shared != 0]
    rows = (*lines, Row((Label(TOTAL), *_cells(card.total)), total=True)) if lines else ()
    return (
        Table(
            "scorecard",
            Text("Kết quả chia sẻ giữa từng cặp lực lượng", "What came of it, by pair of agencies"),
            (Column(Text("Cung cấp → Nhận", "Gave → Received"), numeric=False), *columns),
            rows,
            empty=Text("Chưa lực lượng nào chia sẻ cho lực lượng khác.", "No agency shared anything with another."),
            note=Text(
                f"Số từ 1 đến {card.threshold - 1} được ẩn, cùng những số có thể suy ra chúng; số 0 vẫn nêu. "
                "Cặp lực lượng không chia sẻ gì không nêu ở đây.",
                f"Numbers from 1 to {card.threshold - 1} are hidden, with those that would lead back to them; 0 is "
                "shown. Pairs that shared nothing are left out.",
            ),
            synthetic=card.synthetic,
        ),
    )


def _row(count: Counting, line: Line) -> Row:
    names = [count.short(agency) for agency in (line.giver, line.receiver) if agency is not None]
    label = Text(" → ".join(name.vi for name in names), " → ".join(name.en for name in names))
    return Row((Label(label), *_cells(line)))


def _cells(line: Line) -> tuple[Cell, ...]:
    return tuple(_cell(line, name) for name in HEADS)


def _cell(line: Line, name: str) -> Figure:
    if name in line.suppressed:
        return none("ẩn", "hidden")
    value = getattr(line, name)
    if value is None:
        return none("chưa xác nhận", "none acknowledged")
    median = name == "median_hours"
    return Figure(value, HOURS if median else DELIVERIES, addable=not median)
