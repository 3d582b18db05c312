"""Fixtures every test may use: the cast, and clients that speak as somebody of it."""

import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from hypothesis import settings

from reports import drafting
from reports.document import QuarterlyReport
from reports.freezing import dump
from tests.cast import Cast, build_cast
from tests.clients import ApiClient, api_client, browser
from tests.copies import copied, speaking_to


def pytest_configure(config: pytest.Config) -> None:
    """Tests serve no collected static files; WhiteNoise would warn of it for every client. No test is timed."""
    config.addinivalue_line("filterwarnings", "ignore:No directory at:UserWarning")
    settings.register_profile("untimed", deadline=None)
    settings.load_profile("untimed")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """The test database, whichever test is first to need one: some commit, and so have no use for `db`."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def cast_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[str, bytes]]:
    """A copy of the migrated test database in which the cast stands, committed: its name, and the cast pickled.

    A database of its own, because other tests expect an empty one. It is made once per session and worker.
    """
    empty = connection.settings_dict["NAME"]
    with copied(empty, f"{empty}_cast", django_db_blocker) as name:
        with speaking_to(name, django_db_blocker):
            made = pickle.dumps(build_cast())
        yield name, made


@pytest.fixture(scope="module")
def standing_cast(cast_database: tuple[str, bytes], django_db_blocker: Any) -> Iterator[bytes]:
    """The tests of this module speak to the database of the cast."""
    name, made = cast_database
    with speaking_to(name, django_db_blocker):
        yield made


@pytest.fixture
def cast(standing_cast: bytes, db: None) -> Cast:
    """The cast; what the test does to it is rolled back. People come without anything remembered."""
    cast: Cast = pickle.loads(standing_cast)
    return cast


@pytest.fixture
def api(cast: Cast) -> Callable[[str | None], ApiClient]:
    """`api("police_officer").get("me")`; `api(None)` is anonymous."""
    return lambda name: api_client(cast, name)


@pytest.fixture
def desk(cast: Cast) -> Callable[[str | None], Client]:
    """`desk("police_officer").get("/admin/")`: a browser signed in as the person."""
    return lambda name: browser(cast, name)


@pytest.fixture
def plain_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of sealed reports are their document as it is frozen: nothing is drawn."""

    def plain(document: QuarterlyReport, *, file_format: str, language: str, **_more: Any) -> bytes:
        return f"{language} {file_format} ".encode() + dump(document)

    monkeypatch.setattr(drafting, "render", plain)
