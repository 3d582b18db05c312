"""The vocabularies in the admin: everybody looks them up, nobody edits them."""

import pytest
from django.test import Client
from django.urls import reverse

from agencies.actions import create_user
from agencies.models import Unit, User
from agencies.roles import Role
from registry.reference.models import Metric, NonWorkingDay, Substance, Term, Topic, Trap, UnitOfMeasure
from tests.reference.loaded import loaded, reference_data

__all__ = ["loaded", "reference_data"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

TERMS: list[type[Term]] = [Metric, Substance, Topic, Trap, UnitOfMeasure]


def signed_in(role: Role) -> Client:
    unit = Unit.objects.get(code="BG-PCMT")
    user = create_user(username=f"admin-{role}", password=None, unit=unit, role=role, by=None)
    client = Client()
    client.force_login(user)
    return client


def page(term: type[Term | NonWorkingDay], name: str, *args: object) -> str:
    return reverse(f"admin:{term._meta.app_label}_{term._meta.model_name}_{name}", args=args)


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR, Role.AGENCY_ADMIN])
def test_a_vocabulary_is_looked_up(term: type[Term], role: Role) -> None:
    client = signed_in(role)
    one = term.objects.order_by("code").first()
    assert one is not None
    listed = client.get(page(term, "changelist"), {"q": one.code})
    assert listed.status_code == 200
    assert one.code in listed.content.decode()
    shown = client.get(page(term, "change", one.pk))
    assert shown.status_code == 200
    assert 'name="_save"' not in shown.content.decode()


@pytest.mark.parametrize("term", TERMS)
def test_nobody_edits_adds_or_deletes_a_term(term: type[Term]) -> None:
    client = signed_in(Role.AGENCY_ADMIN)
    one = term.objects.order_by("code").first()
    assert one is not None
    assert client.get(page(term, "add")).status_code == 403
    assert client.post(page(term, "change", one.pk), {"name_vi": "khác"}).status_code == 403
    assert client.post(page(term, "delete", one.pk), {"post": "yes"}).status_code == 403
    one.refresh_from_db()
    assert one.name_vi != "khác"


@pytest.mark.parametrize("term", TERMS)
def test_an_operator_without_a_role_sees_no_terms(term: type[Term]) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("operator"))
    assert client.get(page(term, "changelist")).status_code == 403


def test_days_off_are_looked_up_and_nobody_edits_them() -> None:
    client = signed_in(Role.AGENCY_ADMIN)
    listed = client.get(
        reverse("admin:reference_nonworkingday_changelist"), {"day__year": "2024", "kind__exact": "tet"}
    )
    assert "Tết Nguyên đán" in listed.content.decode()
    one = NonWorkingDay.objects.get(day="2024-02-08")
    assert 'name="_save"' not in client.get(page(NonWorkingDay, "change", one.pk)).content.decode()
    assert client.get(page(NonWorkingDay, "add")).status_code == 403
    assert client.post(page(NonWorkingDay, "change", one.pk), {"name_vi": "khác"}).status_code == 403
