"""Statements: who writes, who confirms, what they may say, and what the database refuses by itself."""

from decimal import Decimal

import pytest

from agencies.audit.models import AuditEvent
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted, Stale
from registry.periods import Period
from registry.reference.models import UnitOfMeasure
from registry.workflow import TransitionError
from reports import actions
from reports.models import Statement, StatementFigure
from tests.cast import Cast
from tests.raw import refused
from tests.reports.stated import QUARTER, cases, confirmed, drafted, heroin

CONFIRM = "UPDATE reports_statement SET status = 'confirmed', confirmed_at = now(), confirmed_by_id = %s WHERE id = %s"


def test_an_officer_drafts_and_the_head_confirms(stating: Cast) -> None:
    statement = confirmed(stating, cases(40), heroin(nil=True))
    assert (statement.status, statement.number, statement.agency.code) == ("confirmed", 1, "POLICE")
    assert statement.confirmed_by == stating.police_head
    told = AuditEvent.objects.filter(object_id=str(statement.pk)).order_by("pk").values_list("action", "actor")
    assert list(told) == [("statement.create", "police_officer"), ("statement.confirm", "police_head")]


def test_whoever_wrote_or_edited_a_statement_does_not_confirm_it(stating: Cast) -> None:
    both = stating.police_officer_and_head
    statement = drafted(stating)
    statement = actions.set_figures(statement=statement, figures=[cases(13)], by=both)
    with pytest.raises(NotPermitted) as refusal:
        actions.confirm_statement(statement=statement, by=both)
    assert refusal.value.code == "four_eyes"


def test_whoever_wrote_a_statement_does_not_confirm_it_though_another_edited_it_last(stating: Cast) -> None:
    both = stating.police_officer_and_head
    statement = actions.create_statement(unit=stating.units["police"], period=QUARTER, by=both, figures=[cases()])
    statement = actions.set_figures(statement=statement, figures=[cases(13)], by=stating.police_officer)
    with pytest.raises(NotPermitted) as refusal:
        actions.confirm_statement(statement=statement, by=both)
    assert refusal.value.code == "four_eyes"


def test_whoever_edited_a_statement_between_two_others_does_not_confirm_it(stating: Cast) -> None:
    both = stating.police_officer_and_head
    statement = drafted(stating)
    for person in (both, stating.police_officer):
        statement = actions.set_figures(statement=statement, figures=[cases(13)], by=person)
    assert both.pk not in {statement.author_id, statement.edited_by_id}
    with pytest.raises(NotPermitted) as refusal:
        actions.confirm_statement(statement=statement, by=both)
    assert refusal.value.code == "four_eyes"
    refused(CONFIRM, both.pk, statement.pk, match="whoever edited")
    assert actions.confirm_statement(statement=statement, by=stating.police_head).status == "confirmed"


def test_who_edited_a_statement_is_never_taken_back(stating: Cast) -> None:
    statement = drafted(stating)
    for change in ("DELETE FROM reports_statement_editors", "UPDATE reports_statement_editors SET user_id = user_id"):
        refused(f"{change} WHERE statement_id = %s", statement.pk, match="pgtrigger")


def test_others_neither_write_nor_confirm(stating: Cast) -> None:
    for name in ("police_head", "customs_officer", "north_officer", "secretariat", "auditor"):
        with pytest.raises(NotPermitted):
            actions.create_statement(unit=stating.units["police"], period=QUARTER, by=stating.people[name])
    statement = drafted(stating)
    for name in ("police_officer_2", "customs_head", "north_head", "secretariat"):
        with pytest.raises(NotPermitted):
            actions.confirm_statement(statement=statement, by=stating.people[name])
    with pytest.raises(NotPermitted):
        actions.set_figures(statement=statement, figures=[], by=stating.customs_officer)


