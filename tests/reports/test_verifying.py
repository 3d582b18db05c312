"""Verification: what actions changed is counted, what nobody answers for is named; bytes are compared with bytes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from registry.cases.actions import edit_case
from registry.information import actions, receipts
from reports.models import SealedReport
from reports.verifying import Finding, verify_report
from tests.cases.stories import lot
from tests.cast import Cast
from tests.raw import sql
from tests.reports.sealed import sealed

pytestmark = pytest.mark.usefixtures("plain_files")


def behind(statement: str, *values: Any) -> None:
    """A change that goes around the application and every trigger of the database."""
    table = statement.split()[2 if statement.startswith("DELETE") else 1]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    touched = sql(statement, *values)
    assert touched == 1


def named(found: Finding) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.kind, one.id, one.fields) for one in found.tampered]


def test_a_report_just_sealed_is_sound(cast: Cast) -> None:
    found = verify_report(sealed(cast))
    assert found.sound
    assert (found.files, found.changed, found.tampered, found.wrong_files, found.other_tools) == (10, 0, [], [], [])
    assert found.equal > 20


def test_what_actions_changed_since_is_counted_and_is_no_failure(cast: Cast) -> None:
    report = sealed(cast)
    actions.recall_item(item=cast.items["police_released_to_two"], by=cast.police_head, reason="Sai.")
    edit_case(case=cast.cases["case_joint"], by=cast.police_officer, content={"arrests": 7})
    receipts.acknowledge_delivery(
        delivery=cast.delivery("north_released_below", "customs_north"), by=cast.customs_north_focal_point
    )
    found = verify_report(report)
    assert found.sound
    assert found.changed >= 4
    assert found.wrong_files == []


Tamper = Callable[[Cast], tuple[str, Any, str]]
TABLES = {
    "item": ("information_informationitem", "recall_reason = 'khác'", lambda c: c.items["police_released_to_two"]),
    "version": ("information_itemversion", "title = 'khác'", lambda c: c.items["police_released_to_two"].current),
    "delivery": ("information_delivery", "due_at = due_at + interval '1 day'", lambda c: c.delivery(STORY)),
    "case": ("cases_jointcase", "arrests = 99", lambda c: c.cases["case_joint"]),
    "participation": (
        "cases_participation",
        "role = 'coordinator'",
        lambda c: c.cases["case_joint"].participations.get(unit=c.units["customs"]),
    ),
    "lot": ("cases_seizurelot", "raw_text = '9 tấn'", lambda c: c.cases["case_joint"].lots.get()),
}
STORY = "police_released_to_two"


@pytest.mark.parametrize("kind", TABLES)
def test_a_record_changed_behind_the_registry_is_named_with_its_column(cast: Cast, kind: str) -> None:
    report = sealed(cast)
    table, change, of = TABLES[kind]
    record = of(cast)
    behind(f"UPDATE {table} SET {change} WHERE id = %s", record.pk)
    found = verify_report(report)
    assert not found.sound
    assert named(found) == [(kind, str(record.pk), (change.split(" = ")[0],))]
    assert found.tampered[0].reference


@pytest.mark.parametrize("kind", ["participation", "lot"])
def test_a_record_that_is_gone_is_named(cast: Cast, kind: str) -> None:
    report = sealed(cast)
    table, _change, of = TABLES[kind]
    record = of(cast)
    behind(f"DELETE FROM {table} WHERE id = %s", record.pk)
    assert (kind, str(record.pk), ("-",)) in named(verify_report(report))


def test_an_action_on_one_record_excuses_no_other(cast: Cast) -> None:
    report = sealed(cast)
    edit_case(case=cast.cases["case_joint"], by=cast.police_officer, content={"arrests": 7})
    behind("UPDATE cases_jointcase SET arrests = 99 WHERE id = %s", cast.cases["case_customs"].pk)
    assert named(verify_report(report)) == [("case", str(cast.cases["case_customs"].pk), ("arrests",))]


def test_a_column_that_no_action_changes_is_never_excused(cast: Cast) -> None:
    report = sealed(cast)
    item = cast.items[STORY]
    actions.recall_item(item=item, by=cast.police_head, reason="Sai.")
    behind("UPDATE information_informationitem SET reference = 'PO-2024-9' WHERE id = %s", item.pk)
    (one,) = verify_report(report).tampered
    assert (one.kind, one.id) == ("item", str(item.pk))
    assert "reference" in one.fields


def test_what_happened_before_the_seal_excuses_nothing(cast: Cast) -> None:
    case = cast.cases["case_joint"]
    edit_case(case=case, by=cast.police_officer, content={"arrests": 7})
    report = sealed(cast)
    behind("UPDATE cases_jointcase SET arrests = 99 WHERE id = %s", case.pk)
    assert named(verify_report(report)) == [("case", str(case.pk), ("arrests",))]


def test_reading_a_record_excuses_nothing(cast: Cast, api: Any) -> None:
    report = sealed(cast)
    case = cast.cases["case_joint"]
    assert api("police_officer").get(f"cases/{case.pk}").status_code == 200
    behind("UPDATE cases_jointcase SET arrests = 99 WHERE id = %s", case.pk)
    assert not verify_report(report).sound


def test_a_file_whose_bytes_were_changed_is_named(cast: Cast) -> None:
    report = sealed(cast)
    file = report.files.get(final=True, language="vi", file_format="json")
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    connection.cursor().execute("ALTER TABLE reports_sealedfile DROP CONSTRAINT sealed_file_is_its_digest")
    behind("UPDATE reports_sealedfile SET content = 'x' WHERE id = %s", file.pk)
    found = verify_report(report)
    assert not found.sound
    assert found.wrong_digests == [file.name]
    assert found.wrong_files == ["vi.json"]


def test_a_file_changed_together_with_its_digest_is_found_by_writing_it_anew(cast: Cast) -> None:
    report = sealed(cast)
    file = report.files.get(final=True, language="en", file_format="html")
    behind("UPDATE reports_sealedfile SET content = 'x', sha256 = encode(sha256('x'), 'hex') WHERE id = %s", file.pk)
    found = verify_report(report)
    assert (found.wrong_digests, found.wrong_files, found.sound) == ([], ["en.html"], False)


def test_verification_asks_as_often_for_many_records_as_for_few(cast: Cast, django_assert_num_queries: Any) -> None:
    report = SealedReport.objects.get(pk=sealed(cast).pk)
    with connection.execute_wrapper(counter := _Counter()):
        verify_report(report)
    few = counter.number
    for _turn in range(3):
        lot(cast, cast.cases["case_joint"])
    later = sealed(cast, reason="Muộn.")
    report = SealedReport.objects.get(pk=later.pk)
    with django_assert_num_queries(few):
        verify_report(report)


class _Counter:
    """Counts queries."""

    number = 0

    def __call__(self, execute: Any, *args: Any) -> Any:
        self.number += 1
        return execute(*args)
