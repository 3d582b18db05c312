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
from tests.documents.loaded import document, documents, documents_data, figure

__all__ = ["documents", "documents_data"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("documents")]

REVIEW, Q1, Q2 = "2020-fugitives-review", "2024-q1-conference", "2024-q2-conference"
COMMENDATION, NOVEMBER = "2023-commendation", "2021-mps-november"

COUNTS = {
    # figures, noise, events, offices at them, names, statements
    REVIEW: (6, 0, 1, 1, 6, 9),
    Q1: (0, 0, 1, 5, 9, 8),
    Q2: (19, 3, 1, 5, 16, 13),
    COMMENDATION: (7, 0, 1, 1, 7, 14),
    NOVEMBER: (15, 0, 1, 2, 6, 16),
}

PRINTED = {
    # paragraph, number as printed, comparator, value in the base unit, that unit, substance
    REVIEW: [
        (6, "208,000", "over", "208000", "case", None),
        (6, "322,000", "nearly", "322000", "person", None),
        (6, "7.8", "unstated", "7800000", "g", "heroin"),
        (6, "11.7", "unstated", "11700000", "g", "synthetic_unspecified"),
        (6, "five million", "over", "5000000", "tablet", "synthetic_unspecified"),
        (6, "3,600", "unstated", "3600", "person", None),
    ],
    Q1: [],
    Q2: [
        (7, "152", "exact", "152", "item", None),
        (8, "17,129", "exact", "17129", "case", None),
        (8, "27,905", "exact", "27905", "person", None),
        (8, "330", "over", "330000", "g", "heroin"),
        (8, "1.7", "over", "1700000", "g", "synthetic_unspecified"),
        (8, "1.8 million", "unstated", "1800000", "tablet", "synthetic_unspecified"),
        (8, "1", "nearly", "1000000", "g", "cannabis_unspecified"),
        (9, "327", "exact", "327", "case", None),
        (9, "413", "exact", "413", "person", None),
        (9, "659,149", "unstated", "659149", "g", "all_drugs"),
        (9, "139", "exact", "139", "special_case", None),
        (9, "204", "exact", "204", "person", None),
        (9, "5.8", "unstated", "5800", "g", "heroin"),
        (9, "149", "unstated", "149000", "g", "synthetic_unspecified"),
        (9, "21.3", "unstated", "21300", "g", "cannabis_unspecified"),
        (9, "21", "unstated", "21000", "g", "cocaine"),
        (9, "183", "exact", "183", "case", None),
        (9, "216", "exact", "216", "person", None),
        (9, "1.2", "unstated", "1200000", "g", "all_drugs"),
        (22, "44.5", "unstated", "44500", "g", None),
        (26, "3,000", "unstated", "3000", "carton", None),
        (28, "3,000", "unstated", "3000", "carton", None),
    ],
    COMMENDATION: [
        (2, "140", "exact", "140", "person", None),
        (2, "28", "exact", "28", "person", None),
        (5, "23,000", "over", "23000", "case_per_year", None),
        (5, "32,000", "over", "32000", "person_per_year", None),
        (6, "one thousand", "about", "1000", "hot_spot", None),
        (7, "Twenty-eight", "exact", "28", "person", None),
        (7, "700", "over", "700", "person", None),
    ],
    NOVEMBER: [
        (7, "17.72%", "unstated", "17.72", "percent", None),
        (9, "1,400", "over", "1400", "case", None),
        (9, "2,400", "unstated", "2400", "person", None),
        (9, "62", "unstated", "62000", "g", "heroin"),
        (9, "205", "unstated", "205000", "g", "synthetic_unspecified"),
        (9, "127,000", "over", "127000", "tablet", "synthetic_unspecified"),
        (9, "5", "unstated", "5000", "g", "cannabis_unspecified"),
        (10, "1,700", "unstated", "1700", "case", None),
        (10, "1,841", "exact", "1841", "person", None),
        (12, "86", "exact", "86", "mission", None),
        (12, "32", "exact", "32", "person", None),
        (12, "460", "exact", "460", "person", None),
        (12, "31", "exact", "31", "person", None),
        (15, "300", "unstated", "300", "article", None),
        (17, "9", "exact", "9", "task", None),
    ],
}

