"""The reference data, loaded once for a module of tests and rolled back after it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from registry.management.commands.load_reference import load_reference, read_reference


@pytest.fixture(scope="module")
def reference_data() -> dict[str, Any]:
    """The sections of fixtures/reference.json."""
    return read_reference()


@pytest.fixture(scope="module")
def loaded(reference_data: dict[str, Any], django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """The same, standing in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference(reference_data)
        yield reference_data
        transaction.set_rollback(True)
