"""Documents and their facts in the admin: everybody reads, nobody edits."""

import re
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import User
from agencies.roles import Role
from registry.documents.models import (
    Document,
    PublishedEvent,
    PublishedFigure,
    PublishedName,
    PublishedStatement,
)
from tests.documents.disputed import disputed
from tests.documents.loaded import document, documents, documents_data, figure, person

__all__ = ["disputed", "documents", "documents_data"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("documents")]

KINDS: list[Any] = [Document, PublishedEvent, PublishedFigure, PublishedName, PublishedStatement]
Q2 = "2024-q2-conference"


def signed_in(role: Role = Role.OFFICER, language: str = "en") -> Client:
    client = Client()
    client.force_login(person(role))
    client.cookies["django_language"] = language
    return client


def page(kind: Any, name: str, *args: object) -> str:
    return reverse(f"admin:documents_{kind._meta.model_name}_{name}", args=args)


def text(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", [Role.OFFICER, Role.SECRETARIAT, Role.AUDITOR, Role.AGENCY_ADMIN])
def test_every_fact_is_listed_and_shown_to_everybody_with_a_role(kind: Any, role: Role) -> None:
    client = signed_in(role)
    one = kind.objects.first()
    assert text(client, page(kind, "changelist"), q="2024")
    shown = text(client, page(kind, "change", one.pk))
    assert 'name="_save"' not in shown


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_adds_changes_or_deletes(kind: Any) -> None:
    client = signed_in(Role.AGENCY_ADMIN)
    one = kind.objects.first()
    assert client.get(page(kind, "add")).status_code == 403
    assert client.get(page(kind, "delete", one.pk)).status_code == 403
    assert client.post(page(kind, "change", one.pk), {"paragraph": "99"}).status_code == 403


@pytest.mark.parametrize("kind", KINDS)
def test_an_operator_without_a_role_sees_no_facts(kind: Any) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("operator"))
    assert client.get(page(kind, "changelist")).status_code == 403
    assert client.get(page(kind, "change", kind.objects.first().pk)).status_code in {302, 403}


def test_the_list_shows_what_is_printed_how_it_is_read_and_its_traps() -> None:
    listed = text(signed_in(), page(PublishedFigure, "changelist"), document__code=Q2)
    for words in (
        "659,149 kg",
        "659.149 kg",
        "to be confirmed",
        "T-DECIMAL",
        "nearly 1 t",
        "more than 330 kg",
        "noise",
    ):
        assert words in listed
    assert "(inferred)" in listed


def test_the_list_writes_numbers_in_vietnamese() -> None:
    listed = text(signed_in(language="vi"), page(PublishedFigure, "changelist"))
    assert "17.129 vụ" in listed
    assert "1.800.000 viên" in listed


def test_the_page_of_a_figure_tells_what_each_trap_means() -> None:
    f = figure(Q2, 10)
    shown = text(signed_in(), page(PublishedFigure, "change", f.pk))
    for trap in f.traps.all():
        assert trap.handling_en[:40] in shown.replace("&#x27;", "'").replace("&quot;", '"')
    assert "659,149 g" in shown
    assert "Awaits confirmation" in shown


def test_a_figure_links_to_the_one_it_relates_to() -> None:
    shown = text(signed_in(), page(PublishedFigure, "change", figure(Q2, 6).pk))
    assert page(PublishedFigure, "change", figure(Q2, 5).pk) in shown


def test_the_page_of_a_document_shows_everything_read_out_of_it() -> None:
    shown = text(signed_in(), page(Document, "change", document(Q2).pk))
    for words in (
        "659,149 kg",
        "Coast Guard Command",
        "Anti-Smuggling Investigation Department",
        "T-NOISE",
    ):
        assert words in shown


def test_what_is_missing_is_said_in_words() -> None:
    client = signed_in()
    q1 = document("2024-q1-conference")
    assert text(client, page(Document, "change", q1.pk)).count("the document does not say") >= 2
    event = PublishedEvent.objects.get(document=q1)
    assert text(client, page(PublishedEvent, "change", event.pk)).count("the document does not say") >= 5


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_asks_a_fixed_number_of_questions(kind: Any) -> None:
    client = signed_in()
    client.get(page(kind, "changelist"))
    counts = []
    for query in ({}, {"q": "zzzz"}):
        with CaptureQueriesContext(connection) as asked:
            client.get(page(kind, "changelist"), query)
        counts.append(len(asked))
    assert counts[0] - counts[1] <= 5


def test_the_page_of_a_document_asks_no_question_per_fact() -> None:
    client, large = signed_in(), document(Q2)
    assert large.figures.count() > 10
    client.get(page(Document, "change", large.pk))
    with CaptureQueriesContext(connection) as asked:
        client.get(page(Document, "change", large.pk))
    kinds = Counter(re.sub(r"'[^']*'|\d+|\([^()]*\)", "?", query["sql"]) for query in asked)
    assert max(kinds.values()) <= 5, "more often than the page has tables"


def test_lists_are_narrowed_by_trap_and_nothing_else_may_be_asked() -> None:
    client = signed_in()
    listed = text(client, page(PublishedFigure, "changelist"), traps__code="T-PRECISION")
    assert "2 published figures" in listed
    assert client.get(page(PublishedFigure, "changelist"), {"document__sha256": "x"}).status_code == 400


def test_rows_of_a_document_lead_to_their_own_pages() -> None:
    shown = text(signed_in(), page(Document, "change", document(Q2).pk))
    event = PublishedEvent.objects.get(document__code=Q2)
    for kind, one in ((PublishedFigure, figure(Q2, 10)), (PublishedEvent, event)):
        assert f'href="{page(kind, "change", one.pk)}"' in shown


@pytest.mark.usefixtures("disputed")
def test_values_published_beside_a_figure_are_marked_in_the_list_and_linked_on_its_page() -> None:
    client = signed_in()
    listed = text(client, page(PublishedFigure, "changelist"), in_conflict="yes")
    assert "5 published figures" in listed
    assert listed.count(">conflict</span>") == 5
    assert "49 published figures" in text(client, page(PublishedFigure, "changelist"), in_conflict="no")
    shown = text(client, page(PublishedFigure, "change", figure(Q2, 3).pk))
    other = page(PublishedFigure, "change", figure("infographic", 3).pk)
    assert f'<a href="{other}">infographic · 3</a>: <strong>more than 23,000 persons</strong>' in shown
    assert "one true value would fit both" in shown
    assert "no true value fits both" in text(client, page(PublishedFigure, "change", figure(Q2, 2).pk))


def test_the_page_of_a_figure_says_the_bounds_it_is_reckoned_with() -> None:
    shown = text(signed_in(), page(PublishedFigure, "change", figure(Q2, 13).pk))
    assert "more than 5.7 and less than 5.9\u00a0kg" in shown
    assert "conflict</span>" not in shown
