"""What a conference came to: resolutions, and the action items that follow from them."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Unit
from registry.conferences.models.base import (
    ConferenceRecordQuerySet,
    Noted,
    final_with_minutes,
    missing_field,
    one_of,
    said_or_reason,
)
from registry.conferences.models.conference import Conference, check_unit_of_agency
from registry.conferences.terms import ActionStatus, ResolutionKind
from registry.conferences.workflow import ACTION_MOVES
from registry.workflow import pairs


class Resolution(Noted):
    """What a conference decided, proposed or set, in the registry's own words."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="resolutions", verbose_name=_("conference"))
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=ResolutionKind.choices, default=ResolutionKind.RESOLUTION)
    text_vi = models.TextField(_("text (Vietnamese)"))
    text_en = models.TextField(_("text (English)"), blank=True)
    paragraph = models.PositiveSmallIntegerField(_("paragraph of the source document"), null=True, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects: ConferenceRecordQuerySet["Resolution"] = ConferenceRecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ["conference", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="resolution_number_once"),
            one_of("resolution_kind_known", "kind", ResolutionKind.values),
        ]
        triggers = [
            final_with_minutes("resolution_final_with_minutes"),
            pgtrigger.Protect(name="resolution_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:80]}"

    @property
    def text(self) -> str:
        """The text in the reader's language."""
        return self.in_language("text")

    def audit_reference(self) -> str:
        """The conference's code and the number."""
        return f"{self.conference.code}#{self.number}"


class ActionItem(Noted):
    """Who is to do what by when. A day that nobody set stays empty, with the reason; done needs evidence.

    Follow-up outlives the minutes: an action item changes after they are approved.
    """

    conference = models.ForeignKey(
        Conference, models.PROTECT, related_name="action_items", verbose_name=_("conference")
    )
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="action_items", verbose_name=_("resolution")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text_vi = models.TextField(_("text (Vietnamese)"))
    text_en = models.TextField(_("text (English)"), blank=True)
    assignee_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    assignee_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    assignee_missing = missing_field()
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_on_missing = missing_field()
    status = models.CharField(
        _("status"), max_length=8, choices=ActionStatus.choices, default=ActionStatus.OPEN, editable=False
    )
    evidence = models.TextField(_("evidence, or why it was dropped"), blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects: ConferenceRecordQuerySet["ActionItem"] = ConferenceRecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("action item")
        verbose_name_plural = _("action items")
        ordering = ["conference", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="action_item_number_once"),
            one_of("action_item_status_known", "status", ActionStatus.values),
            said_or_reason("action_item_due_on_or_reason", "due_on"),
            said_or_reason("action_item_assignee_or_reason", "assignee_agency", reason="assignee_missing"),
            models.CheckConstraint(
                name="action_item_closed_has_evidence",
                condition=Q(status=ActionStatus.OPEN, closed_at__isnull=True, evidence="")
                | (Q(status__in=[ActionStatus.DONE, ActionStatus.DROPPED], closed_at__isnull=False) & ~Q(evidence="")),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="action_item_moves", field="status", transitions=pairs(ACTION_MOVES)),
            pgtrigger.Protect(name="action_item_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:80]}"

    @property
    def text(self) -> str:
        """The text in the reader's language."""
        return self.in_language("text")

    def clean(self) -> None:
        """What the database cannot see in one row: whose unit it is, and whose resolution."""
        check_unit_of_agency(self.assignee_unit, self.assignee_agency, "assignee_unit")
        if self.resolution is not None and self.resolution.conference_id != self.conference_id:
            raise ValidationError({"resolution": _("The resolution belongs to another conference.")})

    def audit_reference(self) -> str:
        """The conference's code and the number."""
        return f"{self.conference.code}#v{self.number}"
