"""What a later version of a sealed report changes: “why 152 became 155”, from two documents and two manifests.

References stand here without titles: the conference's edition names no content.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.document import (
    NOTHING,
    Cell,
    Column,
    Figure,
    Label,
    QuarterlyReport,
    Row,
    Section,
    Table,
    Text,
    difference,
    none,
)
from reports.manifest import Manifest
from reports.wording import ITEMS

MOST_NAMED = 40
"""References that a line names; of the rest it says how many."""

COUNTED = Text("chỉ nêu số lượng", "told as a number only")
RECORDS: dict[str, Text] = {
    "item": Text("Tin, tài liệu", "Items"),
    "version": Text("Bản nội dung của tin, tài liệu", "Versions of items"),
    "delivery": Text("Lượt chuyển", "Deliveries"),
    "evaluation": Text("Đánh giá", "Evaluations"),
    "case": Text("Vụ việc phối hợp", "Joint cases"),
    "participation": Text("Tham gia vụ việc", "Participations"),
    "lot": Text("Lô thu giữ", "Seizure lots"),
    "statement": Text("Bản số liệu", "Statements"),
    "statement_figure": Text("Số liệu nêu", "Figures stated"),
    "claim": Text("Hồ sơ được dẫn", "Records claimed"),
    "explanation": Text("Giải trình chênh lệch", "Explanations"),
    "conference": Text("Hội nghị", "Conferences"),
    "resolution": Text("Kết luận, kiến nghị", "Resolutions"),
    "action_item": Text("Nhiệm vụ", "Tasks"),
    "commendation": Text("Khen thưởng", "Commendations"),
    "text": Text("Lời văn của báo cáo", "Texts of the report"),
    "published_figure": Text("Số liệu công bố", "Published figures"),
}

UNNAMED = frozenset({"case", "participation", "lot"})
"""Of these only the number is told: who takes no part in a case does not learn that there is one, and everybody who
reads reports reads this."""


@dataclass(frozen=True, slots=True)
class Movement:
    """Of one kind of record: which came in, which left, which changed since the version before."""

    kind: str
    came: tuple[str, ...]
    left: tuple[str, ...]
    changed: tuple[str, ...]


def movements(before: Manifest, now: Manifest) -> list[Movement]:
    """Kinds with any movement, by references. A reference stands once, however many of its records moved."""
    found = []
    for kind in now.kinds():
        old, new = before.entries(kind), now.entries(kind)
        came = [new[pk].reference for pk in new.keys() - old.keys()]
        left = [old[pk].reference for pk in old.keys() - new.keys()]
        changed = [new[pk].reference for pk in new.keys() & old.keys() if new[pk].sha256 != old[pk].sha256]
        if came or left or changed:
            found.append(Movement(kind, _once(came), _once(left), _once(changed)))
    return found


def _once(references: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(references)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands: its table, line and column, in words."""

    table: Text
    row: Text
    column: Text


def _places(document: QuarterlyReport) -> Iterator[tuple[tuple[str, str, str, int], Place, Figure]]:
    """Every figure of the tables under a key that holds from version to version."""
    for table in document.tables.values():
        seen: dict[str, int] = {}
        for row in table.rows:
            head = next((cell for cell in row.cells if isinstance(cell, Label)), Label(NOTHING))
            name = head.text.en + head.detail.en
            seen[name] = seen.get(name, 0) + 1
            for column, cell in zip(table.columns, row.cells, strict=True):
                if isinstance(cell, Figure):
                    place = Place(table.title, head.text, column.label)
                    yield (table.key, name, column.label.en, seen[name]), place, cell


def revision(
    before: QuarterlyReport, now: QuarterlyReport, moved: list[Movement], *, number: int, reason: str
) -> Section:
    """The annex that a later version ends with."""
    why = Text(
        f"Phiên bản {number} thay cho phiên bản {number - 1}. Lý do: {reason}",
        f"Version {number} takes the place of version {number - 1}. Reason: {reason}",
    )
    return Section(
        "revision",
        Text("Thay đổi so với phiên bản trước", "Changes from the version before"),
        (why, *_shared(before, now, moved)),
        (_figures(before, now), _records(moved)),
        annex=True,
    )


