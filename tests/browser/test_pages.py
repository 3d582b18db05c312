"""Every page, as people with other eyes, hands and screens meet it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import PHONE, Office, faults, too_wide

pytestmark = [pytest.mark.prove, pytest.mark.django_db]

ITEMS, DELIVERIES = "/admin/information/informationitem/", "/admin/information/delivery/"
QUARTER, TEXTS = "/admin/reports/sealedreport/quarter/?period=2024-Q2", "/admin/reports/narrativetext/?period=2024-Q2"
PAPERS = "/admin/reports/conferencepapers/"
REPORT = "/api/v1/reports/2024-Q2?file_format=html"
PEOPLE = ("police_officer", "police_head", "customs_focal_point", "secretariat", "auditor", "police_admin", "operator")


def first(page: Page, where: str) -> str:
    """The page of a list's first record."""
    page.goto(where)
    return str(page.locator("#result_list tbody th a").first.get_attribute("href")).split("?")[0]


def desk_pages(page: Page) -> list[str]:
    """What a desk works with: lists, records, a form, a history, the report."""
    item, delivery = first(page, ITEMS), first(page, DELIVERIES)
    cases, statements = "/admin/cases/jointcase/", "/admin/reports/statement/"
    found = ["/admin/", ITEMS, item, item.replace("/change/", "/history/"), DELIVERIES, delivery]
    return [*found, cases, first(page, cases), first(page, statements), "/admin/agencies/apikey/add/", REPORT]


def quarter_pages(page: Page) -> list[str]:
    """What a secretariat works with from the plan of a conference to the papers sent out."""
    conferences, tasks, papers = "/admin/conferences/conference/", "/admin/conferences/actionitem/", PAPERS
    met, task = first(page, conferences), first(page, tasks)
    steps = [task.replace("/change/", "/step/evidence/")]
    reports = ["/admin/reports/sealedreport/", "/admin/reports/sealedreport/add/", QUARTER, TEXTS]
    return [conferences, met, f"{conferences}add/", tasks, task, *steps, papers, first(page, papers), *reports]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_the_quarter_break_no_rule_of_accessibility(office: Office, scheme: str) -> None:
    office.listening = False  # as below
    page = office.desk("secretariat", scheme=scheme)
    found = []
    for where in quarter_pages(page):
        page.goto(where)
        found += faults(page)
    page = office.desk("police_officer", scheme=scheme)
    for where in ("/admin/commendations/commendation/", "/admin/commendations/commendation/add/"):
        page.goto(where)
        found += faults(page)
    assert found == []


def test_no_page_of_the_quarter_is_wider_than_a_phone(office: Office) -> None:
    page = office.desk("secretariat", viewport=PHONE, language="vi")
    wide = []
    for where in quarter_pages(page):
        page.goto(where)
        wide += too_wide(page)
    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_main_pages_break_no_rule_of_accessibility(office: Office, scheme: str) -> None:
    office.listening = False  # axe itself styles elements in line, which the policy refuses it
    page = office.page(scheme=scheme)
    page.goto("/admin/")
    found = faults(page)
    page = office.desk("police_officer", scheme=scheme)
    for where in [*desk_pages(page), f"{ITEMS}add/", "/nowhere"]:
        page.goto(where)
        found += faults(page)
    page = office.desk("police_head", scheme=scheme)
    page.goto(f"{ITEMS}?status__in=submitted")
    page.locator("#result_list tbody tr", has_text="Tin submitted police").locator("th a").first.click()
    page.locator(".moves summary").first.click()
    found += faults(page)
    page = office.desk("auditor", scheme=scheme)
    page.goto("/admin/audit/auditevent/")
    found += faults(page)
    assert found == []


def test_no_page_is_wider_than_a_phone(office: Office) -> None:
    page = office.desk("police_head", viewport=PHONE, language="vi")
    wide = []
    for where in desk_pages(page):
        page.goto(where)
        wide += too_wide(page)
    page = office.desk("police_admin", viewport=PHONE, language="vi")
    users = "/admin/agencies/user/"
    for where in [users, first(page, users), f"{users}add/", first(page, "/admin/agencies/unit/")]:
        page.goto(where)
        wide += too_wide(page)
    assert wide == []


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_can_open_whatever_the_first_page_offers(office: Office, name: str) -> None:
    page = office.desk(name)
    offered = page.eval_on_selector_all(".app-cards a, .work a", "links => links.map(a => a.getAttribute('href'))")
    assert bool(offered) == (name != "operator"), "an operator is no reader: nothing is offered"
    answers = {where: page.request.get(where).status for where in offered}
    assert answers == dict.fromkeys(offered, 200)


def test_the_head_decides_with_a_thumb(office: Office) -> None:
    page = office.desk("police_head", viewport=PHONE)
    page.get_by_role("link", name="To release or return").click()
    page.locator("#result_list tbody tr", has_text="Tin submitted police").locator("th a").first.click()
    release = page.locator("a.move", has_text="Release")
    expect(release).to_be_in_viewport()
    box = release.bounding_box()
    assert box is not None and box["height"] >= 44 and box["y"] > PHONE["height"] / 2


def test_the_keyboard_reaches_content_and_decision(office: Office) -> None:
    page = office.desk("police_head")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.goto("/admin/information/informationitem/?status__in=submitted")
    page.locator("#result_list tbody tr", has_text="Tin submitted police").locator("th a").first.click()
    page.locator(".moves summary", has_text="Return to the author").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Reason")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Reason")).to_be_hidden()


def test_the_api_reference_is_drawn_under_the_strict_policy(office: Office) -> None:
    page = office.desk("police_officer")
    page.get_by_role("link", name="API reference").click()
    expect(page.locator("#swagger-ui .info .title")).to_contain_text("registry")
