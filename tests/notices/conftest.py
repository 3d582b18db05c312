"""A mail server, so that mail can be promised. Django's test runner keeps what is sent in an outbox."""

from typing import Any

import pytest


@pytest.fixture
def mail_server(settings: Any) -> None:
    """Settings of an office that sends mail."""
    settings.EMAIL_HOST = "mail.example.org"
    settings.BASE_URL = "https://registry.example.org"
    settings.DEFAULT_FROM_EMAIL = "registry@example.org"
