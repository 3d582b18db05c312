"""The frame of an official paper as HTML: who issues it, number, place and day, marks; recipients and who signs."""

from collections.abc import Iterable
from html import escape

from reports.document import OfficialForm, Text
from reports.official import DRAFT, MOTTO, NATION, RECIPIENTS, dateline, notation


def head(form: OfficialForm, language: str, *, also: Iterable[Text] = ()) -> str:
    """Issuer and motto over their rules; number, marks, place and day. `also` are further marks."""

    def say(text: Text) -> str:
        return escape(text.in_(language))

    stamps = (form.urgency, form.circulation, *((DRAFT,) if form.number is None else ()), *also)
    marks = "".join(f'<p class="stamp">{say(mark)}</p>' for mark in stamps if mark.vi)
    dated = f'<p class="date">{escape(dateline(form, language))}</p>' if form.dated else ""
    return (
        f'<div><p>{say(form.parent)}</p><p class="ruled"><b>{say(form.issuer)}</b></p>'
        f"<p>{escape(notation(form, language))}</p>{marks}</div>"
        f'<div><p><b>{say(NATION)}</b></p><p class="ruled"><b>{say(MOTTO)}</b></p>{dated}</div>'
    )


def recipients(form: OfficialForm, language: str) -> str:
    """To whom it goes, the file last."""
    last = len(form.recipients) - 1
    lines = "".join(
        f"<li>- {escape(one.in_(language))}{'.' if place == last else ';'}</li>"
        for place, one in enumerate(form.recipients)
    )
    return f'<div class="recipients"><p>{escape(RECIPIENTS.in_(language))}</p><ul>{lines}</ul></div>'


def signature(office: str, signer: str) -> str:
    """As what somebody signs, room, the name."""
    return f'<div class="signature"><p>{escape(office).upper()}</p><p>{escape(signer)}</p></div>'
