"""The list of items is read along an index, page by page: no table is read whole, nothing is sorted whole."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.information.api import InformationItemViewSet
from registry.information.serializers import ItemSerializer
from registry.reference.models import Topic
from tests.cast import Cast
from tests.clients import ApiClient
from tests.raw import sql

ITEMS = 20_000
LARGE = {"information_informationitem", "information_itemversion", "information_itemaccess", "information_delivery"}


@pytest.fixture
def many(cast: Cast) -> Cast:
    """Twenty thousand drafts, one in four of the border guard, the others of a unit of the police."""
    sql("ALTER TABLE information_informationitem DISABLE TRIGGER USER")
    author = cast.police_officer.pk
    sql(
        """
        INSERT INTO information_informationitem
            (id, unit_id, author_id, status, current_id, return_reason, recall_reason, created_at, updated_at, revision,
             synthetic)
        SELECT md5(n::text)::uuid, CASE WHEN n %% 4 = 0 THEN %s ELSE %s END, %s, 'draft',
               md5('version' || n)::uuid, '', '',
               timestamptz '2024-06-01' + n * interval '1 minute', now(), 1, true
          FROM generate_series(1, %s) AS n
        """,
        cast.units["border"].pk, cast.units["police_north"].pk, author, ITEMS,
    )  # fmt: skip
    sql(
        """
        INSERT INTO information_itemversion
            (id, item_id, number, title, body, topic_id, secrecy, tlp, no_judicial_use, no_onward,
             contact_before_action, return_after_reading, conditions, source_grade, information_grade, urgency,
             edited_by_id, approved_hash, reason, show_recipients)
        SELECT md5('version' || n)::uuid, md5(n::text)::uuid, 1, 'Tin', '', %s, 'internal', 'TLP:AMBER', false, true,
               false, false, '', 'B', '2', 'routine', %s, '', '', false
          FROM generate_series(1, %s) AS n
        """,
        Topic.objects.get(code="methods").pk, author, ITEMS,
    )  # fmt: skip
    sql("SELECT set_config('registry.writes', 'access', true)")
    sql(
        """
        INSERT INTO information_itemaccess (item_id, unit_id, at, own, delivered)
        SELECT item_id, unit_id, at, own, delivered FROM information_access_due ON CONFLICT DO NOTHING
        """
    )
    for table in (*sorted(LARGE), "agencies_unit"):
        sql(f"ANALYZE {table}")
    return cast


def list_query(api: ApiClient, path: str) -> tuple[str, Any]:
    """The query that read the page, and the answer."""
    with CaptureQueriesContext(connection) as queries:
        answer = api.get(path)
    assert answer.status_code == 200, answer.content
    (found,) = [q["sql"] for q in queries.captured_queries if 'FROM "information_informationitem"' in q["sql"]]
    return found, answer.json()


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


def explain(query: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {query}")
        found = cursor.fetchone()[0]
    return list(nodes((found if isinstance(found, list) else json.loads(found))[0]["Plan"]))


def faults(query: str, page: int) -> list[str]:
    """What in the plan would take longer for a million items than for a thousand."""
    found = []
    plan = explain(query)
    if not any(node.get("Index Name", "").startswith("access_newest") for node in plan):
        found.append("the access rows are not read along their index")
    for node in plan:
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in LARGE:
            found.append(f"{node['Relation Name']} is read whole")
        if "Sort" in node["Node Type"] and node["Plans"][0]["Actual Rows"] > page:
            found.append(f"{node['Plans'][0]['Actual Rows']} rows are sorted")
        if node.get("Relation Name") in LARGE and node["Actual Rows"] * node["Actual Loops"] > page:
            found.append(f"{node['Actual Rows'] * node['Actual Loops']} rows of {node['Relation Name']} are read")
    return found


@pytest.mark.parametrize("name", ["police_officer", "north_officer", "border_officer", "secretariat", "coast_officer"])
def test_a_page_is_read_along_the_index(many: Cast, name: str) -> None:
    query, _page = list_query(ApiClient(many.secrets[name]), "information-items")
    assert faults(query, 51) == []


def test_a_page_far_down_and_the_way_back_are_read_along_the_index(many: Cast) -> None:
    api = ApiClient(many.secrets["police_officer"])
    path = "information-items?page_size=200"
    for _page in range(40):
        _query, page = list_query(api, path)
        path = page["next"].removeprefix("http://testserver")
    query, page = list_query(api, path)
    assert faults(query, 201) == []
    query, _page = list_query(api, page["previous"].removeprefix("http://testserver"))
    assert faults(query, 201) == []


def test_pages_along_the_index_show_everything_once_and_newest_first(many: Cast) -> None:
    api = ApiClient(many.secrets["border_officer"])
    shown, path = [], "information-items?page_size=200"
    while path:
        page = api.get(path).json()
        shown += [(item["created_at"], item["id"]) for item in page["results"]]
        path = (page["next"] or "").removeprefix("http://testserver")
    assert len(shown) == len(set(shown)) == api.get("information-items?count=true&page_size=1").json()["count"] > 5000
    assert shown == sorted(shown, reverse=True)


def test_without_the_index_the_plan_is_found_wanting(many: Cast) -> None:
    sql("DROP INDEX access_newest")
    query, _page = list_query(ApiClient(many.secrets["police_officer"]), "information-items")
    assert faults(query, 51) != []


def test_ordered_by_the_items_own_day_the_plan_is_found_wanting(many: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(InformationItemViewSet, "indexed_as", {})
    query, _page = list_query(ApiClient(many.secrets["border_officer"]), "information-items")
    assert faults(query, 51) != []


def test_an_item_is_shown_with_exactly_the_fields_it_declares(cast: Cast) -> None:
    item = ApiClient(cast.secrets["police_officer"]).get(f"information-items/{cast.items['police_draft'].pk}").json()
    assert list(item) == list(ItemSerializer().fields)
