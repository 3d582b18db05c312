"""The directory that comes with the registry: places, names, leads and units on a day."""

import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from agencies.models import (
    Agency,
    Area,
    AreaLead,
    FocalPoint,
    Level,
    Place,
    PlaceName,
    PlaceSuccession,
    Unit,
    UnitSuccession,
    units_below,
)
from tests.reference.loaded import loaded, reference_data

__all__ = ["loaded", "reference_data"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

LAST_OF_63 = date(2025, 6, 30)
FIRST_OF_34 = date(2025, 7, 1)
CONFERENCE = date(2024, 8, 14)
UNCHANGED = {
    "ha-noi",
    "cao-bang",
    "dien-bien",
    "lai-chau",
    "son-la",
    "lang-son",
    "quang-ninh",
    "thanh-hoa",
    "nghe-an",
    "ha-tinh",
    "hue",
}


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


def test_sixty_three_places_end_and_thirty_four_go_on() -> None:
    assert Place.objects.as_of(LAST_OF_63).count() == 63
    assert Place.objects.as_of(FIRST_OF_34).count() == 34


def test_eleven_places_live_through_the_change() -> None:
    through = Place.objects.as_of(LAST_OF_63) & Place.objects.as_of(FIRST_OF_34)
    assert {place.code for place in through} == UNCHANGED


def test_every_old_place_survives_or_has_one_successor_that_holds_from_that_day() -> None:
    survivors = set(Place.objects.as_of(FIRST_OF_34).values_list("pk", flat=True))
    for place in Place.objects.as_of(LAST_OF_63).prefetch_related("successions__legal_basis"):
        if place.code in UNCHANGED:
            assert place.valid_to is None
            continue
        (succession,) = place.successions.all()
        assert place.valid_to == succession.on == FIRST_OF_34
        assert succession.successor_id in survivors
        assert succession.legal_basis is not None
        assert succession.legal_basis.code == "resolution-202-2025"


def test_every_new_place_grew_out_of_the_old_one_that_gave_the_name() -> None:
    for place in Place.objects.filter(valid_from=FIRST_OF_34):
        old = {s.predecessor.code for s in place.predecessions.select_related("predecessor")}
        assert place.code.removesuffix("-2025") in old
        assert len(old) in {2, 3}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("binh-phuoc", "dong-nai-2025"),
        ("dong-nai", "dong-nai-2025"),
        ("ha-giang", "tuyen-quang-2025"),
        ("binh-duong", "ho-chi-minh-2025"),
        ("kon-tum", "quang-ngai-2025"),
        ("soc-trang", "can-tho-2025"),
        ("quang-nam", "da-nang-2025"),
    ],
)
def test_an_old_place_rolls_up_to_the_new_one(old: str, new: str) -> None:
    assert PlaceSuccession.objects.get(predecessor__code=old).successor.code == new


def test_a_place_that_ended_still_prints_its_name() -> None:
    assert str(Place.objects.get(code="binh-phuoc")) == "Bình Phước"
    assert Place.objects.get(code="binh-phuoc").name(CONFERENCE, "en") == "Binh Phuoc"


def test_hue_was_thua_thien_hue_until_the_end_of_2024() -> None:
    hue = Place.objects.get(code="hue")
    assert hue.name(date(2024, 12, 31), "vi") == "Thừa Thiên Huế"
    assert hue.name(date(2025, 1, 1), "vi") == "Huế"


def test_every_place_has_a_name_in_both_languages_and_a_code_of_its_day() -> None:
    for day in (LAST_OF_63, FIRST_OF_34):
        places = Place.objects.as_of(day).prefetch_related("names")
        assert len({place.stat_code for place in places}) == len(places)
        for place in places:
            named = {n.language for n in place.names.all() if n.holds_on(day)}
            assert named == {"vi", "en"}, place.code


@pytest.mark.parametrize(
    ("day", "name", "short"),
    [
        (date(2025, 2, 28), "Tổng cục Hải quan", "TCHQ"),
        (date(2025, 3, 1), "Cục Hải quan", "CHQ"),
    ],
)
def test_customs_changed_its_name_on_the_first_of_march_2025(day: date, name: str, short: str) -> None:
    customs = Agency.objects.get(code="CUSTOMS")
    assert customs.name(day, "vi") == name
    assert [n.abbreviation for n in customs.names.filter(language="vi") if n.holds_on(day)] == [short]
    assert Unit.objects.get(code="CU-HQ").name(day, "vi") == name


def test_the_customs_drug_unit_became_a_sub_department() -> None:
    unit = Unit.objects.get(code="CU-DTCBL")
    assert unit.name(CONFERENCE, "vi") == "Cục Điều tra chống buôn lậu"
    assert unit.name(date(2025, 3, 1), "vi") == "Chi cục Điều tra chống buôn lậu"


def test_the_four_agencies_stand_in_protocol_order() -> None:
    assert [a.code for a in Agency.objects.all()] == ["POLICE", "BORDERGUARD", "COASTGUARD", "CUSTOMS"]


@pytest.mark.parametrize(
    ("area", "agency"),
    [("border", "BORDERGUARD"), ("sea", "COASTGUARD"), ("customs", "CUSTOMS"), ("inland", "POLICE")],
)
def test_each_area_has_one_lead_since_2022(area: str, agency: str) -> None:
    leads = AreaLead.objects.filter(area__code=area).select_related("agency", "legal_basis")
    (lead,) = [x for x in leads if x.holds_on(CONFERENCE)]
    assert (lead.agency.code, lead.legal_basis.code) == (agency, "decree-105-2021")
    assert not [x for x in leads if x.holds_on(date(2021, 12, 31))]
    assert Area.objects.count() == 4


