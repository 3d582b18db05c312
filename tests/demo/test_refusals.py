"""Where the demo refuses to run: its passwords are known to everybody."""

from typing import Any

import pytest
from django.core.management.base import CommandError

from agencies.models import User
from reports.management.commands.demo import is_loopback, require_demo, require_own_database


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.0.1", "::1", "[::1]", "localhost"])
def test_loopback_is_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "example.org", "127.0.0.1.example.org", ""])
def test_other_hosts_are_refused(host: str, settings: Any) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="passwords are known"):
        require_demo(host)


def test_without_the_demo_setting_nothing_is_loaded(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="make demo"):
        require_demo("127.0.0.1")


@pytest.mark.django_db
def test_a_database_in_which_people_work_is_refused() -> None:
    User.objects.create_superuser("somebody")
    with pytest.raises(CommandError, match="accounts that are not the demo's"):
        require_own_database()
