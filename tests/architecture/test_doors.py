"""Every record has a policy, every view and admin begins at it."""

import inspect
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import EmptyResultSet
from django.urls import get_resolver
from rest_framework.serializers import ModelSerializer, PrimaryKeyRelatedField
from rest_framework.views import APIView

from agencies.admin_base import ChildInline, RecordAdmin, RecordInline
from agencies.api.base import RecordViewSet
from agencies.audit.models import AuditEvent
from agencies.models import Record
from agencies.roles import GRANTS, REACH, Permission, Reach, Role, Scope, scope_of
from agencies.visibility import VisibleQuerySet
from registry.cases.terms import CaseStatus
from registry.cases.workflow import MOVES as CASE_MOVES
from registry.conferences.terms import ActionStatus, ConferenceStatus
from registry.conferences.workflow import ACTION_MOVES
from registry.conferences.workflow import MOVES as CONFERENCE_MOVES
from registry.information.terms import ConsentStatus, DeliveryStatus, DocketStatus, Status
from registry.information.workflow import CONSENT_MOVES, DELIVERY_MOVES, DOCKET_MOVES, MOVES
from registry.reorganisations.terms import Status as ReorganisationStatus
from registry.reorganisations.workflow import MOVES as REORGANISATION_MOVES
from registry.requests.terms import RequestStatus
from registry.requests.workflow import MOVES as REQUEST_MOVES
from reports.terms import StatementStatus
from reports.workflow import MOVES as STATEMENT_MOVES
from tests.access.test_matrix import addresses

OURS = [c.label for c in apps.get_app_configs() if c.name.split(".")[0] in {"agencies", "registry", "reports"}]
RECORDS = [m for label in OURS for m in apps.get_app_config(label).get_models() if issubclass(m, Record)]
ON_ANOTHER_PAGE = {
    *("information.Evaluation", "reports.Claim", "reports.Explanation"),
    *("reports.NarrativeVersion", "reports.SealedFile"),
}
"""Records that the admin shows as a part of another: an evaluation stands on the page of its delivery, what a figure
counts and what was said of differences on the pages of reconciliation, versions of a text on their own page, files on
the page of their sealed report."""


@pytest.mark.parametrize("model", RECORDS, ids=lambda m: m._meta.label)
def test_a_record_says_who_sees_it(model: Any) -> None:
    queryset = type(model._default_manager.all())
    assert issubclass(queryset, VisibleQuerySet)
    assert queryset.visible_to is not VisibleQuerySet.visible_to


@pytest.mark.parametrize("model", RECORDS, ids=lambda m: m._meta.label)
def test_nobody_sees_no_record(model: Any) -> None:
    """A reader without any permission is shown nothing: the query is empty without asking."""

    class Nobody:
        pk = None

        def units_with(self, permission: Permission) -> frozenset[Any]:
            return frozenset()

        def roots_with(self, permission: Permission) -> frozenset[Any]:
            return frozenset()

        def holds(self, permission: Permission) -> bool:
            return False

    shown = model._default_manager.all().visible_to(Nobody())
    try:
        sql = str(shown.query)
    except EmptyResultSet:
        return
    assert "IS NULL" in sql, sql


def views() -> list[Any]:
    found = {}
    for path, pattern in addresses(get_resolver().url_patterns):
        if path.startswith("api/v1/"):
            cls = getattr(pattern.callback, "cls", None)
            assert cls is not None, f"{path} is no view class"
            found[cls] = path
    return list(found)


@pytest.mark.parametrize("view", views(), ids=lambda v: v.__name__)
def test_a_view_of_the_api_is_closed_by_default(view: Any) -> None:
    assert issubclass(view, APIView)
    assert view.permission_classes, "no permission classes"
    assert view.authentication_classes == RecordViewSet.authentication_classes or view.__module__.startswith("drf_")
    if issubclass(view, RecordViewSet):
        assert view.read_permissions, "say who ever reads this kind of record"
        assert all(isinstance(p, Permission) for p in view.read_permissions)
        assert view.permission_classes[0] is RecordViewSet.permission_classes[0]
    else:
        assert view.__module__.startswith("drf_spectacular"), "every view of ours is a RecordViewSet"


@pytest.mark.parametrize("view", [v for v in views() if issubclass(v, RecordViewSet)], ids=lambda v: v.__name__)
def test_serializers_name_their_fields_and_hide_no_stock_relations(view: Any) -> None:
    kinds = [view.serializer_class, *view.write_serializers.values()]
    for kind in kinds:
        if issubclass(kind, ModelSerializer):
            assert kind.Meta.fields != "__all__"
            assert not getattr(kind.Meta, "depth", 0)
        for name, field in kind().fields.items():
            assert not isinstance(field, PrimaryKeyRelatedField), f"{kind.__name__}.{name}: use a CodeField"


