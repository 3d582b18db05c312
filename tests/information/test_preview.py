"""The preview: what is looked at is what is released; who sees what, and why."""

import pytest

from agencies.models import User
from agencies.refusals import Conflict, NotPermitted
from registry.information import actions
from registry.information.explanation import explain_unit, explain_user
from registry.information.models import InformationItem
from tests.cast import Cast, draft
from tests.clients import ApiClient


def submitted(cast: Cast, *to: str, **content: object) -> InformationItem:
    item = draft(cast, by=cast.police_officer, to=to or ("customs",))
    if content:
        actions.edit_item(item=item, by=cast.police_officer, content=content)
    return actions.submit_item(item=item, by=cast.police_officer)


def test_a_preview_says_for_every_recipient_what_it_gets_and_by_which_rule(cast: Cast) -> None:
    item = submitted(cast, "customs", "border")
    body = ApiClient(cast.secrets["police_head"]).post(f"information-items/{item.pk}/preview", {}).json()
    assert [(r["unit"], r["agency"], r["others"]) for r in body["recipients"]] == [
        ("border", "BORDERGUARD", []),
        ("customs", "CUSTOMS", []),
    ]
    assert all(r["rule"] for r in body["recipients"])
    shown = {field["field"]: field["value"] for field in body["fields_shown"]}
    recipient = ApiClient(cast.secrets["police_officer"]).get(f"information-items/{item.pk}").json()
    assert {name: recipient[name] for name in shown} == shown
    assert len(body["withheld"]) == 2


def test_recipients_learn_of_each_other_only_where_the_originator_opens_it(cast: Cast) -> None:
    item = submitted(cast, "customs", "border", show_recipients=True)
    preview = actions.preview_release(item=item, by=cast.police_head)
    assert {r.unit: r.others for r in preview.recipients} == {"border": ("customs",), "customs": ("border",)}
    actions.release_item(item=item, by=cast.police_head, preview=preview.hash)
    client = ApiClient(cast.secrets["customs_officer"])
    assert client.get(f"information-items/{item.pk}").json()["recipients"] == ["border", "customs"]
    closed = cast.items["police_released_to_two"]
    assert client.get(f"information-items/{closed.pk}").json()["recipients"] is None


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Khác"},
        {"tlp": "TLP:RED"},
        {"no_onward": False},
        {"show_recipients": True},
        {"information_grade": "3"},
    ],
)
def test_a_draft_changed_since_the_preview_needs_a_new_one(cast: Cast, change: dict[str, object]) -> None:
    item = submitted(cast)
    seen = actions.preview_release(item=item, by=cast.police_head).hash
    actions.return_item(item=item, by=cast.police_head, reason="Sửa.")
    actions.edit_item(item=item, by=cast.police_officer, content=change)
    actions.submit_item(item=item, by=cast.police_officer)
    with pytest.raises(Conflict) as refusal:
        actions.release_item(item=item, by=cast.police_head, preview=seen)
    assert refusal.value.code == "preview_outdated"


def test_other_recipients_than_those_of_the_preview_need_a_new_one(cast: Cast) -> None:
    item = submitted(cast)
    seen = actions.preview_release(item=item, by=cast.police_head).hash
    client = ApiClient(cast.secrets["police_head"])
    answer = client.post(f"information-items/{item.pk}/release", {"recipients": ["coast"], "preview": seen})
    assert (answer.status_code, answer.json()["code"]) == (409, "preview_outdated")
    answer = client.post(f"information-items/{item.pk}/release", {})
    assert (answer.status_code, answer.json()["code"]) == (422, "preview_required")
    answer = client.post(f"information-items/{item.pk}/release", {"preview": seen})
    assert answer.status_code == 200
    assert InformationItem.objects.get(pk=item.pk).current.approved_hash == seen


def test_the_hash_does_not_depend_on_the_language_of_whoever_looks(cast: Cast) -> None:
    item = submitted(cast)
    client = ApiClient(cast.secrets["police_head"])
    bodies = [
        client.post(f"information-items/{item.pk}/preview", {}, Accept_Language=code).json() for code in ("vi", "en")
    ]
    assert bodies[0]["hash"] == bodies[1]["hash"]
    assert [body["fields_shown"][0]["label"] for body in bodies] == ["tiêu đề", "title"]


