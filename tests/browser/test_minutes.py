"""Minutes typed live: saved as they are typed, nothing lost when two people write or the registry does not answer."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Office, faults, too_wide

pytestmark = [pytest.mark.prove, pytest.mark.django_db]

BOX = "#id_minutes_vi"


def at_the_conference(office: Office, language: str = "en") -> Page:
    page = office.desk("secretariat", language=language)
    page.goto("/admin/conferences/conference/?q=conference-convened")
    page.locator("#result_list tbody th a").first.click()
    return page


def stored(page: Page) -> str:
    """What another window reads."""
    other = page.context.new_page()
    other.goto(page.url)
    text = other.locator(BOX).input_value()
    other.close()
    return text


def status(page: Page) -> Any:
    return page.locator(".autosave")


def test_minutes_are_saved_as_they_are_typed(office: Office) -> None:
    page = at_the_conference(office)
    page.fill(BOX, "08:30 Khai mạc.")
    expect(status(page)).to_contain_text("Saved at")
    assert stored(page) == "08:30 Khai mạc."
    expect(page.locator("body.unsaved")).to_have_count(0)
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".messagelist .success, .messagelist .warning").first).to_be_visible()
    office.listening = False
    assert faults(page) == []
    assert too_wide(page) == []


def test_a_second_hand_is_told_and_its_text_is_kept(office: Office) -> None:
    office.listening = False  # the browser complains of a 412
    first, second = at_the_conference(office), at_the_conference(office)
    first.fill(BOX, "Người thứ nhất viết.")
    expect(status(first)).to_contain_text("Saved at")
    second.fill(BOX, "Người thứ hai viết.")
    expect(status(second)).to_contain_text("Somebody else saved meanwhile")
    expect(second.locator(BOX)).to_have_value("Người thứ hai viết.")
    expect(second.locator("body.unsaved")).to_have_count(1)
    assert stored(first) == "Người thứ nhất viết."


def test_another_row_in_another_window_does_not_stop_the_writing(office: Office) -> None:
    office.listening = False  # as above
    writer, other = at_the_conference(office), at_the_conference(office)
    other.fill("#id_note_vi", "Ghi chú.")
    other.get_by_role("button", name="Save").first.click()
    expect(other.locator(".messagelist .success")).to_be_visible()
    writer.fill(BOX, "Viết tiếp.")
    expect(status(writer)).to_contain_text("Saved at")
    assert stored(writer) == "Viết tiếp."


def test_without_an_answer_the_text_is_kept_and_tried_again(office: Office) -> None:
    office.listening = False
    page = at_the_conference(office)
    page.route("**/api/v1/conferences/**", lambda route: route.abort())
    page.fill(BOX, "Mất mạng.")
    expect(status(page)).to_contain_text("Not saved")
    expect(page.locator(BOX)).to_have_value("Mất mạng.")
    page.unroute("**/api/v1/conferences/**")
    expect(status(page)).to_contain_text("Saved at")
    assert stored(page) == "Mất mạng."


def test_without_the_script_the_form_saves(office: Office) -> None:
    page = at_the_conference(office)
    page.route("**/registry/minutes*.js", lambda route: route.abort())
    office.listening = False
    page.reload()
    page.fill(BOX, "Không có script.")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert stored(page) == "Không có script."
