"""What the database refuses to whoever goes around the application."""

from itertools import product

import pytest

from registry.requests import actions
from registry.requests.models import InformationRequest
from registry.requests.terms import RequestStatus
from tests.cast import Cast
from tests.raw import refused as db_refuses
from tests.raw import sql
from tests.requests.stories import answered, drafted, prepared, refused, sent

MOVES = {
    ("draft", "sent"),
    ("draft", "withdrawn"),
    ("sent", "received"),
    ("sent", "answered"),
    ("sent", "refused"),
    ("sent", "withdrawn"),
    ("received", "answered"),
    ("received", "refused"),
    ("received", "withdrawn"),
    ("answered", "received"),
    ("refused", "received"),
}
TABLE = "requests_informationrequest"
NEEDS = {
    "sent": "sent_at = now(), sent_by_id = %(head)s, reference = 'X', due_at = now() + interval '1 day'",
    "received": "received_at = now(), received_by_id = %(head)s, answer_id = NULL, answered_at = NULL",
    "withdrawn": "withdrawn_at = now(), withdraw_reason = 'x'",
}


@pytest.mark.parametrize(("before", "after"), [p for p in product(RequestStatus.values, repeat=2) if p[0] != p[1]])
def test_a_request_takes_only_the_steps_of_the_table(cast: Cast, before: str, after: str) -> None:
    request = cast.requests[f"request_{before}"]
    sets = f"status = '{after}'"
    if (before, after) in MOVES:
        if after in NEEDS:
            sets += ", " + NEEDS[after] % {"head": f"'{cast.police_head.pk}'"}
        if before in {"answered", "refused"}:
            sets += ", reopened_at = now(), reopen_reason = 'x', due_at = now() + interval '1 day'"
        if after in {"answered", "refused"}:
            kind, reason, drafter = (
                ("refused", "secrecy", "NULL") if after == "refused" else ("answered", "", "author_id")
            )
            sql(
                "INSERT INTO requests_answer (id, request_id, kind, reason, text, drafted_by_id, edited_by_id, drafted_at,"
                " given_at, given_by_id, synthetic)"
                f" SELECT gen_random_uuid(), id, '{kind}', '{reason}', 'x', {drafter}, {drafter}, now(), now(), %s, true"
                f" FROM {TABLE} WHERE id = %s",
                cast.customs_head.pk,
                request.pk,
            )
            found = f"(SELECT id FROM requests_answer WHERE request_id = '{request.pk}' AND given_at = now())"
            sets += f", answer_id = {found}, answered_at = now(), late = true, received_at = now(), received_by_id = sent_by_id"
        assert sql(f"UPDATE {TABLE} SET {sets} WHERE id = %s", request.pk) == 1
    else:
        db_refuses(f"UPDATE {TABLE} SET {sets} WHERE id = %s", request.pk, match="Invalid transition|pgtrigger")


def test_a_request_begins_as_a_draft_and_is_kept(cast: Cast) -> None:
    request = drafted(cast)
    columns = ", ".join(f.column for f in InformationRequest._meta.concrete_fields if f.column not in {"id", "status"})
    copy = f"INSERT INTO {TABLE} (id, status, {columns}) SELECT gen_random_uuid(), %s, {columns} FROM {TABLE} WHERE id = %s"
    assert sql(copy, "draft", request.pk) == 1
    db_refuses(copy, "withdrawn", request.pk, match="pgtrigger")
    db_refuses(f"DELETE FROM {TABLE} WHERE id = %s", request.pk, match="pgtrigger")


WORDS = {
    "subject": "'Khác'",
    "question": "'Khác'",
    "purpose": "'Khác'",
    "commitment": "false",
    "urgency": "'urgent'",
    "tlp": "'TLP:CLEAR'",
    "secrecy": "'none'",
    "reference": "'RQ-X'",
    "sent_at": "now()",
    "due_at": "now() + interval '900 days'",
    "addressee_id": "(SELECT id FROM agencies_unit WHERE code = 'coast')",
    "unit_id": "(SELECT id FROM agencies_unit WHERE code = 'police_north')",
    "author_id": "(SELECT id FROM agencies_user WHERE username = 'police_officer_2')",
    "edited_by_id": "(SELECT id FROM agencies_user WHERE username = 'police_officer_2')",
    "sent_by_id": "(SELECT id FROM agencies_user WHERE username = 'police_analyst')",
    "topic_id": "(SELECT id FROM reference_topic LIMIT 1)",
    "item_id": "(SELECT id FROM information_informationitem LIMIT 1)",
}