def test_only_a_central_unit_speaks_for_its_agency(stating: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.create_statement(unit=stating.units["police_north"], period=QUARTER, by=stating.north_officer)
    assert set(refusal.value.fields) == {"unit"}


def test_a_correction_is_a_further_number_and_the_first_stays(stating: Cast) -> None:
    first = confirmed(stating, cases(40))
    with pytest.raises(Invalid) as refusal:
        drafted(stating, cases(41))
    assert set(refusal.value.fields) == {"reason"}
    second = confirmed(stating, cases(41), reason="Bỏ sót một vụ.")
    assert (first.number, first.reason, second.number, second.reason) == (1, "", 2, "Bỏ sót một vụ.")
    refused("UPDATE reports_statement SET reason = '' WHERE number = 2")
    assert Statement.objects.get(pk=first.pk).figures.get().value == 40


def test_there_is_one_draft_at_a_time(stating: Cast) -> None:
    drafted(stating)
    with pytest.raises(Conflict) as refusal:
        drafted(stating)
    assert refusal.value.code == "draft_exists"


def test_a_statement_without_figures_is_not_confirmed(stating: Cast) -> None:
    statement = drafted(stating)
    statement = actions.set_figures(statement=statement, figures=[], by=stating.police_officer)
    with pytest.raises(Incomplete):
        actions.confirm_statement(statement=statement, by=stating.police_head)


def test_a_confirmed_statement_changes_no_more(stating: Cast) -> None:
    statement = confirmed(stating)
    with pytest.raises(Conflict):
        actions.set_figures(statement=statement, figures=[cases(1)], by=stating.police_officer)
    with pytest.raises(TransitionError):
        actions.confirm_statement(statement=statement, by=stating.police_head)


def test_somebody_faster_makes_the_second_write_stale(stating: Cast) -> None:
    statement = drafted(stating)
    actions.set_figures(statement=statement, figures=[cases(2)], by=stating.police_officer, expected_revision=1)
    with pytest.raises(Stale):
        actions.set_figures(statement=statement, figures=[cases(3)], by=stating.police_officer_2, expected_revision=1)
    assert StatementFigure.objects.get(statement=statement).value == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, "figures.0"),
        ({"nil": True, "missing": "not_yet"}, "figures.0"),
        ({"nil": True, "value": Decimal(3)}, "figures.0"),
        ({"value": Decimal(3)}, "figures.0"),
        ({"missing": "because"}, "figures.0.missing"),
    ],
    ids=["nothing", "nil_and_missing", "nil_with_value", "value_without_unit", "unknown_reason"],
)
def test_a_figure_has_a_value_or_is_nil_or_says_why_it_is_missing(
    stating: Cast, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        drafted(stating, heroin(**changes))
    assert field in refusal.value.fields


def test_zero_is_said_as_nil(stating: Cast) -> None:
    with pytest.raises(Invalid):
        drafted(stating, cases(0))
    assert drafted(stating, cases(0, value=None, unit=None, nil=True)).figures.get().nil


def test_a_metric_is_stated_in_its_own_dimension_and_once(stating: Cast) -> None:
    tablet = UnitOfMeasure.objects.get(code="tablet")
    with pytest.raises(Invalid) as refusal:
        drafted(stating, heroin(value=Decimal(2), unit=tablet), cases(1), cases(2))
    assert set(refusal.value.fields) == {"figures.0.unit", "figures.2"}


def test_drafts_are_seen_by_their_units_and_confirmed_ones_by_every_secretariat(stating: Cast) -> None:
    draft, final = drafted(stating, unit="customs"), confirmed(stating)
    seen = {
        name: {s.pk for s in Statement.objects.visible_to(stating.people[name]).filter(period_start=QUARTER.start)}
        for name in (
            "police_officer",
            "customs_officer",
            "north_officer",
            "secretariat",
            "customs_secretariat",
            "auditor",
        )
    }
    assert seen == {
        "police_officer": {final.pk},
        "customs_officer": {draft.pk},
        "north_officer": set(),
        "secretariat": {final.pk},
        "customs_secretariat": {final.pk},
        "auditor": set(),
    }
    assert not StatementFigure.objects.visible_to(stating.secretariat).filter(statement=draft).exists()


# --- around the application -------------------------------------------------------------------------------------


def test_the_database_keeps_confirmed_statements_and_their_figures(stating: Cast) -> None:
    statement = confirmed(stating)
    refused("UPDATE reports_statement SET status = 'draft' WHERE id = %s", statement.pk, match="pgtrigger")
    refused("UPDATE reports_statement SET period_label = 'x' WHERE id = %s", statement.pk, match="pgtrigger")
    refused("DELETE FROM reports_statement WHERE id = %s", statement.pk, match="pgtrigger")
    refused("UPDATE reports_statementfigure SET value = 1 WHERE statement_id = %s", statement.pk, match="final")
    refused("DELETE FROM reports_statementfigure WHERE statement_id = %s", statement.pk, match="final")
    draft = drafted(stating, period=Period.parse("2024-Q1"))
    refused(
        "UPDATE reports_statementfigure SET statement_id = %s WHERE statement_id = %s",
        statement.pk,
        draft.pk,
        match="final",
    )


def test_the_database_wants_four_eyes_and_known_words(stating: Cast) -> None:
    statement = drafted(stating)
    refused(CONFIRM, statement.author_id, statement.pk, match="whoever edited")
    alone = CONFIRM.replace("%s WHERE", "%s, edited_by_id = %s WHERE")
    head = stating.police_head.pk
    refused(alone, head, head, statement.pk, match="statement_four_eyes")
    refused(
        "UPDATE reports_statement SET status = 'confirmed' WHERE id = %s", statement.pk, match="confirmed_by_somebody"
    )
    refused("UPDATE reports_statement SET status = 'sent' WHERE id = %s", statement.pk)
    refused("UPDATE reports_statement SET period_basis = 'mine' WHERE id = %s", statement.pk, match="basis_known")
    refused("UPDATE reports_statement SET period_end = period_start WHERE id = %s", statement.pk, match="days_in_order")
    other = stating.units["customs"].pk
    refused("UPDATE reports_statement SET unit_id = %s WHERE id = %s", other, statement.pk, match="another agency")


def test_the_database_has_one_draft_and_one_of_each_number(stating: Cast) -> None:
    statement, final = drafted(stating), confirmed(stating, unit="customs")
    columns = (
        "agency_id, unit_id, period_label, period_start, period_end, period_basis, "
        "author_id, edited_by_id, created_at, revision, synthetic"
    )
    copy = (
        f"INSERT INTO reports_statement (id, number, status, reason, {columns}) "
        f"SELECT gen_random_uuid(), {{}}, 'draft', 'x', {columns} FROM reports_statement WHERE id = %s"
    )
    refused(copy.format(2), statement.pk, match="one_draft")
    refused(copy.format(1), final.pk, match="number_once")
    born = copy.replace("'draft'", "'confirmed'")
    refused(born.format(2), final.pk)


def test_the_database_tells_nil_from_missing(stating: Cast) -> None:
    figure = drafted(stating).figures.get()
    change = "UPDATE reports_statementfigure SET {} WHERE id = %s"
    for wrong in (
        "value = NULL",
        "value = 0",
        "nil = true",
        "missing = 'not_yet'",
        "value = NULL, unit_id = NULL",
        "value = NULL, unit_id = NULL, nil = true, missing = 'not_yet'",
        "value = NULL, unit_id = NULL, missing = 'whatever'",
    ):
        refused(change.format(wrong), figure.pk, match="value_nil_or_missing")
    refused(change.format("role = 'boss'"), figure.pk, match="role_known")
