"""What every rendering says alike: a figure in words, the marks beside it, the names of parts."""

from registry.quantities import number, quantity
from reports.document import Figure, QuarterlyReport, Text

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
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

PERIOD = Text("Kỳ báo cáo", "Period")
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
    symbol = figure.unit.in_(language) if unit else ""
    return quantity(figure.number, language, symbol=symbol, comparator=figure.comparator)


def note_numbers(document: QuarterlyReport) -> dict[str, int]:
    """The number of each footnote by its key."""
    return {note.key: note.number for note in document.footnotes}


def marks(keys: tuple[str, ...], numbers: dict[str, int]) -> str:
    """The numbers of notes beside a word, in order: `1,3`."""
    return ",".join(str(n) for n in sorted(numbers[key] for key in keys))
