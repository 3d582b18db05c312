"""Minutes (form 1.9) and the notice of conclusions: layout, words, numbers, gaps; registration and what is kept."""

import hashlib
import re
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError, connection, transaction
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from agencies.audit.models import AuditEvent
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted
from registry.conferences.models import Conference
from reports.models import IssuedPaper, RegisteredPaper
from reports.papers.issuing import register_conference_paper, take_paper
from reports.papers.minutes import minutes
from reports.papers.notice import notice
from reports.renderers.papers import render_paper
from reports.saying import MONTHS
from tests.cast import Cast
from tests.clients import ApiClient
from tests.raw import refused
from tests.reports.issued import CONTENT, NOON, SIGNED, approved, docx, file, issued, pdf, recorded
from tests.reports.papers import numbers_in, paragraph, words_of
from tests.reports.test_official import looks

CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY

HEAD = {
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": (range(12, 14), True, False, CENTER),
    "Độc lập - Tự do - Hạnh phúc": (range(13, 15), True, False, CENTER),
    "ĐƠN VỊ POLICE": (range(12, 14), True, False, CENTER),
    "LƯU HÀNH NỘI BỘ": (range(13, 15), True, False, CENTER),
    "Nơi nhận:": (range(12, 13), True, True, None),
    "- Đơn vị customs;": (range(11, 12), False, False, None),
    "- Lưu: VT, Hồ sơ.": (range(11, 12), False, False, None),
    "Nguyễn Văn Mẫu": (range(13, 15), True, False, CENTER),
}
CELLS: dict[str, dict[str, Any]] = {
    "minutes": HEAD
    | {
        "Số: 01/BB-police": (range(13, 14), False, False, CENTER),
        "BIÊN BẢN": (range(13, 15), True, False, CENTER),
        "Hội nghị quý II năm 2024": (range(13, 15), True, False, CENTER),
        "Thời gian bắt đầu: 08 giờ 30 phút, ngày 14 tháng 8 năm 2024.": (range(13, 15), False, False, JUSTIFY),
        "Địa điểm: Hội trường tầng 2.": (range(13, 15), False, False, JUSTIFY),
        "- Trưởng phòng Hải quan;": (range(13, 15), False, False, JUSTIFY),
        "Chủ tọa: Phó Tư lệnh.": (range(13, 15), False, False, JUSTIFY),
        "Thư ký (người ghi biên bản): Thư ký tổng hợp.": (range(13, 15), False, False, JUSTIFY),
        "II. Diễn biến": (range(13, 15), True, False, JUSTIFY),
        "Bốn lực lượng trao đổi 152 nguồn tin.": (range(13, 15), False, False, JUSTIFY),
        "1. Tăng cường trao đổi.": (range(13, 15), False, False, JUSTIFY),
        "THƯ KÝ": (range(13, 15), True, False, CENTER),
        "CHỦ TỌA": (range(13, 15), True, False, CENTER),
        "Trần Thị Ví Dụ": (range(13, 15), True, False, CENTER),
    },
    "notice": HEAD
    | {
        "Số: 01/TB-police": (range(13, 14), False, False, CENTER),
        "........................, ngày 20 tháng 8 năm 2024": (range(13, 15), False, True, CENTER),
        "THÔNG BÁO": (range(13, 15), True, False, CENTER),
        "Kết luận hội nghị quý II năm 2024": (range(13, 15), True, False, CENTER),
        "I. Kết luận": (range(13, 15), True, False, JUSTIFY),
        "PHÓ CỤC TRƯỞNG": (range(13, 15), True, False, CENTER),
    },
}
"""Words, sizes allowed, bold, italic, how they stand."""


@pytest.mark.parametrize("kind", ["minutes", "notice"])
def test_each_part_of_a_paper_has_the_form_that_the_decree_gives_it(cast: Cast, kind: str) -> None:
    opened = docx(issued(cast, approved(cast), kind))
    wrong = {}
    for words, (sizes, *style) in CELLS[kind].items():
        size, *found = looks(paragraph(opened, words))
        if size not in sizes or found != style:
            wrong[words] = (size, *found)
    assert wrong == {}
    for words in ("Độc lập - Tự do - Hạnh phúc", "ĐƠN VỊ POLICE"):
        assert paragraph(opened, words)._p.getnext().find(qn("w:pPr")).find(qn("w:pBdr")) is not None
    assert opened.sections[0].different_first_page_header_footer
    text = [p.text for p in opened.paragraphs if p.text]
    assert text[-1].endswith("./.")


