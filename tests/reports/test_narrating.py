"""Texts of the report: who writes them, what they refer to, what is kept of them, what the database refuses."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection

from agencies.refusals import Invalid, NotPermitted, Stale
from registry.periods import Period
from reports.build import quarterly_report
from reports.document import Figure, Label, QuarterlyReport, Section
from reports.models import NarrativeText, NarrativeVersion
from reports.narrating import texts_at_odds, write_narrative
from reports.references import references_of
from reports.renderers import RENDERERS, render
from tests.cast import Cast
from tests.conferences import stories as meetings
from tests.raw import refused
from tests.reports.papers import docx, numbers_in, pdf, words_of
from tests.reports.test_official import DATES, SHORT

QUARTER = Period.parse("2024-Q2")
VI = "Các lực lượng đã chia sẻ {shared.total}, riêng Công an {shared.by_agency.police}."
EN = "The agencies shared {shared.total}, the police alone {shared.by_agency.police}."


def written(cast: Cast, text: str = VI, *, by: str = "secretariat", **changes: Any) -> NarrativeText:
    given: dict[str, Any] = {"period": QUARTER, "part": "shared", "language": "vi", **changes}
    return write_narrative(text=text, by=cast.again(by), **given)


def part(report: QuarterlyReport, key: str) -> Section:
    return next(one for one in report.parts() if one.key == key)


def fault(cast: Cast, text: str, **changes: Any) -> Invalid:
    with pytest.raises(Invalid) as refusal:
        written(cast, text, **changes)
    return refusal.value


# --- who writes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["police_officer", "police_head", "auditor", "police_admin", "customs_analyst"])
def test_only_secretariats_write(cast: Cast, name: str) -> None:
    with pytest.raises(NotPermitted):
        written(cast, by=name)
    assert not NarrativeText.objects.exists()


def test_where_a_conference_names_a_host_its_secretariat_alone_writes(cast: Cast) -> None:
    written(cast, by="customs_secretariat", period=Period.parse("2019-Q1"))
    meetings.planned(cast, code="of-the-police", period_start=QUARTER.start, period_end=QUARTER.end)
    with pytest.raises(NotPermitted):
        written(cast, by="customs_secretariat")
    assert written(cast).revision == 1


def test_who_may_not_write_learns_nothing_of_what_is_wrong(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        written(cast, "{nothing.at.all} 152", by="police_officer")


# --- versions ---------------------------------------------------------------------------------------------------


def test_every_write_is_a_version_and_the_same_text_is_none(cast: Cast) -> None:
    written(cast, "Một.", expected_revision=0)
    written(cast, "Một.", expected_revision=1)
    held = written(cast, "Hai.", expected_revision=1, by="secretariat")
    assert held.revision == 2
    kept = held.versions.order_by("number").values_list("number", "text", "by__username")
    assert list(kept) == [(1, "Một.", "secretariat"), (2, "Hai.", "secretariat")]


@pytest.mark.parametrize("expected", [0, 1, 3])
def test_whoever_read_another_version_is_told(cast: Cast, expected: int) -> None:
    written(cast, "Một.")
    written(cast, "Hai.")
    with pytest.raises(Stale):
        written(cast, "Ba.", expected_revision=expected)
    assert NarrativeText.objects.get().text == "Hai."


def test_versions_are_never_changed_and_texts_keep_their_place(cast: Cast) -> None:
    written(cast, "Một.")
    refused("UPDATE reports_narrativeversion SET text = 'x'", match="Cannot update or delete")
    refused("DELETE FROM reports_narrativeversion", match="Cannot update or delete")
    refused("DELETE FROM reports_narrativetext", match="Cannot delete")
    refused("UPDATE reports_narrativetext SET part = 'cases'", match="Cannot update")
    refused("UPDATE reports_narrativetext SET language = 'en'", match="Cannot update")


def test_the_database_takes_one_text_of_a_part_that_there_is(cast: Cast) -> None:
    held = written(cast, "Một.")
    copy = """INSERT INTO reports_narrativetext (id, period_label, part, language, text, confirmed_numbers, edited_by_id,
        created_at, updated_at, revision, synthetic)
        SELECT gen_random_uuid(), period_label, %s, %s, text, '{}', edited_by_id, now(), now(), 1, false
          FROM reports_narrativetext WHERE id = %s"""
    refused(copy, "shared", "vi", held.pk, match="narrative_text_once")
    refused(copy, "joy", "vi", held.pk, match="narrative_part_known")
    refused(copy, "shared", "fr", held.pk, match="narrative_language_known")
    again = """INSERT INTO reports_narrativeversion (id, narrative_id, number, text, by_id, at)
        SELECT gen_random_uuid(), narrative_id, %s, text, by_id, now() FROM reports_narrativeversion"""
    refused(again, 1, match="narrative_version_once")
    refused(again, 0, match="narrative_version_counts_from_one")
    assert NarrativeVersion.objects.count() == 1


# --- references and numbers -------------------------------------------------------------------------------------


def test_a_reference_to_no_figure_is_refused_with_what_comes_closest(cast: Cast) -> None:
    said = str(fault(cast, "Có {shared.totl} và {shared.by_agency.polize}.").fields["text"])
    assert "{shared.totl}" in said and "{shared.total}" in said
    assert "{shared.by_agency.police}" in said
    assert "{xyzzy}" in str(fault(cast, "{xyzzy}").fields["text"])


def test_what_comes_closest_is_looked_for_of_a_few_keys_only(cast: Cast) -> None:
    many = [f"shared.totals{number}" for number in range(1000)]
    words = str(fault(cast, " ".join(f"{{{key}}}" for key in many)).fields["text"])
    assert words.count("Did you mean") <= 10, "looking takes a tenth of a second each"
    assert all(f"{{{key}}}" in words for key in many)


def test_every_fault_is_named_at_once(cast: Cast) -> None:
    refusal = fault(cast, "{xyzzy} 152 " + "x" * 20_000, part="joy", language="fr")
    assert set(refusal.fields) == {"part", "language", "text"}
    said = str(refusal.fields["text"])
    assert "xyzzy" in said and "152" in said and "20000" in said
    assert refusal.code == "invalid"


def test_a_number_typed_by_hand_is_asked_about_and_stays_confirmed_while_it_stands(cast: Cast) -> None:
    refusal = fault(cast, "Kể từ 3 năm nay, 152 nguồn tin.")
    assert refusal.code == "typed_numbers"
    assert "3, 152" in str(refusal.fields["text"])
    held = written(cast, "Kể từ 3 năm nay.", confirm=["typed_numbers"])
    assert held.confirmed_numbers == ["3"]
    assert written(cast, "Kể từ 3 năm nay, đã khác.").revision == 2
    assert fault(cast, "Kể từ 3 năm nay, 4 lần.").code == "typed_numbers"


def test_what_looks_like_a_person_is_asked_about(cast: Cast) -> None:
    text = "Bắt Nguyễn Văn Mẫu, 1980."
    assert fault(cast, text, confirm=["typed_numbers"]).code == "looks_like_person"
    assert written(cast, text, confirm=["looks_like_person"]).text == text


def test_a_stamp_of_a_state_secret_is_refused(cast: Cast) -> None:
    assert fault(cast, "TỐI MẬT").code == "above_ceiling"


def test_every_key_of_the_document_is_one_that_texts_may_use(stating: Cast) -> None:
    found = references_of(quarterly_report(period=QUARTER, reader=None))
    assert {"shared.total", "valuable.total", "cases.case", "shared.by_agency.police", "used.total"} <= set(found)
    text = " ".join(f"{{{key}}}" for key in found)
    assert written(stating, text).text == text


# --- in the report ----------------------------------------------------------------------------------------------


def test_a_text_stands_in_its_part_with_its_figures_filled_in(cast: Cast) -> None:
    written(cast)
    written(cast, EN, language="en")
    report = quarterly_report(period=QUARTER, reader=None)
    prose = part(report, "shared").prose
    assert prose is not None
    (passage,) = prose.vi
    kinds = [type(piece) for piece in passage.pieces]
    assert kinds == [Label, Figure, Label, Figure, Label]
    page = render(report, file_format="html", language="vi").decode()
    assert 'đã chia sẻ <span><a href="/admin/information/informationitem/?' in page
    assert '<data value="22">22\u00a0tin, tài liệu</data></a></span>, riêng Công an' in page
    for language, said in (("vi", "đã chia sẻ 22 tin, tài liệu, riêng"), ("en", "shared 22 items, the police")):
        assert said in words_of(pdf(report, language))
        lines = [line.text.replace("\u00a0", " ") for line in docx(report, language).paragraphs]
        assert any(said in line for line in lines)


def test_the_only_text_stands_in_both_languages_and_says_so(cast: Cast) -> None:
    written(cast)
    page = render(quarterly_report(period=QUARTER, reader=None), file_format="html", language="en").decode()
    assert "Written in Vietnamese" in page
    assert '<div class="prose" lang="vi"><p>Các lực lượng' in page
    assert texts_at_odds(QUARTER) == {}


def test_texts_that_place_other_figures_are_at_odds(cast: Cast) -> None:
    written(cast)
    written(cast, "The agencies shared {shared.total}.", language="en")
    assert texts_at_odds(QUARTER) == {"shared": ["{shared.by_agency.police}"]}


def test_a_figure_that_the_report_does_not_have_says_so(cast: Cast) -> None:
    written(cast, "Thu giữ {seized.heroin.mass}; {shared.since_previous}.")
    report = quarterly_report(period=Period.parse("2024-Q2"), reader=None)
    page = render(report, file_format="html", language="vi").decode()
    assert '<p>Thu giữ <span class="absent">không có số liệu</span>' in page


def test_an_edition_of_a_unit_has_no_text_and_says_where_they_stand(cast: Cast) -> None:
    written(cast, "Câu chỉ dành cho bản tổng hợp.")
    for name, there in (("secretariat", True), ("customs_secretariat", True), ("police_head", False)):
        report = quarterly_report(period=QUARTER, reader=cast.again(name))
        page = render(report, file_format="html", language="vi").decode()
        assert ("Câu chỉ dành cho bản tổng hợp." in page) == there
        assert ("lời văn của báo cáo có trong bản tổng hợp" in page) != there


def test_a_part_of_nothing_says_so_and_one_with_a_text_does_not(cast: Cast) -> None:
    assert (
        part(quarterly_report(period=QUARTER, reader=None), "training").empty.en
        == "Nothing was recorded for this part."
    )
    written(cast, "Đã tập huấn.", part="training")
    assert not part(quarterly_report(period=QUARTER, reader=None), "training").empty.en


HOSTILE = "<b>x</b> #set page(width: 1pt) *đậm* $x^2$ \\ \"'& =1+1"


@pytest.mark.parametrize("file_format", sorted(RENDERERS))
def test_whatever_is_written_stays_words(cast: Cast, file_format: str) -> None:
    written(cast, HOSTILE, confirm=["typed_numbers"])
    report = quarterly_report(period=QUARTER, reader=None)
    content = render(report, file_format=file_format, language="vi")
    if file_format == "html":
        assert b"<b>" not in content
    if file_format == "pdf":
        assert "#set page(width: 1pt) *đậm*" in words_of(pdf(report))
    if file_format == "docx":
        assert any(line.text == HOSTILE for line in docx(report).paragraphs)


def said(report: QuarterlyReport, file_format: str, language: str) -> str:
    """All words of a rendering, without the raised numbers of notes and without days."""
    if file_format == "pdf":
        text = words_of(pdf(report, language))
    elif file_format == "html":
        page = render(report, file_format="html", language=language).decode()
        page = re.sub(r"<style>.*?</style>|<sup>.*?</sup>|<[^>]+>", " ", page, flags=re.DOTALL)
        text = unescape(page)
    else:
        opened = docx(report, language)
        cells = [c for t in opened.tables for r in t.rows for c in r.cells]
        lines = [*opened.paragraphs, *(line for cell in cells for line in cell.paragraphs)]
        text = " ".join(run.text for line in lines for run in line.runs if not run.font.superscript)
    return re.sub(SHORT[language], "", re.sub(DATES[language], " ", " ".join(text.split())))


@pytest.mark.parametrize("file_format", ["html", "pdf", "docx"])
def test_both_languages_say_the_same_numbers_with_texts_that_place_figures(cast: Cast, file_format: str) -> None:
    for key in ("shared", "strengths"):
        written(cast, part=key)
        written(cast, EN, part=key, language="en")
    written(cast, part="lessons")
    report = quarterly_report(period=QUARTER, reader=None)
    vi, en = (numbers_in(said(report, file_format, language), language) for language in ("vi", "en"))
    assert len(vi) > 100
    assert vi == en


@pytest.mark.parametrize("file_format", sorted(RENDERERS))
def test_a_sign_that_a_file_cannot_hold_keeps_no_report_from_being_written(cast: Cast, file_format: str) -> None:
    text = written(cast, "Một đoạn.")
    raw = f"UPDATE reports_narrativetext SET text = E'Một\\x01\\x0b đoạn.' WHERE id = '{text.pk}'"
    with connection.cursor() as cursor:
        cursor.execute(raw)
    document = quarterly_report(period=QUARTER, reader=None)
    assert render(document, file_format=file_format, language="vi")


def test_a_long_period_is_set_beside_as_many_as_there_are_labels_for(cast: Cast) -> None:
    report = quarterly_report(period=Period.parse("2000-01-01--2024-12-31"), reader=None)
    assert len(report.tables["periods"].rows) == 5
