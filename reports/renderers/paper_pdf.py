"""Minutes and notices as PDF in the form of an official paper."""

from pathlib import Path
from typing import Any

from reports.document import Text
from reports.official import END
from reports.outline import ROMAN
from reports.papers.document import OfficialPaper
from reports.saying import MARK
from reports.typesetting import form_words, typeset

TEMPLATE = Path(__file__).with_name("paper.typ")


def render(document: OfficialPaper, language: str) -> bytes:
    """The paper. The same document gives the same bytes on every machine."""
    return typeset(TEMPLATE, _words(document, language))


def _words(document: OfficialPaper, language: str) -> dict[str, Any]:
    """The document as plain words of one language."""

    def say(text: Text) -> str:
        return text.in_(language)

    closing = [say(line) for line in document.closing]
    return {
        "language": language[:2],
        "title": say(document.title),
        "mark": say(MARK) if document.synthetic else "",
        "banner": say(document.banner),
        "form": form_words(document.form, language),
        "opening": [say(line) for line in document.opening],
        "parts": [
            {"title": f"{ROMAN[place]}. {say(part.title)}", "lines": [say(line) for line in part.lines]}
            for place, part in enumerate(document.parts)
        ],
        "closing": [*closing[:-1], *(line + END for line in closing[-1:])],
        "signatures": [{"office": say(one.office).upper(), "signer": one.signer} for one in document.signatures],
    }
