"""The register of official papers: numbers without a gap, per agency and year; entries that never change."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from agencies.audit.models import AuditEvent
from agencies.refusals import Invalid
from registry.registers import next_number
from reports.document import Text
from reports.models import PaperRegister, RegisteredPaper
from tests.cast import Cast
from tests.clients import ApiClient
from tests.raw import refused, sql
from tests.reports.numbered import numbered


@contextmanager
def number_taken(paper: RegisteredPaper) -> Iterator[None]:
    """The next number of this year and the first of the next one were taken; undone at the end."""
    with transaction.atomic():
        sql("UPDATE reports_paperregister SET last = last + 1 WHERE agency_id = %s", paper.agency_id)
        sql("INSERT INTO reports_paperregister (agency_id, year, last) VALUES (%s, 2025, 1)", paper.agency_id)
        yield
        transaction.set_rollback(True)


def due() -> None:
    """What the database would say at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_a_paper_gets_the_next_number_of_its_agency_with_kind_and_unit_in_the_symbol(cast: Cast) -> None:
    first, other, second = numbered(cast), numbered(cast, "customs"), numbered(cast, "police_north", kind="minutes")
    due()
    assert [str(first), str(other), str(second)] == [
        "Số: 01/BC-police",
        "Số: 01/BC-customs",
        "Số: 02/BB-police_north",
    ]
    assert second.notation("en") == "No. 02/BB-police_north"
    assert PaperRegister.objects.get(agency__code="POLICE", year=2024).last == 2


def test_numbers_begin_anew_with_the_year_of_the_day_of_signing(cast: Cast) -> None:
    january = datetime(2025, 1, 2, 5, 0, tzinfo=UTC)
    numbered(cast)
    fresh = numbered(cast, signed_on=date(2025, 1, 1), at=january)
    late = numbered(cast, signed_on=date(2024, 12, 31), at=january)
    assert [(paper.year, paper.number) for paper in (fresh, late)] == [(2025, 1), (2024, 2)]


def test_a_registration_leaves_one_event(cast: Cast) -> None:
    paper = numbered(cast)
    event = AuditEvent.objects.get(object_id=str(paper.pk))
    assert (event.action, event.actor, event.object_ref) == ("paper.register", "secretariat", "01/BC-police/2024")
    assert event.owner_unit_id == cast.units["police"].pk


def test_a_registration_that_is_undone_gives_its_number_back(cast: Cast) -> None:
    with transaction.atomic():
        numbered(cast)
        transaction.set_rollback(True)
    assert numbered(cast).number == 1


def test_every_fault_of_an_entry_is_named_at_once_and_no_number_is_taken(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        numbered(
            cast, kind="letter", subject=Text(" ", "x"), signed_on=date(2024, 8, 21), office=Text("", ""), signer=" "
        )
    assert sorted(refusal.value.fields) == ["kind", "office", "signed_on", "signer", "subject"]
    assert not PaperRegister.objects.exists()


def test_a_number_without_a_paper_is_not_committed(cast: Cast) -> None:
    with pytest.raises(DatabaseError, match="number 1 was taken and no paper bears it"), transaction.atomic():
        next_number(PaperRegister, agency=cast.units["police"].agency, year=2024)
        due()


ENTRY = """
    INSERT INTO reports_registeredpaper
        (id, agency_id, unit_id, year, number, symbol, kind, subject_vi, subject_en, signed_on, office_vi, office_en,
         signer, to_all, registered_by_id, created_at, synthetic)
    SELECT gen_random_uuid(), agency_id, unit_id, {year}, {number}, symbol, {kind}, {subject}, '', signed_on, office_vi, '',
           signer, false, registered_by_id, created_at, false
      FROM reports_registeredpaper WHERE id = %s
"""
PLAIN = {"year": "2024", "number": "number + 1", "kind": "kind", "subject": "subject_vi"}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"number": "3"}, "number 3 would leave a gap"),
        ({}, "number 2 was not taken from the register"),
        ({"number": "1"}, "registered_paper_number_once"),
        ({"number": "0"}, "paper_number_positive"),
    ],
)
def test_the_database_refuses_a_number_out_of_turn(cast: Cast, change: dict[str, str], why: str) -> None:
    paper = numbered(cast)
    refused(ENTRY.format(**PLAIN | change), paper.pk, match=why)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kind": "'letter'"}, "paper_kind_known"),
        ({"subject": "''"}, "paper_says_what_and_who"),
        ({"year": "2025", "number": "1"}, "paper_year_of_its_day"),
    ],
)
def test_the_database_refuses_an_entry_that_says_nothing(cast: Cast, change: dict[str, str], why: str) -> None:
    paper = numbered(cast)
    with number_taken(paper):
        refused(ENTRY.format(**PLAIN | change), paper.pk, match=why)


def test_the_database_refuses_a_unit_of_another_agency(cast: Cast) -> None:
    paper = numbered(cast)
    entry = ENTRY.format(**PLAIN).replace("agency_id, unit_id, 2024", f"agency_id, '{cast.units['customs'].pk}', 2024")
    with number_taken(paper):
        refused(entry, paper.pk, match="the unit is another agency")


def test_the_database_keeps_entries_and_registers_as_they_are(cast: Cast) -> None:
    paper = numbered(cast)
    refused(
        "UPDATE reports_registeredpaper SET signer = 'B' WHERE id = %s", paper.pk, match="paper_final|Cannot update"
    )
    refused("DELETE FROM reports_registeredpaper WHERE id = %s", paper.pk, match="Cannot")
    refused("DELETE FROM reports_paperregister WHERE agency_id = %s", paper.agency_id, match="Cannot")
    for last in (0, 1, 3):
        refused(
            "UPDATE reports_paperregister SET last = %s WHERE agency_id = %s", last, paper.agency_id, match="Cannot"
        )


def seen(cast: Cast, name: str) -> set[Any]:
    return {entry.symbol for entry in RegisteredPaper.objects.visible_to(cast.again(name))}


def test_an_entry_is_seen_by_its_own_units_and_by_all_when_the_paper_went_to_all(cast: Cast) -> None:
    numbered(cast, "police_north")
    numbered(cast, "customs", kind="notice", to_all=True)
    everybody, own = {"TB-customs"}, {"TB-customs", "BC-police_north"}
    assert seen(cast, "police_officer") == seen(cast, "north_officer") == own
    assert seen(cast, "south_officer") == seen(cast, "coast_head") == seen(cast, "customs_secretariat") == everybody
    assert seen(cast, "operator") == set()


def test_the_list_can_be_asked_by_agency_year_and_kind(cast: Cast) -> None:
    numbered(cast)
    numbered(cast, kind="notice", to_all=True)
    client = ApiClient(cast.secrets["police_officer"])
    found = client.get("papers?agency=POLICE&year=2024&kind=notice").json()["results"]
    assert [(one["notation"], one["number"], one["unit"]) for one in found] == [("Số: 02/TB-police", 2, "police")]
    assert client.get(f"papers/{found[0]['id']}").json()["signed_on"] == "2024-08-20"
    assert client.get("papers?year=1999").json()["results"] == []


def test_the_list_costs_the_same_with_more_entries(cast: Cast, django_assert_num_queries: Any) -> None:
    client = ApiClient(cast.secrets["police_officer"])
    numbered(cast)
    client.get("papers")
    with django_assert_num_queries(4):
        client.get("papers")
    for _ in range(6):
        numbered(cast, "police_north")
    with django_assert_num_queries(4):
        assert len(client.get("papers").json()["results"]) == 7
