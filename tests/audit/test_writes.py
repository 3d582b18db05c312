"""Every action writes its events once and only once when it commits, and none when it does not. Expected by hand."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib import import_module
from typing import Any

import pytest
from django.db import transaction

import agencies
import registry
import registry.information.receipts
import reports
from agencies.actions import revoke_key
from agencies.models import User
from agencies.refusals import NotPermitted
from registry.information.models import Delivery
from registry.received import ReceivedFile
from tests.audit.conftest import Log
from tests.audit.written import CASES, Case, Prepared, key
from tests.cast import Cast

NOT_HERE = {
    # the log itself
    "agencies.audit.log.record",
    "agencies.audit.log.record_denial",
    "agencies.audit.log.disclose",
    # what loaders and commands write is tested where they are
    "agencies.seeding.load",
    "agencies.seeding.load_directory",
    "registry.conferences.actions.loading.load_conferences",
    "registry.documents.actions.load_documents",
    "registry.management.commands.record_ceiling.record_ceiling",
    "registry.reference.actions.load_vocabularies",
    "registry.cases.actions.conversions.set_factor",
    # asks, and changes nothing
    "registry.information.actions.release.preview_release",
    "registry.information.readers.shown_readings",
    "registry.information.uses.quotable",
    "reports.importing.look_at_sheet",
    "registry.cases.lot_readings.is_far_above",
    "registry.cases.lot_readings.own_maximum",
    "registry.reorganisations.preview.preview_of",
    # the view decides who may; what is told of a download stands in the tests of files
    "registry.information.attachment_api.served",
    # the same; what is told of a reading stands in the tests of totals
    "registry.cases.counted.seizure_totals",
    # what is told of a reconciliation stands in the tests of disclosures
    "reports.reckoned.keep_reading",
    # part of a larger act, which says who may
    "reports.numbering.register_paper",
    # what is told of a download stands in the tests of papers
    "reports.papers.issuing.take_paper",
    # opens a delivery for whoever may, and is silent with everybody else
    "registry.information.receipts.note_opening",
}
"""Functions that take `by` and are no actions of the table."""

IDS = [c.action.__name__ for c in CASES]
one_by_one = pytest.mark.parametrize("told", CASES, ids=IDS)


def functions() -> Iterator[Callable[..., Any]]:
    """The public functions of the whole tree, each once, where it is defined."""
    for floor in (agencies, registry, reports):
        for found in pkgutil.walk_packages(floor.__path__, f"{floor.__name__}."):
            if ".migrations" in found.name:
                continue
            module = import_module(found.name)
            for name, one in vars(module).items():
                if inspect.isfunction(one) and one.__module__ == found.name and not name.startswith("_"):
                    yield one


def name_of(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__name__}"


def test_every_action_of_the_tree_stands_in_the_table() -> None:
    """An action says by keyword who does it."""
    kinds = {name_of(one): inspect.signature(one).parameters.get("by") for one in functions()}
    found = {name for name, by in kinds.items() if by is not None and by.kind is by.KEYWORD_ONLY}
    assert found - NOT_HERE == {name_of(case.action) for case in CASES}
    assert found >= NOT_HERE, "a name that is gone"
    assert len(IDS) == len(set(IDS))


def act(cast: Cast, told: Case, by: str, given: Prepared) -> None:
    with ExitStack() as files:
        for value in given.values():
            if isinstance(value, ReceivedFile):
                files.enter_context(value)
        told.action(by=cast.again(by), **given)


@one_by_one
def test_an_action_leaves_its_events_once(cast: Cast, log: Log, told: Case) -> None:
    given = told.given(cast)
    log.mark()
    act(cast, told, told.by, given)
    assert log.told() == [(event, told.by) for event in told.events]
    assert {event.outcome for event in log.events()} == {"done"}
    assert all(event.object_id and event.object_ref for event in log.events())


@one_by_one
def test_an_action_rolled_back_leaves_none(cast: Cast, log: Log, told: Case) -> None:
    given = told.given(cast)
    log.mark()
    with transaction.atomic():
        act(cast, told, told.by, given)
        transaction.set_rollback(True)
    assert log.events() == []


@one_by_one
def test_a_refused_action_leaves_none_of_its_own(cast: Cast, log: Log, told: Case) -> None:
    given = told.given(cast)
    log.mark()
    with pytest.raises(NotPermitted):
        act(cast, told, told.stranger, given)
    assert log.events() == []


def test_what_changes_nothing_leaves_nothing(cast: Cast, log: Log) -> None:
    revoked = revoke_key(key=key(cast), by=cast.customs_admin)
    log.mark()
    revoke_key(key=revoked, by=cast.customs_admin)
    reader = User.objects.get(pk=cast.customs_officer.pk)
    opened_already = Delivery.objects.get(pk=cast.delivery("police_opened").pk)
    registry.information.receipts.note_opening(item=opened_already.item, by=reader)
    assert log.events() == []
