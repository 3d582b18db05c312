"""Writes to people, units and keys: one function each, audited, in one transaction."""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import ApiKey, Membership, Unit, UnitName, User, today
from agencies.refusals import Conflict, Invalid, NotPermitted
from agencies.roles import Permission, Role, Scope

KEY_LIFETIME = timedelta(days=90)
"""The longest an API key may live."""

_LATEST = F("valid_from").desc(nulls_last=True)
"""A name without a first day is the oldest one, not the newest."""


def _require(by: User | None, permission: Permission, unit: Unit) -> None:
    """`by=None` is the operator of the installation."""
    if by is not None and not by.may(permission, unit.pk):
        raise NotPermitted


@transaction.atomic
def create_user(
    *,
    username: str,
    password: str | None,
    display_name: str = "",
    unit: Unit,
    role: Role,
    by: User | None,
    valid_from: date | None = None,
    is_staff: bool = True,
    synthetic: bool = False,
    password_hash: str = "",
) -> User:
    """A person (or, without a password, a service account) with a first role in a unit.

    `password_hash` is for synthetic accounts only: those of the demo share one, because a hash is slow.
    """
    _require(by, Permission.PEOPLE_MANAGE, unit)
    if User.objects.filter(username=username).exists():
        raise Invalid({"username": _("This username is taken. Choose another.")}, code="unique")
    user = User(username=username, display_name=display_name, is_staff=is_staff, synthetic=synthetic)
    if synthetic and password_hash:
        user.password = password_hash
    elif password is None:
        user.set_unusable_password()
    else:
        if not synthetic:
            _check_password(password, user)
        user.set_password(password)
    user.save()
    grant_role(user=user, unit=unit, role=role, by=by, valid_from=valid_from)
    record(action="user.create", by=by, on=user, unit=unit.code)
    return user


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as fault:
        raise Invalid({"password": " ".join(fault.messages)}) from fault


