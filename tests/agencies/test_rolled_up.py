"""Places rolled up: 63 become 34, nothing is lost on the way."""

from datetime import date

import pytest

from agencies.models import Place, PlaceSuccession
from agencies.successions import roll_up, rolling_to
from tests.reference.loaded import loaded, reference_data

__all__ = ["loaded", "reference_data"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def rolled_up(place: Place, on: date) -> Place:
    return roll_up(on).get(place.pk, place)


def test_sixty_three_places_become_thirty_four() -> None:
    old = list(Place.objects.as_of(BEFORE))
    became = roll_up(AFTER)
    now = {became.get(place.pk, place).pk for place in old}
    assert (len(old), len(now)) == (63, 34)
    assert now == set(Place.objects.as_of(AFTER).values_list("pk", flat=True))


def test_before_the_day_every_place_is_itself() -> None:
    assert [rolled_up(place, on=BEFORE) for place in Place.objects.as_of(BEFORE)] == list(Place.objects.as_of(BEFORE))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("binh-phuoc", "dong-nai-2025"),
        ("vinh-phuc", "phu-tho-2025"),
        ("ha-noi", "ha-noi"),
        ("ha-giang", "tuyen-quang-2025"),
    ],
)
def test_a_place_rolls_up_to_the_one_in_which_it_lies(old: str, new: str) -> None:
    assert rolled_up(Place.objects.get(code=old), on=AFTER).code == new


def test_today_s_province_stands_for_all_that_went_into_it() -> None:
    assert rolling_to("ho-chi-minh-2025", AFTER) == {"ho-chi-minh-2025", "ho-chi-minh", "ba-ria-vung-tau", "binh-duong"}
    assert rolling_to("nowhere", AFTER) == {"nowhere"}


def test_a_place_divided_among_several_stays_itself() -> None:
    place = Place.objects.get(code="ha-noi")
    for code in ("cao-bang", "dien-bien"):
        PlaceSuccession.objects.create(predecessor=place, successor=Place.objects.get(code=code), on=AFTER)
    assert rolled_up(place, on=AFTER) == place


def test_a_chain_is_followed_to_its_end_and_a_circle_ends() -> None:
    one, two = Place.objects.get(code="dong-nai-2025"), Place.objects.get(code="ha-noi")
    PlaceSuccession.objects.create(predecessor=one, successor=two, on=date(2026, 1, 1))
    assert rolled_up(Place.objects.get(code="binh-phuoc"), on=date(2026, 1, 1)) == two
    PlaceSuccession.objects.create(predecessor=two, successor=one, on=date(2026, 1, 1))
    assert rolled_up(one, on=date(2026, 1, 1)) in {one, two}


def test_rolling_up_costs_three_queries_however_many_places(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]
        roll_up(AFTER)
