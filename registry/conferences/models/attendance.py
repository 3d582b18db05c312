"""Which offices are invited to a conference, and which took part."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Unit
from registry.conferences.models.base import (
    ConferenceRecordQuerySet,
    Noted,
    check_unit_of_agency,
    frozen_when_convened,
    one_of,
)
from registry.conferences.models.conference import Conference
from registry.conferences.terms import Part, Presence


class Attendance(Noted):
    """An office at a conference, with the rank of the day. Offices, never persons' names: holders change.

    The list stands when the conference is convened: who was invited, and whether they came.
    """

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="attendance", verbose_name=_("conference"))
    number = models.PositiveSmallIntegerField(_("number"))
    office_vi = models.CharField(_("office (Vietnamese)"), max_length=255)
    office_en = models.CharField(_("office (English)"), max_length=255, blank=True)
    office_printed = models.CharField(_("office as printed"), max_length=255, blank=True)
    rank_printed = models.CharField(_("rank as printed"), max_length=64, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    part = models.CharField(_("part"), max_length=10, choices=Part.choices, default=Part.ATTENDEE)
    presence = models.CharField(_("presence"), max_length=8, choices=Presence.choices, default=Presence.ATTENDED)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects: ConferenceRecordQuerySet["Attendance"] = ConferenceRecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["conference", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="attendance_number_once"),
            one_of("attendance_part_known", "part", Part.values),
            one_of("attendance_presence_known", "presence", Presence.values),
        ]
        triggers = [
            frozen_when_convened("attendance_frozen_when_convened"),
            pgtrigger.Protect(name="attendance_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.office

    @property
    def office(self) -> str:
        """The office in the reader's language."""
        return self.in_language("office")

    def clean(self) -> None:
        """A unit belongs to the agency it is named with."""
        check_unit_of_agency(self.unit, self.agency, "unit")

    def audit_reference(self) -> str:
        """The conference's code and the number."""
        return f"{self.conference.code}#a{self.number}"
