"""One's notices in the admin: counted in the header, listed, marked as read; one's choices; one's address."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import User
from registry.notices.models import Notice, NoticePreference
from tests.cast import Cast
from tests.notices.told import PATH, tell

NOTICES = reverse("admin:notices_notice_changelist")
CHOICES = reverse("admin:notices_noticepreference_changelist")


def header(page: Any) -> str:
    """The part of the page that says how many are unread."""
    text = page.content.decode()
    start = text.find('class="notices"')
    return text[start : text.find("</a>", start)] if start >= 0 else ""


def test_the_header_counts_what_is_not_read(cast: Cast, desk: Any) -> None:
    client = desk("customs_head")
    assert "notices-count" not in header(client.get("/admin/"))
    tell(cast, "customs_head", "customs_officer")
    tell(cast, "customs_head", key="event:2")
    assert '<span class="notices-count">2<' in header(client.get("/admin/"))
    assert '<span class="notices-count">1<' in header(desk("customs_officer").get("/admin/"))
    assert f'href="{NOTICES}?unread=yes"' in header(client.get("/admin/"))


def test_who_gets_no_notices_is_shown_no_way_to_them(desk: Any) -> None:
    assert header(desk("operator").get("/admin/")) == ""
    assert header(desk(None).get("/admin/login/")) == ""


def test_the_count_is_one_query(cast: Cast, desk: Any) -> None:
    tell(cast, "customs_head")
    with CaptureQueriesContext(connection) as queries:
        desk("customs_head").get(CHOICES)
    assert sum('"notices_notice"' in q["sql"] and "COUNT" in q["sql"] for q in queries) == 1


def test_one_sees_one_s_own_notices_and_the_way_to_the_record(cast: Cast, desk: Any) -> None:
    (mine,) = tell(cast, "customs_head", reference="POLICE-2024-000001")
    (theirs,) = tell(cast, "customs_officer", reference="POLICE-2024-000002", key="event:2")
    client = desk("customs_head")
    listed = client.get(NOTICES).content.decode()
    assert f'<a href="{PATH}">POLICE-2024-000001</a>' in listed
    assert "POLICE-2024-000002" not in listed
    assert client.get(reverse("admin:notices_notice_change", args=[mine.pk])).status_code == 200
    assert client.get(reverse("admin:notices_notice_change", args=[theirs.pk])).status_code == 302


def test_a_notice_is_marked_as_read_on_its_page_and_several_in_the_list(cast: Cast, desk: Any) -> None:
    made = [tell(cast, "customs_head", key=f"event:{n}")[0] for n in range(3)]
    (theirs,) = tell(cast, "customs_officer", key="event:9")
    client = desk("customs_head")
    client.post(reverse("admin:notices_notice_move", args=[made[0].pk, "read"]))
    assert Notice.objects.get(pk=made[0].pk).read_at is not None
    ticked = [str(n.pk) for n in (made[1], made[2], theirs)]
    client.post(NOTICES, {"action": "mark_as_read", "_selected_action": ticked})
    assert Notice.objects.visible_to(cast.customs_head).unread().count() == 0
    assert Notice.objects.get(pk=theirs.pk).read_at is None
    assert "POLICE-2024-000152" not in client.get(f"{NOTICES}?unread=yes").content.decode()
    assert "POLICE-2024-000152" in client.get(f"{NOTICES}?unread=no").content.decode()


def test_nobody_writes_or_edits_a_notice(cast: Cast, desk: Any) -> None:
    (notice,) = tell(cast, "customs_head")
    client = desk("customs_head")
    assert client.get(reverse("admin:notices_notice_add")).status_code == 403
    page = reverse("admin:notices_notice_change", args=[notice.pk])
    assert client.post(page, {"reference": "X"}).status_code == 403
    assert client.post(reverse("admin:notices_notice_move", args=[notice.pk, "unread"])).status_code == 404


def test_one_chooses_for_oneself(cast: Cast, desk: Any) -> None:
    client = desk("customs_head")
    add = reverse("admin:notices_noticepreference_add")
    form = {"kind": "*", "email": "digest", "quiet_from": "22:00", "quiet_to": "06:00"}
    assert client.post(add, form).status_code == 302
    choice = NoticePreference.objects.get(user=cast.customs_head)
    assert (choice.email, choice.quiet_from.hour) == ("digest", 22)
    page = reverse("admin:notices_noticepreference_change", args=[choice.pk])
    assert client.post(page, {"email": "never", "quiet_from": "", "quiet_to": ""}).status_code == 302
    choice.refresh_from_db()
    assert (choice.kind, choice.email, choice.quiet_from) == ("*", "never", None)
    told = client.post(page, {"email": "never", "quiet_from": "22:00", "quiet_to": ""})
    assert told.status_code == 200
    assert "errorlist" in told.content.decode()
    assert desk("customs_officer").get(page).status_code == 302


def test_one_s_address_is_written_by_oneself_and_by_the_administrator(cast: Cast, desk: Any) -> None:
    page = reverse("admin:agencies_user_change", args=[cast.customs_officer.pk])
    rows = {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "1", "display_name": "X"}

    def written(name: str, email: str) -> tuple[int, str]:
        answer = desk(name).post(page, {"email": email, **rows})
        return answer.status_code, User.objects.get(pk=cast.customs_officer.pk).email

    assert written("customs_officer", "one@example.org") == (302, "one@example.org")
    assert written("customs_admin", "two@example.org") == (302, "two@example.org")
    assert written("police_admin", "three@example.org") == (403, "two@example.org")
    assert written("customs_head", "three@example.org") == (403, "two@example.org")
    assert written("customs_officer", "nowhere") == (200, "two@example.org")
    assert User.objects.get(pk=cast.customs_officer.pk).display_name == "Customs officer"
