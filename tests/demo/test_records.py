"""What else the demo holds: everything marked synthetic, cases in all roles, statements, conferences."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import Count

from agencies.audit.models import AuditEvent
from registry.cases.models import JointCase, Participation, SeizureLot
from registry.cases.terms import CaseRole, Kind
from registry.conferences.models import Conference
from registry.periods import Period
from reports.demo.load import load_demo
from reports.models import Statement
from tests.demo.loaded import DESK_DAY

pytestmark = pytest.mark.usefixtures("demo")

FACTS = {"agencies.FocalPoint", "conferences.Conference", "conferences.Attendance"}
FACTS |= {"conferences.Resolution", "conferences.ActionItem", "reports.ConferencePapers"}
"""Records of which some come from published documents and are true."""


def counts() -> dict[str, int]:
    """How many rows each table holds."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def test_whatever_can_be_marked_synthetic_is() -> None:
    for model in apps.get_models():
        try:
            model._meta.get_field("synthetic")
        except FieldDoesNotExist:
            continue
        if model._meta.label not in FACTS:
            assert not model._base_manager.filter(synthetic=False).exists(), model._meta.label


def test_a_second_load_changes_nothing() -> None:
    before, last = counts(), AuditEvent.objects.latest("id").pk
    load_demo(now=DESK_DAY)
    assert counts() == before
    assert AuditEvent.objects.latest("id").pk == last


def test_24_cases_of_the_quarter_of_all_three_kinds() -> None:
    opened = JointCase.objects.opened_in(Period.parse("2024-Q2"))
    kinds = dict(opened.order_by().values_list("kind").annotate(n=Count("pk")))
    assert kinds == {Kind.CASE: 13, Kind.CASE_FILE: 6, Kind.PROSECUTED_CASE: 5}


def test_all_roles_take_part_and_some_have_not_confirmed() -> None:
    confirmed = Participation.objects.filter(confirmed_at__isnull=False)
    assert set(confirmed.values_list("role", flat=True)) == set(CaseRole.values)
    assert Participation.objects.filter(confirmed_at__isnull=True, role=CaseRole.COORDINATOR).exists()


def test_mass_and_tablets_stand_side_by_side_and_some_lots_are_not_weighed() -> None:
    dimensions = set(SeizureLot.objects.filter(weighed=True).values_list("unit__dimension", flat=True))
    assert dimensions == {"mass", "tablet"}
    assert SeizureLot.objects.filter(weighed=False).exists()
    both = JointCase.objects.filter(lots__unit__code="kg").filter(lots__unit__code="tablet")
    assert both.exists()


def test_items_were_used_in_cases() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_caseitem c JOIN information_delivery d ON d.id = c.delivery_id")
        assert cursor.fetchone()[0] > 20


def test_three_agencies_confirmed_their_figures_of_the_quarter_and_customs_has_a_draft() -> None:
    found = dict(Statement.objects.filter(period_label="2024-Q2").values_list("agency__code", "status"))
    confirmed = dict.fromkeys(("POLICE", "BORDERGUARD", "COASTGUARD"), "confirmed")
    assert found == confirmed | {"CUSTOMS": "draft"}


def test_one_conference_is_minuted_and_one_is_planned() -> None:
    found = Conference.objects.filter(synthetic=True).order_by("period_start")
    assert list(found.values_list("status", flat=True)) == ["minuted", "planned"]
    assert found[0].action_items.values("status").distinct().count() == 2
