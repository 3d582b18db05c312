"""Loading reference data: what is missing is added, what differs is corrected, the rest is left alone."""

import copy
import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.actions import rename_unit
from agencies.audit.models import AuditEvent
from agencies.models import Agency, Area, LegalBasis, Place, Record, Unit, User
from agencies.refusals import Invalid, NotPermitted
from agencies.seeding import Changes, load_directory
from registry.management.commands.load_reference import load_reference
from registry.reference.actions import load_vocabularies
from registry.reference.models import Metric, NonWorkingDay, Substance, Topic, Trap, UnitOfMeasure
from tests.reference.loaded import loaded, reference_data

__all__ = ["loaded", "reference_data"]

pytestmark = pytest.mark.django_db

KINDS: list[type[Record]] = [
    Agency,
    Area,
    LegalBasis,
    Place,
    Unit,
    Metric,
    NonWorkingDay,
    Substance,
    Topic,
    Trap,
    UnitOfMeasure,
]


def events() -> list[tuple[str, str, dict[str, Any]]]:
    """What the audit log says, oldest first."""
    return list(AuditEvent.objects.order_by("id").values_list("action", "object_ref", "detail"))


def test_a_second_load_changes_nothing_and_says_so(loaded: dict[str, Any]) -> None:
    before = AuditEvent.objects.count()
    changes = load_reference(loaded)
    assert not changes
    assert (changes.created, changes.changed) == (0, 0)
    assert changes.unchanged == sum(kind._default_manager.count() for kind in KINDS)
    assert AuditEvent.objects.count() == before


def test_a_second_load_asks_once_per_kind_of_row(loaded: dict[str, Any]) -> None:
    with CaptureQueriesContext(connection) as queries:
        load_reference(loaded)
    reads = [q for q in queries if q["sql"].startswith("SELECT")]
    assert len(reads) == 21, "20 kinds of rows, and once whether the tree of units holds"


def test_each_record_has_one_event_of_the_load_that_made_it(loaded: dict[str, Any]) -> None:
    for kind in KINDS:
        made = AuditEvent.objects.filter(action__endswith=".load", object_type=kind.__name__)
        assert made.count() == kind._default_manager.count()
    assert set(AuditEvent.objects.filter(object_type="Unit").values_list("action", flat=True)) == {"directory.load"}
    assert set(AuditEvent.objects.filter(object_type="Trap").values_list("action", flat=True)) == {"vocabulary.load"}


def test_a_corrected_name_changes_one_record(loaded: dict[str, Any]) -> None:
    data = copy.deepcopy(loaded)
    data["units"]["C04"]["names"][1]["source"] = "Nguồn khác"
    before = len(events())
    assert load_directory(data=data) == Changes(0, 1, 352)
    assert events()[before:] == [("directory.load", "C04", {"created": False, "fields": ["names"]})]
    assert not load_directory(data=data)


def test_a_new_row_is_added_to_its_record(loaded: dict[str, Any]) -> None:
    data = copy.deepcopy(loaded)
    data["units"]["BG-DDN-1"]["focal_points"] = [{"office_vi": "Đoàn trưởng", "valid_from": "2026-01-01"}]
    changes = load_directory(data=data)
    assert (changes.created, changes.changed) == (0, 1)
    (point,) = Unit.objects.get(code="BG-DDN-1").focal_points.all()
    assert (point.office_vi, point.valid_from, point.valid_to) == ("Đoàn trưởng", date(2026, 1, 1), None)


def test_a_unit_renamed_in_the_registry_keeps_its_new_name(loaded: dict[str, Any]) -> None:
    unit = Unit.objects.get(code="CG-DDN-3")
    rename_unit(unit=unit, language="vi", name="Đoàn mới", on=date(2026, 1, 1), by=None)
    assert not load_directory(data=loaded)
    assert Unit.objects.get(code="CG-DDN-3").name(date(2026, 1, 1), "vi") == "Đoàn mới"


def test_what_the_data_leaves_out_is_not_removed(loaded: dict[str, Any]) -> None:
    assert load_directory(data={"units": {}}) == Changes()
    assert load_vocabularies(data={}) == Changes()
    assert Unit.objects.count() == 225


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"agency": "NAVY", "level": "local"}, "units.X.agency"),
        ({"agency": "POLICE", "level": "galaxy"}, "units.X.level"),
        ({"agency": "POLICE", "level": "local", "motto": "!"}, "units.X.motto"),
        ({"agency": "POLICE", "level": "local", "id": "1"}, "units.X.id"),
        ({"agency": "POLICE", "level": "local", "memberships": []}, "units.X.memberships"),
        ({"agency": "POLICE", "level": "local", "valid_from": "2024-02-30"}, "units.X.valid_from"),
        (
            {"agency": "POLICE", "level": "local", "placements": [{"parent": "C99"}]},
            "units.X.placements.0.parent",
        ),
        (
            {"agency": "POLICE", "level": "local", "names": [{"language": "fr", "name": "Équipe"}]},
            "units.X.names.0.language",
        ),
    ],
)
def test_a_mistake_in_the_data_is_named_and_nothing_is_written(
    loaded: dict[str, Any], change: dict[str, Any], fault: str
) -> None:
    before = AuditEvent.objects.count()
    with pytest.raises(Invalid) as refusal:
        load_directory(data={"units": {"X": change}})
    assert list(refusal.value.fields) == [fault]
    assert not Unit.objects.filter(code="X").exists()
    assert AuditEvent.objects.count() == before


def test_every_mistake_is_named_at_once(loaded: dict[str, Any]) -> None:
    faulty = {"names_vi": "?", "order": "many"}
    with pytest.raises(Invalid) as refusal:
        load_vocabularies(data={"topics": {"a": faulty, "no code": {}}})
    assert set(refusal.value.fields) == {"topics.a.names_vi", "topics.a.order", "topics.no code.code"}


def test_an_explicit_null_takes_a_value_away(loaded: dict[str, Any]) -> None:
    data: dict[str, Any] = {"units": {"CU-DTCBL-D5": {"placements": [{"parent": None}]}}}
    assert load_directory(data=data).changed == 1
    assert Unit.objects.get(code="CU-DTCBL-D5").parent() is None
    assert load_vocabularies(data={"substances": {"heroin": {"parent": None}}}).changed == 1
    assert Substance.objects.get(code="heroin").parent is None


def test_what_must_have_a_value_refuses_null(loaded: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        load_directory(data={"units": {"C04": {"agency": None, "level": None}}})
    assert set(refusal.value.fields) == {"units.C04.agency", "units.C04.level"}


def test_only_the_operator_loads(loaded: dict[str, Any]) -> None:
    with pytest.raises(NotPermitted):
        load_directory(data=loaded, by=User(username="somebody"))
    assert not load_directory(data=loaded, by=User(username="operator", is_superuser=True))


def test_the_command_says_what_changed(loaded: dict[str, Any]) -> None:
    out = StringIO()
    call_command("load_reference", stdout=out)
    assert "550" in out.getvalue()


def test_the_command_refuses_sections_nobody_loads(tmp_path: Path) -> None:
    file = tmp_path / "reference.json"
    file.write_text(json.dumps({"planets": {}}), encoding="utf-8")
    with pytest.raises(CommandError, match="planets"):
        call_command("load_reference", file=file)


def test_the_command_names_the_place_of_a_mistake(tmp_path: Path) -> None:
    file = tmp_path / "reference.json"
    file.write_text(json.dumps({"topics": {"a": {"rank": 1}}}), encoding="utf-8")
    with pytest.raises(CommandError, match=r"topics\.a\.rank"):
        call_command("load_reference", file=file)
