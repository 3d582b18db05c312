"""The originator sees who has read its items: its own people by name, others by unit and role."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.audit.models import AuditEvent
from tests.audit.conftest import Log
from tests.cast import Cast
from tests.clients import ApiClient

Api = Callable[[str | None], ApiClient]
Desk = Callable[[str | None], Client]


@pytest.fixture
def path(cast: Cast) -> str:
    return f"information-items/{cast.items['police_released_to_two'].pk}"


def readings(api: Api, path: str, by: str = "police_officer") -> list[tuple[str, str, str, str]]:
    rows = api(by).get(f"{path}/readers").json()["results"]
    return [(row["how"], row["agency"], row["unit"], row["person"]) for row in rows]


def test_it_is_told_who_opened_it_and_how(cast: Cast, api: Api, desk: Desk, path: str) -> None:
    api("police_head").get(path)
    api("customs_officer").get(path)
    api("border_officer").get("information-items?page_size=200")
    api("customs_officer").get(f"deliveries/{cast.delivery('police_released_to_two', 'customs').pk}")
    desk("customs_analyst").get(
        f"/admin/{'information/informationitem'}/{cast.items['police_released_to_two'].pk}/change/"
    )
    assert readings(api, path) == [
        ("detail", "CUSTOMS", "customs", ""),
        ("related", "CUSTOMS", "customs", ""),
        ("list", "BORDERGUARD", "border", ""),
        ("detail", "CUSTOMS", "customs", ""),
        ("detail", "POLICE", "police", "police_head"),
    ]


def test_a_role_and_a_time_stand_beside_the_unit(cast: Cast, api: Api, path: str) -> None:
    api("customs_analyst").get(path)
    (row,) = api("police_officer").get(f"{path}/readers").json()["results"]
    assert row["role"] == "analyst"
    assert row["at"].endswith("Z")
    assert set(row) == {"at", "how", "agency", "unit", "role", "person"}


def test_what_was_only_written_or_denied_is_no_reading(cast: Cast, api: Api, path: str) -> None:
    api("customs_officer").post(f"{path}/recall", {"reason": "x"})
    api("auditor").get(path)
    api("police_head").post(f"{path}/recall", {"reason": "Rút."})
    assert readings(api, path) == []


def test_a_unit_above_sees_it_too_and_others_do_not(cast: Cast, api: Api) -> None:
    path = f"information-items/{cast.items['north_released_to_two'].pk}"
    api("customs_officer").get(path)
    assert readings(api, path, "police_head") == [("detail", "CUSTOMS", "customs", "")]
    assert api("customs_officer").get(f"{path}/readers").status_code == 403
    assert api("coast_officer").get(f"{path}/readers").status_code == 404
    assert api("south_officer").get(f"{path}/readers").status_code == 404


def test_asking_is_written_down(cast: Cast, api: Api, log: Log, path: str) -> None:
    api("police_officer").get(f"{path}/readers")
    assert log.told() == [("item.readers", "police_officer")]


def test_pages_of_readings(cast: Cast, api: Api, path: str) -> None:
    for name in ("customs_officer", "customs_head", "border_officer"):
        api(name).get(path)
    first = api("police_officer").get(f"{path}/readers?page_size=2&count=true").json()
    assert first["count"] == 3
    second = api("police_officer").get(first["next"].partition("/api/v1/")[2]).json()
    assert [row["unit"] for row in first["results"] + second["results"]] == ["border", "customs", "customs"]
    assert second["next"] is None
    assert api("police_officer").get(f"{path}/readers?ordering=at").status_code == 400


def test_the_number_of_queries_does_not_grow(cast: Cast, api: Api, path: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert api("police_officer").get(f"{path}/readers").status_code == 200
        return len(seen)

    api("customs_officer").get(path)
    queries()
    few = queries()
    for name in ("customs_head", "border_officer", "border_head", "police_head", "customs_system"):
        api(name).get(path)
    assert queries() == few


def test_an_index_answers_who_saw_it(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = AuditEvent.objects.about(str(cast.items["police_draft"].pk)).order_by().explain()
    assert "audit_event_of_record" in plan
    assert "audit_event_subjects" in plan
    assert "Seq Scan" not in plan


def test_the_page_of_an_item_shows_it_to_its_originator_alone(cast: Cast, api: Api, desk: Desk, path: str) -> None:
    api("customs_analyst").get(path)
    api("police_head").get(path)
    page = f"/admin/information/informationitem/{cast.items['police_released_to_two'].pk}/change/"
    own = desk("police_officer").get(page).content.decode()
    assert "readings-title" in own
    assert "police_head" in own
    assert "customs_analyst" not in own
    other = desk("customs_officer").get(page).content.decode()
    assert "readings-title" not in other


def test_the_page_says_when_nobody_has_read_it(cast: Cast, desk: Desk) -> None:
    client = desk("police_officer")
    client.cookies["django_language"] = "en"
    page = f"/admin/information/informationitem/{cast.items['police_draft'].pk}/change/"
    assert "Nobody has read it yet." in client.get(page).content.decode()


def test_a_history_names_ones_own_people_only(cast: Cast, api: Api, desk: Desk, path: str) -> None:
    item = cast.items["police_released_to_two"]
    api("customs_focal_point").post(f"deliveries/{cast.delivery('police_released_to_two', 'customs').pk}/acknowledge")
    api("customs_analyst").get(path)
    page = f"/admin/information/informationitem/{item.pk}/history/"
    own = desk("police_officer").get(page).content.decode()
    assert "police_head" in own
    assert "customs_analyst" not in own
    other = desk("customs_officer").get(page).content.decode()
    assert "customs_analyst" in other
    assert "police_head" not in other
