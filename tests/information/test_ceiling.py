"""P0: nothing at or above the ceiling is stored; the ceiling is a checked setting that every page shows."""

import random
from collections.abc import Callable
from functools import cache
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test import Client

from agencies.audit.models import AuditEvent
from agencies.refusals import Invalid
from registry import ceiling
from registry.information import actions
from registry.information.marks import find_marks
from registry.information.models import InformationItem
from registry.management.commands.record_ceiling import record_ceiling
from tests.access.people import principals
from tests.access.routes import ROUTES, Route, address, record
from tests.access.worlds import undone
from tests.cast import Cast, content
from tests.clients import ApiClient, browser
from tests.information.stamps import INNOCENT, STAMPED, in_every_form

EACH = [(level, text) for level, texts in STAMPED.items() for text in texts]


# --- stamps ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "text"), EACH)
def test_a_stamp_is_found_in_every_form_of_unicode(level: str, text: str) -> None:
    for form in in_every_form(text):
        assert find_marks(form) == [level]
        assert find_marks(f"Kính gửi\r\n{form}\r\nnội dung") == [level]


@pytest.mark.parametrize("text", INNOCENT)
def test_running_words_are_no_stamp(text: str) -> None:
    for form in in_every_form(text):
        assert find_marks(form) == []


def test_two_stamps_are_told_once_each() -> None:
    assert find_marks("TUYỆT MẬT\nĐộ mật: Tuyệt mật\nMẬT") == ["MẬT", "TUYỆT MẬT"]


@pytest.mark.parametrize("field", ["title", "body", "conditions"])
@pytest.mark.parametrize("text", [texts[0] for texts in STAMPED.values()])
def test_the_action_refuses_a_stamped_text_and_names_the_field(cast: Cast, field: str, text: str) -> None:
    before = InformationItem.objects.count()
    for write in (
        lambda: actions.create_item(
            unit=cast.units["police"], by=cast.police_officer, content=content("Tin") | {field: text}
        ),
        lambda: actions.edit_item(item=cast.items["police_draft"], by=cast.police_officer, content={field: text}),
    ):
        with pytest.raises(Invalid) as refusal:
            write()
        assert (refusal.value.code, set(refusal.value.fields)) == ("above_ceiling", {field})
    assert InformationItem.objects.count() == before


def test_innocent_words_are_stored(cast: Cast) -> None:
    body = "\n".join(text for text in INNOCENT if text)
    item = actions.edit_item(item=cast.items["police_draft"], by=cast.police_officer, content={"body": body})
    assert item.current is not None
    item.current.refresh_from_db()
    assert item.current.body == body


def test_the_api_names_every_stamped_field_and_points_to_the_docket_card(
    cast: Cast, api: Callable[[str | None], ApiClient]
) -> None:
    body = {"title": "TỐI MẬT", "body": "x\nMẬT", "topic": "methods", "unit": "police"}
    answer = api("police_officer").post("information-items", body, Accept_Language="en")
    assert answer.status_code == 400
    faults = {fault["pointer"]: fault for fault in answer.json()["errors"]}
    assert set(faults) == {"/title", "/body"}
    assert {fault["code"] for fault in faults.values()} == {"above_ceiling"}


def test_the_admin_refuses_a_stamped_text_at_its_field_and_keeps_nothing(
    cast: Cast, desk: Callable[[str | None], Client]
) -> None:
    before = InformationItem.objects.count()
    form = {
        "unit": str(cast.units["police"].pk),
        "title": "TUYỆT MẬT",
        "topic": str(cast.items["police_draft"].current.topic_id),
        "secrecy": "internal",
        "tlp": "TLP:AMBER",
        "urgency": "routine",
    }
    address_ = "/admin/information/informationitem/add/"
    answer = desk("police_officer").post(address_, form)
    assert answer.status_code == 200
    assert "id_title_error" in answer.content.decode()
    assert InformationItem.objects.count() == before
    assert desk("police_officer").post(address_, form | {"title": "Bí mật"}).status_code == 302


def test_a_stamped_reason_of_a_move_is_refused_in_the_admin(cast: Cast, desk: Callable[[str | None], Client]) -> None:
    item = cast.items["police_submitted"]
    desk("police_head").post(f"/admin/information/informationitem/{item.pk}/move/return/", {"reason": "TỐI MẬT"})
    assert cast.fresh("police_submitted").status == "submitted"


