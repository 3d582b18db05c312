"""API keys: who issues and revokes them, what they open, how long."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.actions import issue_key, revoke_key, set_active
from agencies.models import ApiKey, User
from agencies.refusals import Invalid, NotPermitted
from agencies.roles import Permission, Scope
from tests.cast import Cast
from tests.clients import ApiClient

Api = Callable[[str | None], ApiClient]
BOTH = [Scope.READ, Scope.WRITE]


def with_key(cast: Cast, name: str, key: str | None = None) -> User:
    """The person, as somebody who came with a key."""
    user = cast.again(name)
    user.api_key = cast.keys[key or name]
    return user


# --- issuing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["customs_admin", "police_head", "auditor", "secretariat", "operator"])
def test_a_service_account_gets_keys_from_the_administrator_of_its_unit_alone(cast: Cast, name: str) -> None:
    account, unit = cast.police_system, cast.units["police"]
    with pytest.raises(NotPermitted):
        issue_key(user=account, unit=unit, name="k", scopes=BOTH, by=cast.people[name])
    assert issue_key(user=account, unit=unit, name="k", scopes=BOTH, by=cast.police_admin)[0].user == account


def test_a_persons_key_is_issued_by_that_person(cast: Cast) -> None:
    officer = cast.police_officer
    officer.set_password("một-mật-khẩu-đủ-dài-và-lạ-7")
    officer.save()
    with pytest.raises(NotPermitted) as refusal:
        issue_key(user=officer, unit=cast.units["police"], name="k", scopes=BOTH, by=cast.police_admin)
    assert refusal.value.code == "personal_key"
    assert issue_key(user=officer, unit=cast.units["police"], name="k", scopes=BOTH, by=officer)[0].user == officer


def test_a_key_makes_no_further_key(cast: Cast) -> None:
    officer = with_key(cast, "police_officer")
    with pytest.raises(NotPermitted):
        issue_key(user=cast.police_officer, unit=cast.units["police"], name="k", scopes=BOTH, by=officer)


def test_a_key_of_an_administrator_issues_only_with_the_scope_for_it(cast: Cast, api: Api) -> None:
    body = {"name": "k", "username": "police_system", "unit": "police", "scopes": ["read"]}
    assert api("police_admin").post("api-keys", body).status_code == 403
    assert ApiClient(cast.secrets["admin_key"]).post("api-keys", body).status_code == 201


def test_every_fault_of_a_key_is_named(cast: Cast) -> None:
    unit = cast.units["customs"]
    with pytest.raises(Invalid) as refusal:
        issue_key(
            user=cast.police_system, unit=unit, name="k", scopes=[], by=None, expires_at=timezone.now() - timedelta(1)
        )
    assert set(refusal.value.fields) == {"scopes", "expires_at", "unit"}


@pytest.mark.parametrize(("days", "good"), [(0, False), (1, True), (89, True), (91, False)])
def test_a_key_lives_ninety_days_at_most(cast: Cast, days: int, good: bool) -> None:
    until = timezone.now() + timedelta(days=days)
    values = {"user": cast.police_system, "unit": cast.units["police"], "name": "k", "scopes": BOTH, "by": None}
    if good:
        assert issue_key(**values, expires_at=until)[0].expires_at == until  # type: ignore[arg-type]
    else:
        with pytest.raises(Invalid) as refusal:
            issue_key(**values, expires_at=until)  # type: ignore[arg-type]
        assert set(refusal.value.fields) == {"expires_at"}


def test_whom_one_does_not_see_cannot_be_told_from_nobody(cast: Cast) -> None:
    client = ApiClient(cast.secrets["admin_key"])
    body = {"name": "k", "unit": "police", "scopes": ["read"]}
    hidden, absent = (client.post("api-keys", {**body, "username": name}) for name in ("coast_officer", "nobody"))
    assert (hidden.status_code, hidden.json()) == (absent.status_code, absent.json())
    assert hidden.status_code == 400


# --- revoking -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["customs_admin", "police_head", "police_officer", "operator"])
def test_a_key_is_revoked_by_its_holder_and_the_administrator_alone(cast: Cast, name: str) -> None:
    key = cast.keys["police_system"]
    with pytest.raises(NotPermitted):
        revoke_key(key=key, by=cast.people[name])
    assert ApiKey.objects.get(pk=key.pk).revoked_at is None
    for by in (cast.police_admin, cast.police_system):
        assert revoke_key(key=key, by=by).revoked_at is not None


def test_a_key_that_only_reads_revokes_nothing(cast: Cast) -> None:
    key = cast.keys["police_officer"]
    with pytest.raises(NotPermitted):
        revoke_key(key=key, by=with_key(cast, "police_officer", "read_only"))
    assert revoke_key(key=key, by=with_key(cast, "police_officer", "write_only")).revoked_at is not None


# --- what a key opens ---------------------------------------------------------------------------------------------


def status(secret: str) -> int:
    return int(ApiClient(secret).get("me").status_code)


def test_a_key_stops_at_once_when_it_is_revoked_or_its_holder_shut_out(cast: Cast) -> None:
    secrets = cast.secrets
    assert (status(secrets["police_system"]), status(secrets["north_officer"])) == (200, 200)
    revoke_key(key=cast.keys["police_system"], by=None)
    set_active(user=cast.north_officer, active=False, by=None)
    assert (status(secrets["police_system"]), status(secrets["north_officer"])) == (401, 401)
    assert status(secrets["expired"]) == 401


def test_only_the_whole_secret_opens(cast: Cast) -> None:
    prefix, secret = cast.secrets["police_officer"].split(".")
    other = cast.secrets["police_head"].split(".")[1]
    for wrong in (f"{prefix}.", prefix, f"{prefix}.{secret[:-1]}", f"{prefix}.{secret}x", f"{prefix}.{other}", secret):
        assert status(wrong) == 401, wrong
    assert status(f"{prefix}.{secret}") == 200


def test_a_key_gives_no_more_than_its_scopes(cast: Cast) -> None:
    title = {"title": "Mới", "topic": "methods", "unit": "police"}
    assert ApiClient(cast.secrets["read_only"]).post("information-items", title).status_code == 403
    assert ApiClient(cast.secrets["write_only"]).get("information-items").status_code == 403
    assert not with_key(cast, "police_admin").holds(Permission.KEY_MANAGE)
    assert with_key(cast, "police_admin", "admin_key").holds(Permission.KEY_MANAGE)
