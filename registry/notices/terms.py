"""What a notice may tell, and how it reaches somebody outside the registry."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    """What happened. The words stand alone before a reference number."""

    ITEM_SUBMITTED = "item_submitted", _("Item submitted for release")
    ITEM_RETURNED = "item_returned", _("Item returned to you")
    ITEM_DELIVERED = "item_delivered", _("Item delivered")
    ITEM_CORRECTED = "item_corrected", _("Item corrected")
    ITEM_RECALLED = "item_recalled", _("Item recalled")
    DELIVERY_EVALUATED = "delivery_evaluated", _("Item evaluated by a recipient")
    RECEIPT_DUE_SOON = "receipt_due_soon", _("Acknowledgement due soon")
    RECEIPT_OVERDUE = "receipt_overdue", _("Acknowledgement overdue")
    REQUEST_RECEIVED = "request_received", _("Request received")
    REQUEST_ANSWERED = "request_answered", _("Request answered")
    REQUEST_REFUSED = "request_refused", _("Request refused")
    REQUEST_WITHDRAWN = "request_withdrawn", _("Request withdrawn")
    REQUEST_REOPENED = "request_reopened", _("Request asked again: the answer was not sufficient")
    REQUEST_DUE_SOON = "request_due_soon", _("Answer due soon")
    REQUEST_OVERDUE = "request_overdue", _("Answer overdue")
    CONSENT_ASKED = "consent_asked", _("Consent asked for")
    CONSENT_GRANTED = "consent_granted", _("Consent granted")
    CONSENT_REFUSED = "consent_refused", _("Consent refused")
    CONSENT_REVOKED = "consent_revoked", _("Consent revoked")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Consent withdrawn")
    FILE_INFECTED = "file_infected", _("Malware found in a file of an item")
    CASE_INVITED = "case_invited", _("Asked to take part in a joint case")
    CASE_CONFIRMED = "case_confirmed", _("Part in a joint case confirmed")
    CASE_CLOSED = "case_closed", _("Joint case closed")
    ACTION_DUE_SOON = "action_due_soon", _("Task of a conference due soon")
    ACTION_OVERDUE = "action_overdue", _("Task of a conference overdue")
    REPORT_PREPARED = "report_prepared", _("Report waits for its seal")
    REPORT_SEALED = "report_sealed", _("Report sealed")
    STATEMENT_DUE_SOON = "statement_due_soon", _("Statement of figures due soon")
    STATEMENT_OVERDUE = "statement_overdue", _("Statement of figures overdue")


class MailChoice(models.TextChoices):
    """Whether a notice is also sent by e-mail. In the registry it always stands."""

    IMMEDIATELY = "immediately", _("at once")
    DIGEST = "digest", _("once a day, at 07:00")
    NEVER = "never", _("never")


EVERY_KIND = "*"
"""A choice for every kind that has none of its own."""

PREFERENCE_KINDS = [(EVERY_KIND, _("everything else")), *NoticeKind.choices]