@pytest.mark.parametrize("column", WORDS)
@pytest.mark.parametrize("story", ["request_sent", "request_answered"])
def test_what_was_sent_never_changes(cast: Cast, story: str, column: str) -> None:
    one = cast.requests[story].pk
    db_refuses(f"UPDATE {TABLE} SET {column} = {WORDS[column]} WHERE id = %s", one, match="pgtrigger|request_")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("urgency = 'soon'", "request_urgency_known"),
        ("tlp = 'TLP:BLUE'", "request_tlp_known"),
        ("secrecy = 'mat'", "request_below_state_secret"),
        ("addressee_id = (SELECT id FROM agencies_unit WHERE code = 'police_north')", "another agency"),
        ("status = 'sent'", "request_sent_is_complete"),
        ("status = 'sent', sent_at = now(), sent_by_id = {head}, reference = 'X'", "request_sent_is_complete"),
        ("sent_at = now(), sent_by_id = {head}, reference = 'X', due_at = '2099-01-01'", "request_sent_is_complete"),
        ("status = 'sent', {sent}, purpose = ''", "request_sent_is_complete"),
        ("status = 'sent', {sent}, commitment = false", "request_sent_is_complete"),
        ("status = 'sent', {sent}, due_at = now()", "request_sent_is_complete"),
        ("status = 'sent', {sent}, sent_by_id = author_id", "request_four_eyes"),
        ("status = 'sent', {sent}, edited_by_id = {head}", "request_four_eyes"),
        ("status = 'withdrawn'", "request_withdrawn_has_reason"),
        ("withdrawn_at = now()", "request_withdrawn_has_reason"),
        ("reopened_at = now()", "request_reopened_has_reason"),
        ("received_at = now(), received_by_id = {head}", "request_received_by_somebody"),
    ],
)
def test_a_draft_that_breaks_a_rule_is_refused(cast: Cast, change: str, rule: str) -> None:
    if rule == "request_received_by_somebody":
        change = change.replace("received_by_id = {head}", "received_by_id = NULL")
    head = f"'{cast.police_head.pk}'"
    complete = f"sent_at = now(), sent_by_id = {head}, reference = 'X', due_at = '2099-01-01'"
    statement = change.format(head=head, sent=complete)
    columns: dict[str, str] = dict(part.strip().split(" = ", 1) for part in statement.split(", "))
    sets = ", ".join(f"{column} = {value}" for column, value in columns.items())
    db_refuses(f"UPDATE {TABLE} SET {sets} WHERE id = %s", drafted(cast).pk, match=rule)


def test_an_answered_request_has_an_answer_that_was_given_to_it(cast: Cast) -> None:
    one, other = answered(cast), answered(cast)
    waiting = sent(cast)
    undelivered = prepared(cast, waiting)
    set_answer = f"UPDATE {TABLE} SET answer_id = %s WHERE id = %s"
    db_refuses(set_answer, other.answer_id, one.pk, match="of its own")
    db_refuses(set_answer, None, one.pk, match="request_closed_has_answer")
    db_refuses(f"UPDATE {TABLE} SET answered_at = NULL WHERE id = %s", one.pk, match="request_closed_has_answer")
    close = f"UPDATE {TABLE} SET status = 'answered', answered_at = now(), late = true, received_at = now(),"
    close += " received_by_id = sent_by_id, answer_id = %s WHERE id = %s"
    db_refuses(close, undelivered.pk, waiting.pk, match="of its own")
    db_refuses(
        f"UPDATE {TABLE} SET received_at = NULL, received_by_id = NULL WHERE id = %s", one.pk, match="received_by"
    )


def test_a_late_answer_is_told_and_stays_late(cast: Cast) -> None:
    one, late = answered(cast), refused(cast, at=None)
    db_refuses(
        f"UPDATE {TABLE} SET answered_at = due_at + interval '1 second' WHERE id = %s", one.pk, match="late_is_told"
    )
    sql(f"UPDATE {TABLE} SET late = true WHERE id = %s", late.pk)
    db_refuses(f"UPDATE {TABLE} SET late = false WHERE id = %s", late.pk, match="pgtrigger")


