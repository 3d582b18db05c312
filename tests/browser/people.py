"""People at their desks: each has a browser of their own, signed in by the form."""

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

PASSWORD = "only-in-the-browser-tests"
DESKTOP, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
PATIENCE = 15_000
"""Milliseconds that the slowest page may take on a busy machine."""

expect.set_options(timeout=PATIENCE)


@dataclass
class Office:
    """All browsers of one test, and what they complained of: scripts that fail, styles and files refused."""

    address: str
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    listening: bool = True

    def page(self, *, viewport: dict[str, int] | None = None, language: str = "en", scheme: str = "light") -> Page:
        """A browser that nobody has signed in with."""
        look: Any = {"viewport": viewport or DESKTOP, "color_scheme": scheme, "base_url": self.address}
        context = self.browser.new_context(**look)
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "django_language", "value": language, "url": self.address}])
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self._note(page, message.type, message.text))
        page.on("pageerror", lambda error: self._note(page, "error", str(error)))
        return page

    def desk(self, name: str, **look: Any) -> Page:
        """Signed in, on the first page."""
        page = self.page(**look)
        page.goto("/admin/")
        page.fill("#id_username", name)
        page.fill("#id_password", PASSWORD)
        page.click("#login-form input[type=submit]")
        expect(page.locator("#user-tools .acting, .phone-menu").first).to_be_visible()
        return page

    def close(self) -> None:
        """Everybody goes home."""
        for context in self.contexts:
            context.close()

    def _note(self, page: Page, kind: str, text: str) -> None:
        asked_for = "the server responded with a status of 40" in text  # a test that opens what is not there
        if self.listening and kind in {"error", "warning"} and not asked_for:
            self.complaints.append(f"{page.url}: {text}")


def faults(page: Page) -> list[str]:
    """What axe finds: the rule, and the first places that break it."""
    found = Axe().run(page).response["violations"]
    return [f"{page.url} {one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]


def too_wide(page: Page) -> list[str]:
    """What sticks out of the page to the right, where the page can be pushed sideways."""
    script = """() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        const out = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1);
        return out.slice(0, 3).map((e) => e.outerHTML.slice(0, 120));
    }"""
    return [f"{page.url}: {part}" for part in page.evaluate(script)]
