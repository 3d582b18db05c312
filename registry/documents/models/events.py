"""Meetings that documents report, and who was there by office."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Unit
from registry.documents.models.document import (
    Document,
    Published,
    PublishedQuerySet,
    PublishedRow,
    missing_field,
    one_of,
    period_or_reason,
    said_or_reason,
)
from registry.documents.terms import BASES, AttendancePart, EventKind
from registry.periods import Basis


class PublishedEvent(PublishedRow):
    """A meeting as a document reports it. Host, venue, city and chair stay empty where it does not say.

    `host_inferred` means that the host is read from other words (whose headquarters, whose report).
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="events", verbose_name=_("document"))
    kind = models.CharField(_("kind"), max_length=24, choices=EventKind.choices)
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=255)
    title_en = models.CharField(_("title (English)"), max_length=255)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    held_on_missing = missing_field()
    period_start = models.DateField(_("period from"), null=True, blank=True)
    period_end = models.DateField(_("period until (exclusive)"), null=True, blank=True)
    period_basis = models.CharField(_("basis"), max_length=24, choices=BASES, default=Basis.AS_PRINTED.value)
    period_label_printed = models.CharField(_("period as printed"), max_length=128, blank=True)
    period_missing = missing_field()
    host_printed = models.CharField(_("host as printed"), max_length=255, blank=True)
    host_printed_missing = missing_field()
    host_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("host agency")
    )
    host_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("host unit")
    )
    host_inferred = models.BooleanField(_("host inferred"), default=False)
    venue_printed = models.CharField(_("venue as printed"), max_length=255, blank=True)
    venue_printed_missing = missing_field()
    city_printed = models.CharField(_("city as printed"), max_length=128, blank=True)
    city_printed_missing = missing_field()
    chair_office_printed = models.CharField(_("chair's office as printed"), max_length=255, blank=True)
    chair_office_printed_missing = missing_field()

    objects: PublishedQuerySet["PublishedEvent"] = PublishedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("published event")
        verbose_name_plural = _("published events")
        ordering = ["document__code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="published_event_number_once"),
            one_of("published_event_kind_known", "kind", EventKind.values),
            one_of("published_event_basis_known", "period_basis", [code for code, _label in BASES]),
            said_or_reason("published_event_held_on_or_reason", "held_on", text=False),
            said_or_reason("published_event_host_or_reason", "host_printed"),
            said_or_reason("published_event_venue_or_reason", "venue_printed"),
            said_or_reason("published_event_city_or_reason", "city_printed"),
            said_or_reason("published_event_chair_or_reason", "chair_office_printed"),
            period_or_reason("published_event_period_or_reason"),
            models.CheckConstraint(
                name="published_event_host_mapped_only_if_printed",
                condition=~Q(host_printed="")
                | Q(host_agency__isnull=True, host_unit__isnull=True, host_inferred=False),
            ),
        ]

    @property
    def title(self) -> str:
        """What the meeting was, in the reader's language."""
        return self.in_language("title")


class EventAttendance(Published):
    """An office at a meeting: as printed, with the rank of the day. Offices, not people."""

    event = models.ForeignKey(PublishedEvent, models.PROTECT, related_name="attendance", verbose_name=_("event"))
    number = models.PositiveSmallIntegerField(_("number"))
    office_printed = models.CharField(_("office as printed"), max_length=255)
    rank_printed = models.CharField(_("rank as printed"), max_length=64, blank=True)
    rank_printed_missing = missing_field()
    office_mapped_vi = models.CharField(_("office meant (Vietnamese)"), max_length=255, blank=True)
    office_mapped_en = models.CharField(_("office meant (English)"), max_length=255, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    part = models.CharField(_("part"), max_length=8, choices=AttendancePart.choices)

    objects: PublishedQuerySet["EventAttendance"] = PublishedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["event", "number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="event_attendance_number_once"),
            one_of("event_attendance_part_known", "part", AttendancePart.values),
            said_or_reason("event_attendance_rank_or_reason", "rank_printed"),
        ]

    def __str__(self) -> str:
        return self.office_printed

    @property
    def office_mapped(self) -> str:
        """The office that is meant, in the reader's language."""
        return self.in_language("office_mapped")

    def audit_reference(self) -> str:
        """For the log."""
        return f"{self.event.audit_reference()}.{self.number}"