def test_a_request_is_reopened_once(cast: Cast) -> None:
    again = f"UPDATE {TABLE} SET status = 'received', answer_id = NULL, answered_at = NULL"
    db_refuses(f"{again} WHERE id = %s", answered(cast).pk, match="pgtrigger")
    request = actions.reopen_request(request=answered(cast), by=cast.police_head, reason="x")
    prepared(cast, request)
    actions.give_answer(request=request, by=cast.customs_head)
    db_refuses(f"{again}, reopened_at = now() WHERE id = %s", request.pk, match="pgtrigger")
    db_refuses(f"UPDATE {TABLE} SET reopened_at = now() WHERE id = %s", request.pk, match="pgtrigger")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("kind = 'perhaps'", "answer_"),
        ("kind = 'refused'", "answer_"),
        ("reason = 'secrecy'", "answer_refused_with_listed_reason"),
        ("text = ''", "answer_says_something"),
        ("given_at = now()", "answer_given_by_somebody"),
        ("given_at = now(), given_by_id = drafted_by_id", "answer_four_eyes"),
        ("given_at = now(), given_by_id = edited_by_id", "answer_four_eyes"),
        ("edited_by_id = NULL", "answer_four_eyes"),
        ("drafted_by_id = edited_by_id", "pgtrigger"),
    ],
)
def test_a_drafted_answer_that_breaks_a_rule_is_refused(cast: Cast, change: str, rule: str) -> None:
    request = sent(cast)
    prepared(cast, request)
    answer = prepared(cast, request, by=cast.customs_analyst)
    db_refuses(f"UPDATE requests_answer SET {change} WHERE id = %s", answer.pk, match=rule)


def test_an_answer_once_given_is_final_with_its_items(cast: Cast) -> None:
    request = sent(cast)
    answer = prepared(cast, request, items=[cast.items["police_released_to_customs"]])
    other = cast.items["police_released_to_two"].pk
    add = "INSERT INTO requests_answer_items (answer_id, informationitem_id) VALUES (%s, %s)"
    assert sql(add, answer.pk, other) == 1
    actions.give_answer(request=request, by=cast.customs_head)
    db_refuses(add, answer.pk, cast.items["police_opened"].pk, match="given and final")
    db_refuses("DELETE FROM requests_answer_items WHERE answer_id = %s", answer.pk, match="given and final")
    db_refuses("UPDATE requests_answer SET text = 'Khác' WHERE id = %s", answer.pk, match="pgtrigger")
    db_refuses("DELETE FROM requests_answer WHERE id = %s", answer.pk, match="pgtrigger")


def test_a_refusal_has_a_listed_reason_and_another_one_words(cast: Cast) -> None:
    given = refused(cast).answer_id
    copy = (
        "INSERT INTO requests_answer (id, request_id, kind, reason, text, drafted_at, given_at, given_by_id, synthetic)"
        " SELECT gen_random_uuid(), request_id, kind, %s, %s, now(), now(), given_by_id, true FROM requests_answer"
        " WHERE id = %s"
    )
    assert sql(copy, "secrecy", "", given) == 1
    db_refuses(copy, "because", "x", given, match="answer_refused_with_listed_reason")
    db_refuses(copy, "", "x", given, match="answer_refused_with_listed_reason")
    db_refuses(copy, "other", "", given, match="answer_says_something")


def test_there_is_one_draft_of_an_answer(cast: Cast) -> None:
    answer = prepared(cast, sent(cast))
    copy = (
        "INSERT INTO requests_answer (id, request_id, kind, reason, text, drafted_by_id, edited_by_id, drafted_at,"
        " synthetic) SELECT gen_random_uuid(), request_id, kind, reason, text, drafted_by_id, edited_by_id, now(), true"
        " FROM requests_answer WHERE id = %s"
    )
    db_refuses(copy, answer.pk, match="answer_one_draft")


def test_messages_are_only_added_by_the_two_sides_while_the_request_is_open(cast: Cast) -> None:
    request = sent(cast)
    message = actions.write_message(request=request, by=cast.police_officer, text="Xin nói rõ.")
    db_refuses("UPDATE requests_requestmessage SET text = 'x' WHERE id = %s", message.pk, match="pgtrigger")
    db_refuses("DELETE FROM requests_requestmessage WHERE id = %s", message.pk, match="pgtrigger")
    add = (
        "INSERT INTO requests_requestmessage (id, request_id, unit_id, author_id, text, written_at, synthetic)"
        " VALUES (gen_random_uuid(), %s, %s, %s, %s, now(), true)"
    )
    units, author = cast.units, cast.border_officer.pk
    assert sql(add, request.pk, units["customs"].pk, author, "x") == 1
    db_refuses(add, request.pk, units["customs"].pk, author, "", match="message_says_something")
    db_refuses(add, request.pk, units["border"].pk, author, "x", match="two sides")
    db_refuses(add, drafted(cast).pk, units["police"].pk, author, "x", match="two sides")
    db_refuses(add, answered(cast).pk, units["police"].pk, author, "x", match="two sides")


def test_the_register_counts_up_by_one_and_is_kept(cast: Cast) -> None:
    sent(cast)
    db_refuses("UPDATE requests_requestregister SET last = last + 2", match="pgtrigger")
    db_refuses("UPDATE requests_requestregister SET last = last - 1", match="pgtrigger")
    db_refuses("DELETE FROM requests_requestregister", match="pgtrigger")
