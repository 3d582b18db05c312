"""Drawings of tables as inline SVG. They show the table's own numbers, which stand beside them as text."""

from collections.abc import Sequence
from html import escape

from registry.quantities import number
from reports.document import Figure, Label, Table

INK, QUIET, LINE = "#1c2833", "#52606d", "#d9e0e5"
BAR, BAR_NOW = "#9cc3cc", "#0f6477"
FONT = 'font-family="system-ui, Segoe UI, Roboto, Noto Sans, Helvetica, Arial, sans-serif"'


def _text(
    x: float, y: float, words: str, *, anchor: str = "middle", size: int = 14, fill: str = INK, weight: int = 400
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" '
        f'fill="{fill}">{escape(words)}</text>'
    )


def _svg(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    return (
        f'<svg class="chart" role="img" aria-label="{escape(title)}" viewBox="0 0 {width:g} {height:g}" '
        f'xmlns="http://www.w3.org/2000/svg" {FONT}><title>{escape(title)}</title>{"".join(parts)}</svg>'
    )


def _value(cell: object) -> int:
    return int(cell.number) if isinstance(cell, Figure) and cell.number is not None else 0


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
            shade = f'fill="{BAR_NOW}" fill-opacity="{0.06 + 0.86 * share:.3f}"' if share else 'fill="#f4f6f8"'
            parts.append(f'<rect x="{x + 2}" y="{y + 2}" width="{size_x - 4}" height="{size_y - 4}" rx="6" {shade}/>')
            ink = "#ffffff" if share > 0.52 else INK
            words = number(_value(cell), language) if isinstance(cell, Figure) and cell.number is not None else "–"
            parts.append(_text(x + size_x / 2, y + size_y / 2 + 6, words, size=17, fill=ink, weight=600))
    return _svg(left + size_x * len(heads) + 4, top + size_y * len(rows) + 6, table.title.in_(language), parts)


def trend(table: Table, language: str) -> str:
    """The first indicator over the periods; a period without records has no bar, and says so."""
    if not table.rows:
        return ""
    cells = [
        (column, cell)
        for column, cell in zip(table.columns, table.rows[0].cells, strict=True)
        if isinstance(cell, Figure) and not cell.signed and column.note.vi.startswith(("kỳ", "cùng kỳ"))
    ]
    most = max((_value(cell) for _column, cell in cells), default=0)
    if not most:
        return ""
    step, top, floor = 132, 34, 214
    width = step * len(cells) + 16
    parts = [f'<line x1="8" y1="{floor}" x2="{width - 8}" y2="{floor}" stroke="{LINE}" stroke-width="1.5"/>']
    for place, (column, cell) in enumerate(cells):
        middle = 8 + step * (place + 0.5)
        now = column.note.en == "this period"
        if cell.number is None:
            parts.append(_text(middle, floor - 10, cell.absent.in_(language), size=13, fill=QUIET))
        else:
            height = max((floor - top) * _value(cell) / most, 2)
            fill = BAR_NOW if now else BAR
            box = f'x="{middle - 34:g}" y="{floor - height:g}" width="68" height="{height:g}"'
            parts.append(f'<rect {box} rx="5" fill="{fill}"/>')
            words = number(_value(cell), language)
            parts.append(_text(middle, floor - height - 9, words, size=17, weight=700))
        parts.append(_text(middle, floor + 22, column.label.in_(language), size=14, weight=700 if now else 400))
        parts.append(_text(middle, floor + 41, column.note.in_(language), size=12, fill=QUIET))
    label = table.rows[0].cells[0]
    title = label.text.in_(language) if isinstance(label, Label) else ""
    return _svg(width, floor + 52, title, parts)


CHARTS = {"matrix": matrix, "trend": trend}


def draw(table: Table, language: str) -> str:
    """The drawing a table asks for, or nothing."""
    return CHARTS[table.chart](table, language) if table.chart else ""
