"""Requests for information: one unit asks one unit of another agency."""

from datetime import datetime
from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Edited, Unit, User, editor_never_decides, editors_kept
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from registry.information.models import InformationItem
from registry.information.terms import Secrecy, Tlp
from registry.periods import Period
from registry.reference.models import Topic
from registry.requests.models.rules import BETWEEN_AGENCIES, DEADLINE_STANDS, REOPENED_ONCE, SENT_IS_FINAL, SHOWS_GIVEN
from registry.requests.terms import CLOSED, OPEN, RequestStatus, RequestUrgency
from registry.requests.workflow import MOVES
from registry.workflow import pairs


class InformationRequestQuerySet(VisibleQuerySet["InformationRequest"]):
    """Requests."""

    def visible_to(self, user: Reader) -> Self:
        """The asking side in any status, the addressee from sending on; nobody else."""
        units = user.units_with(Permission.REQUEST_READ)
        return self.filter(Q(unit_id__in=units) | Q(addressee_id__in=units, sent_at__isnull=False))

    def countable_by(self, user: Reader) -> Self:
        """For figures only: whoever counts for all counts every request sent; others those they may see."""
        sent = self.filter(sent_at__isnull=False)
        return sent if user.holds(Permission.REPORT_COUNT_ALL) else sent.visible_to(user)

    def sent_in(self, period: Period) -> Self:
        """Requests sent in the period, whatever became of them."""
        start, end = period.moments()
        return self.filter(sent_at__gte=start, sent_at__lt=end)

    def in_time(self) -> Self:
        """Answered or refused, and never after a deadline."""
        return self.filter(status__in=CLOSED, late=False)

    def overdue(self, at: datetime) -> Self:
        """Still open at the moment, though the deadline has passed."""
        return self.filter(status__in=OPEN, due_at__lt=at)


