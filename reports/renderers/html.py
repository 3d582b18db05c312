"""The report as one file of HTML that needs nothing else: style and drawings inside, no script.

Under a strict Content-Security-Policy its style is allowed by hash: `policy(content)` reads it from the bytes.
"""

import base64
import hashlib
import re
from html import escape
from pathlib import Path

from registry.quantities import plain
from reports.document import Cell, Column, Figure, Label, Link, QuarterlyReport, Row, Section, Table, Text
from reports.outline import Part, outline
from reports.renderers.charts import draw
from reports.renderers.frame_html import head, recipients, signature
from reports.saying import BUILT, CONFIRM, MADE_UP, MARK, NOTES, SCOPE, facts, figure_words, note_numbers, prose_lines

STYLE = Path(__file__).with_name("report.css").read_text("utf-8").strip()
STACKED = 5
"""From so many columns on, a table becomes one card per line on a phone."""

CONTENTS = Text("Nội dung", "Contents")
NOTE = Text("ghi chú", "note")
SEALED = Text("ĐÃ KÝ BAN HÀNH", "SEALED")


def render(document: QuarterlyReport, language: str, *, base_url: str = "") -> bytes:
    """The whole page. Links lead to the admin's lists where they exist, else to the API's."""
    return _Page(document, language, base_url.rstrip("/")).write().encode()


