"""Words of requests for information: where they stand, how urgent they are, how they were answered or refused."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestStatus(models.TextChoices):
    """Where a request stands."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent")
    RECEIVED = "received", _("received")
    ANSWERED = "answered", _("answered")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN = (RequestStatus.SENT, RequestStatus.RECEIVED)
"""The addressee owes an answer, and both sides may write to each other."""

CLOSED = (RequestStatus.ANSWERED, RequestStatus.REFUSED)
"""The clock has stopped."""


class RequestUrgency(models.TextChoices):
    """How soon an answer is needed."""

    ROUTINE = "routine", _("routine (7 days)")
    PRIORITY = "priority", _("priority (3 days)")
    URGENT = "urgent", _("urgent (8 hours)")


ANSWER_CLOCK: dict[str, timedelta] = {
    RequestUrgency.ROUTINE: timedelta(days=7),
    RequestUrgency.PRIORITY: timedelta(days=3),
    RequestUrgency.URGENT: timedelta(hours=8),
}
"""How long the addressee has, from sending, where the asker named no deadline. The deadline is stored."""


class AnswerKind(models.TextChoices):
    """What came back. Each of them stops the clock: “no information” is an answer."""

    ANSWERED = "answered", _("information given")
    NO_INFORMATION = "no_information", _("no information held")
    REFUSED = "refused", _("refused")


DRAFTED = (AnswerKind.ANSWERED, AnswerKind.NO_INFORMATION)
"""Drafted by one person and given by another; a refusal is the head's own decision."""


class RefusalReason(models.TextChoices):
    """Why a request may be refused. There is no refusal without one of these."""

    NOT_COMPETENT = "not_competent", _("another authority is competent")
    SECRECY = "secrecy", _("the secrecy of the information")
    HARMS_OPERATION = "harms_operation", _("it would harm an operation")
    THIRD_PARTY = "third_party_consent_missing", _("the third party has not consented")
    DISPROPORTIONATE = "disproportionate", _("out of proportion to the purpose")
    OTHER = "other", _("another reason, written out")