def test_answers_are_json_and_nothing_else() -> None:
    rest = settings.REST_FRAMEWORK
    assert rest["DEFAULT_RENDERER_CLASSES"] == ["rest_framework.renderers.JSONRenderer"]
    assert rest["DEFAULT_PARSER_CLASSES"] == ["registry.api.parsers.StrictJSONParser"]
    assert rest["DEFAULT_METADATA_CLASS"] is None
    for view in views():
        if issubclass(view, RecordViewSet):
            assert [r.__name__ for r in view.renderer_classes] == ["JSONRenderer"]
            assert [p.__name__ for p in view.parser_classes] == ["StrictJSONParser"]


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda m: m._meta.label)
def test_a_model_of_the_admin_begins_at_the_one_door(model: Any) -> None:
    page = admin.site._registry[model]
    assert isinstance(page, RecordAdmin)
    assert page.read_permissions, "say who ever reads this kind of record"
    assert page.has_delete_permission(None) is False  # type: ignore[arg-type]
    for inline in page.inlines:
        assert issubclass(inline, RecordInline), f"{inline.__name__} is no RecordInline"
        if issubclass(inline, ChildInline):
            assert not issubclass(inline.model, Record), f"{inline.__name__}: {inline.model} has a door of its own"


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda m: m._meta.label)
def test_saving_in_the_admin_goes_through_actions(model: Any) -> None:
    page = type(admin.site._registry[model])
    for name in ("save_model", "save_formset", "delete_model", "log_change", "save_form"):
        owner = next(c for c in inspect.getmro(page) if name in vars(c))
        assert owner is RecordAdmin or owner.__module__.startswith("django."), f"{name} is overridden by {owner}"
    text = inspect.getsource(page)
    for written in (".save()", "save_m2m", "super().save_", ".objects.create", "status = "):
        assert written not in text, f"{page.__name__} writes by itself: {written}"


def test_every_record_is_reached_in_the_admin() -> None:
    shown = set(admin.site._registry) | {i.model for page in admin.site._registry.values() for i in page.inlines}
    missing = {m._meta.label for m in RECORDS if m not in shown} - ON_ANOTHER_PAGE
    assert missing == set()
    assert AuditEvent in shown


def test_every_role_has_grants_and_every_permission_a_reach_and_a_scope() -> None:
    assert set(GRANTS) == set(Role)
    assert set(REACH) == set(Permission)
    assert all(granted <= set(Permission) for granted in GRANTS.values())
    assert {p for granted in GRANTS.values() for p in granted} == set(Permission)
    assert all(isinstance(scope_of(p), Scope) for p in Permission)


def test_whatever_writes_stays_in_the_unit_or_is_administration() -> None:
    for permission in Permission:
        if scope_of(permission) is Scope.WRITE:
            assert REACH[permission] is Reach.UNIT, permission


TABLES = [
    (MOVES, Status),
    (DELIVERY_MOVES, DeliveryStatus),
    (CONSENT_MOVES, ConsentStatus),
    (DOCKET_MOVES, DocketStatus),
    (REQUEST_MOVES, RequestStatus),
    (CASE_MOVES, CaseStatus),
    (CONFERENCE_MOVES, ConferenceStatus),
    (ACTION_MOVES, ActionStatus),
    (REORGANISATION_MOVES, ReorganisationStatus),
    (STATEMENT_MOVES, StatementStatus),
]


@pytest.mark.parametrize(("table", "statuses"), TABLES, ids=lambda x: getattr(x, "__name__", ""))
def test_a_workflow_names_statuses_and_permissions_that_exist(table: Any, statuses: Any) -> None:
    for (status, action), move in table.items():
        assert status in statuses.values
        assert move.to in statuses.values
        assert isinstance(move.permission, Permission)
        assert action == action.lower()
    reached = {move.to for move in table.values()} | {statuses.values[0]}
    assert reached == set(statuses.values), "a status that nothing leads to"


@pytest.mark.parametrize(("table", "statuses"), TABLES, ids=lambda x: getattr(x, "__name__", ""))
def test_an_action_needs_one_permission_whatever_the_status(table: Any, statuses: Any) -> None:
    for action in {action for _status, action in table}:
        assert len({move.permission for (_s, a), move in table.items() if a == action}) == 1, action
