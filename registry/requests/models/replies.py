"""What comes back to a request: answers and refusals, and the messages between both sides."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Record, Unit, User
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from registry.information.models import InformationItem
from registry.requests.models.requests import InformationRequest
from registry.requests.terms import AnswerKind, RefusalReason


class AnswerQuerySet(VisibleQuerySet["Answer"]):
    """Answers and refusals."""

    def visible_to(self, user: Reader) -> Self:
        """Given ones with their request; a draft only to the addressee's side."""
        drafting = Q(request__addressee_id__in=user.units_with(Permission.REQUEST_READ))
        return self.filter(
            Q(given_at__isnull=False) | drafting, request__in=InformationRequest.objects.visible_to(user)
        )

    def given(self) -> Self:
        """No drafts."""
        return self.filter(given_at__isnull=False)


class Answer(Record):
    """One answer: drafted by one person of the addressee, given by its head. A refusal is the head's alone.

    Given once, it never changes. A request that was reopened has a second one.
    """

    request = models.ForeignKey(
        InformationRequest, models.PROTECT, related_name="answers", verbose_name=_("request"), editable=False
    )
    kind = models.CharField(_("kind"), max_length=16, choices=AnswerKind.choices, default=AnswerKind.ANSWERED)
    reason = models.CharField(
        _("reason of the refusal"), max_length=32, choices=RefusalReason.choices, blank=True, editable=False
    )
    text = models.TextField(_("text"), blank=True)
    items = models.ManyToManyField(
        InformationItem,
        related_name="+",
        blank=True,
        verbose_name=_("items"),
        help_text=_("Items that one of the two units gave the other."),
    )
    drafted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("drafted by"), editable=False
    )
    edited_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("edited by"), editable=False
    )
    drafted_at = models.DateTimeField(_("drafted at"), default=timezone.now, editable=False)
    given_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("given by"), editable=False
    )
    given_at = models.DateTimeField(_("given at"), null=True, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["request", "drafted_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["request"], name="answer_one_draft", condition=Q(given_at__isnull=True)),
            models.CheckConstraint(name="answer_kind_known", condition=Q(kind__in=AnswerKind.values)),
            models.CheckConstraint(
                name="answer_refused_with_listed_reason",
                condition=Q(kind=AnswerKind.REFUSED, reason__in=RefusalReason.values)
                | (~Q(kind=AnswerKind.REFUSED) & Q(reason="")),
            ),
            models.CheckConstraint(
                name="answer_says_something",
                condition=~Q(text="")
                | Q(kind=AnswerKind.NO_INFORMATION)
                | (Q(kind=AnswerKind.REFUSED) & ~Q(reason=RefusalReason.OTHER)),
            ),
            models.CheckConstraint(
                name="answer_given_by_somebody",
                condition=Q(given_at__isnull=True, given_by__isnull=True) & ~Q(kind=AnswerKind.REFUSED)
                | Q(given_at__isnull=False, given_by__isnull=False),
            ),
            models.CheckConstraint(
                name="answer_four_eyes",
                condition=Q(kind=AnswerKind.REFUSED, drafted_by__isnull=True, edited_by__isnull=True)
                | Q(drafted_by__isnull=False, edited_by__isnull=False)
                & (Q(given_by__isnull=True) | (~Q(given_by=F("drafted_by")) & ~Q(given_by=F("edited_by")))),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="answer_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="answer_given_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__given_at__isnull=False),
            ),
            pgtrigger.ReadOnly(name="answer_drafter_final", fields=["request", "drafted_by", "drafted_at"]),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def audit_reference(self) -> str:
        """What people call it."""
        return str(self.request)

    def audit_owner(self) -> UUID | None:
        """The addressee: what it drafts is not the asker's matter."""
        return self.request.addressee_id


class AnswerItem(Answer.items.through):  # type: ignore[name-defined,misc]
    """An item named by an answer, under its trigger."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="answer_items_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("final", "BOOLEAN")],
                func="""
                    SELECT bool_or(given_at IS NOT NULL) INTO final FROM requests_answer
                     WHERE id IN (NEW.answer_id, OLD.answer_id);
                    IF final THEN RAISE EXCEPTION 'pgtrigger: the answer is given and final'; END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            )
        ]


class RequestMessageQuerySet(VisibleQuerySet["RequestMessage"]):
    """Messages."""

    def visible_to(self, user: Reader) -> Self:
        """With their request: both sides read all of the thread."""
        return self.filter(request__in=InformationRequest.objects.visible_to(user))


class RequestMessage(Record):
    """A message from one side to the other while the request is open. Never changed, never taken back."""

    request = models.ForeignKey(
        InformationRequest, models.PROTECT, related_name="messages", verbose_name=_("request"), editable=False
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("from"), editable=False)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"), editable=False)
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects = RequestMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["request", "written_at", "id"]
        constraints = [models.CheckConstraint(name="message_says_something", condition=~Q(text=""))]
        triggers = [
            pgtrigger.Protect(name="message_final", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="message_between_both_sides",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM requests_informationrequest
                                    WHERE id = NEW.request_id AND NEW.unit_id IN (unit_id, addressee_id)
                                      AND status IN ('sent', 'received')) THEN
                        RAISE EXCEPTION 'pgtrigger: only the two sides write, while the request is open';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request} · {self.unit.code}"

    def audit_reference(self) -> str:
        """What people call it."""
        return str(self.request)

    def audit_owner(self) -> UUID | None:
        """The unit that wrote it."""
        return self.unit_id
