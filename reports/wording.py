"""Words that several parts of a report use, in both languages."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone, translation

from registry.periods import Basis, Period
from registry.reference.models import Term, UnitOfMeasure
from reports.document import Text
from reports.saying import MONTHS

DAY = timedelta(days=1)

TOTAL = Text("Tổng số", "Total")
AGENCY = Text("Lực lượng", "Agency")
NOT_ADDABLE = Text("không cộng", "not to be added")
ITEMS = Text("tin, tài liệu", "items")
DELIVERIES = Text("lượt chuyển", "deliveries")
CASES = Text("vụ việc", "cases")
PERCENT = Text.same("%")

BASES = {
    Basis.CALENDAR.value: Text("lịch", "calendar"),
    Basis.STATUTORY.value: Text("chốt từ ngày 15 đến ngày 14", "cut from the 15th to the 14th"),
    Basis.CUSTOM.value: Text("theo thỏa thuận", "as agreed"),
    Basis.AS_PRINTED.value: Text("như in, không rõ mốc chốt", "as printed, cut-off unknown"),
}


def said(label: Any) -> Text:
    """A translatable label in both languages."""
    with translation.override("vi"):
        vi = str(label)
    with translation.override("en"):
        return Text(vi, str(label))


def term(word: Term) -> Text:
    """The names of a term."""
    return Text(word.name_vi, word.name_en)


def symbol(unit: UnitOfMeasure) -> Text:
    """The symbols of a unit of measure."""
    return Text(unit.symbol_vi, unit.symbol_en)


def day(value: date) -> Text:
    """`14/08/2024`, `14 August 2024`."""
    return Text(f"{value:%d/%m/%Y}", f"{value.day} {MONTHS[value.month - 1]} {value.year}")


def moment(value: datetime) -> Text:
    """The hour and the day in Viet Nam."""
    local = timezone.localtime(value, timezone.get_default_timezone())
    on = day(local.date())
    return Text(f"{local:%H:%M}, {on.vi}", f"{local:%H:%M}, {on.en}")


def days(start: date, end: date) -> Text:
    """First to last day; `end` is the first day after."""
    first, last = day(start), day(end - DAY)
    if first == last:
        return first
    return Text(f"{first.vi} – {last.vi}", f"{first.en} – {last.en}")


CUT = Text(" (từ ngày 15 đến ngày 14)", " (15th to 14th)")


def period_name(label: str) -> Text:
    """`quý II năm 2024`, `second quarter of 2024`; half-years, months, statutory periods and days alike."""
    named, statutory, _rest = label.partition("@")
    if "--" in named:
        return _between(label)
    year, _dash, part = named.partition("-")
    if part.startswith("Q"):
        number = int(part[1])
        ordinal = ("first", "second", "third", "fourth")[number - 1]
        name = Text(f"quý {('I', 'II', 'III', 'IV')[number - 1]} năm {year}", f"{ordinal} quarter of {year}")
    elif part.startswith("H"):
        first = part == "H1"
        half = "sáu tháng đầu năm" if first else "sáu tháng cuối năm"
        name = Text(f"{half} {year}", f"{'first' if first else 'second'} half of {year}")
    else:
        name = Text(f"tháng {int(part)} năm {year}", f"{MONTHS[int(part) - 1]} {year}")
    return _joined(name, CUT) if statutory else name


def period_short(label: str) -> Text:
    """`Quý II/2024`, `Q2 2024`: for column heads."""
    named, statutory, _rest = label.partition("@")
    if "--" in named:
        return _between(label)
    year, _dash, part = named.partition("-")
    if part.startswith("Q"):
        name = Text(f"Quý {('I', 'II', 'III', 'IV')[int(part[1]) - 1]}/{year}", f"{part} {year}")
    elif part.startswith("H"):
        name = Text(f"{'6 tháng đầu' if part == 'H1' else '6 tháng cuối'} {year}", f"{part} {year}")
    else:
        name = Text(f"Tháng {int(part)}/{year}", f"{MONTHS[int(part) - 1][:3]} {year}")
    return _joined(name, CUT) if statutory else name


def _between(label: str) -> Text:
    period = Period.parse(label)
    return days(period.start, period.end)


def _joined(one: Text, other: Text) -> Text:
    return Text(one.vi + other.vi, one.en + other.en)
