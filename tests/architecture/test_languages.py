"""What people read is in the language they chose, whatever was loaded when."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast

PICKERS = {
    "/admin/information/informationitem/add/": 3,
    "/admin/cases/jointcase/add/": 3,
    "/admin/reorganisations/reorganisation/add/": 2,
}
"""Pages, and how many pickers of several stand on them."""


@pytest.mark.parametrize("address", PICKERS)
def test_a_picker_of_several_is_named_in_the_readers_language(
    cast: Cast, desk: Callable[[str | None], Client], address: str
) -> None:
    client = desk("police_admin" if "reorganisation" in address else "police_officer")
    names: dict[str, list[str]] = {}
    for language in ("vi", "en"):
        client.cookies["django_language"] = language
        names[language] = re.findall('data-field-name="([^"]+)"', client.get(address).content.decode())
    assert [len(found) for found in names.values()] == [PICKERS[address]] * 2
    assert not set(names["vi"]) & set(names["en"])
