"""Nothing at or above state secret is stored: not by an action, not by the API, not by SQL."""

from collections.abc import Callable

import pytest
from django.test import Client

from agencies.refusals import Invalid
from registry.information import actions
from registry.information.models import InformationItem, ItemVersion
from registry.information.terms import Secrecy
from tests.cast import Cast, content
from tests.clients import ApiClient
from tests.raw import refused

ABOVE = ("secret", "top_secret", "mat", "toi_mat", "tuyet_mat", "Mật", "Tối mật", "Tuyệt mật", "SECRET", "x")


@pytest.mark.parametrize("level", ABOVE)
def test_an_action_refuses_a_state_secret(cast: Cast, level: str) -> None:
    before = InformationItem.objects.count()
    with pytest.raises(Invalid) as refusal:
        actions.create_item(
            unit=cast.units["police"], by=cast.police_officer, content=content("Giấy mật", secrecy=level)
        )
    assert refusal.value.code == "above_ceiling"
    with pytest.raises(Invalid):
        actions.edit_item(item=cast.items["police_draft"], by=cast.police_officer, content={"secrecy": level})
    assert InformationItem.objects.count() == before
    assert not ItemVersion.objects.exclude(secrecy__in=["none", "internal"]).exists()


@pytest.mark.parametrize("level", ABOVE)
def test_the_api_refuses_a_state_secret(cast: Cast, api: Callable[[str | None], ApiClient], level: str) -> None:
    client, item = api("police_officer"), cast.items["police_draft"]
    body = {"title": "Giấy", "topic": "methods", "unit": "police", "secrecy": level}
    etag = client.get(f"information-items/{item.pk}")["ETag"]
    for answer in (
        client.post("information-items", body),
        client.patch(f"information-items/{item.pk}", {"secrecy": level}, If_Match=etag),
    ):
        assert answer.status_code == 400
        assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/secrecy"]
    assert not InformationItem.objects.filter(current__title="Giấy").exists()


@pytest.mark.parametrize("level", ABOVE)
def test_the_admin_refuses_a_state_secret(cast: Cast, desk: Callable[[str | None], Client], level: str) -> None:
    before = InformationItem.objects.count()
    form = {
        "unit": str(cast.units["police"].pk),
        "title": "Giấy",
        "topic": str(cast.items["police_draft"].current.topic_id),
        "secrecy": level,
        "tlp": "TLP:AMBER",
        "urgency": "routine",
        "deliveries-TOTAL_FORMS": "0",
        "deliveries-INITIAL_FORMS": "0",
    }
    answer = desk("police_officer").post("/admin/information/informationitem/add/", form)
    assert answer.status_code == 200
    assert "id_secrecy_error" in answer.content.decode()
    assert InformationItem.objects.count() == before


@pytest.mark.parametrize("level", [*ABOVE, "", "Internal"])
def test_the_database_refuses_a_state_secret(cast: Cast, level: str) -> None:
    refused(
        "UPDATE information_itemversion SET secrecy = %s WHERE item_id = %s",
        level,
        cast.items["police_draft"].pk,
    )


def test_there_is_no_word_for_more(cast: Cast) -> None:
    assert set(Secrecy.values) == {"none", "internal"}
