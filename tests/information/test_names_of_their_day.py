"""The rendering matrix: whatever was recorded before a renaming prints the old name, in either language."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.models import PlaceName, Unit, UnitName, named_then, today
from registry.information import actions
from tests.cast import SPRING, Cast, content, draft, release, released

Desk = Callable[[str | None], Client]
CHANGED = date(2025, 3, 1)
OLD = {"vi": "Tổng cục cũ", "en": "Old General Department"}
NEW = {"vi": "Cục mới", "en": "New Department"}
PLACE = {"vi": ("Thừa Thiên cũ", "Huế mới"), "en": ("Old Province", "New City")}


@pytest.fixture
def renamed(cast: Cast) -> Cast:
    """Customs, and the northern place, bear other names since 1 March 2025."""
    unit = cast.units["customs"]
    UnitName.objects.filter(unit=unit).delete()
    for language in ("vi", "en"):
        UnitName.objects.create(unit=unit, language=language, name=OLD[language], valid_to=CHANGED)
        UnitName.objects.create(unit=unit, language=language, name=NEW[language], valid_from=CHANGED)
    name = PlaceName.objects.get(place__code="north-place")
    name.name, name.valid_to = PLACE["vi"][0], CHANGED
    name.save()
    for language, valid in (
        ("vi", {"valid_from": CHANGED}),
        ("en", {"valid_to": CHANGED}),
        ("en", {"valid_from": CHANGED}),
    ):
        PlaceName.objects.create(
            place=name.place, language=language, name=PLACE[language]["valid_from" in valid], **valid
        )
    return cast


def page(client: Client, language: str, path: str) -> str:
    client.cookies["django_language"] = language
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


PAGES: dict[str, tuple[str, Callable[[Cast], Any], str]] = {
    "item": ("information/informationitem", lambda cast: cast.items["police_acknowledged"], "police_head"),
    "delivery": ("information/delivery", lambda cast: cast.delivery("police_acknowledged"), "customs_officer"),
    "request": ("requests/informationrequest", lambda cast: cast.requests["request_customs"], "customs_head"),
    "case": ("cases/jointcase", lambda cast: cast.cases["case_customs"], "customs_officer"),
}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", PAGES)
def test_a_record_of_before_prints_the_name_of_before(renamed: Cast, desk: Desk, kind: str, language: str) -> None:
    address, record, who = PAGES[kind]
    shown = page(desk(who), language, f"/admin/{address}/{record(renamed).pk}/change/")
    assert OLD[language] in shown
    for printed in re.findall(r"(?:readonly|field-unit|<p>)[^\n]*customs · [^<]*", shown):
        assert NEW[language] not in printed


@pytest.mark.parametrize("language", ["vi", "en"])
def test_records_of_today_print_the_name_of_today(renamed: Cast, desk: Desk, language: str) -> None:
    item = draft(renamed, by=renamed.police_officer, to=("customs",))
    actions.submit_item(item=item, by=renamed.police_officer)
    release(item, by=renamed.police_head)
    shown = page(desk("police_head"), language, f"/admin/information/informationitem/{item.pk}/change/")
    assert f"customs · {NEW[language]}" in shown
    assert OLD[language] not in shown


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("day", "names"), [(date(2025, 3, 31), NEW), (date(2025, 4, 1), OLD)])
def test_a_statement_prints_the_name_of_the_last_day_of_its_period(
    renamed: Cast, desk: Desk, day: date, names: dict[str, str], language: str
) -> None:
    name = UnitName.objects.filter(unit__code="customs")
    name.filter(valid_to=CHANGED).update(valid_to=date(2025, 2, 1))
    name.filter(valid_from=CHANGED).update(valid_from=day)
    name.filter(valid_to=date(2025, 2, 1)).update(valid_to=day)
    one = renamed.statements["customs_confirmed"]
    assert one.names_day() == date(2025, 3, 31)
    shown = page(desk("customs_head"), language, f"/admin/reports/statement/{one.pk}/change/")
    assert f"customs · {names[language]}" in shown


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_list_of_two_days_prints_two_names(renamed: Cast, desk: Desk, language: str) -> None:
    item = draft(renamed, by=renamed.police_officer, to=("customs",))
    actions.submit_item(item=item, by=renamed.police_officer)
    release(item, by=renamed.police_head)
    shown = page(desk("customs_officer"), language, "/admin/information/delivery/")
    assert f'title="{OLD[language]}"' in shown
    assert f'title="{NEW[language]}"' in shown


@pytest.mark.parametrize("language", ["vi", "en"])
def test_places_of_an_item_bear_the_names_of_its_release(renamed: Cast, desk: Desk, language: str) -> None:
    place = PlaceName.objects.filter(place__code="north-place")[0].place
    item = actions.create_item(
        unit=renamed.units["police"],
        by=renamed.police_officer,
        content=content("Tin có nơi", places=[place]),
        recipients=[renamed.units["customs"]],
        at=SPRING,
    )
    actions.submit_item(item=item, by=renamed.police_officer, at=SPRING)
    release(item, by=renamed.police_head, at=SPRING)
    shown = page(desk("customs_officer"), language, f"/admin/information/informationitem/{item.pk}/change/")
    assert PLACE[language][0] in shown
    assert PLACE[language][1] not in shown


@pytest.mark.parametrize(
    ("path", "who"),
    [("information/informationitem", "police_officer"), ("information/delivery", "customs_officer")],
)
def test_names_of_a_list_cost_no_query_per_row(renamed: Cast, desk: Desk, path: str, who: str) -> None:
    client = desk(who)
    page(client, "vi", f"/admin/{path}/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            page(client, "vi", f"/admin/{path}/")
        return len(counted)

    before = queries()
    for _ in range(4):
        released(renamed, by=renamed.police_officer, head=renamed.police_head, to=("customs", "border"))
    assert queries() == before


def test_deliveries_on_the_page_of_an_item_cost_no_query_each(renamed: Cast, desk: Desk) -> None:
    client = desk("police_head")

    def queries(*to: str) -> int:
        item = released(renamed, by=renamed.police_officer, head=renamed.police_head, to=to)
        with CaptureQueriesContext(connection) as counted:
            page(client, "vi", f"/admin/information/informationitem/{item.pk}/change/")
        return len(counted)

    queries("customs")
    assert queries("customs") == queries("customs", "border", "coast", "customs_north")


def test_a_name_is_of_the_day_it_is_asked_for(renamed: Cast) -> None:
    unit = Unit.objects.get(code="customs")
    assert unit.name(language="en") == NEW["en"]
    assert named_then(unit, date(2024, 1, 1)).name(language="en") == OLD["en"]
    assert unit.name(today(), "en") == NEW["en"]
