"""The page of report texts, with and without its script; the versions of a text."""

from typing import Any

import pytest
from django.test import Client

from agencies.audit.models import AuditEvent
from reports.models import NarrativeText
from reports.rewritten import changes
from tests.cast import Cast
from tests.conferences import stories as meetings
from tests.reports.test_narrating import EN, VI, written

PAGE = "/admin/reports/narrativetext/"
QUARTER = "?period=2024-Q2"


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    text: str = answer.content.decode()
    assert "<style" not in text and " style=" not in text and "onclick" not in text
    return text


def saved(client: Client, text: str, *, revision: int = 0, **more: str) -> Any:
    """What the script sends for one text."""
    body = {"period": "2024-Q2", "part": "shared", "language": "vi", "text": text, "revision": str(revision), **more}
    return client.post(f"{PAGE}save/", body)


def everything(**texts: str) -> dict[str, str]:
    """What the form sends without the script: the named texts, at their first revision."""
    return {f"text.{name.replace('__', '.')}": text for name, text in texts.items()}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_has_a_field_for_each_part_and_language_and_lists_the_figures(
    cast: Cast, desk: Any, language: str
) -> None:
    written(cast)
    client: Client = desk("secretariat")
    client.cookies["django_language"] = language
    text = page(client, PAGE + QUARTER)
    assert text.count("<textarea") == 34
    assert VI in text
    assert 'data-insert="{shared.total}"' in text
    assert "22\u00a0tin, tài liệu" in text if language == "vi" else "22\u00a0items" in text


def test_a_period_of_nothing_and_a_wrong_one_are_told(cast: Cast, desk: Any) -> None:
    assert page(desk("secretariat"), f"{PAGE}?period=2001-Q1")
    assert 'id="period-fault"' in page(desk("secretariat"), f"{PAGE}?period=spring")


@pytest.mark.parametrize("name", ["police_officer", "police_head", "auditor", "police_admin"])
def test_nobody_but_secretariats_has_the_page(cast: Cast, desk: Any, name: str) -> None:
    held = written(cast)
    for path in (PAGE, f"{PAGE}{held.pk}/versions/", f"{PAGE}{held.pk}/change/"):
        assert desk(name).get(path).status_code in {403, 404}
    assert saved(desk(name), "Khác.").status_code in {403, 404}
    assert NarrativeText.objects.get().text == VI


def test_the_script_saves_a_text_with_its_revision_and_is_told_of_a_conflict(cast: Cast, desk: Any) -> None:
    client: Client = desk("secretariat")
    first = saved(client, "Một.")
    assert (first.status_code, first.json()["revision"]) == (200, 1)
    assert saved(client, "Hai.", revision=1).json()["revision"] == 2
    late = saved(client, "Ba.", revision=1)
    assert (late.status_code, late.json()["code"]) == (409, "stale_version")
    assert NarrativeText.objects.get().text == "Hai."


def test_the_script_is_told_what_is_wrong_and_may_confirm(cast: Cast, desk: Any) -> None:
    client: Client = desk("secretariat")
    asked = saved(client, "Có 152 tin.")
    assert (asked.status_code, asked.json()["code"]) == (400, "typed_numbers")
    assert "152" in asked.json()["detail"]
    assert saved(client, "Có 152 tin.", **{"confirm.typed_numbers": "1"}).status_code == 200
    assert saved(client, "{shared.totl}", revision=1).json()["code"] == "invalid"
    assert saved(client, "TỐI MẬT", revision=1).json()["code"] == "above_ceiling"
    assert saved(client, "x", part="joy").status_code == 400
    assert saved(client, "x", period="spring").status_code == 400
    assert client.get(f"{PAGE}save/").status_code == 405


def test_the_button_saves_what_was_changed_and_keeps_what_was_refused(cast: Cast, desk: Any) -> None:
    client: Client = desk("secretariat")
    form = everything(shared__vi=VI, shared__en="Wrong {shared.totl}", cases__vi="")
    answer = client.post(PAGE + QUARTER, form)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Wrong {shared.totl}" in text and "{shared.total}" in text
    assert list(NarrativeText.objects.values_list("part", "language", "revision")) == [("shared", "vi", 1)]
    form |= {"text.shared.en": EN, "revision.shared.vi": "1"}
    assert client.post(PAGE + QUARTER, form).status_code == 302
    assert NarrativeText.objects.count() == 2


