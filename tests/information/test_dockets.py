"""Docket cards: what is registered of a paper that may not be here, who sees it, how it ends."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.audit.models import AuditEvent
from agencies.models import today
from agencies.refusals import Invalid, NotPermitted, Stale
from registry.information.dockets import CARD, create_docket, end_docket, tell_docket
from registry.information.models import Docket
from registry.information.terms import DocketLevel
from registry.workflow import TransitionError
from tests.cast import Cast
from tests.clients import ApiClient
from tests.information.people import ROLES, somebody
from tests.logged import last
from tests.raw import refused, sql

PAPER: dict[str, Any] = {
    "level": "mat",
    "number": "15/BC-C04",
    "dated_on": date(2024, 5, 2),
    "issuer": "Cục một",
    "copy_number": "03",
    "kept_at": "Tủ sắt số 2",
    "term_ends_on": date(2034, 5, 2),
    "subject": "Về một việc",
    "courier_receipt": "GN-0015",
}
HOLDERS = {"copy_number", "kept_at", "courier_receipt", "end_reason", "told"}
ENDS = {"return": "returned", "destroy": "destroyed", "declassify": "declassified"}


def card(cast: Cast, **changes: Any) -> Docket:
    return create_docket(unit=cast.units["police"], by=cast.police_officer, card=PAPER | changes)


def names_seen(cast: Cast, docket: Docket) -> set[str]:
    people = {name: cast.again(name) for name in cast.people}
    return {n for n, p in people.items() if Docket.objects.visible_to(p).filter(pk=docket.pk).exists()}


# --- the card -------------------------------------------------------------------------------------------------------


def test_a_card_gets_a_number_of_its_own_register_without_gaps(cast: Cast) -> None:
    before = Docket.objects.filter(unit__agency__code="POLICE").count()
    first, second = card(cast), card(cast, copy_number="04")
    assert first.reference == f"DOCKET-POLICE-{today().year}-{before + 1:06d}"
    assert second.reference == f"DOCKET-POLICE-{today().year}-{before + 2:06d}"
    with pytest.raises(Invalid):
        card(cast, copy_number="04")
    assert card(cast, copy_number="05").reference.endswith(f"{before + 3:06d}")
    event = last("docket.create")
    assert (event.object_ref.split("-")[0], event.detail) == ("DOCKET", {"level": "mat"})


def test_a_card_has_no_place_for_content_or_a_file() -> None:
    names = {f.name for f in Docket._meta.get_fields()}
    assert names == {
        *CARD,
        *"id reference unit status told registered_by ended_at ended_by end_reason".split(),
        *"created_at updated_at revision synthetic".split(),
    }
    kinds = {f.get_internal_type() for f in Docket._meta.get_fields()}
    assert not kinds & {"FileField", "BinaryField", "JSONField", "ImageField"}


@pytest.mark.parametrize("field", ["body", "content", "file", "title", "told", "status", "reference"])
def test_nothing_else_is_written_on_a_card(cast: Cast, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        card(cast, **{field: "x"})
    assert set(refusal.value.fields) == {field}


@pytest.mark.parametrize("level", ["mat", "toi_mat"])
def test_the_two_lower_degrees_may_name_their_subject(cast: Cast, level: str) -> None:
    assert card(cast, level=level).subject == "Về một việc"
    assert card(cast, level=level, copy_number="9", subject="").subject == ""


def test_of_the_highest_degree_not_even_the_subject_is_entered(
    cast: Cast, api: Callable[[str | None], ApiClient]
) -> None:
    with pytest.raises(Invalid) as refusal:
        card(cast, level="tuyet_mat")
    assert set(refusal.value.fields) == {"subject"}
    body = {k: str(v) for k, v in PAPER.items()} | {"level": "tuyet_mat", "unit": "police"}
    answer = api("police_officer").post("dockets", body)
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/subject"]
    assert api("police_officer").post("dockets", body | {"subject": ""}).status_code == 201
    refused(
        "INSERT INTO information_docket SELECT (jsonb_populate_record(d, jsonb_build_object("
        "'id', gen_random_uuid(), 'reference', 'X-1', 'number', 'X', 'level', 'tuyet_mat'))).*"
        " FROM information_docket d WHERE id = %s",
        cast.dockets["police_told"].pk,
        match="docket_no_subject_of_the_highest",
    )


def test_every_fault_of_a_card_is_told_at_once(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        card(cast, level="x", number="", issuer="", kept_at="", term_ends_on=date(2020, 1, 1))
    assert {"level", "number", "issuer", "kept_at"} <= set(refusal.value.fields)


@pytest.mark.parametrize("role", ROLES)
def test_officers_and_focal_points_register_cards_for_their_own_unit(cast: Cast, role: str) -> None:
    for unit in ("police", "police_north", "customs"):
        by = somebody(cast, role=role, unit=unit)
        if unit == "police" and role in {"officer", "focal_point"}:
            assert create_docket(unit=cast.units["police"], by=by, card=PAPER).status == "held"
        else:
            with pytest.raises(NotPermitted):
                create_docket(unit=cast.units["police"], by=by, card=PAPER)


# --- who sees it ----------------------------------------------------------------------------------------------------

POLICE = {"officer", "officer_2", "head", "focal_point", "analyst", "system"}


def test_a_card_is_seen_by_the_workers_of_the_holder_and_of_the_units_above(cast: Cast) -> None:
    workers = {f"police_{n}" for n in POLICE} | {"police_officer_and_head", "two_units", "delegate", "ended_delegate"}
    assert names_seen(cast, card(cast)) == workers
    north = {f"north_{n}" for n in ("officer", "head", "focal_point", "analyst")}
    assert names_seen(cast, cast.dockets["north_held"]) == workers | north


def test_telling_a_unit_shows_it_the_card_and_to_nobody_else(cast: Cast) -> None:
    docket = card(cast)
    before = names_seen(cast, docket)
    tell_docket(docket=docket, units=[cast.units["customs"]], by=cast.police_head)
    told = {f"customs_{n}" for n in ("officer", "head", "focal_point", "analyst", "system")}
    assert names_seen(cast, docket) - before == told
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.detail) == ("docket.tell", {"units": ["customs"]})


def test_who_was_told_learns_neither_where_it_lies_nor_who_else_knows(
    cast: Cast, api: Callable[[str | None], ApiClient]
) -> None:
    path = f"dockets/{cast.dockets['police_told'].pk}"
    theirs, own = api("customs_officer").get(path).json(), api("police_officer").get(path).json()
    assert {name for name in theirs if theirs[name] is None} - {"term_ends_on", "ended_at"} == HOLDERS
    assert own["told"] == ["border_north", "customs"]
    assert own["kept_at"] == "Tủ số 1"
    assert theirs | dict.fromkeys(HOLDERS) == own | dict.fromkeys(HOLDERS)


def test_reading_a_card_is_written_to_the_log(cast: Cast, api: Callable[[str | None], ApiClient]) -> None:
    api("customs_officer").get(f"dockets/{cast.dockets['police_told'].pk}")
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.actor, event.object_type) == ("read", "customs_officer", "Docket")
    api("customs_officer").get("dockets")
    assert AuditEvent.objects.latest("id").action == "list"


def test_the_queries_of_the_list_do_not_depend_on_its_length(
    cast: Cast, api: Callable[[str | None], ApiClient]
) -> None:
    client = api("police_officer")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("dockets").status_code == 200
        return len(found)

    queries()  # the first use of a key is noted
    few = queries()
    for number in range(6):
        tell_docket(docket=card(cast, number=f"{number}/X"), units=[cast.units["customs"]], by=cast.police_head)
    assert queries() == few


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("level=mat", {"police_told", "police_returned"}),
        ("status=returned", {"police_returned"}),
        ("unit=police_north", {"north_held"}),
        ("agency=CUSTOMS", set()),
        ("number=02", {"police_highest"}),
        ("term_ends_before=2100-01-01", set()),
    ],
)
def test_filters(cast: Cast, api: Callable[[str | None], ApiClient], query: str, names: set[str]) -> None:
    rows = api("police_officer").get(f"dockets?{query}").json()["results"]
    assert {row["id"] for row in rows} == {str(cast.dockets[name].pk) for name in names}


# --- telling and ending ---------------------------------------------------------------------------------------------


def test_only_units_that_do_not_know_can_be_told(cast: Cast) -> None:
    docket = cast.dockets["police_told"]
    for units in ([], [cast.units["customs"]], [cast.units["police"]]):
        with pytest.raises(Invalid) as refusal:
            tell_docket(docket=docket, units=units, by=cast.police_head)
        assert set(refusal.value.fields) == {"units"}
    told = tell_docket(docket=docket, units=[cast.units["customs"], cast.units["coast"]], by=cast.police_head)
    assert set(told.told.values_list("code", flat=True)) == {"customs", "border_north", "coast"}


@pytest.mark.parametrize("verb", ENDS)
def test_a_card_ends_with_a_reason_and_stays(cast: Cast, verb: str) -> None:
    docket = cast.dockets["police_told"]
    with pytest.raises(Invalid) as refusal:
        end_docket(docket=docket, action=verb, reason=" ", by=cast.police_head)
    assert set(refusal.value.fields) == {"reason"}
    ended = end_docket(docket=docket, action=verb, reason="Biên bản số 3.", by=cast.police_head)
    assert (ended.status, ended.ended_by, ended.end_reason) == (ENDS[verb], cast.police_head, "Biên bản số 3.")
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.purpose) == (f"docket.{verb}", "Biên bản số 3.")
    for again in (*ENDS, "tell"):
        with pytest.raises(TransitionError):
            if again == "tell":
                tell_docket(docket=ended, units=[cast.units["coast"]], by=cast.police_head)
            else:
                end_docket(docket=ended, action=again, reason="x", by=cast.police_head)


@pytest.mark.parametrize("role", ROLES)
def test_heads_of_the_holder_tell_and_end(cast: Cast, role: str) -> None:
    for unit in ("police", "police_north", "customs"):
        by = somebody(cast, role=role, unit=unit)
        if role == "releaser" and unit == "police":
            tell_docket(docket=cast.dockets["police_told"], units=[cast.units["coast"]], by=by)
            end_docket(docket=cast.dockets["police_told"], action="destroy", reason="x", by=by)
            continue
        with pytest.raises(NotPermitted):
            tell_docket(docket=cast.dockets["police_highest"], units=[cast.units["coast"]], by=by)
        with pytest.raises(NotPermitted):
            end_docket(docket=cast.dockets["police_highest"], action="return", reason="x", by=by)


def test_a_delegate_of_the_head_tells_on_the_heads_behalf(cast: Cast) -> None:
    tell_docket(docket=cast.dockets["police_highest"], units=[cast.units["coast"]], by=cast.delegate)
    assert AuditEvent.objects.latest("id").detail["on_behalf_of"] == "police_head"
    end_docket(docket=cast.dockets["police_highest"], action="return", reason="Trả.", by=cast.delegate)
    assert AuditEvent.objects.latest("id").detail["on_behalf_of"] == "police_head"


def test_whoever_was_slower_is_told(cast: Cast, api: Callable[[str | None], ApiClient]) -> None:
    docket = cast.dockets["police_told"]
    seen = docket.revision
    tell_docket(docket=docket, units=[cast.units["coast"]], by=cast.police_head)
    with pytest.raises(Stale):
        end_docket(docket=docket, action="return", reason="x", by=cast.police_head, expected_revision=seen)
    answer = api("police_head").post(f"dockets/{docket.pk}/destroy", {"reason": "x"}, If_Match=f'"{docket.pk}-{seen}"')
    assert answer.status_code == 412


# --- the database, whoever asks -------------------------------------------------------------------------------------

CHANGES = {
    "reference": "'X'",
    "unit_id": "(SELECT id FROM agencies_unit WHERE code = 'customs')",
    "level": "'toi_mat'",
    "number": "'X'",
    "dated_on": "'2020-01-01'",
    "issuer": "'X'",
    "copy_number": "'X'",
    "kept_at": "'X'",
    "term_ends_on": "'2040-01-01'",
    "subject": "'X'",
    "courier_receipt": "'X'",
    "registered_by_id": "(SELECT id FROM agencies_user WHERE username = 'police_head')",
    "created_at": "'2020-01-01'",
}


@pytest.mark.parametrize("column", CHANGES)
def test_what_stands_on_a_card_never_changes(cast: Cast, column: str) -> None:
    statement = f"UPDATE information_docket SET {column} = {CHANGES[column]} WHERE id = %s"
    refused(statement, cast.dockets["police_told"].pk, match="Cannot update")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("level = 'internal'", "docket_level_known"),
        ("level = 'tuyet_mat'", "docket_no_subject_of_the_highest"),
        ("number = ''", "docket_names_the_paper"),
        ("issuer = ''", "docket_names_the_paper"),
        ("kept_at = ''", "docket_names_the_paper"),
        ("term_ends_on = '2020-01-01'", "docket_term_after_paper"),
        ("copy_number = ''", "docket_copy_once"),
        ("status = 'returned'", "pgtrigger"),
        ("ended_at = now()", "docket_ended_is_complete"),
        ("end_reason = 'x'", "docket_ended_is_complete"),
    ],
)
def test_a_new_card_keeps_the_rules_around_the_application(cast: Cast, change: str, rule: str) -> None:
    column, value = change.split(" = ")
    number = "number" if column == "copy_number" else "'N'"
    fields = f"'id', gen_random_uuid(), 'reference', 'X-1', 'number', {number}, '{column}', {value}"
    if column == "number":
        fields = "'id', gen_random_uuid(), 'reference', 'X-1', 'number', ''"
    refused(
        f"INSERT INTO information_docket SELECT (jsonb_populate_record(d, jsonb_build_object({fields}))).*"
        " FROM information_docket d WHERE id = %s",
        cast.dockets["police_told"].pk,
        match=rule,
    )


def test_a_card_ends_once_and_wholly(cast: Cast) -> None:
    held, ended = cast.dockets["police_told"].pk, cast.dockets["police_returned"].pk
    refused("UPDATE information_docket SET status = 'destroyed' WHERE id = %s", held, match="ended_is_complete")
    refused("UPDATE information_docket SET status = 'lost' WHERE id = %s", held, match="Invalid transition")
    refused("UPDATE information_docket SET end_reason = 'y' WHERE id = %s", ended, match="Cannot update")
    refused("UPDATE information_docket SET status = 'held' WHERE id = %s", ended, match="pgtrigger")


def test_nothing_of_a_card_is_deleted_and_nothing_is_untold(cast: Cast) -> None:
    refused("DELETE FROM information_docket", match="Cannot delete|foreign key")
    refused("DELETE FROM information_docket_told", match="Cannot")
    refused("UPDATE information_docket_told SET unit_id = unit_id", match="Cannot")
    refused("DELETE FROM information_docketregister", match="Cannot delete")
    refused("UPDATE information_docketregister SET last = last - 1", match="pgtrigger")
    assert sql("UPDATE information_docketregister SET last = last + 1 WHERE year = %s", today().year) >= 1


# --- the admin ------------------------------------------------------------------------------------------------------


def test_an_officer_registers_a_card_in_the_admin(cast: Cast, desk: Callable[[str | None], Client]) -> None:
    address = "/admin/information/docket/"
    form = {**{name: str(value) for name, value in PAPER.items()}, "unit": str(cast.units["police"].pk)}
    assert desk("police_officer").get(f"{address}add/").status_code == 200
    page = desk("police_officer").post(f"{address}add/", form | {"level": "tuyet_mat"})
    assert page.status_code == 200
    assert not Docket.objects.filter(number="15/BC-C04").exists()
    assert desk("police_officer").post(f"{address}add/", form).status_code == 302
    made = Docket.objects.get(number="15/BC-C04")
    assert "15/BC-C04" in desk("police_officer").get(address).content.decode()
    assert "15/BC-C04" not in desk("customs_officer").get(address).content.decode()
    assert desk("police_officer").get(f"{address}{made.pk}/change/").status_code == 200
    assert desk("police_head").get(f"{address}add/").status_code == 403


def test_a_head_tells_and_ends_in_the_admin(cast: Cast, desk: Callable[[str | None], Client]) -> None:
    docket = cast.dockets["police_highest"]
    page = f"/admin/information/docket/{docket.pk}/"
    shown = desk("police_head").get(f"{page}change/").content.decode()
    assert "/move/destroy/" in shown and 'name="told"' in shown
    assert "/move/destroy/" not in desk("police_officer").get(f"{page}change/").content.decode()
    assert desk("police_head").post(f"{page}change/", {"told": [str(cast.units["coast"].pk)]}).status_code == 302
    assert list(docket.told.values_list("code", flat=True)) == ["coast"]
    assert "Tủ số 1" not in desk("coast_officer").get(f"{page}change/").content.decode()
    assert "Tủ số 1" in desk("police_officer").get(f"{page}change/").content.decode()
    assert desk("police_head").post(f"{page}move/destroy/", {"reason": "Biên bản."}).status_code == 302
    docket.refresh_from_db()
    assert docket.status == "destroyed"


def test_the_degrees_bear_the_names_of_the_law() -> None:
    assert DocketLevel.labels == ["Mật", "Tối mật", "Tuyệt mật"]
