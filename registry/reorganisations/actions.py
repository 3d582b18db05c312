"""Writes to reorganisations: plan, change the plan, apply, undo. One audited function each."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import LegalBasis, Membership, Unit, User
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted, Stale
from agencies.roles import Permission
from registry.reorganisations.changes import Change, stored
from registry.reorganisations.faults import faults_of
from registry.reorganisations.ground import Ground
from registry.reorganisations.models import Effect, Reorganisation
from registry.reorganisations.open_work import told
from registry.reorganisations.plan import storable
from registry.reorganisations.preview import Preview, plan_of, preview_of
from registry.reorganisations.terms import Status
from registry.reorganisations.undoing import restore
from registry.reorganisations.workflow import MOVES
from registry.workflow import Move, TransitionError, permission_for, step


def _require(by: User | None, unit: Unit) -> None:
    """Whoever manages the planning unit; `by=None` is the operator of the installation."""
    if by is not None and not by.may(Permission.UNIT_MANAGE, unit.pk):
        raise NotPermitted


def _locked(reorganisation: Reorganisation, expected_revision: int | None) -> Reorganisation:
    fresh = Reorganisation.objects.select_for_update(of=("self",)).select_related("unit").get(pk=reorganisation.pk)
    if expected_revision is not None and fresh.revision != expected_revision:
        raise Stale
    return fresh


@transaction.atomic
def plan_reorganisation(
    *,
    unit: Unit,
    kind: str,
    takes_effect_on: date,
    reason: str,
    plan: Mapping[str, Any],
    by: User,
    legal_basis: LegalBasis | None = None,
    synthetic: bool = False,
) -> Reorganisation:
    """Plan what is to become of units on a day; nothing changes until it is applied. Invalid names every fault."""
    _require(by, unit)
    planned = Reorganisation(
        unit=unit,
        kind=kind,
        takes_effect_on=takes_effect_on,
        reason=reason.strip(),
        plan=storable(plan),
        legal_basis=legal_basis,
        author=by,
        synthetic=synthetic,
    )
    _check(planned, by)
    planned.save()
    record(action="reorganisation.plan", by=by, on=planned, purpose=planned.reason, **_codes(planned))
    return planned


@transaction.atomic
def change_plan(
    *, reorganisation: Reorganisation, changes: Mapping[str, Any], by: User, expected_revision: int | None = None
) -> Reorganisation:
    """Change what is planned and not yet applied; `changes["plan"]` replaces the plan whole."""
    planned = _locked(reorganisation, expected_revision)
    _require(by, planned.unit)
    if planned.status != Status.DRAFT:
        raise TransitionError(_("Only a planned reorganisation is changed. Undo this one and plan anew."))
    for name in sorted(set(changes) & {"kind", "takes_effect_on", "legal_basis", "reason"}):
        setattr(planned, name, changes[name])
    if "plan" in changes:
        planned.plan = storable(changes["plan"])
    _check(planned, by)
    _touched(planned)
    record(action="reorganisation.change", by=by, on=planned, fields=sorted(changes), **_codes(planned))
    return planned


def _check(planned: Reorganisation, by: User) -> None:
    plan = plan_of(planned)
    faults = faults_of(plan, Ground(plan), by, planned.unit)
    if not planned.reason.strip():
        faults["reason"] = str(_("Name the paper or the reason: it is kept."))
    if faults:
        raise Invalid(faults)


def _codes(planned: Reorganisation) -> dict[str, Any]:
    return {"kind": planned.kind, "from_day": str(planned.takes_effect_on), "units": planned.plan.get("units", [])}


def _touched(planned: Reorganisation) -> None:
    planned.revision += 1
    planned.updated_at = timezone.now()
    planned.save()


def _begin(
    reorganisation: Reorganisation, action: str, by: User, reason: str, expected_revision: int | None
) -> tuple[Reorganisation, Move]:
    """Lock, check the person, find the move."""
    planned = _locked(reorganisation, expected_revision)
    if not by.may(permission_for(MOVES, action), planned.unit_id):
        raise NotPermitted
    return planned, step(MOVES, status=planned.status, action=action, reason=reason)


@transaction.atomic
def apply_reorganisation(
    *, reorganisation: Reorganisation, by: User, preview: str, expected_revision: int | None = None
) -> Reorganisation:
    """Write the rows that the preview showed. `preview` is its hash.

    Refused while work waits at a unit that would end, and when anything has changed since the preview.
    """
    planned, move = _begin(reorganisation, "apply", by, "", expected_revision)
    _lock_units(planned)
    seen = preview_of(planned, by=by)
    _require_approved(seen, preview)
    planned.status, planned.approved_hash = move.to, preview
    planned.applied_at, planned.applied_by = timezone.now(), by
    _touched(planned)
    for number, change in enumerate(seen.changes, start=1):
        change.row.save()
        Effect.objects.create(
            reorganisation=planned,
            number=number,
            table=change.label,
            row=str(change.row.pk),
            before=change.before,
            after=stored(change.row),
        )
    record(action="reorganisation.apply", by=by, on=planned, purpose=planned.reason, preview=preview, **_codes(planned))
    _record_rows(seen.changes, by, planned)
    return planned


def _lock_units(planned: Reorganisation) -> None:
    """In the order of their codes: two reorganisations of one unit follow each other."""
    codes = plan_of(planned).codes
    list(Unit.objects.select_for_update().filter(code__in=codes).order_by("code").values_list("pk"))


def _require_approved(seen: Preview, preview: str) -> None:
    if not preview:
        raise Incomplete(_("Look at the preview first and send its hash as “preview”."), code="preview_required")
    if seen.hash != preview:
        raise Conflict(
            _("The units or the people in them have changed since the preview. Look at a new preview."),
            code="preview_outdated",
        )
    if seen.waiting:
        text = _("Work waits at units that would end. Finish it first: %s.") % told(seen.waiting)
        raise Conflict(text, code="open_work")


def _record_rows(changes: Sequence[Change], by: User, planned: Reorganisation) -> None:
    """Each unit and each role has the event in its own history."""
    about = str(planned.pk)
    for change in changes:
        row = change.row
        if isinstance(row, Unit):
            record(action=f"unit.{change.verb}", by=by, on=row, reorganisation=about)
        elif isinstance(row, Membership):
            action = "membership.end" if change.verb == "ends" else "membership.grant"
            record(action=action, by=by, on=row, user=row.user.username, role=row.role, reorganisation=about)


@transaction.atomic
def undo_reorganisation(
    *, reorganisation: Reorganisation, by: User, reason: str, expected_revision: int | None = None
) -> Reorganisation:
    """Bring every row back to what it was. Refused when something has been built on it since, with what that is."""
    planned, move = _begin(reorganisation, "undo", by, reason, expected_revision)
    _lock_units(planned)
    restored = restore(planned)
    planned.status, planned.undo_reason = move.to, reason.strip()
    planned.undone_at, planned.undone_by = timezone.now(), by
    _touched(planned)
    record(action="reorganisation.undo", by=by, on=planned, purpose=reason, **_codes(planned))
    about = str(planned.pk)
    for row, made in restored:
        if isinstance(row, Unit):
            record(action="unit.taken_back" if made else "unit.restored", by=by, on=row, reorganisation=about)
        elif isinstance(row, Membership):
            verb = "membership.end" if made else "membership.grant"
            record(action=verb, by=by, on=row, user=row.user.username, role=row.role, reorganisation=about)
    return planned
