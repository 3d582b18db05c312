"""Release, and what was released reaching further: numbered, approved by its preview, never by whoever wrote it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Unit, User
from agencies.refusals import Conflict, Incomplete, NotPermitted
from agencies.roles import Permission
from agencies.successions import standing_successors
from registry.information import announcements
from registry.information.actions.writing import (
    begin,
    latest,
    locked,
    refuse_self,
    require_other_eyes,
    set_recipients,
    touched,
)
from registry.information.clock import receipt_due
from registry.information.inheritance import require_inherited
from registry.information.models import Delivery, InformationItem, ItemVersion, ReferenceRegister
from registry.information.preview import Preview, preview_of
from registry.information.terms import Status
from registry.registers import next_number


def preview_release(*, item: InformationItem, by: User, recipients: Sequence[Unit] | None = None) -> Preview:
    """What a release would show to whom: of a draft to its recipients, of a released item to units that get it too.

    Without `recipients`: those noted on the draft; of a correction that waits, those who have the item. Further units
    get what was released, also while a correction waits.
    """
    if not by.may(Permission.ITEM_READ_OWN, item.unit_id):
        raise NotPermitted
    if recipients is not None and item.released_at is not None and item.current is not None:
        return preview_of(item, item.current, recipients)
    return preview_of(item, newest(item), recipients_of(item) if recipients is None else recipients)


def newest(item: InformationItem) -> ItemVersion:
    """The version that a release would release now, or the one that stands."""
    return item.versions.filter(withdrawn_at__isnull=True).latest("number")


def recipients_of(item: InformationItem) -> list[Unit]:
    """Who would get it now: those noted on the draft; once released, those who have it."""
    if item.released_at is None:
        return list(item.recipients.order_by("code"))
    held = Delivery.objects.filter(item=item).standing().values("unit_id")
    return list(Unit.objects.filter(pk__in=held).order_by("code"))


@transaction.atomic
def release_item(
    *,
    item: InformationItem,
    by: User,
    preview: str,
    recipients: Sequence[Unit] | None = None,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> InformationItem:
    """Give the item its number and deliver it. Four eyes: nobody who wrote any of it releases it.

    `preview` is the hash of what was looked at and is approved. `recipients` replaces those noted on the draft.
    Nobody to send to is refused: sharing fails closed.
    """
    item, move = begin(item, "release", by, "", expected_revision)
    version = latest(item)
    require_other_eyes(item, version, by)
    if recipients is not None:
        set_recipients(item, recipients)
    units = list(item.recipients.order_by("code"))
    require_releasable(version, units)
    require_approved(item, version, units, preview)
    moment = at or timezone.now()
    require_standing(units, moment)
    require_inherited(item, version, units, moment)
    approve(version, by, preview, moment)
    item.reference = _next_reference(item, moment)
    item.status = move.to
    item.released_at, item.released_by = moment, by
    touched(item, at)
    for unit in units:
        deliver(item, version, unit, moment)
    told: dict[str, Any] = {"version": version.number, "recipients": [unit.code for unit in units], "preview": preview}
    record(action="item.release", by=by, on=item, **told, **by.standing_in(move.permission, item.unit_id))
    announcements.released(item)
    return item


def _next_reference(item: InformationItem, moment: datetime) -> str:
    """`POLICE-2024-000152`."""
    agency, year = item.unit.agency, timezone.localtime(moment).year
    return f"{agency.code}-{year}-{next_number(ReferenceRegister, agency=agency, year=year):06d}"


@transaction.atomic
def share_item(
    *,
    item: InformationItem,
    by: User,
    recipients: Sequence[Unit],
    preview: str,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> InformationItem:
    """Deliver a released item to more units. A unit that joins later gets old items only by this, item by item."""
    item = locked(item, expected_revision)
    if not by.may(Permission.ITEM_RELEASE, item.unit_id):
        raise NotPermitted
    if item.status != Status.RELEASED:
        raise Conflict(_("Only a released item reaches further units."), code="wrong_status")
    version = ItemVersion.objects.select_for_update().filter(item=item, released_at__isnull=False).latest("number")
    require_other_eyes(item, version, by)
    refuse_self(item, recipients)
    require_releasable(version, recipients)
    held = Delivery.objects.filter(item=item, unit__in=recipients).values_list("unit__code", flat=True)
    if held:
        raise Conflict(_("These units have the item already: %s.") % ", ".join(sorted(held)), code="already_delivered")
    require_approved(item, version, recipients, preview)
    moment = at or timezone.now()
    require_standing(recipients, moment)
    require_inherited(item, version, recipients, moment)
    for unit in recipients:
        deliver(item, version, unit, moment)
    item.recipients.add(*recipients)
    touched(item, at)
    told: dict[str, Any] = {
        "version": version.number,
        "recipients": sorted(u.code for u in recipients),
        "preview": preview,
    }
    record(action="item.share", by=by, on=item, **told, **by.standing_in(Permission.ITEM_RELEASE, item.unit_id))
    announcements.released(item)
    return item


def require_releasable(version: ItemVersion, units: Sequence[Unit]) -> None:
    """Incomplete when nobody would receive it, or half a grade is missing."""
    if not units:
        raise Incomplete(_("Nobody would receive this item. Name at least one recipient unit."), code="no_recipients")
    if not version.source_grade or not version.information_grade:
        raise Incomplete(_("Grade both the source (A-F) and the information (1-6) first."), code="not_graded")


def require_standing(units: Sequence[Unit], moment: datetime) -> None:
    """Incomplete when a unit is no more at the moment of delivery: nobody there would ever receive it."""
    day = timezone.localtime(moment).date()
    gone = [unit for unit in units if unit.valid_to is not None and unit.valid_to <= day]
    if gone:
        told = "; ".join(
            f"{unit.code} > {', '.join(s.code for s in standing_successors(unit)) or '-'}" for unit in gone
        )
        text = _("These recipients are no more; name the units that stand in their place: %s.") % told
        raise Incomplete(text, code="recipient_ended")


def require_approved(item: InformationItem, version: ItemVersion, units: Sequence[Unit], preview: str) -> None:
    """What was looked at is what will be released."""
    if not preview:
        raise Incomplete(_("Look at the preview first and send its hash as “preview”."), code="preview_required")
    if preview != preview_of(item, version, units).hash:
        raise Conflict(
            _("The draft or its recipients have changed since the preview. Look at a new preview."),
            code="preview_outdated",
        )


def approve(version: ItemVersion, by: User, preview: str, moment: datetime) -> None:
    """Freeze the version as it was approved."""
    version.released_at, version.released_by, version.approved_hash = moment, by, preview
    version.save()


def deliver(
    item: InformationItem,
    version: ItemVersion,
    unit: Unit,
    moment: datetime,
    *,
    passed_on_from: Delivery | None = None,
) -> Delivery:
    """Put the version into the hands of a unit; the receipt clock runs from now."""
    delivery = Delivery(
        item=item,
        version=version,
        unit=unit,
        delivered_at=moment,
        due_at=receipt_due(urgency=version.urgency, start=moment),
        passed_on_from=passed_on_from,
        synthetic=item.synthetic,
    )
    delivery.save()
    return delivery
