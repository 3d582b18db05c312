"""Consents and onward passage: asked by a recipient, decided by the originator's head, looked at at every use."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Unit, User
from agencies.refusals import Conflict, Invalid, NotPermitted, Stale, Text
from agencies.roles import Permission
from registry.information import announcements
from registry.information.actions.release import deliver
from registry.information.models import Consent, Delivery, InformationItem, ItemVersion
from registry.information.terms import ConsentKind, DeliveryStatus
from registry.information.uses import require_pass_on, require_unexpired
from registry.information.workflow import CONSENT_MOVES
from registry.workflow import Move, permission_for, step


def _standing(delivery: Delivery, by: User, permission: Permission) -> Delivery:
    """Item and delivery locked in the order of a recall; the person; the delivery stands."""
    InformationItem.objects.select_for_update().get(pk=delivery.item_id)
    fresh = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if not by.may(permission, fresh.unit_id):
        raise NotPermitted
    if fresh.status == DeliveryStatus.RECALLED:
        raise Conflict(_("The item was recalled: nothing may be done with it."), code="wrong_status")
    return fresh


@transaction.atomic
def ask_consent(
    *,
    delivery: Delivery,
    by: User,
    kind: str,
    purpose: str,
    units: Sequence[Unit] = (),
    at: datetime | None = None,
) -> Consent:
    """Ask the originator for one use; for onward passage, to which units."""
    delivery = _standing(delivery, by, Permission.CONSENT_ASK)
    _check(delivery, kind, purpose, units)
    consent = Consent(
        delivery=delivery,
        kind=kind,
        purpose=purpose.strip(),
        asked_by=by,
        asked_at=at or timezone.now(),
        synthetic=delivery.synthetic,
    )
    consent.save()
    consent.units.set(units)
    codes = sorted(unit.code for unit in units)
    record(action="consent.ask", by=by, on=consent, purpose=consent.purpose, kind=kind, units=codes)
    announcements.consent_asked(consent)
    return consent


def _check(delivery: Delivery, kind: str, purpose: str, units: Sequence[Unit]) -> None:
    faults: dict[str, Text] = {}
    if kind not in ConsentKind.values:
        faults["kind"] = _("Choose one of: %s.") % ", ".join(ConsentKind.values)
    if not purpose.strip():
        faults["purpose"] = _("Say for what: the originator decides by it.")
    if (kind == ConsentKind.ONWARD) != bool(units):
        faults["units"] = _("Name the units it would be passed on to; for other uses name none.")
    if any(unit.pk in {delivery.unit_id, delivery.item.unit_id} for unit in units):
        faults["units"] = _("The originator and your own unit have the item already. Name other units.")
    if faults:
        raise Invalid(faults)


def _begin(consent: Consent, action: str, by: User, reason: str, expected_revision: int | None) -> tuple[Consent, Move]:
    fresh = Consent.objects.select_for_update().get(pk=consent.pk)
    if expected_revision is not None and fresh.revision != expected_revision:
        raise Stale
    unit_id = fresh.delivery.unit_id if action == "withdraw" else fresh.delivery.item.unit_id
    if not by.may(permission_for(CONSENT_MOVES, action), unit_id):
        raise NotPermitted
    return fresh, step(CONSENT_MOVES, status=fresh.status, action=action, reason=reason)


def _acting(consent: Consent, by: User) -> dict[str, Any]:
    return by.standing_in(Permission.ITEM_RELEASE, consent.delivery.item.unit_id)


def _save(consent: Consent, move: Move) -> None:
    consent.status = move.to
    consent.revision += 1
    consent.save()


@transaction.atomic
def grant_consent(
    *,
    consent: Consent,
    by: User,
    units: Sequence[Unit] | None = None,
    limits: str = "",
    expires_at: datetime | None = None,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Consent:
    """Allow the use: for all units asked or some of them, within limits, until a moment."""
    consent, move = _begin(consent, "grant", by, "", expected_revision)
    if consent.delivery.status == DeliveryStatus.RECALLED:
        raise Conflict(_("The item was recalled: there is nothing left to use. Refuse the request."), code="recalled")
    moment = at or timezone.now()
    asked = list(consent.units.all())
    granted = asked if units is None else list(units)
    if not set(granted) <= set(asked) or (asked and not granted):
        raise Invalid({"units": _("Grant it for units that were asked for; for none of them: refuse it.")})
    if expires_at is not None and expires_at <= moment:
        raise Invalid({"expires_at": _("A consent ends in the future. To allow nothing, refuse it.")})
    consent.decided_by, consent.decided_at = by, moment
    consent.limits, consent.expires_at = limits.strip(), expires_at
    _save(consent, move)
    consent.granted_units.set(granted)
    told = {"units": sorted(u.code for u in granted)} | _acting(consent, by)
    record(action="consent.grant", by=by, on=consent, **told)
    announcements.consent_decided(consent)
    return consent


@transaction.atomic
def refuse_consent(
    *,
    consent: Consent,
    by: User,
    reason: str,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Consent:
    """Refuse the use, with a reason."""
    consent, move = _begin(consent, "refuse", by, reason, expected_revision)
    consent.decided_by, consent.decided_at, consent.reason = by, at or timezone.now(), reason.strip()
    _save(consent, move)
    record(action="consent.refuse", by=by, on=consent, purpose=reason, **_acting(consent, by))
    announcements.consent_decided(consent)
    return consent


@transaction.atomic
def revoke_consent(
    *,
    consent: Consent,
    by: User,
    reason: str,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Consent:
    """Take a consent back: what was done under it stays done, from now on it is no longer allowed."""
    consent, move = _begin(consent, "revoke", by, reason, expected_revision)
    consent.ended_at, consent.reason = at or timezone.now(), reason.strip()
    _save(consent, move)
    record(action="consent.revoke", by=by, on=consent, purpose=reason, **_acting(consent, by))
    announcements.consent_decided(consent)
    return consent


@transaction.atomic
def withdraw_consent(
    *, consent: Consent, by: User, expected_revision: int | None = None, at: datetime | None = None
) -> Consent:
    """Ask no longer."""
    consent, move = _begin(consent, "withdraw", by, "", expected_revision)
    consent.ended_at = at or timezone.now()
    _save(consent, move)
    record(action="consent.withdraw", by=by, on=consent)
    announcements.consent_withdrawn(consent)
    return consent


@transaction.atomic
def pass_on(*, delivery: Delivery, by: User, units: Sequence[Unit], at: datetime | None = None) -> list[Delivery]:
    """Hand an item on to further units: as far as its marks allow it, or the originator consented."""
    delivery = _standing(delivery, by, Permission.DELIVERY_HANDLE)
    item: InformationItem = delivery.item
    if not units or any(unit.pk in {delivery.unit_id, item.unit_id} for unit in units):
        raise Invalid({"units": _("Name units other than the originator and your own.")})
    version = ItemVersion.objects.filter(item=item, released_at__isnull=False).latest("number")
    moment = at or timezone.now()
    require_unexpired(item=item, holder=delivery.unit, at=moment)
    require_pass_on(item=item, version=version, holder=delivery.unit, units=units, at=moment)
    made = []
    for unit in units:
        if Delivery.objects.filter(item=item, unit=unit).exists():
            continue  # it has the item already; who else does is not for the passer to learn
        made.append(deliver(item, version, unit, moment, passed_on_from=delivery))
    record(action="delivery.pass_on", by=by, on=delivery, units=sorted(unit.code for unit in units))
    announcements.passed_on(made, moment)
    return made
