"""What papers of a conference say alike. What the record does not hold is told as missing, never made up."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from agencies.models import Agency, Unit, central_unit, in_protocol_order, today
from registry.conferences.models import ActionItem, Conference, Resolution
from registry.conferences.terms import Adoption, Missing, Secrecy
from reports.document import NOTHING, OfficialForm, Text
from reports.issuing import INTERNAL, letterhead
from reports.official import dateline
from reports.saying import MONTHS
from reports.wording import said

BLANK = Text.same("." * 24)
"""Room to write by hand what is not decided yet."""

FILE = Text("Lưu: VT, Hồ sơ", "File: VT, conference file")
NOT_RECORDED = Text("không ghi nhận", "not recorded")
BANNER = Text(
    "DỮ LIỆU GIẢ ĐỊNH, chỉ dùng để minh họa.",
    "SYNTHETIC DATA, for demonstration only.",
)

ABSENT = {
    Missing.NOT_STATED: Text("nguồn không nêu", "not stated by the source"),
    Missing.UNCLEAR: Text("nguồn không rõ", "unclear in the source"),
    Missing.UNDECIDED: BLANK,
    Missing.NOT_APPLICABLE: Text("không áp dụng", "does not apply"),
}


def both(vi: str, en: str) -> Text:
    """Both wordings; the Vietnamese one twice where there is no English."""
    return Text(vi, en or vi)


def or_missing(text: Text | None, reason: str) -> Text:
    """The words, or why there are none."""
    if text is not None and text.vi:
        return text
    return ABSENT[Missing(reason)] if reason else NOT_RECORDED


def day_words(on: date) -> Text:
    """`ngày 14 tháng 8 năm 2024`, `14 August 2024`."""
    form = OfficialForm(NOTHING, NOTHING, "", NOTHING, NOTHING, NOTHING, signed_on=on)
    return Text(dateline(form, "vi").removeprefix(", "), f"{on.day} {MONTHS[on.month - 1]} {on.year}")


def moment_words(at: datetime | None, on: date | None, missing: str) -> Text:
    """Hour and day of a beginning or an end; each of both said to be missing where it is."""
    if at is not None:
        local = timezone.localtime(at, timezone.get_default_timezone())
        hour = Text(f"{local:%H} giờ {local:%M} phút", f"{local:%H}:{local:%M}")
        on = local.date()
    else:
        hour = Text("giờ không ghi nhận", "hour not recorded")
    day = day_words(on) if on is not None else or_missing(None, missing)
    label = "" if on is not None else "ngày "
    return Text(f"{hour.vi}, {label}{day.vi}", f"{hour.en}, {day.en}")


def held_words(conference: Conference) -> Text:
    """The day on which it was held, or why none is known."""
    if conference.held_on is not None:
        return day_words(conference.held_on)
    missing = or_missing(None, conference.held_on_missing)
    return Text(f"ngày họp: {missing.vi}", f"day: {missing.en}")


def title_of(conference: Conference) -> Text:
    """Its title."""
    return both(conference.title_vi, conference.title_en)


def agencies_on(on: date | None) -> list[Agency]:
    """All agencies in the protocol order of the day."""
    return in_protocol_order(Agency.objects.prefetch_related("names", "protocol"), on or today())


def host_unit(conference: Conference, on: date | None = None) -> Unit | None:
    """The unit that issues the conference's papers: the central one of the host."""
    return central_unit(conference.host_agency, on or conference.held_on) if conference.host_agency else None


def frame(conference: Conference, *, on: date | None, kind: Text, code: str, subject: Text) -> OfficialForm:
    """Who issues the paper, with the names of the day of signing; blanks where no host is known."""
    circulation = INTERNAL if conference.secrecy == Secrecy.INTERNAL else NOTHING
    issuer = host_unit(conference, on)
    if issuer is None:
        return OfficialForm(
            NOTHING, BLANK, f"{code}-{'.' * 8}", BLANK, kind, subject, recipients=(FILE,), circulation=circulation
        )
    form = letterhead(issuer, on or today(), kind=kind, code=code, subject=subject)
    place = form.place if form.place.vi else BLANK
    return replace(form, place=place, recipients=(*form.recipients[:-1], FILE), circulation=circulation)


def stamped(form: OfficialForm, *, number: int | None, signed_on: date | None, dated: bool) -> OfficialForm:
    """The frame with number and day; without a number it is a draft."""
    return replace(form, number=number, signed_on=signed_on, dated=dated)


def numbered(lines: Iterable[Text], empty: Text) -> tuple[Text, ...]:
    """The lines with their numbers; or the word that there are none."""
    found = tuple(Text(f"{n}. {line.vi}", f"{n}. {line.en}") for n, line in enumerate(lines, start=1))
    return found or (empty,)


def resolution_words(resolution: Resolution, agencies: list[Agency]) -> Text:
    """What was decided, with where the assent of the agencies stands."""
    text = both(_ended(resolution.text_vi), _ended(resolution.text_en or resolution.text_vi))
    addressee = both(resolution.addressee_vi, resolution.addressee_en)
    if addressee.vi:
        text = Text(f"{text.vi} Kính gửi: {addressee.vi}.", f"{text.en} To: {addressee.en}.")
    adoption = resolution.adoption(agencies)
    if adoption == Adoption.NOT_ASKED:
        return text
    word = said(adoption.label)
    return Text(f"{text.vi} ({word.vi})", f"{text.en} ({word.en})")


def task_words(item: ActionItem, on: date) -> Text:
    """What is to be done, by whom and by when; each said to be missing where it is."""
    text = both(item.text_vi, item.text_en)
    named = item.assignee_unit or item.assignee_agency
    who = or_missing(Text(named.name(on, "vi"), named.name(on, "en")) if named else None, item.assignee_missing)
    due = or_missing(day_words(item.due_on) if item.due_on else None, item.due_on_missing)
    return Text(
        f"{_ended(text.vi)} Đơn vị thực hiện: {who.vi}. Thời hạn: {due.vi}.",
        f"{_ended(text.en)} Assigned to: {who.en}. Due: {due.en}.",
    )


def _ended(words: str) -> str:
    """With a full stop."""
    return words if words.rstrip().endswith((".", "!", "?")) else f"{words.rstrip()}."