# --- every write route that takes text ------------------------------------------------------------------------------

TABLES = (
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
    " AND data_type IN ('text', 'character varying', 'jsonb') AND table_name ~ '^(agencies|audit|information|cases|"
    "conferences|documents|reports|reference|requests|notices|api)_'"
)
WRITES = [route for route in ROUTES if route.method in {"POST", "PATCH"}]
NEEDLE = "KHONGDUOCLUU"


def texts(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths of the texts of a body."""
    if isinstance(value, str):
        return [path]
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, inner in inside for found in texts(inner, (*path, key))]


def put(value: Any, path: tuple[Any, ...], text: str) -> Any:
    """The body with the text there."""
    if not path:
        return text
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = put(copy[path[0]], path[1:], text)
    return copy


@cache
def search() -> str:
    """One statement that looks into every text of the database."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        parts = [
            f"SELECT '{table}.{column}' WHERE EXISTS (SELECT 1 FROM \"{table}\" WHERE \"{column}\"::text LIKE '%{NEEDLE}%')"
            for table, column in cursor.fetchall()
        ]
    return " UNION ALL ".join(parts)


def stored() -> list[str]:
    """Columns of the database in which the payload stands."""
    with connection.cursor() as cursor:
        cursor.execute(search())
        return [row[0] for row in cursor.fetchall()]


def payload(source: random.Random, stamp: str) -> str:
    """The stamp in a random form, in random surroundings, beside a word to look for."""
    words = ["Công văn", "số 1", "hàng cấm", "\t", "–", "“x”", "🙂", "a\u0301"]
    before = " ".join(source.choices(words, k=source.randrange(5)))
    after = " ".join(source.choices(words, k=source.randrange(5)))
    alone = stamp.strip(" []") == "MẬT" or ":" in stamp  # a stamp on a line of its own; within a line it is a word
    gap = "\n" if alone else source.choice(["\n", " ", "\r\n"])
    return f"{before} {NEEDLE}{gap}{source.choice(in_every_form(stamp))}{gap}{after}"


def attempts(cast: Cast, route: Route, level: str, rounds: int) -> int:
    """Send the payload in every text of the route's body, also in fields it does not take; it is never stored."""
    source = random.Random(f"{route} {level}")
    name = next(iter(route.things or ()), "")
    path = address(cast, route, name) if name else route.path
    body = (route.body(cast, name or "police_officer") if route.body else {}) or {}
    headers = {}
    if route.method == "PATCH" and name:
        one = record(cast, route, name)
        headers["If_Match"] = f'"{one.pk}-{one.revision}"'
    clients = [client for person, client in principals(cast, few=True) if person.known]
    done = 0
    for _round in range(rounds):
        text = payload(source, source.choice(STAMPED[level]))
        for place in [*texts(body), ("reason",), ("note",), ("summary",), ("body",)]:
            sent = put({**body, place[0]: body.get(place[0], "")}, place, text)
            with undone():
                answer = source.choice(clients).call(route.method, path, sent, **headers)
                assert answer.status_code >= 400, (str(route), place, answer.status_code)
                assert stored() == [], (str(route), place)
            done += 1
    return done


@pytest.mark.parametrize("level", STAMPED)
def test_no_item_route_stores_a_stamped_text(cast: Cast, level: str) -> None:
    for route in WRITES:
        if route.kind in {"item", "docket"}:
            attempts(cast, route, level, 1)


