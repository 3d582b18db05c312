"""One item of information goes through all hands, and everybody sees what they should."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import PHONE, Office

pytestmark = [pytest.mark.prove, pytest.mark.django_db]

TITLE, BETTER = "Heroin in hollow bricks", "Heroin in hollow bricks on road 8"
BODY = "Two lorries of one haulier, seen twice in May."
ITEMS, DELIVERIES = "/admin/information/informationitem/", "/admin/information/delivery/"


DECISIONS = ".move > summary, .move > button, a.move.button--primary"
"""What a person is asked to decide; links that only show something are no decisions."""


def test_one_item_goes_through_all_hands(office: Office) -> None:
    officer = office.desk("police_officer")
    write(officer)
    expect_moves(officer, "Submit for release")
    press(officer, "Submit for release", "Submitted. The head of the unit can release it now.")
    expect_moves(officer)
    at = officer.url

    head = office.desk("police_head", viewport=PHONE)
    head.get_by_role("link", name="To release or return").click()
    head.get_by_role("link", name="not yet numbered").first.click()
    head.goto(at)
    expect(head.get_by_text(BODY)).to_be_visible()
    expect_moves(head, "Release", "Return to the author")
    because(head, "Return to the author", "Which road?", "Returned to the author.")

    officer.goto("/admin/")
    officer.get_by_role("link", name="Returned to you").click()
    officer.goto(at)
    expect(officer.get_by_text("Which road?")).to_be_visible()
    officer.fill("#id_title", BETTER)
    expect(officer.get_by_text("Save your changes first.")).to_be_visible()
    officer.get_by_role("button", name="Save").click()
    expect(officer.locator(".messagelist .success")).to_be_visible()
    press(officer, "Submit again", "Submitted. The head of the unit can release it now.")

    assert rows(office.desk("customs_focal_point"), ITEMS, BETTER) == 0
    head.goto(at)
    head.locator("a.move", has_text="Release").click()
    expect(head.get_by_text("Who gets it")).to_be_visible()
    expect(head.get_by_role("rowheader", name="customs")).to_be_visible()
    expect(head.get_by_text(BODY)).to_be_visible()
    head.get_by_role("button", name="Release").click()
    expect(head.locator(".messagelist .success")).to_contain_text("Released as POLICE-")
    reference = head.locator("h1").inner_text().split("\n")[0].split()[0]
    assert reference.startswith("POLICE-")

    focal_point = office.desk("customs_focal_point")
    receive(focal_point, reference)
    evaluate(office.desk("customs_analyst"), reference)
    expect_rows(officer, DELIVERIES, reference, "evaluated")
    assert rows(office.desk("coast_officer"), ITEMS, reference) == 0

    audited(office.desk("auditor"), reference)
    recall(head, focal_point, at, reference)


def write(officer: Page) -> None:
    """A draft for customs, complete enough for a release."""
    officer.goto(ITEMS)
    officer.get_by_role("link", name="New: ").click()
    officer.fill("#id_title", TITLE)
    officer.select_option("#id_topic", index=1)
    officer.fill("#id_body", BODY)
    officer.fill("#id_facts_from", "01/05/2024")
    officer.locator("#id_recipients_from").select_option(label="customs · Unit customs")
    officer.locator("#id_recipients_add, #id_recipients_add_link").first.click()
    officer.select_option("#id_source_grade", "B")
    officer.select_option("#id_information_grade", "2")
    officer.get_by_role("button", name="Save").click()
    expect(officer.locator(".messagelist .success")).to_be_visible()


def receive(focal_point: Page, reference: str) -> None:
    """Read, acknowledge, assign."""
    focal_point.get_by_role("link", name="New for your units").click()
    focal_point.get_by_role("link", name=reference).click()
    focal_point.get_by_role("link", name=f"{reference} · {BETTER}").click()
    expect(focal_point.get_by_text(BODY)).to_be_visible()
    expect_moves(focal_point)
    focal_point.go_back()
    press(focal_point, "Acknowledge", "Acknowledged.")
    expect(focal_point.get_by_text("in time", exact=True)).to_be_visible()
    open_move(focal_point, "Assign")
    focal_point.get_by_label("To whom").select_option("customs_analyst")
    focal_point.get_by_role("button", name="Assign").click()
    expect(focal_point.locator(".messagelist .success")).to_have_text("Assigned to Customs analyst.")
    expect(focal_point.locator(".field-assigned_to")).to_contain_text("Customs analyst")


def evaluate(analyst: Page, reference: str) -> None:
    """Say what it was worth, with a grade of one's own and a note."""
    analyst.get_by_role("link", name="To evaluate").click()
    analyst.get_by_role("link", name=reference).click()
    expect_moves(analyst, "Evaluate")
    open_move(analyst, "Evaluate")
    analyst.get_by_label("Usefulness").select_option("new_line")
    analyst.get_by_label("Your grade of the source").select_option("C")
    analyst.get_by_label("Note").fill("The haulier was new to us.")
    analyst.get_by_role("button", name="Evaluate").click()
    expect(analyst.locator(".messagelist .success")).to_contain_text("the originator sees your evaluation")
    expect(analyst.locator(".readonly", has_text="The haulier was new to us.")).to_be_visible()


