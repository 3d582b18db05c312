"""What the database itself refuses, whoever asks."""

import pytest

from registry.notices.models import Notice, NoticePreference
from tests.cast import Cast
from tests.notices.told import PATH, reachable, tell
from tests.raw import refused, sql

INSERT = (
    "INSERT INTO notices_notice (id, user_id, kind, reference, path, key, flash, mail, created_at)"
    " VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, false, %s, now())"
)


@pytest.fixture
def notice(cast: Cast) -> Notice:
    return tell(cast, "customs_head")[0]


def test_a_notice_is_kept_as_it_was_given(notice: Notice, cast: Cast) -> None:
    refused("DELETE FROM notices_notice WHERE id = %s", notice.pk, match="notice")
    for column, value in (
        ("user_id", cast.customs_officer.pk),
        ("unit_id", cast.units["coast"].pk),
        ("kind", "item_recalled"),
        ("reference", "OTHER-1"),
        ("path", "/admin/cases/jointcase/"),
        ("key", "other"),
        ("flash", True),
        ("mail", "digest"),
    ):
        refused(f"UPDATE notices_notice SET {column} = %s WHERE id = %s", value, notice.pk, match="Cannot update")


def test_what_was_read_stays_read(notice: Notice) -> None:
    assert sql("UPDATE notices_notice SET read_at = now() WHERE id = %s", notice.pk) == 1
    refused("UPDATE notices_notice SET read_at = NULL WHERE id = %s", notice.pk, match="Cannot update")


def test_no_content_gets_in(cast: Cast) -> None:
    head = cast.customs_head.pk
    refused(INSERT, head, "item_delivered", "Tin mật về", PATH, "k", "never", match="reference_is_a_code")
    refused(INSERT, head, "item_delivered", "A-1", "/admin/a/b/?q=x", "k", "never", match="path_is_a_page")
    refused(INSERT, head, "gossip", "A-1", PATH, "k", "never", match="kind_known")
    refused(INSERT, head, "item_delivered", "A-1", PATH, "k", "often", match="mail_known")


def test_one_event_is_told_to_one_person_once(cast: Cast, notice: Notice) -> None:
    refused(INSERT, notice.user_id, "item_delivered", "A-1", PATH, notice.key, "never", match="notice_once")


def test_what_was_not_to_be_mailed_is_not_noted_as_mailed(notice: Notice) -> None:
    refused("UPDATE notices_notice SET emailed_at = now() WHERE id = %s", notice.pk, match="mailed_as_chosen")


def test_choices_make_sense(cast: Cast) -> None:
    reachable(cast, "customs_head")
    row = NoticePreference.objects.get(user=cast.customs_head).pk
    update = "UPDATE notices_noticepreference SET {} WHERE id = %s"
    refused(update.format("kind = 'gossip'"), row, match="kind_known")
    refused(update.format("email = 'often'"), row, match="email_known")
    refused(update.format("quiet_from = '22:00'"), row, match="quiet_is_a_span")
    refused(update.format("quiet_from = '22:00', quiet_to = '22:00'"), row, match="quiet_is_a_span")
    refused("DELETE FROM notices_noticepreference WHERE id = %s", row, match="kept|Cannot delete")
    refused(
        "INSERT INTO notices_noticepreference (id, user_id, kind, email) VALUES (gen_random_uuid(), %s, '*', 'never')",
        cast.customs_head.pk,
        match="preference_once",
    )