@pytest.mark.prove
@pytest.mark.parametrize("level", STAMPED)
@pytest.mark.parametrize("route", WRITES, ids=str)
def test_no_write_route_stores_a_stamped_text(cast: Cast, route: Route, level: str) -> None:
    places = 4
    assert attempts(cast, route, level, 200 // places) >= 200


def test_the_needle_would_be_found(cast: Cast) -> None:
    actions.edit_item(item=cast.items["police_draft"], by=cast.police_officer, content={"body": f"x {NEEDLE} y"})
    assert stored() == ["information_itemversion.body"]


# --- the setting ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "paper", "faults"),
    [
        ("internal", "", []),
        ("internal", "Số 5/QĐ", []),
        ("none", "", []),
        ("mat", "", ["registry.E002", "registry.E003"]),
        ("mat", "Số 5/QĐ", ["registry.E003"]),
        ("toi_mat", "Số 5/QĐ", ["registry.E003"]),
        ("tuyet_mat", "Số 5/QĐ", ["registry.E001"]),
        ("Mật", "Số 5/QĐ", ["registry.E001"]),
        ("", "", ["registry.E001"]),
    ],
)
def test_a_ceiling_that_cannot_be_honoured_is_refused_at_the_start(
    settings: Any, level: str, paper: str, faults: list[str]
) -> None:
    settings.SECRECY_CEILING, settings.SECRECY_AUTHORISATION = level, paper
    assert [fault.id for fault in ceiling.check_ceiling()] == faults
    if faults:
        with pytest.raises(SystemCheckError, match=faults[0]):
            call_command("check", "--tag", "security", stdout=StringIO(), stderr=StringIO())
        with pytest.raises(ImproperlyConfigured, match="SECRECY_CEILING"):
            ceiling.require()
    else:
        ceiling.require()


@pytest.mark.parametrize("level", ["mat", "toi_mat", "x"])
def test_even_a_raised_ceiling_lets_no_more_in(settings: Any, cast: Cast, level: str) -> None:
    settings.SECRECY_CEILING, settings.SECRECY_AUTHORISATION = level, "Số 5/QĐ"
    for secrecy in ("mat", "toi_mat", "tuyet_mat"):
        with pytest.raises(Invalid) as refusal:
            actions.create_item(
                unit=cast.units["police"], by=cast.police_officer, content=content("Tin", secrecy=secrecy)
            )
        assert refusal.value.code == "above_ceiling"


def test_a_lower_ceiling_keeps_internal_circulation_out(settings: Any, cast: Cast) -> None:
    settings.SECRECY_CEILING = "none"
    for secrecy in ({}, {"secrecy": "internal"}):
        with pytest.raises(Invalid) as refusal:
            actions.create_item(unit=cast.units["police"], by=cast.police_officer, content=content("Tin", **secrecy))
        assert set(refusal.value.fields) == {"secrecy"}
    actions.create_item(unit=cast.units["police"], by=cast.police_officer, content=content("Tin", secrecy="none"))


def test_every_page_shows_the_ceiling_and_its_paper_the_login_page_too(cast: Cast, settings: Any) -> None:
    for paper in ("Số 5/QĐ-2026", ""):
        settings.SECRECY_AUTHORISATION = paper
        for name, path in (
            (None, "/admin/login/"),
            ("police_officer", "/admin/"),
            ("auditor", "/admin/audit/auditevent/"),
        ):
            page = browser(cast, name).get(path).content.decode()
            banner = page.split("banner--secrecy")[1].split("</p>")[0]
            assert "Mật" in banner
            assert not paper or paper in banner


def test_me_says_the_ceiling(cast: Cast, settings: Any, api: Callable[[str | None], ApiClient]) -> None:
    settings.SECRECY_AUTHORISATION = "Số 5/QĐ"
    me = api("police_officer").get("me").json()
    assert (me["secrecy_ceiling"], me["secrecy_authorisation"]) == ("internal", "Số 5/QĐ")


def test_a_change_of_the_ceiling_is_recorded_once_and_every_auditor_sees_it(
    cast: Cast, settings: Any, api: Callable[[str | None], ApiClient]
) -> None:
    assert record_ceiling(by=None) is True
    assert record_ceiling(by=None) is False
    settings.SECRECY_AUTHORISATION = "Số 5/QĐ"
    call_command("record_ceiling", stdout=StringIO())
    call_command("record_ceiling", stdout=StringIO())
    settings.SECRECY_CEILING = "none"
    assert record_ceiling(by=None) is True
    found = [e.detail for e in AuditEvent.objects.filter(action="ceiling.set").order_by("id")]
    plain = {"level": "internal", "authorisation": ""}
    authorised = {"level": "internal", "authorisation": "Số 5/QĐ"}
    lowered = {"level": "none", "authorisation": "Số 5/QĐ"}
    assert found == [plain | {"before": None}, authorised | {"before": plain}, lowered | {"before": authorised}]
    for name in ("auditor", "customs_auditor"):
        shown = api(name).get("audit-events?action=ceiling.set").json()["results"]
        assert len(shown) == 3 and shown[0]["actor"] == "operator"
