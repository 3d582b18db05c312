"""Files of strangers never run: whatever hides in them, the browser saves it and executes nothing."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.people import Office
from tests.information.samples import PDF, chunk, png

pytestmark = [pytest.mark.prove, pytest.mark.django_db]

ITEMS = "/admin/information/informationitem/"
RUNS = b'<html><svg xmlns="http://www.w3.org/2000/svg" onload="document.title=\'ran\'"></svg><script>document.title="ran"</script></html>'
"""Sets the title of whatever page takes it for a page."""

FAR = b"." * 20_000
"""What is looked through for pages is the beginning of a file; a script may stand behind it."""

FILES = {
    "bien-ban.txt": b"Bi\xc3\xaan b\xe1\xba\xa3n.\n" + FAR + RUNS,
    "bang.csv": b"a,b\n" + FAR + b"," + RUNS + b"\n",
    "anh.png": png(more=chunk(b"tEXt", b"Comment\0" + FAR + RUNS)),
    "cong-van.pdf": PDF.replace(b"1 0 obj", b"% " + FAR + RUNS + b"\n1 0 obj"),
}
"""Each is what its name says, and a page with a script besides."""


def attached(page: Page, name: str, content: bytes) -> str:
    """The file, attached to a draft; where it is given out."""
    page.goto(f"{ITEMS}?status__in=draft")
    page.locator("#result_list tbody tr", has_text="Tin nháp police").locator("th a").first.click()
    page.locator(".item-files input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/html", "buffer": content}
    )
    page.get_by_role("button", name="Attach", exact=True).click()
    link = page.locator(".item-files a", has_text=name).first
    expect(link).to_be_visible()
    return str(link.get_attribute("href"))


def opened(page: Page, where: str, **headers: str) -> str:
    """The title after the bytes were put into a page with these headers, as by a browser that saves nothing."""

    def answer(route: Route) -> None:
        given = route.fetch()
        route.fulfill(status=200, body=given.body(), headers=headers)

    page.route(f"**{where}", answer)
    page.goto(where)
    page.wait_for_load_state()
    page.unroute(f"**{where}")
    return page.title()


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_also_a_page_is_saved_and_runs_nothing(office: Office, name: str) -> None:
    office.listening = False  # what the policy refuses is told on the console
    page = office.desk("police_officer")
    where = attached(page, name, FILES[name])
    answer = page.request.get(where)
    assert answer.status == 200 and answer.body() == FILES[name]
    headers = answer.headers
    assert headers["content-disposition"].startswith("attachment;")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["content-type"].split(";")[0] in {"text/plain", "text/csv", "image/png", "application/pdf"}
    before = page.title()
    with page.expect_download() as saved:
        page.locator(".item-files a", has_text=name).first.click()
    assert saved.value.suggested_filename == name
    assert page.title() == before
    taken_for_a_page: dict[str, Any] = {"content-type": "text/html"}
    policy = {"content-security-policy": headers["content-security-policy"]}
    assert opened(page, where, **taken_for_a_page, **policy) != "ran", "the policy alone holds it"
    assert opened(page, where, **taken_for_a_page) == "ran", "without it the file would have run: the test can fail"


@pytest.mark.parametrize("name", ["trang.html", "hinh.svg", "trang.txt"])
def test_a_page_or_a_drawing_is_not_taken_at_all(office: Office, name: str) -> None:
    page = office.desk("police_officer")
    page.goto(f"{ITEMS}?status__in=draft")
    page.locator("#result_list tbody tr", has_text="Tin nháp police").locator("th a").first.click()
    expect(page.get_by_role("button", name="Attach", exact=True)).to_be_visible()
    files = page.locator(".item-files tbody tr")
    before = files.count()
    page.locator(".item-files input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": RUNS}
    )
    page.get_by_role("button", name="Attach", exact=True).click()
    expect(page.locator(".messagelist .error").first).to_be_visible()
    expect(files).to_have_count(before)
