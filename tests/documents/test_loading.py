"""Loading documents: what is missing is added, what differs is corrected, faults are named and nothing is written."""

import copy
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from agencies.audit.models import AuditEvent
from agencies.models import User
from agencies.refusals import Invalid, NotPermitted
from agencies.roles import Role
from agencies.seeding import Changes
from registry.documents.actions import load_documents
from registry.documents.models import (
    Document,
    EventAttendance,
    PublishedEvent,
    PublishedFigure,
    PublishedName,
    PublishedStatement,
)
from tests.documents.loaded import documents, documents_data, figure, person

__all__ = ["documents", "documents_data"]

pytestmark = pytest.mark.django_db

Q2 = "2024-q2-conference"
ALL = 178
"""5 documents, 50 figures, 5 events, 14 offices, 44 names, 60 statements."""

KINDS = [Document, EventAttendance, PublishedEvent, PublishedFigure, PublishedName, PublishedStatement]


@pytest.fixture
def data(documents: dict[str, Any]) -> dict[str, Any]:
    """A copy to spoil."""
    return copy.deepcopy(documents)


def q2(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(d for d in data["documents"] if d["code"] == Q2)
    return found


def refused(data: dict[str, Any]) -> dict[str, str]:
    before = AuditEvent.objects.count()
    with pytest.raises(Invalid) as refusal:
        load_documents(data=data)
    assert AuditEvent.objects.count() == before
    return {path: str(text) for path, text in refusal.value.fields.items()}


def test_a_second_load_changes_nothing_and_says_so(documents: dict[str, Any]) -> None:
    before = AuditEvent.objects.count()
    assert load_documents(data=documents) == Changes(0, 0, ALL)
    assert AuditEvent.objects.count() == before
    assert sum(kind._default_manager.count() for kind in KINDS) == ALL


def test_a_second_load_asks_a_fixed_number_of_questions_per_document(documents: dict[str, Any]) -> None:
    with CaptureQueriesContext(connection) as queries:
        load_documents(data=documents)
    assert len(queries) < 75


@pytest.mark.usefixtures("documents")
def test_each_record_has_one_event_of_the_load_that_made_it() -> None:
    for kind in KINDS:
        made = AuditEvent.objects.filter(action="document.load", object_type=kind.__name__)
        assert made.count() == kind._default_manager.count()
    (event,) = AuditEvent.objects.filter(object_ref=f"{Q2}#10", object_type="PublishedFigure")
    assert event.detail["created"] is True
    assert (event.actor, event.owner_unit_id) == ("operator", None)


def test_a_corrected_value_changes_one_record_and_says_which_fields(data: dict[str, Any]) -> None:
    q2(data)["figures"][9] |= {"needs_confirmation": False, "traps": ["T-DECIMAL"]}
    assert load_documents(data=data) == Changes(0, 1, ALL - 1)
    event = AuditEvent.objects.order_by("id").last()
    assert event is not None
    assert (event.object_ref, event.detail) == (
        f"{Q2}#10",
        {"created": False, "fields": ["needs_confirmation", "traps"]},
    )
    assert figure(Q2, 10).needs_confirmation is False
    assert [t.code for t in figure(Q2, 10).traps.all()] == ["T-DECIMAL"]


def test_traps_alone_are_a_change_too(data: dict[str, Any]) -> None:
    q2(data)["figures"][0]["traps"] = ["T-NOSPLIT"]
    assert load_documents(data=data) == Changes(0, 1, ALL - 1)


def test_what_the_data_leaves_out_stays(documents: dict[str, Any]) -> None:
    assert load_documents(data={"documents": [{"code": Q2}]}) == Changes(0, 0, 1)
    assert load_documents(data={}) == Changes()
    assert PublishedFigure.objects.filter(document__code=Q2).count() == 22


def test_every_fault_is_named_at_once_and_nothing_is_written(data: dict[str, Any]) -> None:
    figures = q2(data)["figures"]
    figures[0] |= {"metric": "no_such_metric", "values": "152"}
    figures[1] |= {"traps": ["T-NONE"], "period_start": "2024-13-01"}
    figures[2] |= {"comparator": "roughly", "document": Q2}
    figures[5] |= {"related_to": 99}
    q2(data)["events"][0]["attendance"][0]["event"] = "x"
    faults = refused(data)
    assert set(faults) == {
        f"{Q2}.figures.1.metric",
        f"{Q2}.figures.1.values",
        f"{Q2}.figures.2.traps",
        f"{Q2}.figures.2.period_start",
        f"{Q2}.figures.3.comparator",
        f"{Q2}.figures.3.document",
        f"{Q2}.figures.6.related_to",
        f"{Q2}.events.1.attendance.1.event",
    }
    assert "no_such_metric" in faults[f"{Q2}.figures.1.metric"]


FAULTS: list[tuple[int, dict[str, Any], str]] = [
    (10, {"normalised_value": "659149000"}, "normalised_value"),
    (10, {"normalised_unit": "kg"}, "normalised_unit"),
    (10, {"normalised_unit": "tablet"}, "normalised_unit"),
    (10, {"metric": "drugs_seized_tablets"}, "unit"),
    (2, {"subject_unit": "CU-DTCBL"}, "subject_unit"),
]


@pytest.mark.parametrize(("number", "change", "field"), FAULTS)
def test_a_reading_that_cannot_be_is_refused(
    data: dict[str, Any], number: int, change: dict[str, Any], field: str
) -> None:
    q2(data)["figures"][number - 1] |= change
    assert f"{Q2}.figures.{number}.{field}" in refused({"documents": [q2(data)]})


def test_a_new_figure_without_its_unit_is_refused(data: dict[str, Any]) -> None:
    q2(data)["figures"].append({"number": 23, "paragraph": 9, "value": "1"})
    assert f"{Q2}.figures.23.unit" in refused(data)


def test_a_new_document_without_a_fingerprint_is_refused(data: dict[str, Any]) -> None:
    data["documents"].append({"code": "another", "label_vi": "Khác", "label_en": "Another"})
    assert "another.sha256" in refused(data)


BY_DATABASE: list[tuple[int, dict[str, Any]]] = [
    (4, {"comparator": "exact"}),
    (4, {"lower": None}),
    (4, {"lower": "331"}),
    (7, {"comparator": "over"}),
    (7, {"upper_open": False}),
    (1, {"lower": None, "upper": None}),
    (10, {"lower": "659"}),
    (1, {"metric": None}),
    (20, {"metric": "tasks_announced", "unit": "task", "normalised_unit": "task", "normalised_value": "44.5"}),
    (1, {"subject_printed": ""}),
    (1, {"subject_printed_missing": "not_stated"}),
    (1, {"period_start": None}),
    (1, {"period_end": "2024-04-01"}),
    (1, {"period_missing": "unclear"}),
    (1, {"period_start": None, "period_end": None, "period_missing": "unclear"}),
    (2, {"relation": "same_fact_as"}),
    (1, {"significant_digits": 0}),
    (1, {"value": "-1", "normalised_value": "-1", "lower": "-1", "upper": "-1"}),
]
"""Figure 4 is "over", 7 "nearly", 10 without a word, 20 noise, 1 exact with an inferred period."""


@pytest.mark.parametrize(("number", "change"), BY_DATABASE)
def test_the_database_itself_refuses_a_figure_that_contradicts_itself(
    data: dict[str, Any], number: int, change: dict[str, Any]
) -> None:
    q2(data)["figures"][number - 1] |= change
    assert list(refused({"documents": [q2(data)]})) == [f"{Q2}.figures.{number}"]


@pytest.mark.parametrize("field", ["held_on", "host_printed", "venue_printed", "city_printed", "chair_office_printed"])
@pytest.mark.usefixtures("documents")
def test_the_database_refuses_an_event_with_neither_value_nor_reason(field: str) -> None:
    event = PublishedEvent.objects.get(document__code="2024-q1-conference")
    setattr(event, f"{field}_missing", "")
    with pytest.raises(IntegrityError), transaction.atomic():
        event.save()


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (Document, {"title": ""}),
        (Document, {"sha256": "0" * 63 + "G"}),
        (Document, {"body_ends_at": 10_000}),
        (Document, {"published_on": None, "published_on_missing": ""}),
        (PublishedEvent, {"period_missing": "unclear"}),
        (PublishedEvent, {"host_printed": "", "host_printed_missing": "not_stated"}),
        (PublishedName, {"name_printed": ""}),
        (PublishedStatement, {"kind": "rumour"}),
        (PublishedStatement, {"due_on_missing": ""}),
        (EventAttendance, {"part": "slept"}),
        (EventAttendance, {"rank_printed_missing": "not_stated"}),
    ],
)
@pytest.mark.usefixtures("documents")
def test_the_database_refuses_facts_that_contradict_themselves(kind: Any, change: dict[str, Any]) -> None:
    owner = {Document: "code", EventAttendance: "event__document__code"}.get(kind, "document__code")
    row = kind.objects.filter(**{owner: "2020-fugitives-review"}).first()
    for name, value in change.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.usefixtures("documents")