def policy(content: bytes) -> str:
    """The Content-Security-Policy under which exactly these bytes may be shown: their own style, nothing else."""
    styles = re.findall(rb"<style>(.*?)</style>", content, re.DOTALL)
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s).digest()).decode()}'" for s in styles)
    return (
        f"default-src 'none'; style-src {hashes or chr(39) + 'none' + chr(39)}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


class _Page:
    """One page being written: the document, its language, the numbers of its notes, where links begin."""

    def __init__(self, document: QuarterlyReport, language: str, base: str) -> None:
        self.document = document
        self.language = language
        self.base = base
        self.numbers = note_numbers(document)

    def say(self, text: Text) -> str:
        """The language's words, escaped."""
        return escape(text.in_(self.language))

    # --- the page -----------------------------------------------------------------------------------------------

    def write(self) -> str:
        """Everything."""
        document = self.document
        title = self.say(document.title)
        mark = f' data-mark="{self.say(MARK)}"' if document.synthetic else ""
        text = "".join(self.section(part) for part in outline(document, annexes=False))
        annexes = "".join(self.section(part) for part in outline(document, annexes=True))
        return (
            f'<!DOCTYPE html>\n<html lang="{self.language[:2]}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta name="referrer" content="same-origin">\n<title>{title}</title>\n'
            f"<style>{STYLE}</style>\n</head>\n<body{mark}>\n<main>\n"
            f"{self.header(title)}{self.highlights()}{self.contents()}{text}{self.foot()}{annexes}{self.notes()}</main>\n</body>\n</html>\n"
        )

    def header(self, title: str) -> str:
        """Title, period, edition and what it covers; the banner of made-up data before anything else."""
        document = self.document
        banner = f'<p class="banner" role="note">{self.say(document.banner)}</p>' if document.banner.vi else ""
        scope = "".join(f"<p>{self.say(line)}</p>" for line in document.edition.scope)
        listed = "".join(
            f"<div><dt>{self.say(name)}</dt><dd>{self._moment() if name is BUILT else self.say(value)}</dd></div>"
            for name, value in facts(document)
        )
        return (
            f'{banner}<header>{self.frame()}<h1>{title}</h1><dl class="facts">{listed}</dl>'
            f'<section class="scope"><h2>{self.say(SCOPE)}</h2>{scope}</section></header>\n'
        )

    def frame(self) -> str:
        """Issuer, number, place and day as on paper; whether it is a draft or sealed."""
        form = self.document.form
        if form is None:
            return ""
        also = (SEALED,) if form.number is not None else ()
        return f'<div class="frame">{head(form, self.language, also=also)}</div>'

    def foot(self) -> str:
        """Recipients, and who signs."""
        form = self.document.form
        if form is None:
            return ""
        office = " ".join(filter(None, [form.authority.in_(self.language), form.office.in_(self.language)]))
        signed = signature(office, form.signer)
        return f'<div class="frame foot">{recipients(form, self.language)}{signed}</div>\n'

    def _moment(self) -> str:
        at = self.document.generated_at.isoformat(timespec="seconds")
        return f'<time datetime="{at}">{self.say(self.document.generated)}</time>'

    def highlights(self) -> str:
        """The cards."""
        cards = "".join(
            f'<div class="card"><p class="card-label">{self.say(h.label)}</p>'
            f'<p class="card-number">{self.figure(h.figure, unit=False)}</p>'
            + (f'<p class="card-detail">{self.say(h.detail)}</p>' if h.detail.vi else "")
            + "</div>"
            for h in self.document.highlights
        )
        return f'<div class="cards">{cards}</div>\n'

    def contents(self) -> str:
        """Where each part is."""
        lines = "".join(
            f'<li><a href="#{escape(part.section.key)}">{escape(part.mark(self.language))} '
            f"{self.say(part.section.title)}</a></li>"
            for part in outline(self.document)
            if part.level == 0
        )
        return f'<nav aria-label="{self.say(CONTENTS)}"><ol>{lines}</ol></nav>\n'

    def notes(self) -> str:
        """The footnotes, each with a way to be found by its number."""
        if not self.document.footnotes:
            return ""
        lines = "".join(
            f'<li id="note-{note.number}" value="{note.number}">{self.say(note.text)}</li>'
            for note in self.document.footnotes
        )
        return f'<section id="notes"><h2>{self.say(NOTES)}</h2><ol class="notes">{lines}</ol></section>\n'

    # --- parts and tables ---------------------------------------------------------------------------------------

    def section(self, part: Part) -> str:
        """A part: what was written, what must be said of the figures, the tables. Those below it follow it."""
        section, tag = part.section, "h2" if part.level == 0 else "h3"
        paragraphs = "".join(f"<p>{self.say(p)}</p>" for p in section.paragraphs)
        silent = f'<p class="empty">{self.say(section.empty)}</p>' if section.empty.vi else ""
        tables = "".join(
            self.table(table, part.table_mark(place, self.language)) for place, table in enumerate(section.tables)
        )
        kind = ' class="annex"' if section.annex else ""
        return (
            f'<section id="{escape(section.key)}"{kind}><{tag}><span class="mark">'
            f"{escape(part.mark(self.language))}</span> {self.say(section.title)}</{tag}>"
            f"{self.prose(section)}{paragraphs}{silent}{tables}</section>\n"
        )

    def prose(self, section: Section) -> str:
        """What was written, its figures linked to the lists behind them."""
        if section.prose is None:
            return ""
        said = prose_lines(section, self.language)
        passages = section.prose.in_(self.language)
        before = "".join(f'<p class="borrowed">{escape(line)}</p>' for line in said[: len(said) - len(passages)])
        spoken = f' lang="{section.prose.borrowed}"' if before else ""
        lines = "".join(f"<p>{''.join(self.piece(piece) for piece in passage.pieces)}</p>" for passage in passages)
        return f'{before}<div class="prose"{spoken}>{lines}</div>'

    def piece(self, piece: Cell) -> str:
        """Words of a written paragraph, or a figure in it."""
        return self.figure(piece, unit=True) if isinstance(piece, Figure) else self.say(piece.text)

    def table(self, table: Table, mark: str) -> str:
        """A table under its title, with its drawing and its note."""
        badge = f' <span class="badge">{self.say(MADE_UP)}</span>' if table.synthetic else ""
        title = f"<h4>{mark} {self.say(table.title)}{self.marks(table.footnotes)}{badge}</h4>"
        note = f'<p class="table-note">{self.say(table.note)}</p>' if table.note.vi else ""
        if not table.rows:
            return f'<div class="block">{title}<p class="empty">{self.say(table.empty)}</p></div>'
        heads = "".join(self.head(column) for column in table.columns)
        body = "".join(self.row(table, row) for row in table.rows)
        kind = " stack" if len(table.columns) >= STACKED else ""
        drawing = draw(table, self.language)
        figure = f'<div class="drawing" tabindex="0">{drawing}</div>' if drawing else ""
        return (
            f'<div class="block">{title}{figure}<div class="scroll" tabindex="0" role="region" '
            f'aria-label="{self.say(table.title)}"><table class="t-{escape(table.key.split("_")[0])}{kind}">'
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>{note}</div>"
        )

    def head(self, column: Column) -> str:
        """A column's head."""
        note = f"<small>{self.say(column.note)}</small>" if column.note.vi else ""
        kind = ' class="n"' if column.numeric else ""
        return f'<th scope="col"{kind}>{self.say(column.label)}{self.marks(column.footnotes)}{note}</th>'

    def row(self, table: Table, row: Row) -> str:
        """A line, and below it what must be read with it."""
        cells = "".join(
            self.cell(cell, column, first=place == 0, units=table.units)
            for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True))
        )
        line = f'<tr class="total">{cells}</tr>' if row.total else f"<tr>{cells}</tr>"
        if row.note.vi:
            line += f'<tr class="remark"><td colspan="{len(table.columns)}">{self.say(row.note)}</td></tr>'
        return line

    def cell(self, cell: Cell, column: Column, *, first: bool, units: bool) -> str:
        """A cell; on a phone its column's head stands beside it."""
        tag = 'th scope="row"' if first else "td"
        name = column.label.in_(self.language)
        note = column.note.in_(self.language)
        label = escape(f"{name} ({note})" if note else name)
        kind = "n" if column.numeric else "w"
        content = self.figure(cell, unit=units) if isinstance(cell, Figure) else self.label(cell)
        return f'<{tag} class="{kind}" data-label="{label}">{content}</{tag.split(maxsplit=1)[0]}>'

    # --- figures ------------------------------------------------------------------------------------------------

    def label(self, label: Label) -> str:
        """Words, with their detail below."""
        words = self.say(label.text) + self.marks(label.footnotes)
        linked = self.linked(words, label.link) if not label.footnotes else words
        detail = f"<small>{self.say(label.detail)}</small>" if label.detail.vi else ""
        return f"<span>{linked}{detail}</span>"

    def figure(self, figure: Figure, *, unit: bool) -> str:
        """The number in words of the language, linked to the list behind it; or why there is none."""
        if figure.number is None:
            return f'<span class="absent">{self.say(figure.absent)}{self.marks(figure.footnotes)}</span>'
        words = figure_words(figure, self.language, unit=unit)
        value = plain(figure.number) if figure.bounds is None else ""
        shown = f'<data value="{value}">{escape(words)}</data>' if value else escape(words)
        badge = f' <span class="badge ask">{self.say(CONFIRM)}</span>' if figure.needs_confirmation else ""
        return f"<span>{self.linked(shown, figure.link)}{self.marks(figure.footnotes)}{badge}</span>"

    def linked(self, content: str, link: Link | None) -> str:
        """A link to the list for people, else to the API's."""
        if link is None:
            return content
        return f'<a href="{escape(self.base + (link.page or link.api))}">{content}</a>'

    def marks(self, keys: tuple[str, ...]) -> str:
        """References to notes, by number."""
        if not keys:
            return ""
        numbers = sorted(self.numbers[key] for key in keys)
        links = ",<wbr>".join(f'<a href="#note-{n}" aria-label="{self.say(NOTE)} {n}">{n}</a>' for n in numbers)
        return f"<sup>{links}</sup>"
