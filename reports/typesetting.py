"""The frame of an official paper as PDF; the fonts come with the registry, nothing is fetched."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from reports.document import OfficialForm
from reports.official import DRAFT, MOTTO, NATION, RECIPIENTS, dateline, notation

FRAME = Path(__file__).with_name("frame.typ")
FONTS = typst.Fonts(
    include_system_fonts=False,
    include_embedded_fonts=False,
    font_paths=[str(Path(__file__).parent / "fonts")],
)


def typeset(template: Path, words: Mapping[str, Any]) -> bytes:
    """The pages of the template in the frame. The same words give the same bytes on every machine."""
    source = FRAME.read_bytes() + template.read_bytes()
    data = json.dumps(words, ensure_ascii=False)
    content: bytes = typst.compile(source, font_paths=FONTS, ignore_system_fonts=True, sys_inputs={"data": data})
    return content


def form_words(form: OfficialForm, language: str) -> dict[str, Any]:
    """Head and foot in the words of one language."""
    stamps = [form.urgency, form.circulation, *([DRAFT] if form.number is None else [])]
    grounds, recipients = len(form.grounds), len(form.recipients)
    return {
        "parent": form.parent.in_(language),
        "issuer": form.issuer.in_(language),
        "nation": NATION.in_(language),
        "motto": MOTTO.in_(language),
        "notation": notation(form, language),
        "dateline": dateline(form, language) if form.dated else "",
        "marks": [mark.in_(language) for mark in stamps if mark.vi],
        "kind": form.kind.in_(language),
        "subject": form.subject.in_(language),
        "grounds": [g.in_(language) + (";" if n < grounds else ".") for n, g in enumerate(form.grounds, start=1)],
        "recipients-title": RECIPIENTS.in_(language),
        "recipients": [
            f"- {one.in_(language)}{';' if n < recipients else '.'}" for n, one in enumerate(form.recipients, start=1)
        ],
        "office": " ".join(filter(None, [form.authority.in_(language), form.office.in_(language)])).upper(),
        "signer": form.signer,
    }
