"""The report by province: as provinces stood on the last day of the period, kinds and dimensions apart."""

from datetime import date
from decimal import Decimal
from typing import Any

from agencies.models import Place, PlaceName, PlaceSuccession
from registry.periods import Period
from registry.reference.models import Substance
from reports.counting import Counting
from reports.document import Figure, Label, Table
from reports.sections import places
from tests.cases.stories import lot, measure, opened
from tests.cast import Cast

SPRING = Period.parse("2024-Q2")


def province(code: str, name: str) -> Place:
    made = Place.objects.create(code=code, kind="province")
    for language in ("vi", "en"):
        PlaceName.objects.create(place=made, language=language, name=f"{name} {language}")
    return made


def told(table: Table) -> dict[tuple[str, str], list[Any]]:
    """By name and detail in English: the numbers of the row."""
    found: dict[tuple[str, str], list[Any]] = {}
    for row in table.rows:
        label, *cells = row.cells
        assert isinstance(label, Label)
        found[label.text.en, label.detail.en] = [one.number if isinstance(one, Figure) else None for one in cells]
    return found


def test_cases_and_seizures_stand_by_province(cast: Cast) -> None:
    former, other = province("t-former", "Cũ"), province("t-other", "Khác")
    later = province("t-later", "Mới")
    PlaceSuccession.objects.create(predecessor=former, successor=later, on=date(2024, 6, 1))
    PlaceSuccession.objects.create(predecessor=other, successor=later, on=date(2025, 7, 1))
    substance = Substance.objects.create(code="t-one", name_vi="Một", name_en="One", order=990)
    part = Substance.objects.create(code="t-part", name_vi="Phần", name_en="Part", order=991, parent=substance)
    first, second = opened(cast, place=former), opened(cast, place=other, kind="case")
    lot(cast, first, substance=substance, value=Decimal(1), unit=measure())
    lot(cast, first, substance=part, value=Decimal(2), unit=measure(), comparator="over")
    lot(cast, second, substance=part, raw_text="chưa cân")
    count = Counting(cast.secretariat, SPRING)
    made = places.section(count)
    cases, seizures = made.tables
    assert told(cases)["Mới en", ""] == [0, 1, 0], "the succession of June holds on the last day of the quarter"
    assert told(cases)["Khác en", ""] == [1, 0, 0], "that of 2025 does not"
    found = told(seizures)
    assert found["Mới en", "One"] == [3, None, 0]
    assert found["Mới en", "Part (part of: One)"] == [2, None, 0]
    assert found["Khác en", "One"] == [None, None, 1]


def test_what_has_no_place_is_told_last(cast: Cast) -> None:
    opened(cast, place=None)
    cases, _seizures = places.section(Counting(cast.secretariat, SPRING)).tables
    label = cases.rows[-1].cells[0]
    assert isinstance(label, Label) and label.text == places.UNKNOWN