def test_a_recipient_previews_nothing(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        actions.preview_release(item=cast.items["police_opened"], by=cast.customs_head)


def test_a_whole_agency_is_reached_through_its_central_unit(cast: Cast) -> None:
    client = ApiClient(cast.secrets["police_head"])
    item = submitted(cast)
    body = client.post(f"information-items/{item.pk}/preview", {"recipients": ["CUSTOMS", "BORDERGUARD"]}).json()
    assert [r["unit"] for r in body["recipients"]] == ["border", "customs"]


def test_the_force_that_leads_in_the_area_is_suggested_until_it_is_named(cast: Cast) -> None:
    item = cast.items["police_submitted"]
    actions.return_item(item=item, by=cast.police_head, reason="Thêm địa bàn.")
    client = ApiClient(cast.secrets["police_officer"])
    answer = client.patch(f"information-items/{item.pk}", {"area": "sea"}, If_Match="*")
    assert answer.status_code == 200
    body = client.post(f"information-items/{item.pk}/preview", {}).json()
    assert [(s["unit"], s["area"]) for s in body["suggestions"]] == [("coast", "sea")]
    body = client.post(f"information-items/{item.pk}/preview", {"recipients": ["coast"]}).json()
    assert body["suggestions"] == []
    listed = client.get("information-items?area_duty=overdue&page_size=200").json()["results"]
    assert str(item.pk) in {row["id"] for row in listed}
    for name in ("customs_officer", "coast_officer"):
        assert ApiClient(cast.secrets[name]).get("information-items?area_duty=overdue").json()["results"] == []


# --- why somebody sees it -------------------------------------------------------------------------------------------


def test_the_explanation_agrees_with_what_everybody_sees(cast: Cast) -> None:
    items = list(InformationItem.objects.select_related("unit"))
    wrong = []
    for user in User.objects.all():
        seen = set(InformationItem.objects.visible_to(user).values_list("pk", flat=True))
        for item in items:
            told = explain_user(item, user)
            if told.allowed != (item.pk in seen) or not told.steps:
                wrong.append(f"{user} {item}: {told}")
    assert not wrong, wrong[:5]
    assert len(items) * User.objects.count() > 1000


def test_an_explanation_is_a_chain_that_ends_with_what_decided(cast: Cast) -> None:
    steps = explain_unit(cast.items["police_released_to_two"], cast.units["customs"]).steps
    assert [(s.rule, s.holds) for s in steps] == [("originator", False), ("released", True), ("delivered", True)]
    steps = explain_unit(cast.items["police_draft"], cast.units["customs"]).steps
    assert [(s.rule, s.holds) for s in steps] == [("originator", False), ("released", False)]
    steps = explain_unit(cast.items["police_draft"], cast.units["police"]).steps
    assert [(s.rule, s.holds) for s in steps] == [("originator", True)]
    assert not explain_user(cast.items["police_draft"], cast.disabled).allowed


def test_people_of_other_agencies_are_asked_for_by_their_unit(cast: Cast) -> None:
    address = f"information-items/{cast.items['police_opened'].pk}/access-explanation"
    client = ApiClient(cast.secrets["police_officer"])
    assert client.get(f"{address}?username=north_officer").json()["allowed"] is False
    assert client.get(f"{address}?unit=customs").json()["allowed"] is True
    for query in ("?username=customs_officer", "?username=nobody", "?unit=nowhere", "", "?unit=customs&username=x"):
        assert client.get(address + query).status_code == 400, query
    hidden, absent = (client.get(f"{address}?username={name}").json() for name in ("customs_officer", "nobody"))
    assert hidden == absent
    assert ApiClient(cast.secrets["auditor"]).get(f"{address}?unit=coast").json()["allowed"] is False
    assert ApiClient(cast.secrets["customs_officer"]).get(f"{address}?unit=customs").status_code == 404
