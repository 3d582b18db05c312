"""Totals of a period: by substance without counting twice, by dimension, by province of then or of today."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agencies.audit.models import AuditEvent
from agencies.models import Place, PlaceSuccession
from agencies.refusals import Invalid
from registry.cases import actions
from registry.cases.counted import seizure_totals
from registry.cases.models import JointCase, SeizureLot
from registry.cases.provinces import provinces
from registry.cases.totals import Classes, Sums, lines
from registry.periods import Period
from registry.reference.models import Substance
from tests.cases.stories import lot, measure, opened
from tests.cast import Cast
from tests.clients import ApiClient

Api = Callable[[str | None], ApiClient]
Desk = Callable[[str | None], Client]
SPRING = Period.parse("2024-Q2")
PATH = "seizure-totals?period=2024-Q2"


@pytest.fixture
def known(cast: Cast) -> dict[str, Substance]:
    """A class, a class in it, a member of that, and something apart. Nothing else was seized in the quarter."""
    made: dict[str, Substance] = {}
    for code, parent in (("top", ""), ("middle", "top"), ("leaf", "middle"), ("apart", "")):
        values = {"name_vi": code, "name_en": code, "parent": made.get(parent), "order": 900 + len(made)}
        made[code] = Substance.objects.create(code=code, **values)
    return made


def weighed(cast: Cast, case: JointCase, substance: Substance, text: str, unit: str = "kg", **changes: Any) -> Any:
    given = {"raw_text": f"{text} {unit}", "value": Decimal(text), "unit": measure(unit), "substance": substance}
    return lot(cast, case, **given | changes)


def spread(cast: Cast, known: dict[str, Substance], **where: Any) -> JointCase:
    """Five kilograms and 300 tablets of the class, nine of another, and one lot that is not weighed."""
    case = opened(cast, **where)
    weighed(cast, case, known["top"], "1")
    weighed(cast, case, known["middle"], "1.5", comparator="over")
    weighed(cast, case, known["leaf"], "2.5")
    weighed(cast, case, known["leaf"], "300", "tablet")
    weighed(cast, case, known["apart"], "9")
    lot(cast, case, substance=known["leaf"], raw_text="chưa cân")
    return case


def shown(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Of the test's own substances: what they are within, what they come to, how many are not weighed."""
    return {
        one["substance"]: (one["within"], {t["dimension"]: t["value"] for t in one["totals"]}, one["not_weighed"])
        for one in found
        if one["substance"] in {"top", "middle", "leaf", "apart"}
    }


def test_each_line_holds_its_class_and_says_what_it_is_a_part_of(
    cast: Cast, api: Api, known: dict[str, Substance]
) -> None:
    spread(cast, known)
    told = api("customs_officer").get(PATH).json()
    assert (told["period"], told["start"], told["end"], told["basis"]) == (
        "2024-Q2", "2024-04-01", "2024-07-01", "calendar",
    )  # fmt: skip
    assert shown(told["lines"]) == {
        "top": (None, {"mass": "5000", "tablet": "300"}, 1),
        "middle": ("top", {"mass": "4000", "tablet": "300"}, 1),
        "leaf": ("middle", {"mass": "2500", "tablet": "300"}, 1),
        "apart": (None, {"mass": "9000"}, 0),
    }
    (mass,) = [
        t for one in told["lines"] if one["substance"] == "top" for t in one["totals"] if t["dimension"] == "mass"
    ]
    assert (mass["comparator"], mass["lots"], mass["words"]) == ("over", 3, "hơn 5\N{NO-BREAK SPACE}kg")
    assert told["provinces"] == []
    assert AuditEvent.objects.filter(action="seizure_totals.read", object_id="2024-Q2").count() == 1


def test_lines_within_no_other_add_up_to_every_lot_once(cast: Cast, known: dict[str, Substance]) -> None:
    spread(cast, known)
    told = seizure_totals(by=cast.police_officer, period=SPRING)
    lots = SeizureLot.objects.countable_by(cast.police_officer).seized_in(SPRING)
    assert sum(one.totals.lots for one in told.lines if one.within is None) == lots.count()
    grams = sum(
        one.totals.by_dimension["mass"].value
        for one in told.lines
        if one.within is None and "mass" in one.totals.by_dimension
    )
    assert grams == sum(lot.normalised_value for lot in lots if lot.unit and lot.unit.dimension == "mass")


def test_a_class_and_its_member_are_not_asked_for_together(cast: Cast, api: Api, known: dict[str, Substance]) -> None:
    spread(cast, known)
    police = api("police_officer")
    assert set(shown(police.get(f"{PATH}&substance=middle&substance=apart").json()["lines"])) == {
        "middle", "leaf", "apart",
    }  # fmt: skip
    for query, code in (("top&substance=leaf", "overlap"), ("leaf&substance=leaf", "overlap"), ("nothing", "unknown")):
        answer = police.get(f"{PATH}&substance={query}")
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, code)
        assert answer.json()["errors"][0]["pointer"].endswith("substance")


def test_what_is_asked_for_and_holds_nothing_is_told_as_nothing(
    cast: Cast, api: Api, known: dict[str, Substance]
) -> None:
    assert known
    told = api("police_officer").get("seizure-totals?period=2019-Q1&substance=top").json()["lines"]
    assert shown(told) == {"top": (None, {}, 0)}
    assert api("police_officer").get("seizure-totals?period=2019-Q1").json()["lines"] == []


