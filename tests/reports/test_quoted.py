"""The annex of the report: references of what the reader sees, titles by consent, looked at when it is built."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from agencies.audit.models import AuditEvent
from agencies.refusals import Conflict
from registry.information import actions
from registry.information.impact import impact
from registry.information.models import Consent, InformationItem
from registry.information.readers import readings_of
from registry.periods import Period
from reports.asking import ask_report, take_report
from reports.build import quarterly_report
from reports.document import Label, QuarterlyReport
from reports.making import make_report
from reports.models import Report
from reports.renderers import render
from reports.sections import quoted as annex
from tests.cast import Cast, draft, release

QUARTER = Period.parse("2024-Q2")
STORY = "police_acknowledged"


def report(cast: Cast, name: str = "customs_head") -> QuarterlyReport:
    return quarterly_report(period=QUARTER, reader=cast.again(name))


def titles(document: QuarterlyReport) -> dict[str, str]:
    """By reference: what stands for the title, in English."""
    rows = document.tables["items_by_reference"].rows
    found: dict[str, str] = {}
    for row in rows:
        reference, title = row.cells[0], row.cells[-1]
        assert isinstance(reference, Label) and isinstance(title, Label)
        found[reference.text.en] = title.text.en
    return found


def remarks(document: QuarterlyReport) -> list[str]:
    (items,) = [section for section in document.sections if section.key == "items"]
    return [text.en for text in items.paragraphs]


def consented(cast: Cast, story: str = STORY, *, until: datetime | None = None) -> Consent:
    """Customs may quote the item."""
    asked = actions.ask_consent(
        delivery=cast.delivery(story), by=cast.customs_head, kind="quote", purpose="Báo cáo quý."
    )
    return actions.grant_consent(consent=asked, by=cast.police_head, expires_at=until)


def title(cast: Cast, story: str = STORY) -> tuple[str, str]:
    """Reference and title of the item."""
    item = InformationItem.objects.select_related("current").get(pk=cast.items[story].pk)
    assert item.current is not None and item.reference
    return item.reference, item.current.title


def test_without_consent_a_title_stays_out_and_is_counted(cast: Cast) -> None:
    document = report(cast)
    reference, words = title(cast)
    quoted = [r for r, text in titles(document).items() if text != annex.NEEDED.en]
    assert titles(document)[reference] == annex.NEEDED.en
    missing = len(titles(document)) - len(quoted)
    assert remarks(document) == [f"{missing} titles need the originator's consent."]
    for file_format in ("html", "json"):
        for language in ("vi", "en"):
            assert words not in render(document, file_format=file_format, language=language).decode()


def test_with_consent_the_title_is_printed_and_one_less_is_missing(cast: Cast) -> None:
    before = int(remarks(report(cast))[0].split()[0])
    consented(cast)
    document = report(cast)
    reference, words = title(cast)
    assert titles(document)[reference] == words
    assert remarks(document) == [f"{before - 1} titles need the originator's consent."]
    assert str(cast.items[STORY].pk) in document.quoted
    assert words in render(document, file_format="html", language="vi").decode()


def test_a_consent_to_another_unit_or_for_another_use_is_none(cast: Cast) -> None:
    asked = actions.ask_consent(delivery=cast.delivery(STORY), by=cast.customs_head, kind="court", purpose="Vụ án.")
    actions.grant_consent(consent=asked, by=cast.police_head)
    reference, _words = title(cast)
    assert titles(report(cast))[reference] == annex.NEEDED.en
    consented(cast, "police_released_to_two")
    shared, _words = title(cast, "police_released_to_two")
    assert titles(report(cast, "border_head"))[shared] == annex.NEEDED.en


def test_an_own_item_is_quoted_without_asking(cast: Cast) -> None:
    reference, words = title(cast)
    document = report(cast, "police_head")
    assert titles(document)[reference] == words
    assert remarks(document) == []


def test_a_consent_ends_to_the_second(cast: Cast, time_machine: Any) -> None:
    end = datetime.fromisoformat("2031-03-01T10:00:00+07:00")
    consented(cast, until=end)
    reference, words = title(cast)
    for moment, shown in ((end - timedelta(seconds=1), words), (end, annex.NEEDED.en)):
        time_machine.move_to(moment, tick=False)
        assert titles(report(cast))[reference] == shown


def test_a_revoked_consent_counts_no_more(cast: Cast) -> None:
    consent = consented(cast)
    actions.revoke_consent(consent=consent, by=cast.police_head, reason="Nguồn bị lộ.")
    reference, _words = title(cast)
    assert titles(report(cast))[reference] == annex.NEEDED.en


def test_a_recalled_item_is_not_listed(cast: Cast) -> None:
    consented(cast)
    reference, words = title(cast)
    actions.recall_item(item=cast.items[STORY], by=cast.police_head, reason="Nguồn rút lại.")
    for name in ("customs_head", "police_head"):
        document = report(cast, name)
        assert reference not in titles(document)
        assert words not in render(document, file_format="json", language="vi").decode()


def test_what_the_reader_does_not_see_is_not_listed(cast: Cast) -> None:
    assert titles(report(cast, "coast_head")) == {}
    seen = InformationItem.objects.visible_to(cast.border_head).filter(status="released").released_in(QUARTER)
    assert set(titles(report(cast, "border_head"))) == {item.reference for item in seen}
    for document in (quarterly_report(period=QUARTER, reader=None), report(cast, "auditor")):
        assert document.quoted == ()
    assert "items_by_reference" not in quarterly_report(period=QUARTER, reader=None).tables


def test_the_secretariat_counts_for_all_and_reads_no_title_for_it(cast: Cast) -> None:
    document = report(cast, "customs_secretariat")
    assert set(titles(document).values()) <= {
        annex.NEEDED.en,
        *(title(cast, s)[1] for s in ("police_released_to_two",)),
    }


def test_another_agencys_red_item_is_read_in_the_registry_only(cast: Cast) -> None:
    item = draft(cast, by=cast.police_officer, title="Chỉ để đọc", to=("customs",))
    actions.edit_item(item=item, by=cast.police_officer, content={"tlp": "TLP:RED"})
    at = item.created_at
    actions.submit_item(item=item, by=cast.police_officer, at=at)
    item = release(item, by=cast.police_head, at=at)
    asked = actions.ask_consent(delivery=item.deliveries.get(), by=cast.customs_head, kind="quote", purpose="Báo cáo.")
    actions.grant_consent(consent=asked, by=cast.police_head)
    document = report(cast)
    assert titles(document)[item.reference or ""] == annex.CLOSED.en
    assert str(item.pk) not in document.quoted


def test_no_more_lines_than_people_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annex, "MOST", 2)
    document = report(cast)
    assert len(titles(document)) == 2
    assert remarks(document)[-1] == "Only the first 2 by reference are listed; the registry has them all."


# --- what leaves the registry is accounted for -------------------------------------------------------------------


def test_reading_a_report_names_the_items_it_quotes_in_the_log(cast: Cast, api: Any) -> None:
    consented(cast)
    assert api("customs_head").get("reports/2024-Q2").status_code == 200
    event = AuditEvent.objects.filter(action="report.read").latest("pk")
    assert cast.items[STORY].pk in event.subjects


def made(cast: Cast) -> Report:
    """The head of customs has asked for the report, and it is built."""
    asked = ask_report(period=QUARTER, language="vi", file_format="html", by=cast.customs_head)
    return make_report(report_id=asked.pk)


def test_a_built_report_is_taken_while_it_may_be_quoted(cast: Cast) -> None:
    consented(cast)
    one = made(cast)
    assert cast.items[STORY].pk in one.quoted
    assert title(cast)[1] in take_report(report=one, by=cast.customs_head).decode()
    event = AuditEvent.objects.filter(action="report.download").latest("pk")
    assert cast.items[STORY].pk in event.subjects
    assert [holder.taken_out for holder in impact(cast.fresh(STORY))] == [1]
    assert event in readings_of(cast.fresh(STORY))


@pytest.mark.parametrize("end", ["recalled", "revoked"])
def test_a_built_report_is_not_given_out_when_the_right_to_quote_has_ended(cast: Cast, desk: Any, end: str) -> None:
    consent, words = consented(cast), title(cast)[1]
    one = made(cast)
    if end == "recalled":
        actions.recall_item(item=cast.items[STORY], by=cast.police_head, reason="Nguồn rút lại.")
    else:
        actions.revoke_consent(consent=consent, by=cast.police_head, reason="Nguồn bị lộ.")
    with pytest.raises(Conflict) as refusal:
        take_report(report=one, by=cast.customs_head)
    assert refusal.value.code == "quotes_ended"
    page = desk("customs_head").get(f"/admin/reports/report/{one.pk}/download/", follow=True)
    assert page.redirect_chain and words not in page.content.decode()