class InformationRequest(Edited):
    """A question to one unit of another agency: what for, until when, and what came of it.

    The draft is the asking unit's own matter. Once sent, the question never changes. A person of the addressee
    drafts the answer and its head gives it.
    """

    reference = models.CharField(  # noqa: DJ001 - unique once given; a draft has none
        _("reference"), max_length=32, unique=True, null=True, editable=False
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("asking unit"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"), editable=False)
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("edited by"), editable=False)
    addressee = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("addressee"), help_text=_("A unit of another agency.")
    )
    subject = models.CharField(_("subject"), max_length=300)
    question = models.TextField(_("question"))
    purpose = models.TextField(_("purpose"), blank=True, help_text=_("What the information is needed for."))
    commitment = models.BooleanField(
        _("commitment to protect"),
        default=False,
        help_text=_("We use the information for this purpose only, and protect it as its owner does."),
    )
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("topic"))
    item = models.ForeignKey(
        InformationItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("about the item"),
        help_text=_("An item that one of the two units gave the other."),
    )
    urgency = models.CharField(
        _("urgency"), max_length=8, choices=RequestUrgency.choices, default=RequestUrgency.ROUTINE
    )
    due_at = models.DateTimeField(
        _("answer by"), null=True, blank=True, help_text=_("Left empty: by the urgency, from sending.")
    )
    secrecy = models.CharField(_("secrecy"), max_length=8, choices=Secrecy.choices, default=Secrecy.INTERNAL)
    tlp = models.CharField(_("TLP"), max_length=16, choices=Tlp.choices, default=Tlp.AMBER)
    status = models.CharField(
        _("status"), max_length=9, choices=RequestStatus.choices, default=RequestStatus.DRAFT, editable=False
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("sent by"), editable=False
    )
    received_at = models.DateTimeField(_("received at"), null=True, editable=False)
    received_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("received by"), editable=False
    )
    answer = models.ForeignKey(
        "requests.Answer", models.PROTECT, null=True, related_name="+", verbose_name=_("answer"), editable=False
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    late = models.BooleanField(_("answered late"), default=False, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdraw_reason = models.TextField(_("why it was withdrawn"), blank=True, editable=False)
    reopened_at = models.DateTimeField(_("reopened at"), null=True, editable=False)
    reopen_reason = models.TextField(_("why the answer was not sufficient"), blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    named_on = ("sent_at",)

    objects = InformationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for information")
        verbose_name_plural = _("requests for information")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["unit", "-created_at", "-id"], name="request_unit_newest"),
            models.Index(fields=["addressee", "-created_at", "-id"], name="request_addressee_newest"),
            models.Index(fields=["sent_at"], name="request_sent_at"),
        ]
        constraints = [
            models.CheckConstraint(name="request_status_known", condition=Q(status__in=RequestStatus.values)),
            models.CheckConstraint(name="request_urgency_known", condition=Q(urgency__in=RequestUrgency.values)),
            models.CheckConstraint(name="request_tlp_known", condition=Q(tlp__in=Tlp.values)),
            models.CheckConstraint(name="request_below_state_secret", condition=Q(secrecy__in=Secrecy.values)),
            models.CheckConstraint(
                name="request_four_eyes",
                condition=Q(sent_by__isnull=True) | (~Q(sent_by=F("author")) & ~Q(sent_by=F("edited_by"))),
            ),
            models.CheckConstraint(
                name="request_sent_is_complete",
                condition=Q(
                    status__in=[RequestStatus.DRAFT, RequestStatus.WITHDRAWN],
                    sent_at__isnull=True,
                    sent_by__isnull=True,
                    reference__isnull=True,
                )
                | (
                    Q(sent_at__isnull=False, sent_by__isnull=False, reference__isnull=False, commitment=True)
                    & Q(due_at__isnull=False, due_at__gt=F("sent_at"))
                    & ~Q(status=RequestStatus.DRAFT)
                    & ~Q(purpose="")
                ),
            ),
            models.CheckConstraint(
                name="request_received_by_somebody",
                condition=Q(received_at__isnull=True, received_by__isnull=True)
                & ~Q(status__in=[RequestStatus.RECEIVED, *CLOSED])
                | Q(received_at__isnull=False, received_at__gte=F("sent_at"), received_by__isnull=False),
            ),
            models.CheckConstraint(
                name="request_closed_has_answer",
                condition=Q(status__in=CLOSED, answer__isnull=False, answered_at__isnull=False)
                & Q(answered_at__gte=F("sent_at"))
                | (~Q(status__in=CLOSED) & Q(answer__isnull=True, answered_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="request_late_is_told",
                condition=Q(answered_at__isnull=True) | Q(late=True) | Q(answered_at__lte=F("due_at")),
            ),
            models.CheckConstraint(
                name="request_withdrawn_has_reason",
                condition=Q(status=RequestStatus.WITHDRAWN, withdrawn_at__isnull=False)
                & (Q(sent_at__isnull=True) | ~Q(withdraw_reason=""))
                | (~Q(status=RequestStatus.WITHDRAWN) & Q(withdrawn_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="request_reopened_has_reason", condition=Q(reopened_at__isnull=True) | ~Q(reopen_reason="")
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="request_moves", field="status", transitions=pairs(MOVES)),
            pgtrigger.Protect(name="request_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="request_begins_as_draft",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__status=RequestStatus.DRAFT),
            ),
            editor_never_decides("request_editor_never_sends", "requests_informationrequest", "sent_by_id"),
            SENT_IS_FINAL,
            DEADLINE_STANDS,
            REOPENED_ONCE,
            BETWEEN_AGENCIES,
            SHOWS_GIVEN,
        ]

    def __str__(self) -> str:
        return self.reference or _("draft without a number") + f" ({str(self.pk)[:8]})"

    def audit_owner(self) -> UUID | None:
        """See Record."""
        return self.unit_id

    @property
    def answered_in_time(self) -> bool | None:
        """No answer came after its deadline; None while an answer is owed and not overdue, or none will come."""
        if self.status in CLOSED:
            return not self.late
        return False if self.is_overdue else None

    @property
    def is_overdue(self) -> bool:
        """An answer is owed, and the deadline has passed."""
        return self.is_overdue_at(timezone.now())

    def is_overdue_at(self, moment: datetime) -> bool:
        """As at the moment."""
        return self.status in OPEN and self.due_at is not None and self.due_at < moment


class RequestEditor(InformationRequest.editors.through):  # type: ignore[name-defined,misc]
    """An editor of a request, under its trigger."""

    class Meta:
        proxy = True
        triggers = [editors_kept("request_editors_kept")]
