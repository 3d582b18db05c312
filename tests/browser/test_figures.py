"""Pages of cases, lots, figures and reorganisations, as people with other eyes, hands and screens meet them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import PHONE, Office, faults, too_wide

pytestmark = [pytest.mark.prove, pytest.mark.django_db]

CASES, LOTS = "/admin/cases/jointcase/", "/admin/cases/seizurelot/"
STATEMENTS, RECONCILED = "/admin/reports/statement/", "/admin/reports/reconciliation/"
SCORECARD = "/admin/reports/report/scorecard/?period=2024-Q2"
TOTALS = f"{LOTS}totals/?period=2024-Q2&provinces=today"


def first(page: Page, where: str) -> str:
    """The page of a list's first record."""
    page.goto(where)
    return str(page.locator("#result_list tbody th a").first.get_attribute("href")).split("?")[0]


def own(page: Page) -> str:
    """The joint case that central police lead."""
    page.goto(f"{CASES}?status__exact=open")
    for link in page.locator("#result_list tbody th a").all():
        where = str(link.get_attribute("href")).split("?")[0]
        page.goto(where)
        if page.locator("a[href*='/step/lot/']").count():
            return where
        page.goto(f"{CASES}?status__exact=open")
    raise AssertionError("central police lead no open case")


def pages(page: Page) -> list[str]:
    """Of an officer: forms, steps, records, totals."""
    case = own(page)
    steps = [case.replace("change/", f"step/{name}/") for name in ("lot", "entry", "timeline", "hand-over", "close")]
    lot = first(page, LOTS)
    page.goto(lot)
    ways = [str(a.get_attribute("href")) for a in page.locator(".moves a").all()]
    statement = first(page, STATEMENTS)
    return [f"{CASES}add/", case, *steps, lot, *ways, TOTALS, statement, f"{STATEMENTS}add/", *reconciled(page)]


def reconciled(page: Page) -> list[str]:
    """The list of series and the first of them."""
    where = f"{RECONCILED}?period=2024-Q2"
    page.goto(where)
    series = page.locator("#content-main table a").first
    return [where, str(series.get_attribute("href"))] if series.count() else [where]


def read_back(page: Page) -> None:
    """A lot whose text can be read in two ways, asked about."""
    page.goto(own(page).replace("change/", "step/lot/"))
    page.locator("[name=substance]").select_option(index=1)
    page.locator("[name=raw_text]").fill("659,149 kg")
    page.locator(".submit-row input[type=submit]").click()
    expect(page.locator("[name=reading]")).to_have_count(2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_cases_and_figures_break_no_rule_of_accessibility(office: Office, scheme: str) -> None:
    office.listening = False  # axe itself styles elements in line, which the policy refuses it
    page = office.desk("police_officer", scheme=scheme)
    found = []
    for where in pages(page):
        page.goto(where)
        found += faults(page)
    read_back(page)
    found += faults(page)
    page = office.desk("police_head", scheme=scheme)
    page.goto(SCORECARD)
    found += faults(page)
    page = office.desk("police_admin", scheme=scheme)
    page.goto("/admin/reorganisations/reorganisation/add/")
    found += faults(page)
    assert found == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_of_cases_and_figures_are_no_wider_than_a_phone(office: Office, language: str) -> None:
    page = office.desk("police_officer", viewport=PHONE, language=language)
    wide = []
    for where in pages(page):
        page.goto(where)
        wide += too_wide(page)
    read_back(page)
    wide += too_wide(page)
    page = office.desk("police_admin", viewport=PHONE, language=language)
    page.goto("/admin/reorganisations/reorganisation/add/")
    wide += too_wide(page)
    page = office.desk("police_head", viewport=PHONE, language=language)
    page.goto(SCORECARD)
    wide += too_wide(page)
    assert wide == []