def test_every_fault_of_the_question_is_told_at_once(api: Api, cast: Cast) -> None:
    answer = api("police_officer").get("seizure-totals?by=village&places=tomorrow")
    assert answer.status_code == 400
    assert {error["pointer"].strip("/") for error in answer.json()["errors"]} == {"period", "by", "places"}
    assert api("police_officer").get("seizure-totals?period=spring").status_code == 400
    assert api("police_officer").get(f"{PATH}&colour=red").status_code == 400


def test_each_counts_what_it_sees_and_who_counts_for_all_counts_all(
    cast: Cast, api: Api, known: dict[str, Substance]
) -> None:
    spread(cast, known, participants=[])
    assert set(shown(api("police_officer").get(PATH).json()["lines"])) == {"top", "middle", "leaf", "apart"}
    assert shown(api("coast_officer").get(PATH).json()["lines"]) == {}
    assert shown(api("secretariat").get(PATH).json()["lines"])["top"][1] == {"mass": "5000", "tablet": "300"}
    assert api("auditor").get(PATH).status_code == 403


def test_a_duplicate_and_a_divided_lot_count_once(cast: Cast, api: Api, known: dict[str, Substance]) -> None:
    case = opened(cast)
    one, other = weighed(cast, case, known["apart"], "2"), weighed(cast, opened(cast), known["apart"], "2")
    actions.compare_lots(lot=other, other=one, by=cast.police_officer, verdict="duplicate", reason="Trùng.")
    part = actions.Part("1 kg", Decimal(1), measure())
    waiting = weighed(cast, case, known["apart"], "2")
    actions.split_lot(lot=waiting, by=cast.police_officer, parts=[part, part], reason="Mẫu.")
    assert shown(api("police_officer").get(PATH).json()["lines"]) == {"apart": (None, {"mass": "4000"}, 0)}


def places() -> tuple[Place, Place, Place]:
    """Two provinces that went into a third."""
    made = [Place.objects.create(code=f"t-{name}", kind="province") for name in ("old-a", "old-b", "new")]
    for old in made[:2]:
        PlaceSuccession.objects.create(predecessor=old, successor=made[2], on=date(2025, 7, 1))
    return made[0], made[1], made[2]


def test_by_province_as_recorded_or_as_it_is_today(cast: Cast, api: Api, known: dict[str, Substance]) -> None:
    first, second, _new = places()
    spread(cast, known, place=first)
    weighed(cast, opened(cast, place=second, kind="case"), known["apart"], "1")
    weighed(cast, opened(cast, place=None), known["apart"], "2")

    def told(query: str) -> dict[str | None, Any]:
        found = api("police_officer").get(f"{PATH}&by=province{query}").json()["provinces"]
        mine = [one for one in found if one["place"] is None or one["place"].startswith("t-")]
        return {
            one["place"]: (one["cases"]["case"], one["cases"]["case_file"], shown(one["lines"])["apart"][1])
            for one in mine
            if "apart" in shown(one["lines"])
        }

    recorded = told("")
    assert recorded["t-old-a"] == (0, 1, {"mass": "9000"})
    assert recorded["t-old-b"] == (1, 0, {"mass": "1000"})
    assert recorded[None][2] == {"mass": "2000"}
    assert told("&places=recorded") == recorded
    today = told("&places=today")
    assert today["t-new"] == (1, 1, {"mass": "10000"})
    assert set(today) == {"t-new", None}


def test_the_number_of_queries_does_not_grow_with_lots_or_provinces(
    cast: Cast, known: dict[str, Substance], django_assert_num_queries: Any
) -> None:
    def reckon() -> None:
        lots, cases = SeizureLot.objects.seized_in(SPRING), JointCase.objects.opened_in(SPRING)
        for one in provinces(lots, cases, rolled_on=date(2026, 1, 1)):
            assert lines(one.sums, classes) or one.cases
            assert str(one.place)

    classes = Classes.read()
    spread(cast, known, place=places()[0])
    with django_assert_num_queries(7):
        reckon()
    for _number in range(3):
        spread(cast, known, place=Place.objects.create(code=f"t-{_number}", kind="province"))
    with django_assert_num_queries(7):
        reckon()
    assert lines(Sums(), classes) == []


def test_the_page_shows_the_totals_and_its_faults(cast: Cast, desk: Desk, known: dict[str, Substance]) -> None:
    spread(cast, known, place=places()[0])
    page = reverse("admin:cases_seizure_totals")
    shows = desk("police_officer").get(page, {"period": "2024-Q2", "provinces": "today"})
    text = shows.content.decode()
    assert shows.status_code == 200
    assert "hơn 5\N{NO-BREAK SPACE}kg" in text and "t-new" in text
    assert desk("police_officer").get(page).status_code == 200
    assert desk("secretariat").get(page, {"period": "2024-Q2"}).status_code == 200
    wrong = desk("police_officer").get(page, {"period": "spring"})
    assert wrong.status_code == 400 and "2024-Q2" in wrong.content.decode()
    both = desk("police_officer").get(page, {"period": "2024-Q2", "substance": ["top", "leaf"]})
    assert both.status_code == 400
    assert desk("auditor").get(page, {"period": "2024-Q2"}).status_code == 403


def test_an_unknown_substance_is_refused_by_name(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        seizure_totals(by=cast.police_officer, period=SPRING, substances=["x-y"])
    assert "x-y" in str(caught.value.fields["substance"])