def test_the_button_writes_nothing_over_what_somebody_else_wrote(cast: Cast, desk: Any) -> None:
    written(cast, "Một.")
    answer = desk("secretariat").post(PAGE + QUARTER, everything(shared__vi="Của tôi.") | {"revision.shared.vi": "0"})
    assert "Của tôi." in answer.content.decode()
    assert NarrativeText.objects.get().text == "Một."


def test_where_another_agency_hosts_the_page_is_to_read(cast: Cast, desk: Any) -> None:
    meetings.planned(cast)
    text = page(desk("customs_secretariat"), PAGE + QUARTER)
    assert text.count(" readonly") == 34
    assert 'type="submit" value="' not in text
    assert saved(desk("customs_secretariat"), "x").status_code == 403
    assert AuditEvent.objects.filter(action="narrativetext.write", outcome="denied").exists()


def test_versions_show_what_changed_and_an_earlier_one_is_written_anew(cast: Cast, desk: Any) -> None:
    written(cast, "Tình hình yên tĩnh.")
    held = written(cast, "Tình hình phức tạp.")
    client: Client = desk("secretariat")
    address = f"{PAGE}{held.pk}/versions/"
    text = page(client, address)
    assert "<del>yên</del>" in text and "<ins>phức</ins>" in text
    assert client.post(address, {"number": "1"}).status_code == 302
    held.refresh_from_db()
    assert (held.text, held.revision) == ("Tình hình yên tĩnh.", 3)
    assert held.versions.count() == 3
    assert client.post(address, {"number": "9"}).status_code == 404
    assert client.get(f"{PAGE}{held.pk}/change/").url.endswith("?period=2024-Q2")


def test_what_was_written_is_escaped_on_both_pages(cast: Cast, desk: Any) -> None:
    held = written(cast, "</textarea><script>x</script>")
    for path in (PAGE + QUARTER, f"{PAGE}{held.pk}/versions/"):
        assert "<script>x" not in page(desk("secretariat"), path)


def test_texts_at_odds_are_told_on_the_page(cast: Cast, desk: Any) -> None:
    written(cast)
    written(cast, "Nothing placed.", language="en")
    assert "{shared.by_agency.police}, {shared.total}" in page(desk("secretariat"), PAGE + QUARTER)


def test_the_page_has_a_fixed_number_of_queries(cast: Cast, desk: Any, django_assert_max_num_queries: Any) -> None:
    for part in ("situation", "shared", "cases", "tasks"):
        written(cast, part=part)
    client = desk("secretariat")
    page(client, PAGE + QUARTER)
    with django_assert_max_num_queries(260):
        page(client, PAGE + QUARTER)


def test_texts_that_differ_almost_everywhere_are_compared_at_once() -> None:
    before, after = "a " * 10_000, "b a " * 5_000
    assert list(changes(before, after)) == [("gone", before), ("new", after)], "word by word it takes minutes"


def test_a_word_put_into_a_long_text_and_lines_written_anew_are_told_as_that() -> None:
    lines = [f"{number} " * 300 + "\n" for number in range(10)]
    text = "".join(lines)
    told = list(changes(text, text.replace("5 ", "5 x ", 1)))
    assert ([kind for kind, _words in told], told[1][1].strip()) == (["same", "new", "same"], "x")
    first, last = "z " * 300 + "\n", "y " * 300 + "\n"
    told = list(changes(text, first + "".join(lines[1:9]) + last))
    assert told == [
        ("gone", lines[0]),
        ("new", first),
        ("same", "".join(lines[1:9])),
        ("gone", lines[9]),
        ("new", last),
    ]
    assert list(changes("", "")) == []


def test_signs_that_no_file_holds_are_left_out_and_a_revision_that_is_none_is_nobodys(cast: Cast, desk: Any) -> None:
    given = {"period": "2024-Q2", "part": "tasks", "language": "vi", "text": "a\0b\x1fc\vd\x7f", "revision": "9" * 5000}
    answer = desk("secretariat").post("/admin/reports/narrativetext/save/", given)
    assert answer.status_code == 200
    assert NarrativeText.objects.get().text == "a b c\nd"
    for wrong in ("part", "language"):
        answer = desk("secretariat").post("/admin/reports/narrativetext/save/", {**given, wrong: "a\0b"})
        assert answer.status_code == 400


@pytest.mark.parametrize("period", ["1900-Q1", "2199-Q4"])
def test_a_period_without_neighbours_is_told_as_a_wrong_one(cast: Cast, desk: Any, period: str) -> None:
    page = desk("secretariat").get("/admin/reports/narrativetext/", {"period": period})
    assert page.status_code == 200
