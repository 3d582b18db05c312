"""Lists in the admin count no further than people turn pages, and run along the index."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.admin_base import CappedPaginator
from agencies.models import tree_holds
from registry.information.jobs import keep_access_rows
from registry.management.commands.load_reference import load_reference
from tests.cast import DIRECTORY, Cast
from tests.raw import sql

Desk = Callable[[str | None], Client]
ITEMS = "/admin/information/informationitem/"


def test_a_list_longer_than_the_limit_says_more(cast: Cast, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CappedPaginator, "LIMIT", 5)
    shown = desk("police_officer").get(ITEMS).context["cl"]
    assert (shown.result_count, shown.paginator.more) == (5, True)
    seen = desk("border_officer").get(ITEMS).context["cl"]
    assert (seen.result_count, seen.paginator.more) == (2, False)


def test_the_list_is_ordered_along_the_index(cast: Cast, desk: Desk) -> None:
    with CaptureQueriesContext(connection) as queries:
        shown = desk("police_officer").get(ITEMS).context["cl"].result_list
    assert any('ORDER BY "information_itemaccess"."at" DESC' in query["sql"] for query in queries)
    assert [item.created_at for item in shown] == sorted((item.created_at for item in shown), reverse=True)


def test_the_list_stands_while_the_tree_of_units_is_worked_out(cast: Cast, desk: Desk) -> None:
    before = {item.pk for item in desk("police_officer").get(ITEMS).context["cl"].result_list}
    sql("UPDATE agencies_unittree SET current = false")
    assert {item.pk for item in desk("police_officer").get(ITEMS).context["cl"].result_list} == before


def test_the_job_and_the_loader_leave_a_tree_that_holds(cast: Cast) -> None:
    sql("UPDATE agencies_unittree SET current = false")
    keep_access_rows(timestamp=0)
    assert tree_holds()
    sql("UPDATE agencies_unittree SET current = false")
    load_reference({**DIRECTORY})
    assert tree_holds()
