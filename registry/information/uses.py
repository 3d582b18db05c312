"""What a recipient may do with another's information without asking, and what needs the originator's consent.

Looked at at every use: a consent that has ended, or was revoked, no longer counts from that moment on.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Unit
from agencies.refusals import Incomplete
from registry.information.models import Attachment, Consent, Delivery, InformationItem, ItemVersion
from registry.information.terms import ConsentKind, Tlp

WITHIN_THE_AGENCY = {Tlp.AMBER_STRICT, Tlp.AMBER}
"""Labels under which a recipient passes an item on to units of its own agency, and to no other, without asking."""


class ConsentMissing(Incomplete):
    """The use needs the originator's consent, and there is none that holds now."""

    code = "consent_missing"
    message = _("The originator's consent is needed first. Ask for it on the delivery.")


class UseEnded(Incomplete):
    """The originator set a last day of use, and it is over."""

    code = "use_ended"


def require_unexpired(*, item: InformationItem, holder: Unit, at: datetime | None = None) -> None:
    """Others than the originator use an item until the end of the last day it named, in Viet Nam."""
    last = item.current.expires_on if item.current is not None else None
    if last is None or item.unit_id == holder.pk:
        return
    if timezone.localdate(at or timezone.now(), timezone.get_default_timezone()) > last:
        text = _("The originator allowed the use until %s. Ask for a correction that names a later day.")
        raise UseEnded(text % f"{last:%d/%m/%Y}")


def consented(
    *, item: InformationItem, holder: Unit, kind: str, to: Unit | None = None, at: datetime | None = None
) -> bool:
    """Whether a consent to this use by this holder holds now; for onward passage: to this very unit."""
    valid = Consent.objects.valid_at(at or timezone.now())
    found = valid.filter(delivery__item=item, delivery__unit=holder, kind=kind)
    return (found if to is None else found.filter(granted_units=to)).exists()


def may_pass_on(
    *, item: InformationItem, version: ItemVersion, holder: Unit, to: Unit, at: datetime | None = None
) -> bool:
    """Whether the holder may hand the item to the unit: by its marks, or by consent."""
    free = not version.no_onward and version.tlp != Tlp.RED
    if version.tlp in WITHIN_THE_AGENCY:
        free = free and holder.agency_id == to.agency_id
    free = free and not _files_with(version, "no_onward")
    return free or consented(item=item, holder=holder, kind=ConsentKind.ONWARD, to=to, at=at)


def _files_with(version: ItemVersion, condition: str) -> bool:
    """Whether a file that recipients get is under the condition: the item goes with its files or not at all."""
    files = Attachment.objects.filter(version=version, originator_only=False, **{condition: True})
    return files.standing().exists()


def require_pass_on(
    *, item: InformationItem, version: ItemVersion, holder: Unit, units: Sequence[Unit], at: datetime | None = None
) -> None:
    """ConsentMissing names the units for which nothing allows it."""
    missing = [u.code for u in units if not may_pass_on(item=item, version=version, holder=holder, to=u, at=at)]
    if missing:
        text = _("The originator's consent is needed for: %s. Ask for it on the delivery.")
        raise ConsentMissing(text % ", ".join(sorted(missing)))


def require_court_use(*, item: InformationItem, holder: Unit, at: datetime | None = None) -> None:
    """An item marked “no use in court”, or with such a file, enters a prosecuted case by its originator's consent."""
    if item.current is None or item.unit_id == holder.pk:
        return
    marked = item.current.no_judicial_use or _files_with(item.current, "no_judicial_use")
    if marked and not consented(item=item, holder=holder, kind=ConsentKind.COURT, at=at):
        raise ConsentMissing(_("The item may not be used in court without the originator's consent."))


def quotable(
    items: QuerySet[InformationItem], *, by: Iterable[Unit], at: datetime | None = None
) -> QuerySet[InformationItem]:
    """Those of the items whose title the units may quote in a report: their own, and those they have consent for."""
    units = [unit.pk for unit in by]
    valid = Consent.objects.valid_at(at or timezone.now()).filter(kind=ConsentKind.QUOTE, delivery__unit_id__in=units)
    held = Delivery.objects.standing().filter(pk__in=valid.values("delivery_id")).values("item_id")
    day = timezone.localdate(at or timezone.now(), timezone.get_default_timezone())
    in_use = Q(current__expires_on__isnull=True) | Q(current__expires_on__gte=day)
    return items.filter(unit_id__in=units) | items.filter(in_use, pk__in=held)
