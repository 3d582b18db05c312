"""Docket cards: that a paper exists whose content may not be here, and where it lies."""

from typing import Any, Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Record, Unit, User
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from registry.information.terms import DocketLevel, DocketStatus
from registry.information.workflow import DOCKET_MOVES
from registry.workflow import pairs

WRITTEN_ONCE = (
    "reference",
    "unit",
    "level",
    "number",
    "dated_on",
    "issuer",
    "copy_number",
    "kept_at",
    "term_ends_on",
    "subject",
    "courier_receipt",
    "registered_by",
    "created_at",
)
"""A card is not edited: a wrong one is ended with the reason, and registered anew."""


class DocketQuerySet(VisibleQuerySet["Docket"]):
    """Docket cards."""

    def visible_to(self, user: Reader) -> Self:
        """Those of one's own units, and those one's units were told of."""
        units = user.units_with(Permission.DOCKET_READ)
        told = DocketTold.objects.filter(unit_id__in=units)
        return self.filter(Q(unit_id__in=units) | Q(pk__in=told.values("docket_id")))


class Docket(Record):
    """A card for one copy of a state-secret paper. It has neither content nor file, and never will have.

    `subject` is for the two lower degrees; of the highest not even the subject stands here.
    """

    reference = models.CharField(_("reference"), max_length=40, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("holder"))
    level = models.CharField(_("degree of secrecy"), max_length=12, choices=DocketLevel.choices)
    number = models.CharField(_("number and symbol"), max_length=64)
    dated_on = models.DateField(_("date of the paper"))
    issuer = models.CharField(_("issued by"), max_length=200)
    copy_number = models.CharField(_("copy number"), max_length=16, blank=True)
    kept_at = models.CharField(_("where it lies"), max_length=200)
    term_ends_on = models.DateField(_("secrecy ends on"), null=True, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    courier_receipt = models.CharField(_("courier's receipt"), max_length=64, blank=True)
    status = models.CharField(
        _("status"), max_length=16, choices=DocketStatus.choices, default=DocketStatus.HELD, editable=False
    )
    told = models.ManyToManyField(Unit, related_name="+", blank=True, verbose_name=_("units told of it"))
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    end_reason = models.TextField(_("why it ended"), blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    named_on = ("dated_on",)

    objects = DocketQuerySet.as_manager()

    class Meta:
        verbose_name = _("docket card")
        verbose_name_plural = _("docket cards")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(name="docket_level_known", condition=Q(level__in=DocketLevel.values)),
            models.CheckConstraint(name="docket_status_known", condition=Q(status__in=DocketStatus.values)),
            models.CheckConstraint(
                name="docket_no_subject_of_the_highest",
                condition=~Q(level=DocketLevel.TUYET_MAT) | Q(subject=""),
                violation_error_message=_("Of a paper marked Tuyệt mật not even the subject is entered."),
            ),
            models.CheckConstraint(
                name="docket_names_the_paper", condition=~Q(number="") & ~Q(issuer="") & ~Q(kept_at="")
            ),
            models.CheckConstraint(
                name="docket_term_after_paper",
                condition=Q(term_ends_on__isnull=True) | Q(term_ends_on__gte=F("dated_on")),
                violation_error_message=_("The secrecy does not end before the day of the paper."),
            ),
            models.CheckConstraint(
                name="docket_ended_is_complete",
                condition=Q(status=DocketStatus.HELD, ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | (
                    ~Q(status=DocketStatus.HELD) & Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")
                ),
            ),
            models.UniqueConstraint(
                fields=["unit", "issuer", "number", "dated_on", "copy_number"],
                condition=Q(status=DocketStatus.HELD),
                name="docket_copy_once",
                violation_error_message=_("This copy of the paper has a card already."),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="docket_moves", field="status", transitions=pairs(DOCKET_MOVES)),
            pgtrigger.ReadOnly(name="docket_written_once", fields=list(WRITTEN_ONCE)),
            pgtrigger.Protect(name="docket_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="docket_end_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
            pgtrigger.Protect(
                name="docket_begins_held",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__status=DocketStatus.HELD),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def audit_owner(self) -> UUID | None:
        """See Record."""
        return self.unit_id


class DocketTold(Docket.told.through):  # type: ignore[name-defined,misc]
    """A unit that was told of a card; under its trigger: what was told is not untold."""

    objects: Any

    class Meta:
        proxy = True
        triggers = [pgtrigger.Protect(name="told_kept", operation=pgtrigger.Update | pgtrigger.Delete)]


class DocketRegister(models.Model):
    """The last number given to a docket card per agency and year. Locked by whoever takes the next one: no gaps."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="docket_register_once")]
        triggers = [
            pgtrigger.Protect(name="docket_register_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="docket_register_counts_up",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(new__last=pgtrigger.F("old__last") + 1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.year}: {self.last}"
