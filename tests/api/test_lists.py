"""Pages: every record once, in an order without ties, counted only when asked."""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.clients import ApiClient

Api = Callable[[str | None], ApiClient]


@pytest.mark.parametrize("order", ["created_at", "-created_at"])
def test_pages_show_every_record_once_though_many_are_of_one_moment(cast: Cast, api: Api, order: str) -> None:
    client, path = api("police_officer"), f"information-items?page_size=3&ordering={order}"
    whole = [row["id"] for row in client.get(f"information-items?page_size=200&ordering={order}").json()["results"]]
    assert len(whole) == len(set(whole)) == len(cast.items)
    shown: list[str] = []
    while path:
        page = client.get(path).json()
        shown += [row["id"] for row in page["results"]]
        path = (page["next"] or "").removeprefix("http://testserver")
    assert shown == whole


def test_of_one_moment_the_identifier_decides(cast: Cast, api: Api) -> None:
    rows = api("police_officer").get("information-items?page_size=200&ordering=created_at").json()["results"]
    keys = [(row["created_at"], row["id"]) for row in rows]
    assert keys == sorted(keys)
    assert len({moment for moment, _id in keys}) < len(keys)


def test_a_list_is_counted_only_when_asked(cast: Cast, api: Api) -> None:
    client = api("police_officer")
    assert "count" not in client.get("information-items").json()
    assert "count" not in client.get("information-items?count=false").json()
    assert client.get("information-items?count=true&page_size=1").json()["count"] == len(cast.items)
