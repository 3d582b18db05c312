"""Texts of reports over HTTP."""

from typing import Any

from tests.cast import Cast
from tests.reports.test_narrating import VI, written

BODY = {"period": "2024-Q2", "part": "shared", "language": "vi", "text": VI}


def pointers(answer: Any) -> set[str]:
    return {fault["pointer"] for fault in answer.json()["errors"]}


def test_a_text_is_made_changed_and_its_history_read(cast: Cast, api: Any) -> None:
    client = api("secretariat")
    made = client.post("report-texts", BODY)
    assert (made.status_code, made.json()["revision"]) == (201, 1)
    address = f"report-texts/{made.json()['id']}"
    assert made["Location"].endswith(address)
    again = client.post("report-texts", BODY | {"text": "Khác."})
    assert (again.status_code, again.json()["code"]) == (409, "text_exists")
    assert client.patch(address, {"text": "Khác."}).status_code == 428
    changed = client.patch(address, {"text": "Khác."}, If_Match=made["ETag"])
    assert (changed.status_code, changed.json()["revision"]) == (200, 2)
    assert client.patch(address, {"text": "Nữa."}, If_Match=made["ETag"]).status_code == 412
    history = client.get(f"{address}/history").json()["results"]
    assert [(one["number"], one["text"], one["by"]) for one in history] == [
        (2, "Khác.", "secretariat"),
        (1, VI, "secretariat"),
    ]


def test_faults_are_named_and_questions_can_be_answered(cast: Cast, api: Any) -> None:
    client = api("secretariat")
    wrong = client.post("report-texts", {"period": "2024-Q9", "part": "joy", "language": "fr", "text": "x", "more": 1})
    assert wrong.status_code == 400
    assert {"/part", "/language", "/more"} <= pointers(wrong)
    assert pointers(client.post("report-texts", BODY | {"period": "2024-Q9"})) == {"/period"}
    asked = client.post("report-texts", BODY | {"text": "Có 152 tin."})
    assert (asked.status_code, [one["code"] for one in asked.json()["errors"]]) == (400, ["typed_numbers"])
    done = client.post("report-texts", BODY | {"text": "Có 152 tin.", "confirm": ["typed_numbers"]})
    assert done.json()["confirmed_numbers"] == ["152"]


def test_texts_are_listed_by_period_part_and_language(cast: Cast, api: Any, django_assert_max_num_queries: Any) -> None:
    for part in ("situation", "shared", "cases"):
        written(cast, part=part)
    client = api("customs_secretariat")
    assert client.get("report-texts?period=2024-Q2&count=true").json()["count"] == 3
    assert client.get("report-texts?period=2024-Q1&count=true").json()["count"] == 0
    assert [r["part"] for r in client.get("report-texts?part=cases&language=vi").json()["results"]] == ["cases"]
    assert client.get("report-texts?part=joy").status_code == 400
    with django_assert_max_num_queries(12):
        client.get("report-texts?period=2024-Q2")


def test_the_figures_to_place_are_listed_with_what_they_are_worth(cast: Cast, api: Any) -> None:
    answer = api("secretariat").get("report-texts/references?period=2024-Q2", Accept_Language="en")
    found = {one["key"]: one for one in answer.json()["results"]}
    assert found["shared.total"]["value"] == "22\u00a0items"
    assert found["shared.total"]["words"].endswith("Total, Items shared")
    assert api("secretariat").get("report-texts/references").status_code == 400


def test_nobody_but_secretariats_reads_texts(cast: Cast, api: Any) -> None:
    held = written(cast)
    for name in ("police_officer", "police_head", "auditor"):
        assert api(name).get(f"report-texts/{held.pk}").status_code == 403
        assert api(name).get("report-texts/references?period=2024-Q2").status_code == 403
