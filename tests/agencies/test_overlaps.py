"""Two entries of one kind never hold on the same day: the database refuses it, whoever asks."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from agencies.models import (
    Agency,
    AgencyName,
    Area,
    AreaLead,
    FocalPoint,
    LegalBasis,
    Level,
    Membership,
    Place,
    PlaceKind,
    PlaceName,
    Unit,
    UnitName,
    UnitPlacement,
    User,
)

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)
KINDS = ["agency_name", "unit_name", "place_name", "placement", "focal_point", "area_lead", "membership"]


@pytest.fixture
def rows() -> dict[str, models.Model]:
    """One row of each dated kind, holding through 2024."""
    agency = Agency(code="TEST", protocol_order=99)
    unit = Unit(code="TEST-1", agency=agency, level=Level.CENTRAL)
    above = Unit(code="TEST-0", agency=agency, level=Level.PARENT)
    place = Place(code="test-place", kind=PlaceKind.PROVINCE)
    area = Area(code="test", name_vi="Thử", name_en="Test")
    law = LegalBasis(code="test-law", title_vi="Luật", title_en="Law")
    user = User(username="cast")
    for owner in (agency, unit, above, place, area, law, user):
        owner.save()
    span = {"valid_from": FIRST, "valid_to": SECOND}
    made: dict[str, models.Model] = {
        "agency_name": AgencyName(agency=agency, language="vi", name="Một", **span),
        "unit_name": UnitName(unit=unit, language="vi", name="Một", **span),
        "place_name": PlaceName(place=place, language="vi", name="Một", **span),
        "placement": UnitPlacement(unit=unit, parent=above, place=place, **span),
        "focal_point": FocalPoint(unit=unit, office_vi="Trưởng phòng", **span),
        "area_lead": AreaLead(area=area, agency=agency, legal_basis=law, **span),
        "membership": Membership(user=user, unit=unit, role="officer", **span),
    }
    for row in made.values():
        row.save()
    return made


def again(row: models.Model, start: date | None, end: date | None) -> models.Model:
    """The same entry for another span."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    return type(row)(**values | {"valid_from": start, "valid_to": end})


def insert(row: models.Model) -> None:
    """Past Django: what a person at the database's prompt would do."""
    fields: list[Any] = [f for f in row._meta.concrete_fields if not (f.primary_key and f.name != "id")]
    if isinstance(row._meta.pk, models.AutoField):
        fields = [f for f in fields if not f.primary_key]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(f.column) for f in fields)
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(row._meta.db_table)} ({columns}) VALUES ({marks})",
            [getattr(row, f.attname) for f in fields],
        )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("start", "end"),
    [(FIRST, SECOND), (None, None), (date(2024, 12, 31), THIRD), (None, date(2024, 1, 2))],
)
@pytest.mark.parametrize("way", ["orm", "sql"])
def test_an_overlap_is_refused(
    rows: dict[str, models.Model], kind: str, start: date | None, end: date | None, way: str
) -> None:
    second = again(rows[kind], start, end)
    with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        second.save() if way == "orm" else insert(second)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("start", "end"), [(SECOND, None), (None, FIRST), (SECOND, THIRD)])
@pytest.mark.parametrize("way", ["orm", "sql"])
def test_the_day_one_ends_the_next_may_begin(
    rows: dict[str, models.Model], kind: str, start: date | None, end: date | None, way: str
) -> None:
    following = again(rows[kind], start, end)
    following.save() if way == "orm" else insert(following)
    assert type(following)._default_manager.filter(valid_from=start, valid_to=end).exists()


TAKEN_BACK = {"membership", "unit_name", "placement"}
"""May end on the day they begin: they were taken back whole, and held on no day."""
ONE_DAY_AT_LEAST = sorted(set(KINDS) - TAKEN_BACK)


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [(kind, THIRD, SECOND) for kind in KINDS] + [(kind, THIRD, THIRD) for kind in ONE_DAY_AT_LEAST],
)
def test_an_entry_that_ends_before_it_begins_is_refused(
    rows: dict[str, models.Model], kind: str, start: date, end: date
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(again(rows[kind], start, end))


def test_a_role_that_ends_on_the_day_it_begins_was_never_held(rows: dict[str, models.Model]) -> None:
    taken_back = again(rows["membership"], THIRD, THIRD)
    taken_back.save()
    assert taken_back.pk not in {row.pk for row in Membership.objects.as_of(THIRD)}
    again(rows["membership"], THIRD, None).save()


def test_names_in_two_languages_hold_side_by_side(rows: dict[str, models.Model]) -> None:
    english = again(rows["unit_name"], FIRST, SECOND)
    english.language = "en"  # type: ignore[attr-defined]
    english.save()


def test_one_person_may_be_two_things_in_a_unit(rows: dict[str, models.Model]) -> None:
    analyst = again(rows["membership"], FIRST, SECOND)
    analyst.role = "analyst"  # type: ignore[attr-defined]
    analyst.save()


def test_a_unit_never_stands_below_itself(rows: dict[str, models.Model]) -> None:
    placement = again(rows["placement"], SECOND, None)
    placement.parent_id = placement.unit_id  # type: ignore[attr-defined]
    with pytest.raises(IntegrityError, match="unit_not_below_itself"), transaction.atomic():
        insert(placement)


@pytest.mark.parametrize("kind", ["unit_name", "placement"])
def test_a_row_that_was_taken_back_stands_nowhere_and_in_nobodys_way(rows: dict[str, models.Model], kind: str) -> None:
    taken_back = again(rows[kind], THIRD, THIRD)
    taken_back.save()
    model: Any = type(taken_back)
    assert not model.objects.filter(pk=taken_back.pk).exists()
    assert model.every.filter(pk=taken_back.pk).exists()
    again(rows[kind], SECOND, None).save()
