"""A conference with a record to write papers from, and its papers opened."""

import io
from datetime import UTC, date, datetime
from typing import Any

from docx import Document
from docx.document import Document as Paper
from pypdf import PdfReader

from registry.conferences import actions
from registry.conferences.models import Conference
from reports.document import Text
from reports.models import IssuedPaper
from reports.papers.issuing import register_conference_paper
from tests.cast import Cast
from tests.conferences.stories import HELD, agency

BEGAN, ENDED = datetime(2024, 8, 14, 1, 30, tzinfo=UTC), datetime(2024, 8, 14, 4, 5, tzinfo=UTC)
"""08:30 and 11:05 in Viet Nam."""

SIGNED, NOON = date(2024, 8, 20), datetime(2024, 8, 20, 5, 0, tzinfo=UTC)
CONTENT: dict[str, Any] = {
    "kind": "quarterly_exchange",
    "title_vi": "Hội nghị quý II năm 2024",
    "title_en": "Conference of the second quarter of 2024",
    "period_label": "2024-Q2",
    "held_on": HELD,
    "started_at": BEGAN,
    "ended_at": ENDED,
    "venue_vi": "Hội trường tầng 2",
    "venue_en": "Hall on floor 2",
    "chair_office_vi": "Phó Tư lệnh",
    "chair_office_en": "Deputy Commander",
    "minutes_vi": "Hội nghị nghe báo cáo.\nBốn lực lượng trao đổi 152 nguồn tin.",
    "minutes_en": "The report was read.\nThe four forces exchanged 152 pieces of information.",
}


def recorded(cast: Cast, code: str = "meeting", **changes: Any) -> Conference:
    """A conference that was held and whose minutes are written."""
    by = cast.secretariat
    content = CONTENT | {"host_agency": agency("POLICE")} | changes
    conference = actions.create_conference(by=by, code=code, content=content, synthetic=True)
    for office, unit, part in (
        ("Trưởng phòng Hải quan", "customs", "attendee"),
        ("Thư ký tổng hợp", "police", "secretary"),
    ):
        actions.add_attendance(
            conference=conference,
            by=by,
            office_vi=office,
            office_en=f"Office of {unit}",
            unit=cast.units[unit],
            part=part,
        )
    actions.add_agenda_point(conference=conference, by=by, text_vi="Báo cáo kết quả", text_en="Report of results")
    conference = actions.convene_conference(conference=conference, by=by, presence={1: "attended", 2: "attended"})
    actions.add_resolution(conference=conference, by=by, text_vi="Tăng cường trao đổi", text_en="Exchange more")
    actions.add_resolution(
        conference=conference, by=by, text_vi="Hoàn thiện quy chế.", text_en="Better rules.", kind="proposal"
    )
    actions.add_action_item(
        conference=conference,
        by=by,
        text_vi="Lập kế hoạch",
        text_en="Draw up a plan",
        assignee_unit=cast.units["customs"],
        due_on=date(2024, 9, 30),
    )
    actions.add_action_item(conference=conference, by=by, text_vi="Rà soát", text_en="Look through")
    return actions.complete_minutes(conference=conference, by=by)


def approved(cast: Cast, **changes: Any) -> Conference:
    return actions.approve_minutes(conference=recorded(cast, **changes), by=cast.secretariat)


def issued(cast: Cast, conference: Conference, kind: str = "minutes", **changes: Any) -> IssuedPaper:
    """The paper of the conference with its number."""
    given: dict[str, Any] = {
        "conference": conference,
        "kind": kind,
        "signed_on": SIGNED,
        "signer": "Nguyễn Văn Mẫu",
        "office": Text("Phó Cục trưởng", "Deputy Director") if kind == "notice" else Text("", ""),
        "secretary": "Trần Thị Ví Dụ" if kind == "minutes" else "",
        "by": cast.secretariat,
        "at": NOON,
    }
    return register_conference_paper(**(given | changes))


def file(paper: IssuedPaper, file_format: str, language: str = "vi") -> bytes:
    return bytes(paper.files.get(language=language, file_format=file_format).content)


def docx(paper: IssuedPaper, language: str = "vi") -> Paper:
    return Document(io.BytesIO(file(paper, "docx", language)))


def pdf(paper: IssuedPaper, language: str = "vi") -> PdfReader:
    return PdfReader(io.BytesIO(file(paper, "pdf", language)))
