"""The vocabularies that come with the registry."""

from decimal import Decimal

import pytest

from registry.reference.models import Dimension, Metric, Substance, Topic, Trap, UnitOfMeasure
from tests.reference.loaded import loaded, reference_data

__all__ = ["loaded", "reference_data"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

TRAPS = (
    "T-DECIMAL T-MASSPILL T-PERIOD T-CUTOFF T-CONFLICT T-OVERLAP T-POOLED T-UNIT T-SUBJECT T-SUBSET T-DUP "
    "T-RATE T-MIXED T-COMPARATOR T-PRECISION T-MIXEDCLASS T-SUBSTANCE T-NAME T-OFFICE T-RANK T-TRANSL "
    "T-MISSING T-NODATE T-VENUE T-HOST T-NOISE T-SCOPE T-NODUE T-PARTIAL T-NOSPLIT T-VAGUE"
)


def test_the_six_lawful_topics_stand_in_the_order_of_the_decree() -> None:
    assert [topic.article for topic in Topic.objects.all()] == [
        "8(1)(a)",
        "8(1)(b)",
        "8(1)(c)",
        "8(1)(d)",
        "8(1)(dd)",
        "8(1)(e)",
    ]


@pytest.mark.parametrize(
    ("code", "dimension", "factor"),
    [
        ("mg", "mass", "0.001"),
        ("g", "mass", "1"),
        ("kg", "mass", "1000"),
        ("tonne", "mass", "1000000"),
        ("ml", "volume", "1"),
        ("l", "volume", "1000"),
        ("tablet", "tablet", "1"),
        ("dose", "dose", "1"),
        ("plant", "plant", "1"),
        ("brick", "brick", "1"),
        ("m2", "area", "1"),
        ("ha", "area", "10000"),
        ("case", "count", "1"),
        ("special_case", "count", "1"),
        ("percent", "rate", "1"),
        ("billion_vnd", "money", "1000000000"),
    ],
)
def test_a_unit_of_measure_has_an_exact_factor(code: str, dimension: str, factor: str) -> None:
    unit = UnitOfMeasure.objects.get(code=code)
    assert (unit.dimension, unit.factor) == (dimension, Decimal(factor))


def test_every_dimension_has_a_base_unit() -> None:
    bases = set(UnitOfMeasure.objects.filter(factor=1).values_list("dimension", flat=True))
    assert bases == set(Dimension.values)


def test_counts_and_rates_do_not_convert_into_each_other() -> None:
    assert not UnitOfMeasure.objects.filter(dimension__in=["count", "rate"]).exclude(factor=1).exists()


def test_generic_codes_are_classes_and_nothing_else_is() -> None:
    generic = set(Substance.objects.filter(generic=True).values_list("code", flat=True))
    assert generic == {"all_drugs", "synthetic_unspecified", "cannabis_unspecified"}


def test_every_drug_lies_below_all_drugs_and_precursors_do_not() -> None:
    substances = {s.pk: s for s in Substance.objects.all()}
    for substance in substances.values():
        top = substance
        while top.parent_id is not None:
            top = substances[top.parent_id]
        assert top.code == ("precursor" if substance.code == "precursor" else "all_drugs")


@pytest.mark.parametrize(
    ("code", "parent"),
    [
        ("heroin", "all_drugs"),
        ("cocaine", "all_drugs"),
        ("cannabis_herb", "cannabis_unspecified"),
        ("meth_tablet", "synthetic_unspecified"),
        ("synthetic_cannabinoid", "new_psychoactive"),
    ],
)
def test_a_substance_belongs_to_its_class(code: str, parent: str) -> None:
    assert Substance.objects.get(code=code).parent == Substance.objects.get(code=parent)


def test_every_known_trap_is_there_and_says_what_the_registry_does() -> None:
    assert set(Trap.objects.values_list("code", flat=True)) == set(TRAPS.split())
    assert not Trap.objects.filter(handling_vi="").exists()
    assert not Trap.objects.filter(handling_en="").exists()


def test_means_and_percentages_never_add() -> None:
    assert not Metric.objects.filter(dimension="rate", addable=True).exists()
    assert not Metric.objects.get(code="joint_cases_coordinated").addable


def test_figures_outside_drug_crime_are_marked() -> None:
    outside = set(Metric.objects.filter(drug_related=False).values_list("code", flat=True))
    assert outside == {
        "tasks_announced",
        "social_order_offences_decrease",
        "environment_cases",
        "environment_persons",
        "rescue_missions",
        "persons_saved",
        "persons_moved_from_flood",
        "persons_rescued_from_fire",
        "press_articles",
    }


def test_a_term_speaks_the_reader_s_language() -> None:
    trap = Trap.objects.get(code="T-RATE")
    assert trap.name("vi") == "Số bình quân hoặc tỷ lệ"
    assert trap.name("en-gb") == "A mean or a percentage"