def test_minutes_go_from_the_beginning_to_the_end_without_place_and_day_in_the_head(cast: Cast) -> None:
    paper = issued(cast, approved(cast))
    text = words_of(pdf(paper))
    order = ["Số: 01/BB-police", "BIÊN BẢN", "Thời gian bắt đầu", "Địa điểm", "tham dự", "Chủ tọa", "Thư ký (người ghi", "I. Chương trình",
             "Báo cáo kết quả", "II. Diễn biến", "III. Kết luận", "Phân công nhiệm vụ", "kết thúc vào 11 giờ 05 phút", "./.",
             "THƯ KÝ", "Nguyễn Văn Mẫu", "Nơi nhận:", "Lưu: VT, Hồ sơ"]  # fmt: skip
    places = [text.find(words) for words in order]
    assert [words for words, place in zip(order, places, strict=True) if place < 0] == []
    assert places == sorted(places)
    assert "ngày 20 tháng 8" not in text
    table = docx(paper).tables[-1]
    assert [cell.paragraphs[0].text for cell in table.rows[0].cells] == ["THƯ KÝ", "CHỦ TỌA"]


DATES = rf"ngày \d{{1,2}} tháng \d{{1,2}} năm \d{{4}}|\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}"


@pytest.mark.parametrize("kind", ["minutes", "notice"])
def test_both_languages_of_a_paper_print_the_same_numbers(cast: Cast, kind: str) -> None:
    paper = issued(cast, approved(cast), kind)
    told = {}
    for language in ("vi", "en"):
        text = words_of(pdf(paper, language))
        days = re.findall(DATES, text)
        told[language] = (len(days), [re.findall(r"\d+", day)[-1] for day in days])
        rest = re.sub(DATES, " ", text).replace(" giờ ", ":").replace(" phút", "")
        told[language] += (numbers_in(rest, language),)
    assert told["vi"] == told["en"]
    assert told["vi"][0] >= 2


GAPS: dict[str, Any] = {
    "held_on": None, "held_on_missing": "not_stated", "started_at": None, "ended_at": None,
    "venue_vi": "", "venue_en": "", "venue_missing": "not_stated",
    "chair_office_vi": "", "chair_office_en": "", "chair_office_missing": "unclear",
    "host_agency": None, "host_agency_missing": "not_stated", "minutes_en": "",
}  # fmt: skip


def test_what_the_record_does_not_hold_is_told_as_missing(cast: Cast) -> None:
    conference = approved(cast, **GAPS)
    document = minutes(conference)
    lines = [line.vi for line in document.opening]
    assert "Thời gian bắt đầu: giờ không ghi nhận, ngày nguồn không nêu." in lines
    assert "Địa điểm: nguồn không nêu." in lines
    assert "Chủ tọa: nguồn không rõ." in lines
    assert document.form.issuer.vi.strip(".") == ""
    assert "place: not stated by the source; chair: unclear in the source" in notice(conference).opening[0].en
    with pytest.raises(Incomplete) as refusal:
        issued(cast, conference)
    assert refusal.value.code == "no_host"


def test_a_task_without_assignee_or_day_leaves_room_to_write(cast: Cast) -> None:
    tasks = minutes(recorded(cast)).parts[-1].lines
    assert tasks[0].vi == "1. Lập kế hoạch. Đơn vị thực hiện: Đơn vị customs. Thời hạn: ngày 30 tháng 9 năm 2024."
    assert re.fullmatch(r"2\. Rà soát\. Đơn vị thực hiện: \.{24}\. Thời hạn: \.{24}\.", tasks[1].vi)


@pytest.mark.parametrize("kind", ["minutes", "notice"])
def test_before_the_approval_there_is_a_draft_without_a_number(cast: Cast, kind: str) -> None:
    conference = recorded(cast)
    draft = take_paper(
        conference=conference, kind=kind, language="vi", file_format="html", by=cast.coast_analyst
    ).decode()
    assert "DỰ THẢO" in draft
    assert "01/" not in draft
    with pytest.raises(Conflict) as refusal:
        issued(cast, conference, kind)
    assert refusal.value.code == "wrong_status"
    assert not RegisteredPaper.objects.exists()


