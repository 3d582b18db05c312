"""Files attached to a version of an item, and where their bytes lie."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import CharField, F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Record, User
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from registry.information.file_types import KINDS
from registry.information.models.deliveries import Delivery
from registry.information.models.items import InformationItem
from registry.information.models.versions import ItemVersion
from registry.information.terms import Scan


class StoredFile(models.Model):
    """Bytes in the store. An agency holds the same bytes once; agencies never share them, nor learn of each other's."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("type"), max_length=100)
    stored_name = models.CharField(max_length=200, unique=True)
    scan = models.CharField(_("malware scan"), max_length=12, choices=Scan.choices, default=Scan.NOT_SCANNED)
    scanned_at = models.DateTimeField(_("scanned at"), null=True)

    objects: VisibleQuerySet["StoredFile"] = VisibleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        constraints = [
            models.UniqueConstraint(fields=["agency", "sha256"], name="stored_file_once_per_agency"),
            models.CheckConstraint(name="stored_file_hash_is_sha256", condition=Q(sha256__regex="^[0-9a-f]{64}$")),
            models.CheckConstraint(name="stored_file_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="stored_file_type_known", condition=Q(media_type__in=[kind.media_type for kind in KINDS])
            ),
            models.CheckConstraint(
                name="stored_file_scan_known",
                condition=Q(scan=Scan.NOT_SCANNED, scanned_at__isnull=True)
                | Q(scan__in=[Scan.CLEAN, Scan.INFECTED], scanned_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="stored_file_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="stored_file_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    """ROW(OLD."agency_id", OLD."sha256", OLD."size", OLD."media_type", OLD."stored_name")
                    IS DISTINCT FROM
                    ROW(NEW."agency_id", NEW."sha256", NEW."size", NEW."media_type", NEW."stored_name")"""
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.sha256


class AttachmentQuerySet(VisibleQuerySet["Attachment"]):
    """Attachments that were not removed."""

    def standing(self) -> Self:
        """Not removed."""
        return self.filter(removed_at__isnull=True)

    def visible_to(self, user: Reader) -> Self:
        """With their item: to its unit all of them; to a recipient those of the version it reads, while it may.

        What the originator keeps to itself no recipient sees.
        """
        own = Q(item__unit_id__in=user.units_with(Permission.ITEM_READ_OWN))
        received = Delivery.objects.received_by(user).standing().values("item_id")
        read = Q(version_id=F("item__current_id"), item_id__in=received, originator_only=False)
        return self.standing().filter(own | read, item__in=InformationItem.objects.visible_to(user))


_FITS = """
    IF NOT EXISTS (
        SELECT 1 FROM information_itemversion v
          JOIN information_informationitem i ON i.id = v.item_id
          JOIN agencies_unit u ON u.id = i.unit_id
          JOIN information_storedfile f ON f.agency_id = u.agency_id
         WHERE v.id = NEW.version_id AND i.id = NEW.item_id AND f.id = NEW.stored_id AND v.released_at IS NULL
    ) OR NEW.removed_at IS NOT NULL THEN
        RAISE EXCEPTION 'pgtrigger: a file is attached to an unreleased version, from the store of its own agency';
    END IF;
    RETURN NEW;
"""

_FINAL = """
    IF ROW(OLD.id, OLD.item_id, OLD.version_id, OLD.stored_id, OLD.number, OLD.name, OLD.no_onward,
           OLD.no_judicial_use, OLD.originator_only, OLD.added_by_id, OLD.added_at)
       IS DISTINCT FROM
       ROW(NEW.id, NEW.item_id, NEW.version_id, NEW.stored_id, NEW.number, NEW.name, NEW.no_onward,
           NEW.no_judicial_use, NEW.originator_only, NEW.added_by_id, NEW.added_at)
       OR OLD.removed_at IS NOT NULL
       OR EXISTS (SELECT 1 FROM information_itemversion WHERE id = OLD.version_id AND released_at IS NOT NULL) THEN
        RAISE EXCEPTION 'pgtrigger: an attachment is final; before the release it can be removed, once';
    END IF;
    RETURN NEW;
"""


class Attachment(Record):
    """A file of a version, under a name, with handling conditions of its own. Final once the version is released."""

    item = models.ForeignKey(InformationItem, models.PROTECT, related_name="attachments", verbose_name=_("item"))
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="attachments", verbose_name=_("version"))
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("stored file"))
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("file name"), max_length=255)
    no_onward = models.BooleanField(_("no onward passage"), default=False)
    no_judicial_use = models.BooleanField(_("no use in court"), default=False)
    originator_only = models.BooleanField(_("kept from recipients"), default=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_at = models.DateTimeField(_("added at"), default=timezone.now)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("removed by"))
    removed_at = models.DateTimeField(_("removed at"), null=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["item", "version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="attachment_number_once"),
            models.CheckConstraint(
                name="attachment_name_is_safe",
                condition=Q(name__regex=r"^[^/\\.[:cntrl:]][^/\\[:cntrl:]]*$")
                & Q(name=Func(F("name"), function="NORMALIZE", output_field=CharField())),
            ),
            models.CheckConstraint(
                name="attachment_removed_by_somebody",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="attachment_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(name="attachment_fits", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_FITS),
            pgtrigger.Trigger(
                name="attachment_is_final", when=pgtrigger.Before, operation=pgtrigger.Update, func=_FINAL
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def audit_reference(self) -> str:
        """Item and file: a name may tell what the file says, a number how many were kept back."""
        return f"{self.item.reference or str(self.item_id)[:8]} / {str(self.pk)[:8]}"

    def audit_subjects(self) -> list[str]:
        """Its item."""
        return [str(self.item_id)]

    def audit_owner(self) -> UUID | None:
        """See Record."""
        return self.item.unit_id
