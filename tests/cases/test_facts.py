"""Lines, types of place, means, concealment, countries, places: codes of vocabularies, several of each."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from agencies.models import Agency, AreaLead, Place
from agencies.refusals import Invalid
from registry.cases.models import JointCase
from registry.cases.suggestion import suggestion
from tests.cases.stories import DAY, area, fresh, opened
from tests.cast import Cast
from tests.clients import ApiClient
from tests.raw import refused

Api = Callable[[str | None], ApiClient]
Desk = Callable[[str | None], Client]
FACTS: dict[str, list[str]] = {
    "routes": ["viet_lao", "air"],
    "border_types": ["land_border", "adrift"],
    "transport": ["on_foot", "lorry"],
    "concealment": ["in_cargo"],
    "from_countries": ["LA"],
    "through_countries": ["VN", "KH"],
    "to_countries": ["AU"],
}


def agency(code: str) -> Agency:
    return Agency.objects.get(code=code)


def test_facts_are_written_read_changed_and_filtered_over_http(cast: Cast, api: Api) -> None:
    place = Place.objects.order_by("code").first()
    assert place is not None
    body = {"unit": "police", "kind": "case", "title": "Vụ", "area": "inland", "opened_on": str(DAY), **FACTS}
    body |= {"detected_by": "BORDERGUARD", "other_places": [place.code]}
    made = api("police_officer").post("cases", body)
    assert made.status_code == 201, made.content
    shown = made.json()
    assert {name: shown[name] for name in FACTS} == FACTS
    assert (shown["detected_by"], shown["other_places"]) == ("BORDERGUARD", [place.code])
    path = f"cases/{shown['id']}"
    changed = api("police_officer").patch(path, {"routes": [], "other_places": []}, If_Match=made["ETag"])
    assert (changed.json()["routes"], changed.json()["other_places"]) == ([], [])
    assert changed.json()["transport"] == ["on_foot", "lorry"]
    for query, found in (
        ("transport=lorry", True),
        ("transport=car", False),
        ("route=air", False),
        ("border_type=adrift", True),
        ("from_country=LA", True),
        ("through_country=KH", True),
        ("to_country=LA", False),
        ("concealment=in_cargo", True),
        ("detected_by=BORDERGUARD", True),
        (f"place={place.code}", False),
    ):
        listed = api("police_officer").get(f"cases?page_size=200&{query}").json()["results"]
        assert (shown["id"] in {one["id"] for one in listed}) == found, query


@pytest.mark.parametrize("name", list(FACTS))
def test_only_codes_of_the_vocabulary_are_kept(cast: Cast, api: Api, name: str) -> None:
    body = {"unit": "police", "kind": "case", "title": "Vụ", "area": "inland", name: ["nonsense"]}
    answer = api("police_officer").post("cases", body)
    assert [e["pointer"] for e in answer.json()["errors"]] == [f"/{name}/0"]
    with pytest.raises(Invalid) as caught:
        opened(cast, facts={name: ["nonsense"]})
    assert set(caught.value.fields) == {name}
    change = f"UPDATE cases_jointcase SET {name} = ARRAY['nonsense'] WHERE id = %s"
    refused(change, opened(cast).pk, match=f"case_{name}_known")


def test_what_is_no_fact_is_not_written_as_one(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        opened(cast, facts={"status": "closed"})
    assert set(caught.value.fields) == {"status"}


def test_a_place_further_on_finds_the_case_too(cast: Cast, api: Api) -> None:
    place = Place.objects.order_by("code").first()
    case = opened(cast, facts={"other_places": [place]})
    listed = api("police_officer").get(f"cases?place={place.code if place else ''}").json()["results"]
    assert str(case.pk) in {one["id"] for one in listed}


def test_the_area_suggests_the_lead_and_who_detected_it_takes_part(cast: Cast) -> None:
    told = suggestion(area=area("sea"), on=DAY, detected_by=agency("CUSTOMS"))
    assert (told.agency, told.beside) == ("COASTGUARD", "CUSTOMS")
    assert told.legal_basis is not None
    same = suggestion(area=area("sea"), on=DAY, detected_by=agency("COASTGUARD"))
    assert (same.agency, same.beside) == ("COASTGUARD", None)


def test_where_no_law_names_a_lead_whoever_detected_first_leads(cast: Cast) -> None:
    AreaLead.objects.filter(area=area("sea")).delete()
    told = suggestion(area=area("sea"), on=DAY, detected_by=agency("CUSTOMS"))
    assert (told.agency, told.beside, told.legal_basis) == ("CUSTOMS", None, None)
    assert suggestion(area=area("sea"), on=DAY).agency is None
    with pytest.raises(Invalid) as caught:
        opened(cast, area=area("sea"), facts={"detected_by": agency("CUSTOMS")})
    assert set(caught.value.fields) == {"deviation_reason"}
    assert opened(cast, area=area("sea")).area.code == "sea"


def test_the_api_suggests_a_lead(cast: Cast, api: Api) -> None:
    police = api("police_officer")
    told = police.get("cases/suggested-lead?area=sea&on=2024-05-14&detected_by=CUSTOMS", Accept_Language="en")
    assert told.status_code == 200, told.content
    assert (told.json()["agency"], told.json()["beside"]) == ("COASTGUARD", "CUSTOMS")
    assert "Cảnh sát biển leads in this area" in told.json()["text"]
    for fault in ("", "?area=moon", "?area=sea&on=tomorrow", "?area=sea&nonsense=1", "?area=sea&page_size=1"):
        assert police.get(f"cases/suggested-lead{fault}").status_code == 400, fault
    assert api("auditor").get("cases/suggested-lead?area=sea").status_code == 403


def test_the_form_offers_boxes_and_says_who_leads(cast: Cast, desk: Desk) -> None:
    page = desk("police_officer").get("/admin/cases/jointcase/add/").content.decode()
    assert 'name="transport"' in page
    assert "Biển: Cảnh sát biển" in page
    sent: dict[str, Any] = {
        "unit": str(cast.units["police"].pk),
        "kind": "case",
        "title": "Vụ có đường dây",
        "opened_on": str(DAY),
        "area": str(area().pk),
        **FACTS,
    }
    done = desk("police_officer").post("/admin/cases/jointcase/add/", sent)
    assert done.status_code == 302, done.content.decode()
    made = JointCase.objects.get(title="Vụ có đường dây")
    assert {name: getattr(made, name) for name in FACTS} == FACTS
    shown = desk("customs_officer").get(f"/admin/cases/jointcase/{fresh(made).pk}/change/", follow=True)
    assert shown.status_code == 200


def test_whoever_only_takes_part_reads_words_and_not_codes(cast: Cast, desk: Desk) -> None:
    case = opened(cast, facts=FACTS)
    page = desk("customs_officer").get(f"/admin/cases/jointcase/{case.pk}/change/", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert "in_cargo" not in page.content.decode()
