"""The registry served by its own web server on a copy of the cast's database, and people who sit at a browser."""

import os
import socket
import urllib.request
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest
from django.db import connection
from playwright.sync_api import Browser, sync_playwright

from agencies.models import User
from registry import serve, tether
from tests.browser.chromium import ARGUMENTS, NoChromium, find
from tests.browser.people import PASSWORD, Office
from tests.copies import copied, speaking_to

PEOPLE = ("police_officer", "police_head", "customs_focal_point", "customs_analyst", "coast_officer", "auditor")
PEOPLE += ("secretariat", "police_admin", "operator")


@pytest.fixture(scope="module")
def address(cast_database: tuple[str, bytes], django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[str]:
    """Where the registry is served. What the people of this module do is gone with its database."""
    source = cast_database[0]
    with copied(source, f"{source}_browser", django_db_blocker) as name:
        with speaking_to(name, django_db_blocker):
            _give_passwords()
        yield from _served(name, tmp_path_factory.mktemp("browser") / "log")


def _served(name: str, log: Path) -> Iterator[str]:
    """A web server of its own upon the database, as long as somebody wants its address."""
    with socket.socket() as free:
        free.bind((serve.HOST, 0))
        port = free.getsockname()[1]
    surroundings = {
        **os.environ,
        "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl(),
        "DATABASE_POOL": "no",
        "REGISTRY_DEMO": "no",
        "DEBUG": "no",
        "LOG_LEVEL": "WARNING",
    }
    command = [*serve.commands(port)["web server"], f"--error-logfile={log}", "--capture-output"]
    server = tether.tied(command, surroundings)
    try:
        yield _answering(f"http://{serve.HOST}:{port}", server, log)
    finally:
        server.communicate()


@pytest.fixture(scope="module")
def chromium(address: str) -> Iterator[Browser]:
    """One browser for the module."""
    try:
        program = find()
    except NoChromium as missing:
        pytest.fail(str(missing), pytrace=False)
    # The browser is spoken to through an event loop of this thread, beside which Django would refuse to work.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    with (
        sync_playwright() as playwright,
        closing(playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))) as browser,
    ):
        yield browser
        connection.close()  # beside an event loop Django keeps a connection of its own
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def office(address: str, chromium: Browser) -> Iterator[Office]:
    """`office.desk("police_head")` is a signed-in page. At the end nothing may have been refused by the browser."""
    office = Office(address, chromium)
    yield office
    office.close()
    assert office.complaints == []


def _give_passwords() -> None:
    """The cast has none, because a hash is slow."""
    first = User(username="first")
    first.set_password(PASSWORD)
    for user in User.objects.filter(username__in=PEOPLE):
        user.password = first.password
        user.save()


def _answering(url: str, server: Any, log: Path) -> str:
    """The address, once the server answers with its database."""
    for _ in range(600):
        if server.poll() is not None:
            break
        with suppress(URLError, OSError), urllib.request.urlopen(f"{url}/health/ready", timeout=5):
            return url
        with suppress(Exception):
            server.wait(0.1)
    raise AssertionError(f"The server did not come up:\n{log.read_text() if log.exists() else ''}")