TRAPS = {
    REVIEW: "MASSPILL PERIOD SUBJECT SUBSET MIXED COMPARATOR NAME OFFICE RANK TRANSL MISSING VENUE NODUE PARTIAL",
    Q1: "MIXED NAME TRANSL MISSING NODATE VENUE HOST NOISE",
    Q2: "DECIMAL MASSPILL PERIOD CUTOFF CONFLICT OVERLAP POOLED UNIT SUBJECT MIXED COMPARATOR PRECISION MIXEDCLASS "
    "SUBSTANCE NAME OFFICE RANK TRANSL MISSING VENUE NOISE NODUE PARTIAL NOSPLIT VAGUE",
    COMMENDATION: "PERIOD DUP RATE MIXED COMPARATOR NAME OFFICE RANK TRANSL MISSING VENUE NODUE PARTIAL NOSPLIT VAGUE",
    NOVEMBER: "MASSPILL CUTOFF SUBJECT RATE MIXED MIXEDCLASS SUBSTANCE NAME OFFICE RANK MISSING VENUE SCOPE NODUE "
    "PARTIAL",
}

ON_FIGURES = {
    # where a trap belongs to figures: exactly these numbers
    (REVIEW, "T-MASSPILL"): {4, 5},
    (REVIEW, "T-SUBSET"): {6},
    (REVIEW, "T-MIXED"): {6},
    (REVIEW, "T-COMPARATOR"): {1, 2, 5},
    (REVIEW, "T-SUBJECT"): {1, 2, 3, 4, 5, 6},
    (REVIEW, "T-PERIOD"): {1, 2, 3, 4, 5, 6},
    (Q2, "T-DECIMAL"): {10},
    (Q2, "T-NOSPLIT"): {1},
    (Q2, "T-MIXED"): {1},
    (Q2, "T-MASSPILL"): {5, 6},
    (Q2, "T-CONFLICT"): {2, 3, 4, 5, 6, 7},
    (Q2, "T-SUBJECT"): {2, 3, 4, 5, 6, 7},
    (Q2, "T-COMPARATOR"): {4, 5, 6, 7},
    (Q2, "T-POOLED"): set(range(8, 20)),
    (Q2, "T-OVERLAP"): set(range(2, 20)),
    (Q2, "T-PERIOD"): set(range(1, 20)),
    (Q2, "T-CUTOFF"): set(range(1, 20)),
    (Q2, "T-UNIT"): {2, 8, 11, 17},
    (Q2, "T-PRECISION"): {10, 19},
    (Q2, "T-MIXEDCLASS"): {5, 6, 10, 14, 19},
    (Q2, "T-SUBSTANCE"): {7, 15},
    (Q2, "T-TRANSL"): {8, 17},
    (Q2, "T-NOISE"): {20, 21, 22},
    (COMMENDATION, "T-DUP"): {2, 6},
    (COMMENDATION, "T-RATE"): {3, 4},
    (COMMENDATION, "T-MIXED"): {7},
    (COMMENDATION, "T-COMPARATOR"): {3, 4, 5, 7},
    (COMMENDATION, "T-TRANSL"): {5},
    (NOVEMBER, "T-RATE"): {1},
    (NOVEMBER, "T-MASSPILL"): {5, 6},
    (NOVEMBER, "T-MIXED"): {2, 8},
    (NOVEMBER, "T-SUBSTANCE"): {7},
    (NOVEMBER, "T-MIXEDCLASS"): {5, 6},
    (NOVEMBER, "T-SCOPE"): {1, 8, 9, 10, 11, 12, 13, 14, 15},
    (NOVEMBER, "T-SUBJECT"): set(range(2, 15)),
    (NOVEMBER, "T-CUTOFF"): set(range(1, 15)),
    (NOVEMBER, "T-PARTIAL"): {15},
}

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
