"""Minutes and notices as one page of HTML that needs nothing else; the style is allowed by hash, as in reports."""

from html import escape
from pathlib import Path

from reports.document import OfficialForm, Text
from reports.official import END
from reports.outline import ROMAN
from reports.papers.document import OfficialPaper
from reports.renderers.frame_html import head, recipients, signature
from reports.saying import MARK

STYLE = Path(__file__).with_name("paper.css").read_text("utf-8").strip()


def render(document: OfficialPaper, language: str) -> bytes:
    """The whole page."""
    return _Page(document, language).write().encode()


class _Page:
    """One page being written."""

    def __init__(self, document: OfficialPaper, language: str) -> None:
        self.document, self.language = document, language

    def say(self, text: Text) -> str:
        """The language's words, escaped."""
        return escape(text.in_(self.language))

    def write(self) -> str:
        """Everything."""
        document = self.document
        title = self.say(document.title)
        mark = f'<p class="mark">{self.say(MARK)}</p>' if document.synthetic else ""
        return (
            f'<!DOCTYPE html>\n<html lang="{self.language[:2]}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta name="referrer" content="same-origin">\n<title>{title}</title>\n'
            f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
            f"{self.head(document.form)}{self.text()}{self.foot()}{mark}</main>\n</body>\n</html>\n"
        )

    def head(self, form: OfficialForm) -> str:
        """Who issues it and the motto; number, place and date; the marks; kind and subject."""
        return (
            f"<header>{head(form, self.language)}</header>\n"
            f'<h1>{self.say(form.kind)}<span class="ruled">{self.say(form.subject)}</span></h1>\n'
        )

    def text(self) -> str:
        """The words between title and signatures."""
        document = self.document
        banner = f'<p class="banner" role="note">{self.say(document.banner)}</p>' if document.banner.vi else ""
        opening = "".join(f"<p>{self.say(line)}</p>" for line in document.opening)
        parts = "".join(
            f"<h2>{ROMAN[place]}. {self.say(part.title)}</h2>"
            + "".join(f"<p>{self.say(line)}</p>" for line in part.lines)
            for place, part in enumerate(document.parts)
        )
        last = len(document.closing) - 1
        closing = "".join(
            f"<p>{self.say(line)}{END if place == last else ''}</p>" for place, line in enumerate(document.closing)
        )
        return f'<section class="text">{banner}{opening}{parts}{closing}</section>\n'

    def foot(self) -> str:
        """Signatures and recipients."""
        form, signatures = self.document.form, self.document.signatures
        to = recipients(form, self.language)
        blocks = [signature(one.office.in_(self.language), one.signer) for one in signatures]
        cells = [to, *blocks] if len(blocks) == 1 else [*blocks, to]
        return f"<footer>{''.join(cells)}</footer>\n"
