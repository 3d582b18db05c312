"""The wording of an official paper's frame (Decree 30/2020/ND-CP, annex I): motto, number, date."""

from typing import Protocol

from reports.document import OfficialForm, Text
from reports.saying import MONTHS

NATION = Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM")
MOTTO = Text("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness")
DRAFT = Text("DỰ THẢO", "DRAFT")
RECIPIENTS = Text("Nơi nhận:", "Recipients:")
END = "./."
"""Closes the text of an official paper."""


class Numbered(Protocol):
    """What bears a number and a symbol; a draft has no number yet."""

    @property
    def number(self) -> int | None:
        """The number within agency and year."""

    @property
    def symbol(self) -> str:
        """What stands behind the number: `BC-C04`."""


def notation(form: Numbered, language: str) -> str:
    """`Số: 05/BC-C04`, below ten with a zero in front; a draft leaves room for the number."""
    number = " " * 6 if form.number is None else f"{form.number:02}"
    return f"{'Số:' if language == 'vi' else 'No.'} {number}/{form.symbol}"


def dateline(form: OfficialForm, language: str) -> str:
    """`Hà Nội, ngày 05 tháng 01 năm 2026`: days below ten and the first two months have a zero in front."""
    place, on = form.place.in_(language), form.signed_on
    if language != "vi":
        return f"{place}, {on.day} {MONTHS[on.month - 1]} {on.year}" if on else f"{place},{' ' * 20}"
    if on is None:
        return f"{place}, ngày{' ' * 6}tháng{' ' * 6}năm{' ' * 6}"
    month = f"{on.month:02}" if on.month < 3 else str(on.month)
    return f"{place}, ngày {on.day:02} tháng {month} năm {on.year}"


def attached(form: OfficialForm | None, language: str) -> str:
    """`(Kèm theo Báo cáo số 05/BC-C04)`: below the title of an annex."""
    if form is None:
        return ""
    number = notation(form, language)
    number = number.replace("Số:", "số", 1) if language == "vi" else number
    kind = form.kind.in_(language).capitalize()
    return f"(Kèm theo {kind} {number})" if language == "vi" else f"(Attached to {kind} {number})"
