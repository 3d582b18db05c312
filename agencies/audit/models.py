"""One row per write and per disclosure. The database refuses to change, delete or truncate them."""

import contextlib
import uuid
from collections.abc import Iterable
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.audit.wording import worded


class Outcome(models.TextChoices):
    """Whether what was tried was done."""

    DONE = "done", _("done")
    DENIED = "denied", _("denied")


CEILING_SET = "ceiling.set"
"""The secrecy ceiling was set: an act of the operator that concerns every unit."""
DISCLOSURES = ("read", "list", "download", "export", "print", "report.read", "report.download")
"""Actions by which content left the registry."""


MOST_NAMED = 20
"""Records of one reference that are looked for in lists."""


def _uuids(texts: Iterable[str]) -> list[uuid.UUID]:
    """Those of the ids that are public ids; nothing else is ever shown in a list."""
    found = []
    for text in texts:
        with contextlib.suppress(ValueError):
            found.append(uuid.UUID(text))
    return found


def _disclosed(ids: list[str], units: frozenset[uuid.UUID] | None) -> models.Q:
    """The events that disclosed one of the records together with others.

    To those who read the log of `units`: what their own people were shown, and whoever was shown a record of theirs.
    What another unit was shown beside a record of theirs stays unsaid: a case must not tell which items served it.
    """
    shown = models.Q(subjects__overlap=_uuids(ids))
    if units is None:
        return shown
    found = shown & (models.Q(actor_unit_id__in=units) | models.Q(actor_unit_id__isnull=True))
    for pk in _uuids(ids):
        theirs = AuditEvent.objects.filter(object_id=str(pk), owner_unit_id__in=units)
        found |= models.Q(models.Exists(theirs), subjects__overlap=[pk])
    return found


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Events; who may read which is decided where units are known (agencies.actions)."""

    def concerning(self, unit_ids: frozenset[uuid.UUID]) -> Self:
        """Events done by one of the units, or done to a record that one of them owns; and what concerns them all."""
        if not unit_ids:
            return self.none()
        own = models.Q(actor_unit_id__in=unit_ids) | models.Q(owner_unit_id__in=unit_ids)
        return self.filter(own | models.Q(action=CEILING_SET))

    def about(self, object_id: str, *, units: frozenset[uuid.UUID] | None = None) -> Self:
        """Events done to the record, and events that disclosed it together with others. Both by an index.

        `units`: whose log is read; the latter then only as far as its reader is shown what was disclosed.
        """
        return self.filter(models.Q(object_id=object_id) | _disclosed([object_id], units))

    def of_reference(self, text: str, *, units: frozenset[uuid.UUID]) -> Self:
        """Events of the record of this reference number, and lists and pages that showed it; the log alone is asked."""
        named = AuditEvent.objects.filter(object_ref=text).order_by().values_list("object_id", flat=True).distinct()
        return self.filter(models.Q(object_ref__startswith=text) | _disclosed(list(named[:MOST_NAMED]), units))

    def disclosing(self, object_id: str) -> Self:
        """Readings of the record: alone, in a list, or on the page of another record."""
        return self.about(object_id).filter(action__in=DISCLOSURES, outcome=Outcome.DONE)


class AuditEvent(models.Model):
    """Who did what to which record, when, through which key and request, and why.

    Units, people and records are kept as plain values: an event outlives whatever it speaks of.
    `subjects` are the ids of other records that the event disclosed: the rows of a list in the order shown, the item
    of a delivery, the items on the page of a case. `detail` holds references, codes and counts, never content.
    """

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(_("id"), default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(_("at"), db_default=Now(), db_index=True)
    actor_id = models.UUIDField(_("actor id"), null=True)
    actor = models.CharField(_("actor"), max_length=200)
    actor_unit_id = models.UUIDField(_("actor's unit id"), null=True, db_index=True)
    actor_unit = models.CharField(_("actor's unit"), max_length=64, blank=True)
    role = models.CharField(_("role"), max_length=64, blank=True)
    api_key = models.CharField(_("API key"), max_length=16, blank=True)
    request_id = models.CharField(_("request id"), max_length=64, blank=True, db_index=True)
    action = models.CharField(_("action"), max_length=64, db_index=True)
    object_type = models.CharField(_("record type"), max_length=64)
    object_id = models.CharField(_("record id"), max_length=64)
    object_ref = models.CharField(_("record"), max_length=200, blank=True)
    owner_unit_id = models.UUIDField(_("owner's unit id"), null=True, db_index=True)
    purpose = models.TextField(_("reason or purpose"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, default=Outcome.DONE)
    subjects = ArrayField(models.UUIDField(), verbose_name=_("records shown"), default=list, blank=True)
    detail = models.JSONField(_("detail"), default=dict)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["object_id", "-id"], name="audit_event_of_record"),
            models.Index(fields=["object_ref"], opclasses=["varchar_pattern_ops"], name="audit_event_of_reference"),
            models.Index(fields=["actor", "-id"], name="audit_event_of_person"),
            GinIndex(fields=["subjects"], name="audit_event_subjects"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="never_emptied",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'pgtrigger: the audit log is append-only';",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(outcome__in=Outcome.values), name="audit_event_outcome_known")
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_ref or self.object_id}"

    @property
    def what(self) -> str | Promise:
        """The action in words."""
        return worded(self.action)

    def audit_reference(self) -> str:
        """Reading the log is written to the log; this is what it says was read."""
        return self.action

    def audit_owner(self) -> uuid.UUID | None:
        """Whoever owned the record the event speaks of."""
        return self.owner_unit_id

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)
