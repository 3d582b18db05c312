"""What the database refuses to everybody: each rule is broken around the application."""

from datetime import date
from decimal import Decimal

import pgtrigger
import pytest
from django.db.models import QuerySet

from agencies.visibility import BypassRefusedError
from registry.cases import actions
from registry.cases.models import CaseItem, JointCase, Participation, SeizureLot
from tests.cases.stories import delivered, lot, measure, opened, own_item, row
from tests.cast import Cast
from tests.raw import refused, sql

CASE = "UPDATE cases_jointcase SET {} WHERE id = %s"
LOT = "UPDATE cases_seizurelot SET {} WHERE id = %s"
PART = "UPDATE cases_participation SET {} WHERE id = %s"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("kind = 'feud'", "case_kind_known"),
        ("status = 'lost'", "Invalid transition|case_status_known"),
        ("closed_on = '2024-06-01'", "case_closed_has_day_and_result"),
        ("status = 'closed'", "case_closed_has_day_and_result"),
        ("status = 'closed', closed_on = '2024-06-01'", "case_closed_has_day_and_result"),
        ("status = 'closed', result = 'x'", "case_closed_has_day_and_result"),
        ("status = 'closed', closed_on = '2024-01-01', result = 'x'", "case_closed_after_opened"),
        ("arrests = -1", "arrests"),
        ("reference = 'CASE-2024-000009'", "read-only|Cannot update"),
        ("unit_id = (SELECT id FROM agencies_unit WHERE code = 'customs')", "read-only|Cannot update"),
        ("author_id = (SELECT id FROM agencies_user WHERE username = 'auditor')", "read-only|Cannot update"),
    ],
)
def test_a_case_keeps_its_rules(cast: Cast, change: str, rule: str) -> None:
    refused(CASE.format(change), opened(cast).pk, match=rule)


def test_a_reference_is_given_once(cast: Cast) -> None:
    refused(
        "INSERT INTO cases_jointcase SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid()))).*"
        " FROM cases_jointcase c WHERE id = %s",
        opened(cast).pk,
        match="reference",
    )


def test_no_two_units_lead_at_once(cast: Cast) -> None:
    case = opened(cast)
    insert = (
        "INSERT INTO cases_participation (id, case_id, unit_id, role, valid_from, synthetic)"
        " VALUES (gen_random_uuid(), %s, %s, %s, %s, true)"
    )
    refused(insert, case.pk, cast.units["coast"].pk, "lead", "2024-07-01", match="participation_one_lead")
    refused(insert, case.pk, cast.units["border"].pk, "coordinator", "2024-07-01", match="participation_unit_once")
    refused(insert, case.pk, cast.units["coast"].pk, "boss", "2024-07-01", match="participation_role_known")
    refused(insert, case.pk, cast.units["coast"].pk, "co_lead", None, match="participation_begins")
    sql("UPDATE cases_participation SET valid_to = '2024-07-01' WHERE case_id = %s AND role = 'lead'", case.pk)
    assert sql(insert, case.pk, cast.units["coast"].pk, "lead", "2024-07-01") == 1


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("valid_to = valid_from", "participation_days_in_order"),
        ("role = 'lead'", "read-only|Cannot update"),
        ("valid_from = '2020-01-01'", "read-only|Cannot update"),
        ("confirmed_at = now()", "participation_confirmed_by_somebody"),
        ("confirmed_by_id = (SELECT id FROM agencies_user LIMIT 1)", "participation_confirmed_by_somebody"),
    ],
)
def test_a_participation_keeps_its_rules(cast: Cast, change: str, rule: str) -> None:
    refused(PART.format(change), row(opened(cast), "customs").pk, match=rule)


def test_a_confirmation_is_final(cast: Cast) -> None:
    confirmed = actions.confirm_participation(participation=row(opened(cast), "customs"), by=cast.customs_head)
    for change in ("confirmed_at = now()", "confirmed_at = NULL, confirmed_by_id = NULL"):
        refused(PART.format(change), confirmed.pk, match="Cannot update")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("value = NULL", "lot_weighed_or_without_value"),
        ("value = 0", "lot_weighed_or_without_value"),
        ("unit_id = NULL", "lot_weighed_or_without_value"),
        ("normalised_value = NULL", "lot_weighed_or_without_value"),
        ("weighed = false", "lot_weighed_or_without_value"),
        ("comparator = 'maybe'", "lot_comparator_known"),
        ("raw_text = ''", "lot_as_entered"),
        ("case_id = gen_random_uuid()", "read-only|Cannot update"),
    ],
)
def test_a_lot_keeps_its_rules(cast: Cast, change: str, rule: str) -> None:
    weighed = lot(cast, opened(cast), value=Decimal(1), unit=measure())
    with pgtrigger.ignore("cases.SeizureLot:lot_reweighed_with_reason"):  # it would refuse every one of them first
        refused(LOT.format(change), weighed.pk, match=rule)


def test_a_link_never_changes_and_exists_once(cast: Cast) -> None:
    case = opened(cast)
    link = actions.link_item(case=case, by=cast.police_officer, item=own_item(cast))
    refused("UPDATE cases_caseitem SET linked_at = now() WHERE id = %s", link.pk, match="Cannot update")
    refused(
        "INSERT INTO cases_caseitem (id, case_id, item_id, unit_id, linked_by_id, linked_at, synthetic)"
        " SELECT gen_random_uuid(), case_id, item_id, unit_id, linked_by_id, linked_at, synthetic"
        " FROM cases_caseitem WHERE id = %s",
        link.pk,
        match="case_item_unit_once",
    )


def test_nothing_of_a_case_is_deleted(cast: Cast) -> None:
    case = opened(cast)
    lot(cast, case)
    actions.link_item(case=case, by=cast.customs_officer, delivery=delivered(cast))
    for table in ("caseitem", "seizurelot", "participation", "jointcase"):
        refused(f"DELETE FROM cases_{table}", match="delete rows")


@pytest.mark.parametrize("model", [JointCase, Participation, SeizureLot, CaseItem])
def test_bulk_writes_are_refused(cast: Cast, model: type) -> None:
    records: QuerySet = model.objects.all()
    for write in (
        lambda: records.update(synthetic=False),
        records.delete,
        lambda: records.bulk_create([]),
        lambda: records.bulk_update([], ["synthetic"]),
    ):
        with pytest.raises(BypassRefusedError):
            write()


def test_the_register_has_one_row_per_agency_and_year(cast: Cast) -> None:
    opened(cast, opened_on=date(2024, 5, 14))
    refused(
        "INSERT INTO cases_caseregister (agency_id, year, last) VALUES (%s, 2024, 7)",
        cast.units["police"].agency_id,
        match="case_register_once",
    )
