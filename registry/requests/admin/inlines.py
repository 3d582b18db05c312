"""Rows on a request's page: answers, and the thread between both sides."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordInline, person
from agencies.models import User
from agencies.roles import Permission
from registry.badges import badge
from registry.information.models import InformationItem
from registry.information.terms import Status
from registry.requests.models import Answer, InformationRequest, RequestMessage
from registry.requests.terms import DRAFTED, OPEN, AnswerKind

READS = (Permission.REQUEST_READ,)


def drafts_answer(user: User, request: InformationRequest | None) -> bool:
    """Whether the person may draft the answer now."""
    open_now = request is not None and request.status in OPEN
    return open_now and user.may(Permission.REQUEST_PREPARE, request.addressee_id)  # type: ignore[union-attr]


def writes_messages(user: User, request: InformationRequest | None) -> bool:
    """Whether the person may write to the other side now."""
    if request is None or request.status not in OPEN:
        return False
    return any(user.may(Permission.REQUEST_MESSAGE, unit) for unit in (request.unit_id, request.addressee_id))


class AnswerForm(forms.ModelForm[Answer]):
    """The two kinds that are drafted; a refusal is a button."""

    class Meta:
        model = Answer
        fields = ("kind", "text", "items")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            kinds = [choice for choice in AnswerKind.choices if choice[0] in DRAFTED]
            self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class AnswerInline(RecordInline):
    """What was answered; to the addressee also what is drafted. A new row replaces the draft."""

    model = Answer
    form = AnswerForm
    fields = ("kind", "refusal", "text", "items", "state", "given_at")
    readonly_fields = ("refusal", "state", "given_at")
    read_permissions = READS
    max_num = 3
    verbose_name_plural = _("answers")

    @admin.display(description=_("reason of the refusal"))
    def refusal(self, answer: Answer) -> str:
        """One of the listed reasons."""
        return answer.get_reason_display() if answer.reason else "-"

    @admin.display(description=_("status"))
    def state(self, answer: Answer) -> str:
        """Drafted or given."""
        if answer.given_at is None:
            return badge("draft", gettext("draft"))
        return badge("done", gettext("given"))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Officers and analysts of the addressee, while an answer is owed."""
        return drafts_answer(person(request), obj)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Released items: the action refuses those that did not pass between the two units."""
        kwargs["queryset"] = InformationItem.objects.filter(status=Status.RELEASED)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class MessageInline(RecordInline):
    """The thread: both sides read all of it, nobody changes it."""

    model = RequestMessage
    fields = ("written_at", "unit", "text")
    readonly_fields = ("written_at", "unit")
    read_permissions = READS
    verbose_name_plural = _("messages between both sides")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever works in either unit, while the request is open."""
        return writes_messages(person(request), obj)
