"""Items in the admin: whose pages have a form, what the form offers, what it does not overwrite."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from registry.information import actions
from registry.information.models import InformationItem
from tests.cast import Cast

Desk = Callable[[str | None], Client]
ADD = "/admin/information/informationitem/add/"


def address(item: InformationItem, what: str = "change") -> str:
    return reverse(f"admin:information_informationitem_{what}", args=[item.pk])


def page(client: Client, item: InformationItem) -> str:
    answer = client.get(address(item))
    assert answer.status_code == 200
    return answer.content.decode()


def form(cast: Cast, item: InformationItem, **changes: Any) -> dict[str, Any]:
    """What the author's form sends."""
    version = item.current
    assert version is not None
    return {
        "unit": str(item.unit_id),
        "recipients": [str(cast.units["customs"].pk)],
        "title": version.title,
        "topic": str(version.topic_id),
        "body": version.body,
        "secrecy": version.secrecy,
        "tlp": version.tlp,
        "urgency": version.urgency,
        "no_onward": "on",
        "source_grade": "B",
        "information_grade": "2",
        "read_revision": str(item.revision),
        "deliveries-TOTAL_FORMS": "0",
        "deliveries-INITIAL_FORMS": "0",
        **changes,
    }


@pytest.mark.parametrize(
    ("name", "story", "writes"),
    [
        ("police_officer", "police_draft", True),
        ("police_officer", "police_returned", True),
        ("police_officer", "police_submitted", False),
        ("police_officer", "police_opened", False),
        ("police_head", "police_draft", False),
        ("police_officer", "north_draft", False),
    ],
)
def test_a_draft_has_a_form_for_those_who_draft_in_its_unit(
    cast: Cast, desk: Desk, name: str, story: str, writes: bool
) -> None:
    assert ('name="title"' in page(desk(name), cast.items[story])) == writes
    desk(name).post(address(cast.items[story]), form(cast, cast.fresh(story), title="Tên khác"))
    assert (cast.fresh(story).current.title == "Tên khác") == writes  # type: ignore[union-attr]


def test_a_save_over_somebody_elses_is_refused_and_keeps_what_was_typed(cast: Cast, desk: Desk) -> None:
    item = cast.fresh("police_draft")
    typed = form(cast, item, title="Của tôi")
    actions.edit_item(item=item, by=cast.police_officer_2, content={"title": "Của người khác"})
    answer = desk("police_officer").post(address(item), typed)
    assert answer.status_code == 200
    assert "Của tôi" in answer.content.decode()
    assert cast.fresh("police_draft").current.title == "Của người khác"  # type: ignore[union-attr]


def test_a_recipient_does_not_learn_who_else_got_it(cast: Cast, desk: Desk) -> None:
    item = cast.items["police_released_to_two"]
    assert "Đơn vị border" in page(desk("police_officer"), item)
    shown = page(desk("customs_officer"), item)
    assert "Đơn vị customs" in shown
    assert "Đơn vị border" not in shown


def test_a_person_drafts_only_for_units_where_they_draft(cast: Cast, desk: Desk) -> None:
    shown = desk("two_units").get(ADD).context["adminform"].form.fields["unit"].queryset
    assert {unit.code for unit in shown} == {"police", "border"}
    before = InformationItem.objects.count()
    foreign = form(cast, cast.fresh("police_draft"), unit=str(cast.units["coast"].pk))
    assert desk("two_units").post(ADD, foreign).status_code == 200
    assert InformationItem.objects.count() == before
