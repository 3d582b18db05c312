"""Who is to do what by when after a conference, and what shows that it was done."""

from datetime import date
from typing import Self

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Record, Unit, today
from registry.conferences.models.base import (
    ConferenceRecordQuerySet,
    Noted,
    check_unit_of_agency,
    missing_field,
    one_of,
    said_or_reason,
)
from registry.conferences.models.conference import Conference
from registry.conferences.models.papers import ConferencePaper
from registry.conferences.models.resolutions import Resolution
from registry.conferences.terms import FOLLOW_UP, ActionKind, ActionStatus
from registry.conferences.workflow import ACTION_MOVES
from registry.documents.models import Document
from registry.information.models import InformationItem
from registry.workflow import pairs


class ActionItemQuerySet(ConferenceRecordQuerySet["ActionItem"]):
    """Action items."""

    def overdue(self, on: date | None = None) -> Self:
        """Open after their day."""
        return self.filter(status=ActionStatus.OPEN, due_on__lt=on or today())


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
    kind = models.CharField(
        _("kind"), max_length=12, choices=ActionKind.choices, default=ActionKind.TASK, editable=False
    )
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

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("action item")
        verbose_name_plural = _("action items")
        ordering = ["conference", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="action_item_number_once"),
            one_of("action_item_status_known", "status", ActionStatus.values),
            one_of("action_item_kind_known", "kind", ActionKind.values),
            models.UniqueConstraint(
                fields=["conference", "assignee_agency", "kind"],
                condition=Q(kind__in=FOLLOW_UP),
                name="action_item_follow_up_once",
            ),
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

    @property
    def is_overdue(self) -> bool:
        """Open after its day."""
        return self.status == ActionStatus.OPEN and self.due_on is not None and self.due_on < today()

    def clean(self) -> None:
        """What the database cannot see in one row: whose unit it is, and whose resolution."""
        check_unit_of_agency(self.assignee_unit, self.assignee_agency, "assignee_unit")
        if self.resolution is not None and self.resolution.conference_id != self.conference_id:
            raise ValidationError({"resolution": _("The resolution belongs to another conference.")})

    def audit_reference(self) -> str:
        """The conference's code and the number."""
        return f"{self.conference.code}#v{self.number}"


class Evidence(Record):
    """What shows that a task is done: words, and where there is one, the paper, document or item. Never changed."""

    action_item = models.ForeignKey(
        ActionItem, models.PROTECT, related_name="evidence_records", verbose_name=_("action item")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("what it shows"))
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published document")
    )
    item = models.ForeignKey(
        InformationItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("information item")
    )
    paper = models.ForeignKey(
        ConferencePaper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("conference paper")
    )
    added_at = models.DateTimeField(_("added at"), default=timezone.now)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    objects: ConferenceRecordQuerySet["Evidence"] = ConferenceRecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence records")
        ordering = ["action_item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["action_item", "number"], name="evidence_number_once"),
            models.CheckConstraint(name="evidence_has_words", condition=~Q(text="")),
        ]
        triggers = [pgtrigger.Protect(name="evidence_is_final", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:80]}"

    def audit_reference(self) -> str:
        """The action item's reference and the number."""
        return f"{self.action_item.audit_reference()} e{self.number}"
