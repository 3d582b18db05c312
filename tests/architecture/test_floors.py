"""Foreign keys point down the same floors as imports. import-linter cannot see keys written as text."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, OneToOneField

from agencies.audit.models import AuditEvent

FLOORS = (
    *("reports", "reorganisations", "commendations", "conferences", "cases", "requests", "information", "notices"),
    *("documents", "reference", "agencies", "audit"),
)
"""App labels from the roof down; each may point to itself and to those after it."""


def ours() -> list[Any]:
    return [model for label in FLOORS for model in apps.get_app_config(label).get_models(include_auto_created=True)]


def test_every_app_of_ours_has_a_floor() -> None:
    labels = {c.label for c in apps.get_app_configs() if c.name.split(".")[0] in {"agencies", "registry", "reports"}}
    assert labels - set(FLOORS) - {"registry", "api"} == set()
    kept = {m.__name__ for m in apps.get_app_config("api").get_models()}
    assert kept == {"IdempotencyKey"}


@pytest.mark.parametrize("model", ours(), ids=lambda m: m._meta.label)
def test_a_foreign_key_points_down(model: Any) -> None:
    own = FLOORS.index(model._meta.app_label)
    for field in model._meta.get_fields(include_hidden=False):
        if isinstance(field, ForeignKey | OneToOneField | ManyToManyField):
            target = field.related_model._meta.app_label
            assert target in FLOORS, f"{field} leaves the house: {target}"
            assert FLOORS.index(target) >= own, f"{field} points up"


@pytest.mark.parametrize("model", ours(), ids=lambda m: m._meta.label)
def test_what_others_point_to_is_protected(model: Any) -> None:
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey) and not (model._meta.auto_created or model._meta.proxy):
            assert field.remote_field.on_delete.__name__ in {"PROTECT", "RESTRICT"}, f"{field}"


def test_the_audit_log_points_to_nothing() -> None:
    assert [f for f in AuditEvent._meta.get_fields() if f.is_relation] == []
