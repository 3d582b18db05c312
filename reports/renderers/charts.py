"""Drawings of tables as inline SVG. They show the table's own numbers, which stand beside them as text."""

from collections.abc import Iterable, Sequence
from html import escape

from reports.document import Column, Figure, Label, Row, Table, Text
from reports.saying import figure_words

INK, QUIET, LINE, EMPTY = "#1c2833", "#52606d", "#d9e0e5", "#f4f6f8"
BAR, BAR_NOW = "#9cc3cc", "#0f6477"
STACK = ("#0f6477", "#d98a1f", "#9aa8b2", "#b9a3c9")
"""Acknowledged in time, late, not yet, recalled: told apart by order and by the legend, not by colour alone."""
FONT = 'font-family="system-ui, Segoe UI, Roboto, Noto Sans, Helvetica, Arial, sans-serif"'

WIDE = 600
"""From this width on a drawing is not made smaller for a phone: it is moved sideways there, like a table."""

BESIDE = Text("Các số này có trong bảng bên dưới.", "The table below holds the same numbers.")


def described(table: Table, language: str) -> str:
    """What a drawing shows, for whoever does not see it."""
    return f"{table.title.in_(language)}. {BESIDE.in_(language)}"


def _text(
    x: float, y: float, words: str, *, anchor: str = "middle", size: int = 14, fill: str = INK, weight: int = 400
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" '
        f'fill="{fill}">{escape(words)}</text>'
    )


def _box(x: float, y: float, width: float, height: float, fill: str, rounded: int = 4) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{rounded}" fill="{fill}"/>'


