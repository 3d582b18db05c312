"""A period in which every kind of record is counted, each with a lawful-looking change behind the registry."""

from typing import Any

from registry.documents.actions import load_documents
from reports.narrating import write_narrative
from reports.reconciliation import explain_difference, open_differences
from tests.cast import Cast
from tests.commendations.stories import awarded
from tests.conferences import stories as meetings
from tests.reports.golden import told
from tests.reports.sealed import QUARTER

DOCUMENT: dict[str, Any] = {
    "code": "bao-cao", "label_vi": "Báo cáo", "label_en": "Report", "title": "Report", "publisher": "P", "language": "en",
    "published_on": "2024-08-20", "sha256": "a" * 64, "byte_size": 10, "paragraph_count": 3, "body_ends_at": 3,
    "figures": [
        {
            "number": 1, "paragraph": 1, "kind": "figure", "subject_printed": "cases", "subject_scope": "four_agencies",
            "metric": "drug_cases", "comparator": "exact", "value_printed": "12", "unit_printed": "cases", "value": "12",
            "unit": "case", "normalised_value": "12", "normalised_unit": "case", "lower": "12", "upper": "12",
            "significant_digits": 2, "period_start": "2024-04-01", "period_end": "2024-07-01", "period_basis": "calendar",
        }
    ],
}  # fmt: skip

CHANGES = {
    "item": "recall_reason = recall_reason || 'x'",
    "version": "title = title || 'x'",
    "delivery": "due_at = due_at + interval '1 day'",
    "evaluation": "note = note || 'x'",
    "case": "arrests = 99",
    "participation": "role = CASE role WHEN 'coordinator' THEN 'co_lead' ELSE 'coordinator' END",
    "lot": "raw_text = raw_text || 'x'",
    "statement": "confirmed_at = confirmed_at + interval '1 day'",
    "statement_figure": "note = note || 'x'",
    "claim": "amount = coalesce(amount, 0) + 1",
    "explanation": "text = text || 'x'",
    "conference": "title_en = title_en || 'x'",
    "resolution": "text_vi = text_vi || 'x'",
    "action_item": "text_vi = text_vi || 'x'",
    "commendation": "achievement_vi = achievement_vi || 'x'",
    "text": "text = text || 'x'",
    "published_figure": "subject_printed = subject_printed || 'x'",
}
"""By kind: one column changed."""


def full(cast: Cast) -> None:
    """2024-Q2 with at least one record of each kind. The cast has the words to state figures in."""
    told(cast)
    for one in open_differences(QUARTER):
        explain_difference(series=one.series, agency=one.agency, text="Cân lại tại kho.", by=cast.secretariat)
    met = meetings.convened(cast)
    meetings.decided(cast, met)
    meetings.task(cast, met)
    awarded(cast)
    write_narrative(period=QUARTER, part="situation", language="vi", text="Tình hình.", by=cast.again("secretariat"))
    load_documents(data={"documents": [DOCUMENT]})
