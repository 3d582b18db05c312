"""The directory for a day: what existed then, under the name it bore."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import override

from agencies.actions import rename_unit
from agencies.models import Place
from tests.cast import Cast
from tests.clients import ApiClient


def test_a_list_for_a_day_leaves_out_what_did_not_exist(cast: Cast, api: Callable[[str | None], ApiClient]) -> None:
    unit = cast.units["coast_north"]
    unit.valid_from, unit.valid_to = date(2023, 1, 1), date(2024, 1, 1)
    unit.save()
    client = api("police_officer")

    def listed(day: str) -> bool:
        rows = client.get(f"units?page_size=200&as_of={day}").json()["results"]
        return "coast_north" in {row["code"] for row in rows}

    days = {"2022-12-31": False, "2023-01-01": True, "2023-12-31": True, "2024-01-01": False}
    assert {day: listed(day) for day in days} == days
    assert client.get("units/coast_north?as_of=2024-06-01").status_code == 200


def test_a_record_for_a_day_bears_the_name_of_that_day(cast: Cast, api: Callable[[str | None], ApiClient]) -> None:
    unit, day = cast.units["police"], date(2024, 6, 1)
    before = unit.name(date(2024, 5, 31), "vi")
    rename_unit(unit=unit, language="vi", name="Cục mới", on=day, by=cast.police_admin)
    client = api("coast_officer")
    for asked, name in (("2024-05-31", before), ("2024-06-01", "Cục mới")):
        assert name in client.get(f"units/police?as_of={asked}").content.decode()


def test_a_place_that_is_gone_says_so_where_it_can_be_picked(cast: Cast) -> None:
    gone, present = Place(code="old", valid_to=date(2025, 7, 1)), Place(code="new", valid_from=date(2025, 7, 1))
    with override("en"):
        assert (gone.picked(), present.picked()) == ("old (until 30/06/2025)", "new")
