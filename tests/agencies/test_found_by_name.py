"""Where names are sought: lists of the API and of the admin, recipients of a release."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from agencies.models import Place, UnitName
from agencies.refusals import Incomplete
from tests.cast import Cast, release
from tests.clients import ApiClient


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_the_api_says_why_a_unit_was_found(cast: Cast, api: Callable[[str | None], ApiClient]) -> None:
    unit = cast.units["police_south"]
    UnitName.objects.filter(unit=unit, language="en").update(valid_to=date(2024, 1, 1))
    UnitName.objects.create(unit=unit, language="en", name="Southern Đội", valid_from=date(2024, 1, 1))
    client = api("coast_officer")
    (row,) = client.get("units?q=unit police_south").json()["results"]
    (why,) = row["matched"]
    assert (why["name"], why["valid_to"], why["current"]) == ("Unit police_south", "2024-01-01", False)
    (row,) = client.get("units?q=southern doi").json()["results"]
    assert row["matched"][0]["current"] is True
    assert client.get("units/police_south").json()["matched"] == []


def test_the_api_finds_places_by_any_name(cast: Cast, api: Callable[[str | None], ApiClient]) -> None:
    (row,) = api("coast_officer").get("places?q=tinh bac").json()["results"]
    assert row["code"] == "north-place"
    assert row["matched"][0]["name"] == "Tỉnh Bắc"


def test_searching_costs_no_query_per_row(
    cast: Cast, api: Callable[[str | None], ApiClient], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(14):
        rows = api("coast_officer").get("units?q=unit").json()["results"]
    assert len(rows) == 9


def test_a_release_to_a_name_says_which_code_is_meant(cast: Cast, api: Callable[[str | None], ApiClient]) -> None:
    client, item = api("police_head"), cast.items["police_submitted"].pk
    answer = client.post(f"information-items/{item}/release", {"recipients": ["Đơn vị customs"], "preview": "x"})
    assert answer.status_code == 400
    assert "Perhaps you mean: customs" in answer.json()["errors"][0]["detail"] or "customs" in answer.content.decode()


def test_a_release_to_a_unit_that_ended_says_what_stands_in_its_place(
    cast: Cast, api: Callable[[str | None], ApiClient]
) -> None:
    unit = cast.units["customs_north"]
    unit.valid_to = date(2025, 3, 1)
    unit.save()
    unit.successions.create(successor=cast.units["customs"], on=date(2025, 3, 1), kind="merge")
    client, item = api("police_head"), cast.items["police_submitted"].pk
    answer = client.post(f"information-items/{item}/release", {"recipients": ["customs_north"], "preview": "x"})
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["code"] == "unit_ended"
    assert "customs (" in error["detail"]


def test_the_list_of_the_admin_says_why(cast: Cast, desk: Callable[[str | None], Client]) -> None:
    unit = cast.units["police_south"]
    UnitName.objects.filter(unit=unit, language="en").update(valid_to=date(2024, 1, 1))
    page = desk("police_admin").get("/admin/agencies/unit/?q=Unit police_south").content.decode()
    assert "Unit police_south (" in page
    assert "2024-01-01" in page
    assert Place.objects.count() == 2
    assert "Tỉnh Bắc" in desk("police_admin").get("/admin/agencies/place/?q=TINH bac").content.decode()


def test_nothing_is_released_to_a_unit_that_is_no_more(cast: Cast) -> None:
    item = cast.items["police_submitted"]
    unit = cast.units["customs"]
    unit.valid_to = date(2025, 3, 1)
    unit.save()
    unit.successions.create(successor=cast.units["customs_north"], on=date(2025, 3, 1), kind="merge")
    with pytest.raises(Incomplete, match="customs > customs_north") as refused:
        release(item, by=cast.police_head)
    assert refused.value.code == "recipient_ended"