def audited(auditor: Page, reference: str) -> None:
    """Every hand left a trace; the content is not for the auditor."""
    auditor.goto("/admin/audit/auditevent/")
    auditor.fill("#searchbar", reference)
    auditor.get_by_role("button", name="Search").click()
    listed = auditor.locator("#result_list")
    for action in ("item.release", "delivery.open", "delivery.acknowledge", "delivery.assign", "delivery.evaluate"):
        expect(listed.get_by_text(action, exact=True).first).to_be_visible()
    assert auditor.request.get(ITEMS).status == 403


def recall(head: Page, recipient: Page, at: str, reference: str) -> None:
    """The recipient keeps a tombstone: the number and the reason, and no content."""
    because(head, "Recall", "The source withdrew it.", "Recalled. Recipients no longer see the content.")
    expect_rows(recipient, DELIVERIES, reference, "recalled")
    recipient.get_by_role("link", name=reference).click()
    expect(recipient.locator("h1 .badge")).to_have_text("recalled")
    expect(recipient.get_by_text("The source withdrew it.")).to_be_visible()
    expect_moves(recipient, "Acknowledge the recall", "Confirm what became of it")
    assert BETTER not in recipient.content()
    recipient.goto(at)
    expect(recipient.locator(".messagelist .warning")).to_be_visible()
    assert BODY not in recipient.content()


def press(page: Page, name: str, told: str) -> None:
    """A move without questions."""
    page.locator(".moves").get_by_role("button", name=name).click()
    expect(page.locator(".messagelist .success")).to_have_text(told)


def open_move(page: Page, name: str) -> None:
    """A move that asks something first."""
    page.locator(".moves summary", has_text=name).click()


def because(page: Page, name: str, reason: str, told: str) -> None:
    """A move with a reason, refused by the browser while there is none."""
    open_move(page, name)
    page.get_by_role("button", name=name).click()
    page.get_by_label("Reason").fill(reason)
    press(page, name, told)


def expect_moves(page: Page, *names: str) -> None:
    """Exactly these next steps are offered."""
    expect(page.locator(DECISIONS)).to_have_count(len(names))
    for name in names:
        expect(page.locator(DECISIONS, has_text=name)).to_be_visible()


def rows(page: Page, where: str, words: str) -> int:
    """How many rows of a list a search finds."""
    page.goto(where)
    page.fill("#searchbar", words)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Nothing matches.").or_(page.locator("#result_list"))).to_be_visible()
    return page.locator("#result_list tbody tr").count()


def expect_rows(page: Page, where: str, words: str, status: str) -> None:
    """One row, with this status."""
    assert rows(page, where, words) == 1
    expect(page.locator("#result_list .badge", has_text=status)).to_be_visible()
