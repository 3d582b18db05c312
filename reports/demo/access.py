"""How to get into the demo: a key per account, and the list of accounts in var/demo.json."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TypedDict
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from agencies.actions import hash_secret, issue_key
from agencies.models import ApiKey
from agencies.roles import GRANTS, scope_of
from reports.demo.cast import PASSWORD, Member

MARGIN = timedelta(days=1)
"""A key that ends sooner than this is replaced."""


class Account(TypedDict):
    """An entry of var/demo.json."""

    agency: str
    unit: str
    role: str
    username: str
    password: str
    api_key: str


@transaction.atomic
def load_accounts(members: Sequence[Member], known: Sequence[Account]) -> list[Account]:
    """The accounts with keys that work: those known from an earlier run, and new ones where there is none."""
    secrets = {account["username"]: account["api_key"] for account in known}
    usable = ApiKey.objects.usable_at(timezone.now() + MARGIN).filter(user__in=[m.user for m in members])
    hashes = {(key.user_id, key.prefix): key.secret_hash for key in usable}
    return [_account(member, secrets.get(member.user.username, ""), hashes) for member in members]


def _account(member: Member, known: str, hashes: dict[tuple[UUID, str], str]) -> Account:
    prefix, _dot, secret = known.partition(".")
    works = hashes.get((member.user.pk, prefix)) == hash_secret(secret)
    return {
        "agency": member.unit.agency.code,
        "unit": member.unit.code,
        "role": member.role.value,
        "username": member.user.username,
        "password": PASSWORD,
        "api_key": known if works else _new_key(member),
    }


def _new_key(member: Member) -> str:
    _key, text = issue_key(
        user=member.user,
        unit=member.unit,
        name="demo",
        scopes=sorted({scope_of(permission) for permission in GRANTS[member.role]}),
        by=None,
        synthetic=True,
    )
    return text


def read_accounts(path: Path) -> list[Account]:
    """The accounts of an earlier run; none where there was none."""
    if not path.is_file():
        return []
    accounts: list[Account] = json.loads(path.read_text(encoding="utf-8"))["accounts"]
    return accounts


def write_accounts(path: Path, url: str, accounts: Sequence[Account]) -> None:
    """Keep the list for the next run. Only the owner of the file may read it."""
    text = json.dumps({"url": url, "accounts": accounts}, ensure_ascii=False, indent=1) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
