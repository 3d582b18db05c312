"""Lists of items and cases by province, as recorded and as of today."""

from collections.abc import Callable
from datetime import date

import pytest

from agencies.models import Place, PlaceSuccession
from registry.information import actions
from tests.cast import SPRING, Cast, content
from tests.clients import ApiClient

Api = Callable[[str | None], ApiClient]


@pytest.fixture
def merged(cast: Cast) -> Cast:
    """North and south went into one place; an item names both, another one the north, a case the south."""
    places = {code: Place.objects.get(code=code) for code in ("north-place", "south-place")}
    now = Place.objects.create(code="one-place", kind="province", valid_from=date(2025, 7, 1))
    for place in places.values():
        PlaceSuccession.objects.create(predecessor=place, successor=now, on=date(2025, 7, 1))
    for title, named in (("Hai nơi", list(places.values())), ("Một nơi", [places["north-place"]])):
        actions.create_item(
            unit=cast.units["police"],
            by=cast.police_officer,
            content=content(title, places=named),
            recipients=[],
            at=SPRING,
        )
    case = cast.cases["case_joint"]
    case.place = places["south-place"]
    case.save()
    return cast


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("place=north-place", {"Hai nơi", "Một nơi"}),
        ("place=south-place", {"Hai nơi"}),
        ("place=one-place", set()),
        ("place=one-place&places=today", {"Hai nơi", "Một nơi"}),
        ("place=one-place&places=recorded", set()),
        ("place=nowhere&places=today", set()),
    ],
)
def test_items_are_found_by_place(merged: Cast, api: Api, query: str, titles: set[str]) -> None:
    answer = api("police_officer").get(f"information-items?count=true&{query}").json()
    assert {row["title"] for row in answer["results"]} == titles
    assert answer["count"] == len(titles)


def test_places_are_told_as_recorded_or_as_of_today(merged: Cast, api: Api) -> None:
    client = api("police_officer")

    def told(query: str) -> list[str]:
        rows = client.get(f"information-items?q=Hai nơi{query}").json()["results"]
        return [code for row in rows for code in row["places"]]

    assert told("") == ["north-place", "south-place"]
    assert told("&places=today") == ["one-place"]


def test_cases_are_found_and_told_by_the_place_of_today(merged: Cast, api: Api) -> None:
    client = api("police_officer")
    assert client.get("cases?place=one-place").json()["results"] == []
    (row,) = client.get("cases?place=one-place&places=today").json()["results"]
    assert row["place"] == "one-place"
    (row,) = client.get("cases?place=south-place").json()["results"]
    assert row["place"] == "south-place"


def test_an_unknown_way_of_telling_places_is_refused(merged: Cast, api: Api) -> None:
    assert api("police_officer").get("information-items?places=tomorrow").status_code == 400
