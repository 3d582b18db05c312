"""What every rendering says alike: a figure in words, the marks beside it, the names of parts."""

from registry.quantities import number
from reports.document import Cell, Figure, OfficialForm, Passage, QuarterlyReport, Section, Table, Text

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

PERIOD = Text("Kỳ báo cáo", "Period")
BASIS = Text("Mốc chốt số liệu", "Basis of the period")
EDITION = Text("Bản", "Edition")
BUILT = Text("Lập lúc", "Built at")
SCOPE = Text("Phạm vi của bản này", "What this edition covers")
NOTES = Text("Ghi chú", "Notes")
MADE_UP = Text("dữ liệu giả định", "synthetic data")
CONFIRM = Text("chờ xác nhận", "to be confirmed")
MARK = Text("DỮ LIỆU GIẢ ĐỊNH", "SYNTHETIC DATA")
HIGHLIGHTS = Text("Số liệu chính", "Main figures")


def figure_words(figure: Figure, language: str, *, unit: bool) -> str:
    """The number as the language writes it, with its comparator (and its unit); or why there is none.

    A change is signed; a per cent of change has one decimal.
    """
    if figure.number is None:
        return figure.absent.in_(language)
    if figure.signed:
        percent = figure.unit.vi == "%"
        words = number(figure.number, language, signed=True, places=1 if percent else None)
        return f"{words}%" if percent else words
    return figure.words(language, unit=unit)


def facts(document: QuarterlyReport) -> list[tuple[Text, Text]]:
    """What every rendering says first: the name of each fact, and the fact."""
    said = (
        (PERIOD, document.period.days),
        (BASIS, document.period.basis_text),
        (EDITION, document.edition.name),
        (BUILT, document.generated),
    )
    return [(name, value) for name, value in said if value.vi]


def opening(document: QuarterlyReport, language: str) -> list[tuple[str, tuple[str, ...]]]:
    """Facts, scope and main figures as lines of a paper, each with the keys of its notes."""
    lines: list[tuple[str, tuple[str, ...]]] = [
        (f"{name.in_(language)}: {value.in_(language)}.", ()) for name, value in facts(document)
    ]
    lines += [(line.in_(language), ()) for line in document.edition.scope]
    for highlight in document.highlights:
        words = figure_words(highlight.figure, language, unit=True)
        detail = f" ({highlight.detail.in_(language)})" if highlight.detail.vi else ""
        lines.append((f"- {highlight.label.in_(language)}: {words}{detail}", highlight.figure.footnotes))
    return lines


def closing(form: OfficialForm, language: str) -> str:
    """The last line of the text, before its end sign."""
    subject = form.subject.in_(language)
    subject = subject[:1].lower() + subject[1:]
    return f"Trên đây là báo cáo {subject}" if language[:2] == "vi" else f"This is the report on {subject}"


def note_numbers(document: QuarterlyReport) -> dict[str, int]:
    """The number of each footnote by its key."""
    return {note.key: note.number for note in document.footnotes}


BORROWED = {
    "vi": Text("(Nguyên văn tiếng Việt.)", "(Written in Vietnamese; there is no English text yet.)"),
    "en": Text("(Nguyên văn tiếng Anh; chưa có bản tiếng Việt.)", "(Written in English.)"),
}
"""Said before a text that stands in both languages because only one was written."""


def passage_words(passage: Passage, language: str) -> str:
    """A written paragraph with its figures filled in."""
    return "".join(
        figure_words(piece, language, unit=True) if isinstance(piece, Figure) else piece.text.in_(language)
        for piece in passage.pieces
    )


def prose_lines(section: Section, language: str) -> list[str]:
    """What was written for the part, a line for each paragraph."""
    if section.prose is None:
        return []
    borrowed, own = section.prose.borrowed, language[:2]
    said = [BORROWED[borrowed].in_(language)] if borrowed and borrowed != own else []
    return said + [passage_words(passage, language) for passage in section.prose.in_(language)]


def marks(keys: tuple[str, ...], numbers: dict[str, int]) -> str:
    """The numbers of notes beside a word, in order: `1,3`."""
    return ",".join(str(n) for n in sorted(numbers[key] for key in keys))


SHORT_CELL, LEAST, MOST = 18, 7, 34
"""Characters that a cell has on one line where it can; and of a line in the narrowest and in the widest column."""

PAGE_WIDTH = 112
"""Characters in a line of small letters on an upright page."""


def lies_across(section: Section, language: str) -> bool:
    """Whether a table of the part needs the paper's long side; then the whole part lies across."""
    return any(sum(shares(table, language)) > PAGE_WIDTH for table in section.tables if table.rows)


def shares(table: Table, language: str) -> list[int]:
    """How wide the columns are to each other: room for the longest word, and for a short cell in one line."""
    return [_room([column.label.in_(language), *(_said(row.cells[place], language, table.units) for row in table.rows)])
            for place, column in enumerate(table.columns)]  # fmt: skip


def _said(cell: Cell, language: str, units: bool) -> str:
    if isinstance(cell, Figure):
        return figure_words(cell, language, unit=units) + "," * (2 * len(cell.footnotes))
    return f"{cell.text.in_(language)} {cell.detail.in_(language)}"


def _room(texts: list[str]) -> int:
    longest = max(map(len, texts))
    word = max(len(word) for text in texts for word in text.split(" "))
    return min(MOST, max(LEAST, word + 1, min(longest, SHORT_CELL), longest // 3))