def _svg(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    kind = "chart wide" if width > WIDE else "chart"
    return (
        f'<svg class="{kind}" role="img" aria-label="{escape(title)}" viewBox="0 0 {width:g} {height:g}" '
        f'xmlns="http://www.w3.org/2000/svg" {FONT}><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


LETTER = 7.8
"""Width of a letter at the usual size; a narrow estimate would cut the longest names."""


def _beside(names: Iterable[str]) -> float:
    """The room left of the bars: for the longest name."""
    return max(236.0, 20 + LETTER * max(map(len, names), default=0))


def _value(cell: object) -> float:
    return float(cell.number) if isinstance(cell, Figure) and cell.number is not None else 0.0


def _head(row: Row, language: str) -> str:
    cell = row.cells[0]
    return cell.text.in_(language) if isinstance(cell, Label) else ""


def matrix(table: Table, language: str) -> str:
    """Givers down, receivers across; the darker, the more. Totals are left to the table."""
    rows = [row for row in table.rows if not row.total]
    heads = [column.label.in_(language) for column in table.columns[1:-1]]
    most = max((_value(cell) for row in rows for cell in row.cells[1:-1]), default=0)
    if not most:
        return ""
    left, top, size_x, size_y = 128, 34, 104, 58
    parts = [_text(left + size_x * (i + 0.5), 22, head, fill=QUIET, weight=600) for i, head in enumerate(heads)]
    for line, row in enumerate(rows):
        y = top + line * size_y
        parts.append(_text(left - 12, y + size_y / 2 + 5, heads[line], anchor="end", fill=QUIET, weight=600))
        for place, cell in enumerate(row.cells[1:-1]):
            share = _value(cell) / most
            x = left + place * size_x
            shade = f'fill="{BAR_NOW}" fill-opacity="{0.06 + 0.86 * share:.3f}"' if share else f'fill="{EMPTY}"'
            parts.append(f'<rect x="{x + 2}" y="{y + 2}" width="{size_x - 4}" height="{size_y - 4}" rx="6" {shade}/>')
            ink = "#ffffff" if share > 0.52 else INK
            words = (
                figure_words(cell, language, unit=False)
                if isinstance(cell, Figure) and cell.number is not None
                else "–"
            )
            parts.append(_text(x + size_x / 2, y + size_y / 2 + 6, words, size=17, fill=ink, weight=600))
    return _svg(left + size_x * len(heads) + 4, top + size_y * len(rows) + 6, described(table, language), parts)


def periods(table: Table, language: str) -> str:
    """A bar for each period, of the first number; a period without records has no bar, and says so."""
    cells = [(row, row.cells[1]) for row in table.rows if isinstance(row.cells[1], Figure)]
    most = max((_value(cell) for _row, cell in cells), default=0)
    if not most:
        return ""
    step, top, floor = 92, 60, 214
    width = step * len(cells) + 16
    parts = [_text(8, 22, table.columns[1].label.in_(language), anchor="start", fill=QUIET, weight=600)]
    parts.append(f'<line x1="8" y1="{floor}" x2="{width - 8}" y2="{floor}" stroke="{LINE}" stroke-width="1.5"/>')
    for place, (row, cell) in enumerate(cells):
        middle, words = 8 + step * (place + 0.5), figure_words(cell, language, unit=False)
        if cell.number is None:
            for line, word in enumerate(_halves(words)):
                parts.append(_text(middle, floor - 26 + 15 * line, word, size=12, fill=QUIET))
        else:
            height = max((floor - top) * _value(cell) / most, 2)
            parts.append(_box(middle - 26, floor - height, 52, height, BAR_NOW if row.total else BAR))
            parts.append(_text(middle, floor - height - 9, words, size=16, weight=700))
        parts.append(_text(middle, floor + 22, _head(row, language), size=13, weight=700 if row.total else 400))
    return _svg(width, floor + 36, described(table, language), parts)


def _halves(words: str) -> list[str]:
    """Two lines of about one length."""
    pieces = words.split()
    middle = (len(pieces) + 1) // 2
    return [" ".join(half) for half in (pieces[:middle], pieces[middle:]) if half]


def stacked(table: Table, language: str) -> str:
    """What became of the deliveries to each agency: one bar to the same length, parted in the order of the columns."""
    rows = [row for row in table.rows if not row.total and _value(row.cells[1])]
    if not rows:
        return ""
    states = table.columns[2:]
    left, length, top, step = _beside(_head(row, language) for row in rows), 440.0, 66, 40
    parts: list[str] = []
    for place, column in enumerate(states):
        beside, above = left + 232 * (place % 2), 8 + 24 * (place // 2)
        parts.append(_box(beside, above, 13, 13, STACK[place], 2))
        parts.append(_text(beside + 20, above + 12, column.label.in_(language), anchor="start", fill=QUIET))
    for line, row in enumerate(rows):
        at, x, whole = top + line * step, left, _value(row.cells[1])
        parts.append(_text(left - 12, at + 19, _head(row, language), anchor="end"))
        for place, cell in enumerate(row.cells[2:]):
            width = length * _value(cell) / whole
            if width:
                parts.append(_box(round(x, 1), at, round(width, 1), 26, STACK[place], 0))
            if width > 26 and isinstance(cell, Figure):
                ink = "#ffffff" if place == 0 else INK
                words = figure_words(cell, language, unit=False)
                parts.append(_text(round(x + width / 2, 1), at + 18, words, size=13, fill=ink, weight=600))
            x += width
    return _svg(left + length + 8, top + step * len(rows), described(table, language), parts)


def multiples(table: Table, language: str) -> str:
    """A drawing for each measure with a scale of its own: mass and tablets never share one."""
    drawn = [(place, column) for place, column in enumerate(table.columns) if column.numeric and column.note.vi]
    parts: list[str] = []
    y = 6.0
    for place, column in drawn:
        y = _measure(table, place, column, language, y, parts)
    width = 404 + _beside(_head(row, language) for row in table.rows)
    return _svg(width, y, described(table, language), parts) if parts else ""


def _measure(table: Table, place: int, column: Column, language: str, y: float, parts: list[str]) -> float:
    """The bars of one measure below `y`; where it ends."""
    cells = [(row, row.cells[place]) for row in table.rows if _value(row.cells[place])]
    most = max((_value(cell) for _row, cell in cells), default=0)
    if not most:
        return y
    left, length, step = _beside(_head(row, language) for row in table.rows), 250, 30
    name = f"{column.label.in_(language)} ({column.note.in_(language)})"
    parts.append(_text(8, y + 16, name, anchor="start", weight=600, fill=QUIET))
    y += 28
    for row, cell in cells:
        if isinstance(cell, Figure):
            width = max(length * _value(cell) / most, 2)
            parts.append(_text(left - 10, y + 15, _head(row, language), anchor="end"))
            parts.append(_box(left, y, round(width, 1), 20, BAR_NOW, 3))
            words = figure_words(cell, language, unit=False)
            parts.append(_text(round(left + width + 8, 1), y + 15, words, anchor="start", size=13, weight=600))
            y += step
    return y + 10


PAPER_WIDTH = {"matrix": 110}
"""Millimetres on paper; other drawings are as wide as the text, so that their words can be read."""


def breadth(table: Table) -> int:
    """How wide the drawing stands on paper, in millimetres."""
    return PAPER_WIDTH.get(table.chart, 160)


CHARTS = {"matrix": matrix, "periods": periods, "stacked": stacked, "multiples": multiples}


def draw(table: Table, language: str) -> str:
    """The drawing a table asks for, or nothing."""
    return CHARTS[table.chart](table, language) if table.chart else ""