def test_a_figure_cannot_be_related_to_itself() -> None:
    f = figure(Q2, 1)
    f.relation, f.related_to = "same_fact_as", f
    with pytest.raises(IntegrityError), transaction.atomic():
        f.save()


@pytest.mark.usefixtures("documents")
def test_a_figure_is_not_related_to_one_of_another_document() -> None:
    f = figure(Q2, 1)
    f.relation, f.related_to = "same_fact_as", figure("2021-mps-november", 1)
    with pytest.raises(ValidationError) as refusal:
        f.clean()
    assert set(refusal.value.message_dict) == {"related_to"}


@pytest.mark.usefixtures("documents")
def test_two_figures_of_one_document_do_not_share_a_number() -> None:
    f = figure(Q2, 2)
    f.number = 1
    with pytest.raises(IntegrityError), transaction.atomic():
        f.save()


def test_only_the_operator_loads(documents: dict[str, Any]) -> None:
    with pytest.raises(NotPermitted):
        load_documents(data=documents, by=person(Role.AGENCY_ADMIN))
    operator = User.objects.create_superuser("operator")
    assert load_documents(data=documents, by=operator) == Changes(0, 0, ALL)


@pytest.mark.usefixtures("documents")
def test_the_command_says_what_changed() -> None:
    out = StringIO()
    call_command("load_documents", stdout=out)
    assert str(Changes(0, 0, ALL)) in out.getvalue()


@pytest.mark.usefixtures("documents")
def test_the_command_names_faults(tmp_path: Path) -> None:
    spoiled = tmp_path / "documents.json"
    spoiled.write_text(json.dumps({"documents": [{"code": Q2, "nonsense": 1}]}), encoding="utf-8")
    with pytest.raises(CommandError, match=rf"{Q2}.nonsense"):
        call_command("load_documents", file=spoiled)
