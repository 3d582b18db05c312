"""What was read out of the five documents, against tables written by hand from the printed pages."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Model

from registry.documents.models import (
    Document,
    EventAttendance,
    PublishedEvent,
    PublishedFigure,
    PublishedName,
    PublishedRow,
    PublishedStatement,
)
from tests.documents.by_hand import COMMENDATION, COUNTS, NOVEMBER, ON_FIGURES, PRINTED, Q1, Q2, REVIEW, TRAPS
from tests.documents.loaded import document, documents, documents_data, figure

__all__ = ["documents", "documents_data"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("documents")]

H1 = (date(2024, 1, 1), date(2024, 7, 1))
ROWS: list[type[Model]] = [PublishedFigure, PublishedEvent, PublishedName, PublishedStatement]


def of(model: type[Any], code: str) -> Any:
    return model.objects.filter(document__code=code)


@pytest.mark.parametrize(("code", "counts"), COUNTS.items())
def test_each_document_holds_as_many_facts_as_were_counted_by_hand(code: str, counts: tuple[int, ...]) -> None:
    figures = of(PublishedFigure, code)
    found = (
        figures.filter(kind="figure").count(),
        figures.filter(kind="noise").count(),
        of(PublishedEvent, code).count(),
        EventAttendance.objects.filter(event__document__code=code).count(),
        of(PublishedName, code).count(),
        of(PublishedStatement, code).count(),
    )
    assert found == counts


@pytest.mark.parametrize(("code", "rows"), PRINTED.items())
def test_every_printed_number_is_a_figure_read_as_by_hand(code: str, rows: list[tuple[Any, ...]]) -> None:
    found = [
        (
            f.paragraph,
            f.value_printed,
            f.comparator,
            f"{f.normalised_value.normalize():f}",
            f.normalised_unit.code,
            f.substance.code if f.substance else None,
        )
        for f in of(PublishedFigure, code).order_by("number")
    ]
    assert found == rows


@pytest.mark.parametrize(("code", "names"), TRAPS.items())
def test_every_trap_of_a_document_is_attached_to_something_in_it(code: str, names: str) -> None:
    attached = set(document(code).traps.values_list("code", flat=True))
    for model in ROWS:
        attached |= set(of(model, code).values_list("traps__code", flat=True))
    offices = EventAttendance.objects.filter(event__document__code=code)
    attached |= set(offices.values_list("traps__code", flat=True))
    assert {f"T-{name}" for name in names.split()} - attached == set()


@pytest.mark.parametrize(("place", "numbers"), ON_FIGURES.items())
def test_a_trap_sits_on_the_very_figures_it_concerns(place: tuple[str, str], numbers: set[int]) -> None:
    code, trap = place
    found = of(PublishedFigure, code).filter(traps__code=trap)
    assert set(found.values_list("number", flat=True)) == numbers


def test_659_149_kg_is_kept_as_printed_read_with_a_decimal_comma_and_awaits_confirmation() -> None:
    f = figure(Q2, 10)
    assert (f.value_printed, f.unit_printed, f.value, f.unit.code) == ("659,149", "kg", Decimal("659.149"), "kg")
    assert (f.normalised_value, f.normalised_unit.code, f.significant_digits) == (Decimal(659149), "g", 6)
    assert f.subject_agency is not None
    assert f.subject_agency.code == "BORDERGUARD"
    assert list(PublishedFigure.objects.filter(needs_confirmation=True)) == [f]


def test_nearly_lies_below_and_over_above() -> None:
    nearly, over = figure(Q2, 7), figure(Q2, 4)
    assert (nearly.lower, nearly.upper, nearly.upper_open) == (None, Decimal(1), True)
    assert (over.lower, over.lower_open, over.upper) == (Decimal(330), True, None)


def test_mass_and_tablets_are_parallel_figures_of_two_dimensions() -> None:
    for code, mass, pills in ((REVIEW, 4, 5), (Q2, 5, 6), (NOVEMBER, 5, 6)):
        tablets = figure(code, pills)
        assert (tablets.relation, tablets.related_to) == ("parallel_measure_of", figure(code, mass))
        assert (figure(code, mass).unit.dimension, tablets.unit.dimension) == ("mass", "tablet")


def test_152_is_the_four_agencies_in_an_inferred_period() -> None:
    f = figure(Q2, 1)
    assert (f.subject_scope, f.subject_agency, f.metric and f.metric.code) == (
        "four_agencies",
        None,
        "information_shared",
    )
    assert (f.period_start, f.period_end, f.period_inferred) == (date(2024, 4, 1), date(2024, 7, 1), True)
    assert f.period_basis == "as_printed_unknown"


def test_the_half_year_of_the_second_quarters_conference_is_not_called_a_quarter() -> None:
    for f in of(PublishedFigure, Q2).filter(number__range=(2, 19)):
        assert (f.period_start, f.period_end) == H1
        assert f.period_inferred == (f.paragraph == 9)


def test_a_conflict_names_the_other_values_and_prefers_none() -> None:
    for number, other in ((2, "14,461"), (3, "23,000"), (4, "196"), (5, "2.34"), (6, "1.47"), (7, "882")):
        assert other in figure(Q2, number).note_en


def test_agency_rows_pool_leading_and_coordinating_and_are_another_series_than_the_police() -> None:
    rows = of(PublishedFigure, Q2).filter(paragraph=9)
    assert set(rows.values_list("role", "subject_scope")) == {("lead_and_coordinate_pooled", "agency")}
    national = of(PublishedFigure, Q2).filter(paragraph=8)
    assert set(national.values_list("role", "subject_scope")) == {("coordinated", "national_force")}


def test_case_files_are_not_cases() -> None:
    units = of(PublishedFigure, Q2).filter(number__in=[8, 11, 17]).order_by("number")
    assert list(units.values_list("unit__code", "metric__code")) == [
        ("case", "drug_cases"),
        ("special_case", "drug_special_cases"),
        ("case", "drug_cases"),
    ]


def test_the_dead_are_one_fact_mentioned_twice_and_the_fugitives_perhaps_a_subset() -> None:
    assert (figure(COMMENDATION, 6).relation, figure(COMMENDATION, 6).related_to) == (
        "same_fact_as",
        figure(COMMENDATION, 2),
    )
    assert (figure(REVIEW, 6).relation, figure(REVIEW, 6).related_to) == ("part_of_unknown", figure(REVIEW, 2))


def test_ten_years_are_ten_and_a_half() -> None:
    f = figure(REVIEW, 1)
    assert (f.period_start, f.period_end) == (date(2010, 1, 1), date(2020, 7, 1))
    assert "10.5" in f.note_en


def test_what_is_not_said_is_empty_with_its_reason() -> None:
    event = PublishedEvent.objects.get(document__code=Q1)
    assert (event.held_on, event.host_printed, event.host_agency, event.venue_printed) == (None, "", None, "")
    assert {event.held_on_missing, event.host_printed_missing, event.venue_printed_missing} == {"not_stated"}
    assert (document(Q1).published_on_missing, document(Q1).publisher_missing) == ("not_stated", "not_stated")
    assert (document(COMMENDATION).title, document(COMMENDATION).title_missing) == ("", "not_stated")
    mean = figure(COMMENDATION, 3)
    assert (mean.period_start, mean.period_end, mean.period_missing) == (None, None, "not_stated")
    assert set(PublishedStatement.objects.values_list("due_on", flat=True)) == {None}
    asked = PublishedStatement.objects.filter(kind__in=["task", "resolution", "proposal"])
    assert set(asked.values_list("due_on_missing", flat=True)) == {"not_stated"}


def test_the_host_of_the_second_quarter_is_marked_as_inferred_and_its_chair_and_city_are_empty() -> None:
    event = PublishedEvent.objects.get(document__code=Q2)
    assert event.host_unit is not None
    assert (event.held_on, event.host_unit.code, event.host_inferred) == (date(2024, 8, 14), "CG-HQ", True)
    assert (event.chair_office_printed_missing, event.city_printed_missing) == ("not_stated", "not_stated")
    assert event.venue_printed.startswith("headquarters")


def test_no_zero_stands_for_a_missing_number() -> None:
    assert not PublishedFigure.objects.filter(value=0).exists()
    assert not PublishedFigure.objects.filter(normalised_value=0).exists()


def test_three_names_mean_c04_and_three_the_coast_guards_department() -> None:
    def names(unit: str) -> set[str]:
        return set(PublishedName.objects.filter(unit__code=unit).values_list("name_printed", flat=True))

    assert names("C04") >= {
        "Counter Narcotics Police Department",
        "Police Department of Drug-related Crime Investigation",
        "Drug Crime Investigation Police Department",
    }
    assert names("CG-NVPL") == {
        "Department of Professional Technique and Law",
        "Operations and Law Department",
        "Department of Operations and Law",
    }
    assert names("CU-DTCBL") >= {
        "Anti-Smuggling and Investigation Department",
        "Anti-Smuggling Investigation Department",
    }


def test_noise_lies_after_the_documents_own_text_and_has_no_metric() -> None:
    for f in PublishedFigure.objects.all():
        beyond = f.paragraph > f.document.body_ends_at
        assert (f.kind == "noise") == beyond == (f.metric is None)


def test_every_fact_lies_within_its_document_and_speaks_both_languages() -> None:
    for model in ROWS:
        for row in model._default_manager.select_related("document"):
            assert isinstance(row, PublishedRow)
            assert 1 <= row.paragraph <= row.document.paragraph_count
            assert bool(row.note_vi) == bool(row.note_en)
    assert all(d.note_vi and d.note_en for d in Document.objects.all())


def test_every_trap_on_a_figure_is_explained_by_a_note() -> None:
    silent = PublishedFigure.objects.filter(note_en="", traps__isnull=False)
    assert not silent.exists()


def test_facts_are_called_by_their_document_and_number_and_offices_by_their_name() -> None:
    assert (str(figure(Q2, 10)), figure(Q2, 10).audit_reference()) == (f"{Q2} · 10", f"{Q2}#10")
    reporter = EventAttendance.objects.get(event__document__code=NOVEMBER, part="reporter")
    assert (str(reporter), reporter.audit_reference()) == ("Chief of the MPS Office", f"{NOVEMBER}#1.2")
