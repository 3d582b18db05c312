"""Giving and taking back a delegation. One audited function each."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Delegable, Delegation, Membership, Unit, User, today
from agencies.models.delegations import LONGEST
from agencies.refusals import Invalid, NotPermitted, Text
from agencies.roles import DELEGATES, GRANTS, Permission, Role, Scope


def _require_giver(by: User, unit: Unit) -> None:
    """A head of the unit, by a role of their own, signed in: a key does not give away what its holder decides."""
    if by.api_key is not None:
        raise NotPermitted(_("Delegating is done by the head in person, signed in."), code="session_only")
    if not by.may(Permission.DELEGATION_GIVE, unit.pk):
        raise NotPermitted(_("Only a head of the unit delegates, and nobody delegates what was delegated to them."))


def own_permissions(user: User, unit: Unit) -> frozenset[Permission]:
    """What the user's own roles give in the very unit; nothing delegated."""
    roles = [Role(m.role) for m in user.current_memberships if m.unit_id == unit.pk]
    return frozenset(permission for role in roles for permission in GRANTS[role])


def takers(by: User, units: Sequence[Unit] | None = None) -> list[User]:
    """Those to whom the head may delegate in the units (all of theirs), by name."""
    within = [u.pk for u in units] if units is not None else list(by.units_with(Permission.DELEGATION_GIVE))
    held = Membership.objects.as_of(today()).filter(unit__in=within, role__in=DELEGATES)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).exclude(pk=by.pk).order_by("username"))


def _faults(
    by: User, unit: Unit, to: User | None, scope: Sequence[str], starts_on: date, ends_on: date, reason: str
) -> dict[str, Text]:
    """Everything that is wrong, by field."""
    faults: dict[str, Text] = {}
    if to is None:
        faults["username"] = _(
            "Nobody of this username works in the unit. Name an officer, a focal point or an analyst."
        )
    if not scope or not set(scope) <= set(Delegable.values):
        faults["scope"] = _("Choose from: %s.") % ", ".join(Delegable.values)
    elif not set(scope) <= own_permissions(by, unit):
        faults["scope"] = _("Delegate only what a role of your own gives you in this unit.")
    if starts_on < today():
        faults["starts_on"] = _("A delegation begins today or later.")
    if not starts_on <= ends_on < starts_on + timedelta(days=LONGEST):
        faults["ends_on"] = _("Choose a last day from the first day on, at most %d days in all.") % LONGEST
    if not reason.strip():
        faults["reason"] = _("Name the paper or the reason: it is kept.")
    return faults


@transaction.atomic
def delegate(
    *,
    unit: Unit,
    username: str,
    scope: Sequence[str],
    starts_on: date,
    ends_on: date,
    reason: str,
    by: User,
    synthetic: bool = False,
) -> Delegation:
    """Let somebody of the unit do what `scope` names, from the first day to the last. Nobody passes it on."""
    _require_giver(by, unit)
    to = next((user for user in takers(by, [unit]) if user.username == username), None)
    faults = _faults(by, unit, to, scope, starts_on, ends_on, reason)
    if faults or to is None:
        raise Invalid(faults)
    given = Delegation(
        from_user=by,
        to_user=to,
        unit=unit,
        scope=sorted(set(scope)),
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        synthetic=synthetic,
    )
    try:
        given.full_clean()
    except ValidationError as fault:
        fields = {("username" if k == "__all__" else k): " ".join(v) for k, v in fault.message_dict.items()}
        raise Invalid(fields) from fault
    given.save()
    days: dict[str, Any] = {"starts_on": str(starts_on), "ends_on": str(ends_on)}
    record(action="delegation.give", by=by, on=given, purpose=reason, unit=unit.code, scope=given.scope, **days)
    return given


def may_revoke(delegation: Delegation, by: User) -> bool:
    """The giver, or an administrator of the unit."""
    own = by.pk == delegation.from_user_id and (by.api_key is None or Scope.WRITE in by.api_key.scopes)
    return own or by.may(Permission.PEOPLE_MANAGE, delegation.unit_id)


@transaction.atomic
def revoke_delegation(*, delegation: Delegation, by: User) -> Delegation:
    """Take it back: from this commit on it gives nothing. Taking it back twice changes nothing."""
    if not may_revoke(delegation, by):
        raise NotPermitted
    delegation = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if delegation.revoked_at is None:
        delegation.revoked_at = timezone.now()
        delegation.save()
        record(action="delegation.revoke", by=by, on=delegation)
    return delegation