def test_the_inland_lead_says_that_it_is_inferred() -> None:
    assert "Inferred" in AreaLead.objects.get(area__code="inland").note_en


def standing(day: date, beginning: str) -> int:
    """How many units stand on the day under a Vietnamese name that begins so."""
    units = Unit.objects.as_of(day).prefetch_related("names")
    return sum(unit.name(day, "vi").startswith(beginning) for unit in units)


@pytest.mark.parametrize(
    ("day", "beginning", "count"),
    [
        (LAST_OF_63, "Phòng Cảnh sát điều tra tội phạm về ma túy, Công an ", 63),
        (FIRST_OF_34, "Phòng Cảnh sát điều tra tội phạm về ma túy, Công an ", 34),
        (LAST_OF_63, "Bộ Chỉ huy Bộ đội Biên phòng ", 44),
        (FIRST_OF_34, "Bộ Chỉ huy Bộ đội Biên phòng ", 0),
        (FIRST_OF_34, "Ban Chỉ huy Bộ đội Biên phòng ", 30),
        (date(2025, 2, 28), "Cục Hải quan ", 35),
        (date(2025, 3, 1), "Cục Hải quan ", 0),
        (date(2025, 3, 1), "Chi cục Hải quan khu vực ", 20),
        (CONFERENCE, "Bộ Tư lệnh Vùng Cảnh sát biển ", 4),
    ],
)
def test_provincial_units_follow_the_reorganisations(day: date, beginning: str, count: int) -> None:
    assert standing(day, beginning) == count


def test_a_unit_that_ended_has_a_successor_of_its_agency_that_stands_on_that_day() -> None:
    for unit in Unit.objects.filter(valid_to__isnull=False).prefetch_related("successions__successor"):
        successions = list(unit.successions.all())
        assert successions, unit.code
        for succession in successions:
            assert succession.on == unit.valid_to
            assert succession.successor.agency_id == unit.agency_id
            assert succession.successor.holds_on(succession.on)
    assert UnitSuccession.objects.filter(predecessor__valid_to__isnull=True).count() == 0


@pytest.mark.parametrize("day", [date(2024, 5, 15), date(2026, 11, 22)])
def test_every_unit_has_two_names_and_one_place_in_the_tree(day: date) -> None:
    units = Unit.objects.as_of(day).prefetch_related("names", "placements__place", "placements__parent")
    for unit in units:
        assert {n.language for n in unit.names.all() if n.holds_on(day)} == {"vi", "en"}, unit.code
        (placement,) = [p for p in unit.placements.all() if p.holds_on(day)]
        assert (placement.parent is None) == (unit.level == Level.PARENT), unit.code
        assert placement.place is None or placement.place.holds_on(day), unit.code
        assert placement.parent is None or placement.parent.holds_on(day), unit.code


def test_the_four_central_units_stand_above_all_drug_units_of_their_agency() -> None:
    for central in ("C04", "BG-PCMT", "CG-NVPL", "CU-DTCBL"):
        top = Unit.objects.get(code=central)
        assert top.level == Level.CENTRAL
        below = Unit.objects.filter(agency_id=top.agency_id).exclude(level=Level.PARENT)
        assert units_below({top.pk}) == frozenset(below.values_list("pk", flat=True))
        parent = top.parent()
        assert parent is not None
        assert parent.level == Level.PARENT
    assert Unit.objects.filter(level=Level.CENTRAL).count() == 4


def test_a_gate_post_moves_below_the_merged_command_and_an_ended_unit_stays_where_it_was() -> None:
    codes = {u.pk: u.code for u in Unit.objects.all()}
    found = {code: pk for pk, code in codes.items()}
    below = {codes[pk] for pk in units_below({found["BG-TUYEN-QUANG"]})}
    assert below == {"BG-TUYEN-QUANG", "BG-CK-THANH-THUY"}
    assert {codes[pk] for pk in units_below({found["BG-HA-GIANG"]})} == {"BG-HA-GIANG"}
    assert found["PC04-HA-GIANG"] in units_below({found["C04"]})
    assert units_below(set()) == frozenset()


def test_focal_points_are_offices_without_numbers() -> None:
    points = FocalPoint.objects.all()
    assert {p.unit.code for p in points.select_related("unit")} == {"C04", "BG-PCMT", "CG-NVPL", "CU-DTCBL"}
    assert {p.phone + p.duty_line for p in points} == {""}


def test_all_text_is_composed_and_all_codes_are_plain(reference_data: dict[str, Any]) -> None:
    assert all(unicodedata.is_normalized("NFC", text) for text in strings(reference_data))
    for name, section in reference_data.items():
        if isinstance(section, dict):
            assert all(code.isascii() for code in section), name


def test_names_of_a_place_follow_each_other_without_a_gap() -> None:
    for earlier in PlaceName.objects.filter(valid_to__isnull=False):
        day = earlier.valid_to or date.max
        names = list(earlier.place.names.filter(language=earlier.language))
        assert [n for n in names if n.holds_on(day)]
        assert [n for n in names if n.holds_on(day - timedelta(days=1))] == [earlier]
