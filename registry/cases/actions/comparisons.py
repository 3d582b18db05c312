"""A lead decides whether its lot is the same seizure as another one. The latest decision holds."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Unit, User
from agencies.refusals import Conflict, Invalid
from registry.cases.actions.rules import checked, locked, require_lead, touched
from registry.cases.models import LotComparison, SeizureLot
from registry.cases.persons import confirmed, require_no_person
from registry.cases.terms import Verdict


@transaction.atomic
def compare_lots(
    *,
    lot: SeizureLot,
    by: User,
    other: SeizureLot,
    verdict: str,
    reason: str,
    confirm: Collection[str] = (),
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> LotComparison:
    """Say that `lot` is the same seizure as `other` (then `lot` counts no more), or that they are two.

    By the lead of the lot's case, who must see the other one; also after the case is closed, when figures are
    reconciled. Deciding otherwise later takes the first decision back. Both lots keep their numbers.
    """
    case = locked(lot.case, expected_revision)
    require_lead(case, by)
    if lot.pk == other.pk or not SeizureLot.objects.visible_to(by).filter(pk=other.pk).exists():
        raise Invalid({"other": _("There is no other lot of this id that you may see.")}, code="unknown")
    mine, theirs = _locked(lot, other)
    decision = LotComparison(
        lot=mine,
        other=theirs,
        verdict=verdict,
        reason=reason.strip(),
        unit=Unit.objects.get(pk=case.leading_unit_id()),
        decided_by=by,
        decided_at=at or timezone.now(),
        synthetic=case.synthetic,
    )
    checked(decision)
    require_no_person({"reason": decision.reason}, confirm)
    _take(decision)
    decision.save()
    touched(case, at)
    detail: dict[str, Any] = {"lot": str(mine.pk), "other": str(theirs.pk), "verdict": verdict}
    record(action="case.compare_lots", by=by, on=decision, **detail, **confirmed(confirm))
    return decision


def _locked(lot: SeizureLot, other: SeizureLot) -> tuple[SeizureLot, SeizureLot]:
    """Both, locked in the order of their ids: two leads may decide at once."""
    found = SeizureLot.objects.select_for_update(of=("self",)).filter(pk__in=[lot.pk, other.pk]).order_by("pk")
    lots = {one.pk: one for one in found.select_related("unit")}
    return lots[lot.pk], lots[other.pk]


def _take(decision: LotComparison) -> None:
    """The lot counts no more, or again."""
    lot, other = decision.lot, decision.other
    if decision.verdict == Verdict.DUPLICATE:
        _require_comparable(lot, other)
        lot.duplicate_of = other
    elif lot.duplicate_of_id == other.pk:
        lot.duplicate_of = None
    elif other.duplicate_of_id == lot.pk:
        raise Conflict(_("The other lot is decided to repeat this one: its lead takes that back."), code="decided")
    lot.save()


def _require_comparable(lot: SeizureLot, other: SeizureLot) -> None:
    """The one that counts is itself counted; nothing repeats a duplicate."""
    if lot.divided_by_id is not None or other.divided_by_id is not None:
        raise Conflict(_("A lot that was split or merged is history: compare what it became."), code="divided_already")
    if lot.duplicate_of_id is not None:
        raise Conflict(_("This lot is a duplicate already. Decide otherwise about that one first."), code="decided")
    if other.duplicate_of_id is not None or lot.repeats.exists():
        text = _("One of the two is in another pair of duplicates. Name the lot that counts.")
        raise Conflict(text, code="chain")
