"""Reconciliations and records behind figures in the admin."""

from typing import Any

import pytest
from django.test import Client

from reports.models import Explanation, Statement
from tests.cast import Cast
from tests.reports.golden import MASS, Golden, records, told
from tests.reports.stated import cases, confirmed, drafted

PAGES, STATEMENTS = "/admin/reports/reconciliation/", "/admin/reports/statement/"


@pytest.fixture
def golden(stating: Cast) -> Golden:
    return told(stating)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    text: str = answer.content.decode()
    assert "<style" not in text and " style=" not in text and "onclick" not in text
    return text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_overview_lists_the_series_of_a_period(golden: Golden, desk: Any, language: str) -> None:
    client: Client = desk("secretariat")
    client.cookies["django_language"] = language
    text = page(client, f"{PAGES}?period=2024-Q2")
    assert f"{PAGES}{MASS}/" in text
    assert ("1,950001" if language == "vi" else "1.950001") in text
    assert "badge--overdue" in text


def test_the_overview_of_nothing_says_so_and_a_wrong_period_is_told(desk: Any, stating: Cast) -> None:
    client: Client = desk("secretariat")
    assert 'class="empty"' in page(client, f"{PAGES}?period=2019-Q1")
    assert "errornote" in page(client, f"{PAGES}?period=spring")


def test_bars_lead_to_their_records_for_whoever_may_open_them(golden: Golden, desk: Any) -> None:
    text = page(desk("police_officer"), f"{PAGES}{MASS}/?bar=out_of_period")
    assert text.count("<rect") == 7
    assert "?bar=overlap#records" in text
    assert golden.cases["X"].reference in text
    assert f"/admin/cases/jointcase/{golden.cases['X'].pk}/change/" in text
    hidden = page(desk("secretariat"), f"{PAGES}{MASS}/?bar=out_of_period")
    assert golden.cases["X"].reference not in hidden


def test_a_series_of_nothing_is_told_in_words(desk: Any, stating: Cast) -> None:
    assert 'class="empty"' in page(desk("coast_officer"), f"{PAGES}2019-Q1.drug_cases/")
    assert desk("coast_officer").get(f"{PAGES}2019-Q1.joy/").status_code == 404
    assert desk("coast_officer").get(f"{PAGES}spring.drug_cases/").status_code == 404
    assert desk("auditor").get(PAGES).status_code in {403, 404}


def test_a_difference_is_explained_on_the_page_by_whoever_may(golden: Golden, desk: Any) -> None:
    client: Client = desk("coast_officer")
    path = f"{PAGES}{MASS}/"
    assert 'id="explain-COASTGUARD"' in page(client, path)
    assert 'id="explain-' not in page(desk("coast_analyst"), path)
    again = client.post(path, {"agency": "COASTGUARD", "text": ""})
    assert again.status_code == 200 and "errorlist" in again.content.decode()
    assert client.post(path, {"agency": "COASTGUARD", "text": "Cân lại."}).status_code == 302
    assert Explanation.objects.get().text == "Cân lại."
    assert "Cân lại." in page(client, path)
    assert "Cân lại." not in page(desk("police_officer"), path)
    refused = desk("coast_analyst").post(path, {"agency": "COASTGUARD", "text": "Không phải tôi."})
    assert refused.status_code == 200
    assert Explanation.objects.count() == 1


def test_a_draft_is_filled_in_from_the_records_with_a_button(stating: Cast, desk: Any) -> None:
    story = records(stating)
    draft = drafted(stating, unit="border")
    client: Client = desk("border_officer")
    assert "move/prefill" in page(client, f"{STATEMENTS}{draft.pk}/change/")
    assert client.post(f"{STATEMENTS}{draft.pk}/move/prefill/").status_code == 302
    assert draft.figures.filter(role="coordinator").count() == 4
    text = page(client, f"{STATEMENTS}{draft.pk}/claims/")
    assert story.cases["X"].reference in text
    assert "move/prefill" not in page(desk("border_head"), f"{STATEMENTS}{draft.pk}/change/")
    assert desk("police_officer").get(f"{STATEMENTS}{draft.pk}/claims/").status_code == 404


def test_a_correction_asks_for_its_reason_at_the_field(stating: Cast, desk: Any) -> None:
    confirmed(stating, cases(3))
    client: Client = desk("police_officer")
    sent = {"unit": stating.units["police"].pk, "period_label": "2024-Q2", "reason": ""}
    answer = client.post(f"{STATEMENTS}add/", sent)
    assert answer.status_code == 200
    assert "reason" in answer.context["adminform"].form.errors
    assert client.post(f"{STATEMENTS}add/", sent | {"reason": "Bỏ sót."}).status_code == 302
    assert Statement.objects.get(number=2).reason == "Bỏ sót."


def test_late_drafts_are_marked_and_found(stating: Cast, desk: Any, api: Any) -> None:
    draft = drafted(stating)
    client: Client = desk("police_officer")
    assert str(draft.pk) in page(client, f"{STATEMENTS}?overdue=yes")
    found = api("police_officer").get("statements?overdue=true").json()["results"]
    assert {row["id"] for row in found} == {str(draft.pk), str(stating.statements["police_draft"].pk)}
    assert found[-1]["due_on"] == "2024-07-10"
    late = {row["id"] for row in api("police_officer").get("statements?overdue=false").json()["results"]}
    assert late == {str(stating.statements["police_confirmed"].pk)}