def test_a_registered_paper_is_kept_in_each_language_and_format_and_given_out_as_it_is(cast: Cast) -> None:
    conference = approved(cast)
    paper = issued(cast, conference)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    kept = {(f.language, f.file_format): f.sha256 for f in paper.files.all()}
    assert sorted(kept) == [(one, form) for one in ("en", "vi") for form in ("docx", "html", "pdf")]
    for (language, file_format), digest in kept.items():
        got = take_paper(
            conference=conference, kind="minutes", language=language, file_format=file_format, by=cast.coast_analyst
        )
        assert hashlib.sha256(got).hexdigest() == digest
    document = minutes(conference, number=1, signed_on=SIGNED, signer="Nguyễn Văn Mẫu", secretary="Trần Thị Ví Dụ")
    assert render_paper(document, file_format="docx", language="vi") == file(paper, "docx")
    events = AuditEvent.objects.filter(action__startswith="conference_paper").order_by("pk")
    assert [e.action for e in events] == ["conference_paper.issue"] + ["conference_paper.download"] * 6


def test_a_paper_is_registered_once_of_each_kind_and_by_the_hosts_secretariat(cast: Cast) -> None:
    conference = approved(cast)
    with pytest.raises(NotPermitted):
        issued(cast, conference, by=cast.customs_secretariat)
    first, second = issued(cast, conference), issued(cast, conference, "notice")
    assert (first.entry.number, second.entry.number, second.entry.to_all) == (1, 2, True)
    assert (first.entry.office_vi, second.entry.subject_vi) == ("Phó Tư lệnh", "Kết luận hội nghị quý II năm 2024")
    with pytest.raises(Conflict) as refusal:
        issued(cast, conference)
    assert refusal.value.code == "registered_already"


def test_every_fault_of_a_registration_is_named_at_once(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        issued(cast, approved(cast), signed_on=CONTENT["held_on"].replace(day=1), signer="", secretary=" ")
    assert sorted(refusal.value.fields) == ["secretary", "signed_on", "signer"]


def test_the_database_keeps_papers_and_files_and_wants_all_of_them(cast: Cast) -> None:
    paper = issued(cast, approved(cast))
    refused("UPDATE reports_issuedpaper SET secretary = 'B' WHERE id = %s", paper.pk, match="Cannot")
    refused("DELETE FROM reports_paperfile WHERE paper_id = %s", paper.pk, match="Cannot")
    refused("UPDATE reports_paperfile SET content = 'x' WHERE paper_id = %s", paper.pk, match="Cannot")
    refused(
        "INSERT INTO reports_paperfile (paper_id, language, file_format, content, sha256) VALUES (%s, 'vi', 'odt', 'x', 'y')",
        paper.pk,
        match="paper_file",
    )
    other = approved(cast, code="other")
    with (
        pytest.raises(DatabaseError, match="a file in each language"),
        transaction.atomic(),
        mock.patch("reports.papers.issuing._keep"),
        connection.cursor() as cursor,
    ):
        issued(cast, other, "notice")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_wants_approved_minutes_and_a_number_of_the_kind(cast: Cast) -> None:
    paper = issued(cast, approved(cast))
    entry = "INSERT INTO reports_issuedpaper (id, conference_id, kind, entry_id, secretary) VALUES (gen_random_uuid(), %s, %s, %s, '')"
    refused(entry, paper.conference_id, "notice", paper.entry_id, match="another kind")
    waiting = recorded(cast, code="waiting")
    refused(entry, waiting.pk, "minutes", paper.entry_id, match="not approved")


def test_papers_over_http(cast: Cast) -> None:
    conference: Conference = approved(cast)
    client, reader = ApiClient(cast.secrets["secretariat"]), ApiClient(cast.secrets["coast_analyst"])
    address = f"conference-papers/{conference.pk}/minutes"
    got = reader.get(f"{address}?language=en&file_format=html")
    assert (got.status_code, got["Content-Language"]) == (200, "en")
    assert "DRAFT" in got.content.decode()
    body = {"signed_on": "2024-08-20", "signer": "Nguyễn Văn Mẫu", "secretary": "Trần Thị Ví Dụ"}
    made = client.call("POST", f"{address}/register", body)
    assert (made.status_code, made.json()["notation"]) == (201, "Số: 01/BB-police")
    kept = reader.get(f"{address}?language=vi")
    assert kept["Content-Type"] == "application/pdf"
    assert kept.content == file(IssuedPaper.objects.get(conference=conference), "pdf")
    assert reader.get(f"{address}?file_format=odt").status_code == 400
    assert client.call("POST", f"{address}/register", body).status_code == 409


def test_nobody_registers_without_a_kind_that_is_known(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        register_conference_paper(
            conference=approved(cast), kind="letter", signed_on=SIGNED, signer="A", by=cast.secretariat, at=NOON
        )
    assert "kind" in refusal.value.fields
