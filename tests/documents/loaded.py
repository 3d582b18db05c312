"""The five documents, loaded once for a module of tests over as much reference data as they name."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from agencies.actions import create_user, issue_key
from agencies.models import Unit, User
from agencies.roles import Role, Scope
from agencies.seeding import load_directory
from registry.documents.actions import load_documents
from registry.documents.models import Document, PublishedFigure
from registry.reference.actions import load_vocabularies

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
UNITS = ("MPS", "C04", "BG-HQ", "BG-PCMT", "CG-HQ", "CG-NVPL", "CU-HQ", "CU-DTCBL")


def read(name: str) -> dict[str, Any]:
    """A file of fixtures/."""
    data: dict[str, Any] = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    return data


@pytest.fixture(scope="module")
def documents_data() -> dict[str, Any]:
    """The content of fixtures/documents.json."""
    return read("documents.json")


@pytest.fixture(scope="module")
def documents(
    documents_data: dict[str, Any], django_db_setup: None, django_db_blocker: Any
) -> Iterator[dict[str, Any]]:
    """The same, standing in the database."""
    reference = read("reference.json")
    directory = {
        "places": {"ha-noi": reference["places"]["ha-noi"]},
        "agencies": reference["agencies"],
        "units": {code: reference["units"][code] for code in UNITS},
    }
    with django_db_blocker.unblock(), transaction.atomic():
        load_directory(data=directory)
        load_vocabularies(data=reference)
        load_documents(data=documents_data)
        yield documents_data
        transaction.set_rollback(True)


def figure(document: str, number: int) -> PublishedFigure:
    """The figure with that number."""
    return PublishedFigure.objects.get(document__code=document, number=number)


def document(code: str) -> Document:
    """The document with that code."""
    return Document.objects.get(code=code)


def person(role: Role, unit: str = "CU-DTCBL") -> User:
    """Somebody who is this in the unit."""
    made = create_user(username=f"{role}-{unit}", password=None, unit=Unit.objects.get(code=unit), role=role, by=None)
    return User.objects.get(pk=made.pk)


def key_of(user: User, scope: Scope = Scope.READ, language: str = "en") -> Client:
    """A client of the API with a key of theirs."""
    unit = user.current_memberships[0].unit
    _key, secret = issue_key(user=user, unit=unit, name="test", scopes=[scope], by=None)
    return Client(headers={"Authorization": f"Bearer {secret}", "Accept-Language": language})
