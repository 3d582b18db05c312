"""Old names, abbreviations and names without accents find the unit and say why; two units are both told."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation

from agencies.findable import folded, hint_for, why_found
from agencies.models import Unit
from agencies.successions import standing_successors
from tests.reference.loaded import loaded, reference_data

__all__ = ["loaded", "reference_data"]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("written", "plain"),
    [("Đắk Lắk", "dak lak"), ("  TỔNG   cục ", "tong cuc"), ("Bộ đội Biên phòng", "bo doi bien phong"), ("đ", "d")],
)
def test_accents_and_case_do_not_matter(written: str, plain: str) -> None:
    assert folded(written) == plain


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
def test_the_reason_says_which_name_was_met_and_when_it_held() -> None:
    unit = Unit.objects.prefetch_related("names").get(code="CU-HQ")
    assert why_found(unit.names.all(), "tong cuc") == "formerly Tổng cục Hải quan (TCHQ) (until 2025-03-01)"
    assert why_found(unit.names.all(), "chq", date(2026, 1, 1)).startswith("Cục Hải quan (CHQ); formerly")
    assert why_found(unit.names.all(), "chq", date(2024, 1, 1)).endswith("from 2025-03-01: Cục Hải quan (CHQ)")
    assert why_found(unit.names.all(), "CU-HQ") == ""


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
def test_a_hint_names_the_code_to_write() -> None:
    assert hint_for("TCHQ") == "Perhaps you mean: CU-HQ (formerly Tổng cục Hải quan (TCHQ) (until 2025-03-01))."
    assert hint_for("nothing of the kind") == ""


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
def test_a_unit_that_ended_has_the_one_that_stands_in_its_place() -> None:
    gone = Unit.objects.get(code="PC04-HA-GIANG")
    assert [u.code for u in standing_successors(gone, date(2025, 7, 1))] == ["PC04-TUYEN-QUANG"]
    assert standing_successors(gone, date(2025, 6, 30)) == [gone]
