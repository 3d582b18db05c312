"""How to get into the demo."""

import json
from pathlib import Path

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client

from agencies.actions import revoke_key
from agencies.models import ApiKey, User
from agencies.roles import Role
from reports.demo.access import Account, load_accounts, read_accounts, write_accounts
from reports.demo.cast import PASSWORD, Cast, load_cast
from reports.demo.shown import accounts_table, curl_lines
from reports.demo.words import read_script
from reports.management.commands.demo import require_own_database


@pytest.fixture
def cast(demo: None) -> Cast:
    """The people of the demo."""
    return load_cast(read_script())[0]


@pytest.fixture
def accounts(cast: Cast) -> list[Account]:
    """Their accounts, as a first run lists them."""
    return load_accounts(cast.members, [])


def test_there_is_one_account_per_role_and_agency(accounts: list[Account]) -> None:
    found = {(account["agency"], account["role"]) for account in accounts}
    agencies = {"POLICE", "BORDERGUARD", "COASTGUARD", "CUSTOMS"}
    assert found == {(agency, role.value) for agency in agencies for role in Role}


def test_each_agency_has_two_or_more_units_below_the_central_one(accounts: list[Account]) -> None:
    for agency in ("POLICE", "BORDERGUARD", "COASTGUARD", "CUSTOMS"):
        assert len({account["unit"] for account in accounts if account["agency"] == agency}) >= 3


def test_accounts_sign_in(accounts: list[Account]) -> None:
    for account in accounts[:8]:
        client = Client()
        assert client.login(username=account["username"], password=account["password"])
        assert client.get("/admin/").status_code == 200


def test_all_accounts_share_the_password_that_the_list_says(accounts: list[Account]) -> None:
    hashes = set(User.objects.filter(synthetic=True).values_list("password", flat=True))
    assert len(hashes) == 1
    assert check_password(PASSWORD, hashes.pop())
    assert {account["password"] for account in accounts} == {PASSWORD}
    assert len(PASSWORD) >= 12


def test_every_key_says_who_its_holder_is(accounts: list[Account]) -> None:
    for account in accounts:
        answer = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {account['api_key']}"})
        assert answer.status_code == 200
        assert account["username"] in answer.content.decode()


def test_a_second_run_keeps_the_keys_it_knows(cast: Cast, accounts: list[Account]) -> None:
    before = ApiKey.objects.count()
    assert load_accounts(cast.members, accounts) == accounts
    assert ApiKey.objects.count() == before


def test_a_key_that_was_revoked_is_issued_anew(cast: Cast, accounts: list[Account]) -> None:
    revoke_key(key=ApiKey.objects.get(prefix=accounts[0]["api_key"].split(".")[0]), by=None)
    again = load_accounts(cast.members, accounts)
    assert again[0]["api_key"] != accounts[0]["api_key"]
    assert again[1:] == accounts[1:]


def test_the_list_is_for_its_owner_only(tmp_path: Path) -> None:
    account: Account = dict.fromkeys(Account.__annotations__, "x")  # type: ignore[assignment]
    path = tmp_path / "var" / "demo.json"
    write_accounts(path, "http://127.0.0.1:8000", [account])
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_text())["url"] == "http://127.0.0.1:8000"
    assert read_accounts(path) == [account]
    assert [entry.name for entry in path.parent.iterdir()] == ["demo.json"]


def test_what_is_printed_names_central_accounts_and_whole_keys(accounts: list[Account]) -> None:
    table = accounts_table(accounts)
    assert "c04.officer" in table
    assert "bg.nghean.head" not in table
    assert "48 more accounts" in table
    lines = curl_lines("http://127.0.0.1:8000", accounts, quarter="2024-Q2")
    assert accounts[0]["api_key"] in lines
    assert "'http://127.0.0.1:8000/api/v1/reports/2024-Q2'" in lines


@pytest.mark.usefixtures("demo")
def test_the_demo_may_hold_accounts_that_its_visitors_made() -> None:
    User.objects.create_superuser("somebody")
    require_own_database()
