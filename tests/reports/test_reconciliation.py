"""Reconciliation of records and statements: the golden case, what counts, what each reader counts."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from agencies.refusals import Conflict, Invalid, NotPermitted
from registry.cases.actions import Part, add_lot, edit_case, reweigh_lot, split_lot, weigh_lot
from registry.cases.models import JointCase
from registry.periods import Period
from registry.reference.models import Substance, UnitOfMeasure
from reports.actions import confirm_statement
from reports.build import quarterly_report
from reports.counting import Operator
from reports.document import Figure, Label
from reports.ledger import Ledger, Reckoning
from reports.models import Claim, Explanation
from reports.prefill import prefill_statement
from reports.reconciliation import explain_difference, open_differences
from tests.cast import Cast
from tests.raw import refused
from tests.reports.golden import MASS, TABLETS, Golden, measured, records, told
from tests.reports.stated import QUARTER, cases, confirmed, drafted


@pytest.fixture
def golden(stating: Cast) -> Golden:
    return told(stating)


def reckoned(key: str, reader: Any = None) -> Reckoning:
    ledger = Ledger(QUARTER, reader or Operator())
    series = ledger.named(key.removeprefix("2024-Q2."))
    assert series is not None, [s.key for s in ledger.series]
    return ledger.reckon(series)


def amounts(one: Reckoning) -> dict[str, Decimal]:
    """The bars in the unit of the series."""
    bars = one.bars
    found = {name: getattr(bars, name).amount for name in ("claimed", "overlap", "outside", "unclaimed", "registered")}
    found |= {"stated": bars.stated, "unexplained": bars.unexplained}
    return {name: one.series.told(amount) for name, amount in found.items()}


def credited(one: Reckoning, name: str) -> dict[str, Decimal]:
    return {line.agency.code: one.series.told(getattr(line, name)) for line in one.lines}


def behind(one: Reckoning, golden: Golden, bar: str) -> str:
    """The lots behind a bar by their letters; `-` is one of the cast that is not weighed."""
    letters = {str(lot.pk): letter for letter, lot in golden.lots.items()}
    return "".join(sorted(letters.get(key, "-") for key in getattr(one.bars, bar).keys))


def test_the_mass_of_the_golden_case_is_what_was_worked_out_by_hand(golden: Golden) -> None:
    one = reckoned(MASS)
    assert amounts(one) == {
        "stated": Decimal("5.94"),
        "unexplained": Decimal("0.05"),
        "claimed": Decimal("5.89"),
        "overlap": Decimal("4.1"),
        "outside": Decimal("0.09"),
        "unclaimed": Decimal("0.250001"),
        "registered": Decimal("1.950001"),
    }
    assert behind(one, golden, "claimed") == "AAAABBD"
    assert behind(one, golden, "overlap") == "AAAB"
    assert [behind(one, golden, bar) for bar in ("outside", "unclaimed", "registered")] == ["D", "----C", "----ABC"]
    assert [one.not_weighed(bar) for bar in (one.bars.outside, one.bars.registered)] == [0, 4]
    assert set(credited(one, "full").values()) == {Decimal("1.950001")}
    shares = credited(one, "shared")
    assert shares["POLICE"] == Decimal("0.487501")
    assert {shares[a] for a in ("BORDERGUARD", "COASTGUARD", "CUSTOMS")} == {Decimal("0.4875")}
    assert {line.agency.code for line in one.lines if line.open} == {"COASTGUARD"}


def test_the_tablets_of_the_golden_case_stand_apart_and_are_what_was_worked_out_by_hand(golden: Golden) -> None:
    one = reckoned(TABLETS)
    found = amounts(one)
    assert (found["stated"], found["overlap"], found["registered"]) == (26_002, 13_001, 13_001)
    assert {found[name] for name in ("unexplained", "outside", "unclaimed")} == {0}
    full = {"POLICE": 13_001, "BORDERGUARD": 10_000, "COASTGUARD": 10_000, "CUSTOMS": 13_001}
    shared = {"POLICE": 4_001, "BORDERGUARD": 2_500, "COASTGUARD": 2_500, "CUSTOMS": 4_000}
    assert credited(one, "full") == full
    assert credited(one, "shared") == shared
    assert not any(line.open for line in one.lines)


def test_kinds_of_cases_are_series_of_their_own(golden: Golden, stating: Cast) -> None:
    ledger = Ledger(QUARTER, Operator())
    assert {s.code for s in ledger.series} >= {"drug_cases", "drug_special_cases"}
    counted = {s.code: len(ledger.reckon(s).bars.registered.keys) for s in ledger.series}
    assert counted["drug_special_cases"] == 2
    assert counted["drug_cases"] == JointCase.objects.filter(kind="case").opened_in(QUARTER).count() == 4


def test_what_is_registered_does_not_change_with_who_states_what(stating: Cast) -> None:
    golden = records(stating)
    one = reckoned(MASS)
    before = one.bars.registered
    assert behind(one, golden, "registered") == "----ABC"
    told(stating)
    assert reckoned(MASS).bars.registered.amount == 2 * before.amount


def test_moving_a_case_to_another_quarter_changes_exactly_two(stating: Cast, golden: Golden) -> None:
    quarters = [Period.parse(f"2024-Q{n}") for n in (1, 2, 3, 4)]

    def registered() -> list[int]:
        found = []
        for quarter in quarters:
            ledger = Ledger(quarter, Operator())
            series = ledger.named("drug_special_cases")
            found.append(len(ledger.reckon(series).bars.registered.keys) if series else 0)
        return found

    assert registered() == [0, 2, 0, 0]
    edit_case(case=golden.cases["Y"], by=stating.police_officer, content={"opened_on": "2024-02-01"})
    assert registered() == [1, 1, 0, 0]


def test_own_work_stands_beside_and_is_in_no_sum(stating: Cast) -> None:
    confirmed(stating, cases(400))
    one = reckoned("drug_cases")
    assert (one.bars.stated, one.bars.unexplained) == (0, 0)
    assert [f.value for f in one.lines[0].own] == [400]


def test_an_agency_counts_what_it_may_see_and_only_its_own_word(golden: Golden, stating: Cast) -> None:
    one = reckoned(TABLETS, stating.coast_officer)
    assert amounts(one) == {
        "stated": 0, "unexplained": 0, "claimed": 0, "overlap": 0, "outside": 0, "unclaimed": 10_000, "registered": 10_000,
    }  # fmt: skip
    assert [line.statement is not None for line in one.lines] == [False, False, True, False]


def test_the_secretariat_counts_all_and_opens_no_record(golden: Golden, stating: Cast) -> None:
    ledger = Ledger(QUARTER, stating.secretariat)
    one = reckoned(MASS, stating.secretariat)
    assert amounts(one) == amounts(reckoned(MASS))
    assert not any(ledger.shown(record) for record in one.records.values())
    own = Ledger(QUARTER, stating.border_officer)
    assert all(own.shown(record) for record in own.reckon(own.series[0]).records.values())


def test_a_difference_is_open_until_it_is_explained_and_opens_again_when_it_changes(
    golden: Golden, stating: Cast
) -> None:
    (one,) = open_differences(QUARTER)
    assert (one.agency.code, one.series.key, one.amount) == ("COASTGUARD", MASS, Decimal("0.05"))
    said = explain_difference(series=one.series, agency=one.agency, text="Cân lại tại kho.", by=stating.coast_officer)
    assert (said.number, said.difference, said.unit) == (1, 50, stating.units["coast"])
    assert open_differences(QUARTER) == []
    again = explain_difference(series=one.series, agency=one.agency, text="Biên bản số 3.", by=stating.secretariat)
    assert (again.number, again.unit) == (2, stating.units["police"])
    confirmed(stating, unit="coast", reason="Sửa lại.")
    assert {d.series.code for d in open_differences(QUARTER)} == set()
    assert Explanation.objects.count() == 2


def test_an_explanation_holds_for_that_difference_alone(stating: Cast) -> None:
    story = records(stating)
    heroin = Substance.objects.get(code="heroin")
    day = {"seized_on": date(2024, 5, 14), "by": stating.police_officer}
    lot = add_lot(case=story.cases["X"], substance=heroin, raw_text="chưa cân", **day)
    mass = measured("drugs_seized_mass", "heroin", "kg", "coordinator", "1", [lot])
    statement = drafted(stating, mass, unit="coast")
    confirm_statement(statement=statement, by=stating.coast_head)
    (one,) = open_differences(QUARTER)
    assert one.amount == 1
    explain_difference(series=one.series, agency=one.agency, text="Chưa cân.", by=stating.coast_officer)
    assert open_differences(QUARTER) == []
    unit = UnitOfMeasure.objects.get(code="kg")
    weigh_lot(lot=lot, by=stating.police_officer, raw_text="0,4 kg", value=Decimal("0.4"), unit=unit)
    assert [d.amount for d in open_differences(QUARTER)] == [Decimal("0.6")]


def test_what_is_weighed_anew_is_counted_anew_and_its_difference_is_open_again(stating: Cast) -> None:
    story = records(stating)
    heroin, unit = Substance.objects.get(code="heroin"), UnitOfMeasure.objects.get(code="kg")
    given = {"by": stating.police_officer, "raw_text": "1 kg", "value": Decimal(1), "unit": unit}
    lot = add_lot(case=story.cases["X"], substance=heroin, seized_on=date(2024, 5, 14), **given)
    statement = drafted(stating, measured("drugs_seized_mass", "heroin", "kg", "coordinator", "1", [lot]), unit="coast")
    confirm_statement(statement=statement, by=stating.coast_head)
    assert open_differences(QUARTER) == []
    reweigh_lot(lot=lot, reason="Cân sai.", **given | {"raw_text": "0,4 kg", "value": Decimal("0.4")})
    assert [d.amount for d in open_differences(QUARTER)] == [Decimal("0.6")]


SEES_CLAIMS = {
    "border_officer": 3,
    "border_analyst": 3,
    "police_officer": 5,
    "secretariat": 0,
    "north_officer": 0,
    "auditor": 0,
}
SEES_WORDS = {"coast_officer": 1, "secretariat": 1, "police_officer": 0, "border_head": 0, "auditor": 0, "operator": 0}


@pytest.mark.parametrize("name", [*SEES_CLAIMS])
def test_records_behind_figures_are_seen_with_the_statement_and_with_the_case(
    golden: Golden, stating: Cast, name: str
) -> None:
    assert Claim.objects.visible_to(stating.people[name]).count() == SEES_CLAIMS[name]


@pytest.mark.parametrize("name", [*SEES_WORDS])
def test_explanations_are_seen_with_their_statement(golden: Golden, stating: Cast, name: str) -> None:
    (one,) = open_differences(QUARTER)
    explain_difference(series=one.series, agency=one.agency, text="Cân lại.", by=stating.coast_officer)
    assert Explanation.objects.visible_to(stating.people[name]).count() == SEES_WORDS[name]


def test_an_agency_explains_its_own_differences_and_no_others(golden: Golden, stating: Cast) -> None:
    (one,) = open_differences(QUARTER)
    given = {"series": one.series, "agency": one.agency, "text": "Vì sao."}
    for name in ("coast_analyst", "auditor", "police_system"):
        with pytest.raises(NotPermitted):
            explain_difference(**given, by=stating.people[name])
    with pytest.raises(Invalid):
        explain_difference(**given, by=stating.police_officer)
    with pytest.raises(Conflict):
        explain_difference(**(given | {"agency": stating.units["police"].agency}), by=stating.police_officer)
    with pytest.raises(Invalid):
        explain_difference(**(given | {"text": " "}), by=stating.coast_head)


def test_a_draft_is_corrected_and_not_explained(stating: Cast) -> None:
    story = records(stating)
    draft = drafted(stating, cases(3, role="lead"))
    ledger = Ledger(QUARTER, stating.police_officer)
    series = ledger.named("drug_cases")
    assert series is not None
    with pytest.raises(Conflict):
        explain_difference(series=series, agency=draft.agency, text="Vì sao.", by=stating.police_officer)
    assert open_differences(QUARTER) == []
    assert story.cases


def test_the_report_lists_the_series_and_what_waits_for_an_explanation(golden: Golden) -> None:
    report = quarterly_report(period=QUARTER, reader=None)
    (row,) = report.tables["open_differences"].rows
    assert [c.text.en for c in row.cells if isinstance(c, Label)] == ["Mass: Heroin", "Cảnh sát biển"]
    assert [c.number for c in row.cells if isinstance(c, Figure)] == [Decimal("0.05")]
    heroin = next(r for r in report.tables["reconciliation"].rows if r.cells[0].text.en == "Mass: Heroin")  # type: ignore[union-attr]
    found = [str(c.number) for c in heroin.cells if isinstance(c, Figure)]
    assert found == ["5.94", "-0.05", "-4.1", "-0.09", "0.250001", "1.950001"]
    assert not any(r.total for name in ("reconciliation", "open_differences") for r in report.tables[name].rows)


def test_more_than_a_kilogram_is_never_a_kilogram(stating: Cast) -> None:
    story = records(stating)
    add_lot(
        case=story.cases["X"],
        by=stating.police_officer,
        substance=Substance.objects.get(code="heroin"),
        raw_text="hơn 1 kg",
        value=Decimal(1),
        unit=UnitOfMeasure.objects.get(code="kg"),
        comparator="over",
        seized_on=date(2024, 5, 14),
    )
    draft = drafted(stating)
    prefill_statement(statement=draft, by=stating.police_officer)
    figure = draft.figures.get(metric__code="drugs_seized_mass")
    assert (figure.value, figure.unit.code if figure.unit else "", figure.comparator) == (
        Decimal("2.950001"),
        "kg",
        "over",
    )
    one = reckoned(MASS, stating.police_officer)
    assert (one.bars.unexplained, one.comparator(one.bars.registered)) == (0, "over")


def test_a_lot_taken_apart_is_filled_in_once(stating: Cast) -> None:
    whole = records(stating).cases["X"].lots.filter(substance__code="heroin", weighed=True).first()
    assert whole is not None
    assert whole.value is not None
    assert whole.unit is not None
    half = Part("một nửa", whole.value / 2, whole.unit)
    draft = drafted(stating)
    prefill_statement(statement=draft, by=stating.police_officer)
    before = draft.figures.get(metric__code="drugs_seized_mass", substance__code="heroin").value
    split_lot(lot=whole, parts=[half, half], reason="Giám định.", by=stating.police_officer)
    prefill_statement(statement=draft, by=stating.police_officer)
    after = draft.figures.get(metric__code="drugs_seized_mass", substance__code="heroin")
    assert after.value == before
    assert not Claim.objects.filter(figure=after, lot=whole).exists()


def test_the_database_keeps_claims_and_explanations(golden: Golden, stating: Cast) -> None:
    (one,) = open_differences(QUARTER)
    said = explain_difference(series=one.series, agency=one.agency, text="Cân lại.", by=stating.coast_officer)
    refused("UPDATE reports_explanation SET text = 'x' WHERE id = %s", said.pk, match="pgtrigger")
    refused("DELETE FROM reports_explanation WHERE id = %s", said.pk, match="pgtrigger")
    for change in ("DELETE FROM reports_claim", "UPDATE reports_claim SET amount = 1"):
        refused(change, match="confirmed and final")


def test_the_database_takes_one_claim_of_one_record_and_explains_no_draft(stating: Cast) -> None:
    story = records(stating)
    mass = measured("drugs_seized_mass", "heroin", "kg", "lead", "1.2", [story.lots["A"]])
    draft = drafted(stating, mass)
    copy = "INSERT INTO reports_claim (id, figure_id, {0}, amount) SELECT gen_random_uuid(), figure_id, {1}, {2} FROM reports_claim"
    refused(copy.format("lot_id", "lot_id", "amount"), match="claim_lot_once")
    refused(copy.format("lot_id", "NULL", "amount"), match="case_or_a_lot")
    refused(copy.format("lot_id, case_id", "lot_id, %s", "amount"), story.cases["X"].pk, match="case_or_a_lot")
    refused("UPDATE reports_claim SET amount = 0", match="amount_positive")
    columns = "id, statement_id, metric_id, number, difference, text, unit_id, by_id, at"
    values = "gen_random_uuid(), s.id, f.metric_id, 1, 2, 'x', s.unit_id, s.author_id, now()"
    source = "FROM reports_statement s JOIN reports_statementfigure f ON f.statement_id = s.id WHERE s.id = %s"
    refused(f"INSERT INTO reports_explanation ({columns}) SELECT {values} {source}", draft.pk, match="not explained")
    final = stating.statements["police_confirmed"].pk
    for wrong, rule in (("2, 'x'", "0, 'x'"), ("'x'", "''")):
        said = values.replace(wrong, rule)
        refused(
            f"INSERT INTO reports_explanation ({columns}) SELECT {said} {source} LIMIT 1", final, match="explanation_"
        )


def test_the_number_of_queries_does_not_grow_with_the_records(stating: Cast, django_assert_num_queries: Any) -> None:
    told(stating)

    def read() -> None:
        ledger = Ledger(QUARTER, Operator())
        assert [ledger.reckon(series) for series in ledger.series]

    with django_assert_num_queries(17):
        read()
    records(stating)
    with django_assert_num_queries(17):
        read()