def _shared(before: QuarterlyReport, now: QuarterlyReport, moved: list[Movement]) -> tuple[Text, ...]:
    """The sentence on the number that the conference asks about first."""
    was, is_ = (document.highlights[0].figure for document in (before, now))
    if was.number == is_.number:
        return ()
    items = next((one for one in moved if one.kind == "item"), Movement("item", (), (), ()))
    came, left = _named(items.came), _named(items.left)
    return (
        Text(
            f"Tin, tài liệu đã chia sẻ: {was.words('vi', unit=False)} thành {is_.words('vi', unit=False)}. "
            f"Thêm: {came.vi}. Bớt: {left.vi}.",
            f"Items shared: {was.words('en', unit=False)} became {is_.words('en', unit=False)}. "
            f"Came in: {came.en}. Left: {left.en}.",
        ),
    )


def _named(references: tuple[str, ...]) -> Text:
    if not references:
        return Text("không có", "none")
    listed, more = ", ".join(references[:MOST_NAMED]), len(references) - MOST_NAMED
    return Text(f"{listed} và {more} bản ghi khác", f"{listed} and {more} more") if more > 0 else Text.same(listed)


def _figures(before: QuarterlyReport, now: QuarterlyReport) -> Table:
    """Figures that changed, came or went."""
    old = {key: (place, figure) for key, place, figure in _places(before)}
    new = {key: (place, figure) for key, place, figure in _places(now)}
    absent = none("không có", "not there")
    rows = []
    for key in [*new, *(key for key in old if key not in new)]:
        place = (new.get(key) or old[key])[0]
        was, is_ = old[key][1] if key in old else absent, new[key][1] if key in new else absent
        if _said(was) != _said(is_):
            rows.append(_figure_row(place, was, is_))
    return Table(
        "changed_figures",
        Text("Số liệu thay đổi", "Figures that changed"),
        (
            Column(Text("Bảng", "Table"), numeric=False),
            Column(Text("Dòng, cột", "Line and column"), numeric=False),
            Column(Text("Trước", "Before")),
            Column(Text("Nay", "Now")),
            Column(Text("Chênh lệch", "Difference")),
        ),
        tuple(rows),
        empty=Text("Không số liệu nào thay đổi.", "No figure changed."),
        units=True,
        synthetic=now.synthetic,
    )


def _said(figure: Figure) -> tuple[object, ...]:
    return figure.number, figure.comparator, figure.bounds, figure.absent.en


def _figure_row(place: Place, was: Figure, is_: Figure) -> Row:
    more = difference(is_.number, was.number)
    unit = is_.unit if is_.number is not None else was.unit
    cell: Cell = none("–", "–") if more is None else Figure(more, unit, signed=True, addable=False)
    head = Text(f"{place.row.vi}, {place.column.vi}", f"{place.row.en}, {place.column.en}")
    return Row((Label(place.table), Label(head), _bare(was), _bare(is_), cell))


def _bare(figure: Figure) -> Figure:
    """Without links and notes: an earlier version's notes have other numbers."""
    return Figure(
        figure.number,
        figure.unit,
        figure.comparator,
        absent=figure.absent,
        signed=figure.signed,
        addable=False,
        bounds=figure.bounds,
    )


def _records(moved: list[Movement]) -> Table:
    """Records that came in, left or changed, by reference."""
    heads = (Text("Thêm", "Came in"), Text("Bớt", "Left"), Text("Thay đổi", "Changed"))
    rows = []
    for one in moved:
        for head, references in zip(heads, (one.came, one.left, one.changed), strict=True):
            if references:
                count = Figure(len(references), _unit(one.kind), addable=False)
                named = COUNTED if one.kind in UNNAMED else _named(references)
                rows.append(Row((Label(RECORDS[one.kind]), Label(head), count, Label(named))))
    return Table(
        "changed_records",
        Text("Bản ghi thêm, bớt, thay đổi", "Records that came in, left or changed"),
        (
            Column(Text("Loại", "Kind"), numeric=False),
            Column(Text("Thay đổi", "Change"), numeric=False),
            Column(Text("Số hiệu khác nhau", "Different references")),
            Column(Text("Số hiệu", "References"), numeric=False),
        ),
        tuple(rows),
        empty=Text("Không bản ghi nào thay đổi.", "No record changed."),
    )


def _unit(kind: str) -> Text:
    return ITEMS if kind == "item" else NOTHING