@transaction.atomic
def grant_role(
    *,
    user: User,
    unit: Unit,
    role: Role,
    by: User | None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Membership:
    """Make the user something in a unit from a day on. Nobody gives a role to themselves."""
    _require(by, Permission.PEOPLE_MANAGE, unit)
    if by is not None and by.pk == user.pk:
        raise NotPermitted(_("Nobody grants a role to themselves. Ask another administrator."), code="self_grant")
    membership = Membership(user=user, unit=unit, role=Role(role), valid_from=valid_from or today(), valid_to=valid_to)
    _clean(membership)
    membership.save()
    user.forget_roles()
    record(action="membership.grant", by=by, on=membership, user=user.username, unit=unit.code, role=role)
    return membership


@transaction.atomic
def end_role(*, membership: Membership, by: User | None, on: date | None = None) -> Membership:
    """End a role: from the day on it gives nothing any more; one that begins today or later is taken back whole."""
    _require(by, Permission.PEOPLE_MANAGE, membership.unit)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    day = on or max(today(), membership.valid_from or today())
    if membership.valid_to is not None and membership.valid_to < day:
        raise Conflict(_("This role has ended already. Grant it anew."), code="ended_already")
    membership.valid_to = day
    _clean(membership)
    membership.save()
    record(action="membership.end", by=by, on=membership, role=membership.role, on_day=str(membership.valid_to))
    return membership


def answering_units(user: User) -> set[UUID]:
    """Whose administrators answer for the account: units of roles held or to come; of somebody with none, former ones.

    Whoever has moved to another agency is no longer in the hands of the one they left.
    """
    rows = list(Membership.objects.filter(user=user).values_list("unit_id", "valid_to"))
    return {unit for unit, end in rows if end is None or end > today()} or {unit for unit, _end in rows}


@transaction.atomic
def set_active(*, user: User, active: bool, by: User | None) -> User:
    """Let a person in, or shut them out at once; sessions and keys stop with it."""
    if by is not None and not answering_units(user) & by.units_with(Permission.PEOPLE_MANAGE):
        raise NotPermitted
    user = User.objects.select_for_update().get(pk=user.pk)
    user.is_active = active
    user.save()
    user.forget_roles()
    record(action="user.activate" if active else "user.deactivate", by=by, on=user)
    return user


@transaction.atomic
def set_email(*, user: User, email: str, by: User | None) -> User:
    """Say where notices are sent; empty for nowhere. By oneself, or by whoever manages people of a unit of theirs."""
    if by is not None:
        own = by.pk == user.pk and by.holds(Permission.NOTICE_MANAGE)
        if not own and not answering_units(user) & by.units_with(Permission.PEOPLE_MANAGE):
            raise NotPermitted
    user = User.objects.select_for_update().get(pk=user.pk)
    user.email = email.strip()
    try:
        user._meta.get_field("email").clean(user.email, user)
    except ValidationError as fault:
        raise Invalid({"email": _("Write an address like name@example.org.")}) from fault
    user.save()
    record(action="user.set_email", by=by, on=user)
    return user


@transaction.atomic
def rename_unit(
    *,
    unit: Unit,
    language: str,
    name: str,
    abbreviation: str = "",
    on: date,
    source: str = "",
    by: User | None,
) -> UnitName:
    """Give a unit a new name from a day on; the old one ends that day and stays findable."""
    _require(by, Permission.UNIT_MANAGE, unit)
    before = unit.names.select_for_update().filter(language=language).order_by(_LATEST).first()
    if before is not None and before.valid_to is None:
        if before.valid_from is not None and before.valid_from >= on:
            raise Invalid({"on": _("The present name began on that day or later. Choose a later day.")})
        before.valid_to = on
        before.save()
    fresh = UnitName(unit=unit, language=language, name=name, abbreviation=abbreviation, valid_from=on, source=source)
    _clean(fresh)
    fresh.save()
    record(action="unit.rename", by=by, on=unit, language=language, name=name, from_day=str(on))
    return fresh


def hash_secret(secret: str) -> str:
    """SHA-256 of a 256-bit random secret: nothing to guess, so nothing to stretch."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _may_issue(by: User | None, user: User, unit: Unit) -> None:
    """Service accounts get keys from an administrator; a person's key acts as that person: issued by oneself."""
    if by is None or (by.pk == user.pk and by.api_key is None):
        return
    _require(by, Permission.KEY_MANAGE, unit)
    if user.has_usable_password():
        raise NotPermitted(_("A person's key is issued by that person, signed in."), code="personal_key")


def _check_key(key: ApiKey) -> None:
    """Scopes, lifetime and unit of a new key."""
    faults = {}
    if not key.scopes:
        faults["scopes"] = _("Name at least one scope: read, write or admin.")
    if not key.created_at < key.expires_at <= key.created_at + KEY_LIFETIME:
        faults["expires_at"] = _("A key ends within 90 days from now.")
    if not any(m.unit_id == key.unit_id for m in key.user.current_memberships):
        faults["unit"] = _("The user holds no role in this unit today.")
    if faults:
        raise Invalid(faults)


@transaction.atomic
def issue_key(
    *,
    user: User,
    unit: Unit,
    name: str,
    scopes: list[Scope],
    by: User | None,
    expires_at: datetime | None = None,
    synthetic: bool = False,
) -> tuple[ApiKey, str]:
    """A key and its secret text `PREFIX.SECRET`, which is shown this once and never again."""
    _may_issue(by, user, unit)
    now = timezone.now()
    prefix, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    key = ApiKey(
        name=name,
        user=user,
        unit=unit,
        prefix=prefix,
        secret_hash=hash_secret(secret),
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_at=expires_at or now + KEY_LIFETIME,
        synthetic=synthetic,
    )
    _check_key(key)
    key.save()
    record(action="api_key.issue", by=by, on=key, user=user.username, unit=unit.code, scopes=key.scopes)
    return key, f"{prefix}.{secret}"


@transaction.atomic
def revoke_key(*, key: ApiKey, by: User | None) -> ApiKey:
    """End a key at once. Revoking twice changes nothing."""
    if by is not None:
        own = by.pk == key.user_id and (by.api_key is None or Scope.WRITE in by.api_key.scopes)
        if not own:
            _require(by, Permission.KEY_MANAGE, key.unit)
    key = ApiKey.objects.select_for_update().get(pk=key.pk)
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save()
        record(action="api_key.revoke", by=by, on=key)
    return key


def _clean(row: Membership | UnitName) -> None:
    """Say in words what the database would refuse."""
    try:
        row.full_clean()
    except ValidationError as fault:
        fields = {("detail" if k == "__all__" else k): " ".join(v) for k, v in fault.message_dict.items()}
        raise Invalid(fields) from fault
