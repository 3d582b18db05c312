"""Whose report it is: counts for all without content, or what a unit may see. Never a title, never others' matters."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from agencies.roles import Permission
from registry.information import actions
from registry.information.models import ItemVersion
from registry.periods import Period
from reports.build import quarterly_report
from reports.counting import Operator
from reports.document import Figure, QuarterlyReport
from reports.held import quarters
from reports.renderers import render
from tests.cases.stories import lot, measure, opened
from tests.cast import SPRING, Cast, content, released
from tests.reports.stated import confirmed, drafted

QUARTER = Period.parse("2024-Q2")


def edition(cast: Cast, name: str | None) -> QuarterlyReport:
    """The report as that person may count it."""
    return quarterly_report(period=QUARTER, reader=cast.again(name) if name else None)


def text_of(report: QuarterlyReport) -> str:
    """Everything it prints, in both languages and formats."""
    return "".join(
        render(report, file_format=form, language=language).decode()
        for form in ("html", "json")
        for language in ("vi", "en")
    )


def counts(report: QuarterlyReport) -> list[Any]:
    """Every number in reading order, links and words aside."""
    return [(f.number, f.absent.en) for f in report.figures()]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        (None, "conference"),
        ("secretariat", "all_counts"),
        ("customs_secretariat", "all_counts"),
        ("police_officer", "own"),
        ("customs_analyst", "own"),
        ("auditor", "own"),
    ],
)
def test_each_reader_has_an_edition_that_says_what_it_covers(cast: Cast, name: str | None, key: str) -> None:
    report = edition(cast, name)
    assert report.edition.key == key
    assert all(line.vi and line.en for line in report.edition.scope)


def test_both_secretariats_and_the_operator_count_alike(cast: Cast) -> None:
    assert (
        counts(edition(cast, None))
        == counts(edition(cast, "secretariat"))
        == counts(edition(cast, "customs_secretariat"))
    )


def test_no_edition_prints_content_nor_a_title_outside_its_annex(cast: Cast) -> None:
    titles = set(ItemVersion.objects.values_list("title", flat=True)) | {c.title for c in cast.cases.values()}
    assert len(titles) > 15
    for name in (None, "secretariat", "police_officer", "customs_officer", "auditor"):
        report = edition(cast, name)
        before = text_of(replace(report, sections=tuple(s for s in report.sections if s.key != "items")))
        assert not [title for title in titles if title in before], name
        printed = text_of(report)
        assert "Nội dung của tin." not in printed


def test_who_receives_nothing_counts_nothing(cast: Cast) -> None:
    for name in ("coast_officer", "auditor", "police_admin"):
        report = edition(cast, name)
        numbers = [
            cell.number
            for key in ("shared_by_agency", "giver_receiver", "shared_by_topic", "receipts", "worth")
            for row in report.tables[key].rows
            for cell in row.cells
            if isinstance(cell, Figure)
        ]
        assert set(numbers) <= {0, None}, name
        assert 0 in numbers


def test_what_others_share_among_themselves_moves_no_number_of_a_unit(cast: Cast) -> None:
    """Two worlds: with and without an item between police and border guard, the coast guard's report is the same."""
    names = ("coast_officer", "customs_officer", "auditor", "customs_admin")
    before = {name: counts(edition(cast, name)) for name in names}
    item = released(cast, by=cast.police_officer, head=cast.police_head, title="Tin H", to=("border",))
    assert {name: counts(edition(cast, name)) for name in names} == before
    actions.recall_item(item=item, by=cast.police_head, reason="Thử")
    assert {name: counts(edition(cast, name)) for name in names} == before


def test_a_case_and_what_was_seized_in_it_move_no_number_of_a_unit_that_takes_no_part(cast: Cast) -> None:
    names = ("coast_officer", "border_officer", "auditor")
    before = {name: counts(edition(cast, name)) for name in (*names, "customs_officer", "secretariat")}
    case = opened(cast, participants=[(cast.units["customs"], "co_lead")], arrests=3)
    lot(cast, case, value=Decimal("1.5"), unit=measure())
    after = {name: counts(edition(cast, name)) for name in before}
    assert {name: after[name] for name in names} == {name: before[name] for name in names}
    assert after["customs_officer"] != before["customs_officer"]
    assert after["secretariat"] != before["secretariat"]


def test_recipients_do_not_learn_of_each_other_from_the_matrix(cast: Cast) -> None:
    released(cast, by=cast.police_officer, head=cast.police_head, title="Tin chung", to=("customs", "border"))
    row = edition(cast, "customs_officer").tables["giver_receiver"].rows[0]
    police, border, coast, customs, total = [c.number for c in row.cells if isinstance(c, Figure)]
    assert (police, border, coast) == (None, None, None)
    assert customs == total


def test_a_recipient_does_not_learn_what_another_found_valuable(cast: Cast) -> None:
    """`evaluated` items went to customs alone; border guard sees none of those evaluations."""
    row = edition(cast, "border_head").tables["shared_by_agency"].rows[-1]
    shared, valuable = [c.number for c in row.cells if isinstance(c, Figure)][:2]
    assert shared
    assert valuable == 0


def test_drafts_count_for_nobody(cast: Cast) -> None:
    before = {name: counts(edition(cast, name)) for name in ("police_officer", "secretariat")}
    actions.create_item(unit=cast.units["police"], by=cast.police_officer, content=content("Bản thảo mới"), at=SPRING)
    assert {name: counts(edition(cast, name)) for name in before} == before


def test_draft_statements_are_for_their_own_unit_only(stating: Cast) -> None:
    drafted(stating)
    confirmed(stating, unit="customs")
    words = {
        name: [row.cells[1].text.en for row in edition(stating, name).tables["statement_status"].rows]  # type: ignore[union-attr]
        for name in ("police_officer", "secretariat", "border_officer")
    }
    hidden, missing = "outside this edition", "missing: not confirmed"
    assert words == {
        "police_officer": ["draft", hidden, hidden, hidden],
        "secretariat": [missing, missing, missing, "confirmed"],
        "border_officer": [hidden] * 4,
    }


def test_the_operator_of_the_command_line_belongs_to_no_unit(cast: Cast) -> None:
    held = {permission for permission in Permission if Operator().holds(permission)}
    assert held == {
        "report.count_all",
        "scorecard.read",
        "directory.read",
        "document.read",
        "conference.read",
        "statement.read_confirmed",
    }
    for permission in ("item.read_own", "item.read_delivered", "case.read", "statement.read"):
        assert not Operator().holds(permission)  # type: ignore[arg-type]
        assert Operator().units_with(permission) == frozenset()  # type: ignore[arg-type]


def test_numbers_are_the_same_in_both_languages_and_formats(cast: Cast) -> None:
    report = edition(cast, None)
    found = []
    for language in ("vi", "en"):
        data = json.loads(render(report, file_format="json", language=language))
        parts = [one for s in data["sections"] for one in (s, *s["sections"])]
        figures = [c for s in parts for t in s["tables"] for r in t["rows"] for c in r["cells"]]
        found.append(sorted(c["number"] or "" for c in figures if c["kind"] == "figure"))
    assert found[0] == found[1]
    assert len(found[0]) > 100


def test_quarters_to_report_on_are_those_the_reader_may_count(cast: Cast) -> None:
    assert [p.label for p in quarters(cast.police_officer)][-1:] == ["2024-Q2"]
    assert "2024-Q2" in [p.label for p in quarters(Operator())]
    assert "2023-Q2" not in [p.label for p in quarters(Operator())]
