"""Requests in the admin: the asking unit drafts, heads send and answer, both sides write to each other."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, person
from agencies.models import Unit, User
from agencies.roles import Permission
from registry.badges import badge
from registry.information.models import InformationItem
from registry.information.terms import Status
from registry.requests import actions
from registry.requests.admin.inlines import READS, AnswerInline, MessageInline, drafts_answer, writes_messages
from registry.requests.models import Answer, InformationRequest, RequestMessage
from registry.requests.terms import RefusalReason, RequestStatus
from registry.requests.workflow import ASKING, MOVES
from registry.workflow import actions_from

STYLES = {"send": "primary", "receive": "primary", "answer": "primary", "discard": "danger", "withdraw": "danger"}
TOLD = ("sent_at", "received_at", "answered_at", "withdrawn_at", "withdraw_reason", "reopened_at", "reopen_reason")
"""What happened: shown once it has."""


class DirectionFilter(admin.SimpleListFilter):
    """Asked by one's units, or of them."""

    title = _("direction")
    parameter_name = "direction"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        """The two sides."""
        return [("asked", _("asked by us")), ("received", _("asked of us"))]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The side of the person's units, those below included."""
        side = {"asked": "unit_id__in", "received": "addressee_id__in"}.get(self.value() or "")
        return queryset.filter(**{side: person(request).units_with(Permission.REQUEST_READ)}) if side else queryset


class RequestForm(forms.ModelForm[InformationRequest]):
    """What the author writes."""

    read_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """The revision that was read: a save over somebody else's is refused."""

    class Meta:
        model = InformationRequest
        fields = ("unit", *actions.EDITABLE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None:
            kwargs["initial"] = {"read_revision": instance.revision} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


@admin.register(InformationRequest)
class InformationRequestAdmin(RecordAdmin):
    """Requests that one's units asked, and those sent to them."""

    when_empty = _("Requests that your units sent or received stand here.")
    form = RequestForm
    read_permissions = READS
    write_permission = Permission.REQUEST_DRAFT
    discloses = True
    list_display = ("number", "subject", "state", "asker", "asked", "urgency", "due_at", "punctual", "made_up")
    lookups = ("due_at",)
    list_filter = (DirectionFilter, "status", "urgency", "unit__agency", "addressee__agency", "sent_at")
    search_fields = ("reference", "subject")
    search_help_text = _("Reference or words of the subject")
    ordering = ("-created_at", "-id")
    list_select_related = ("unit", "addressee")
    inlines = (AnswerInline, MessageInline)
    readonly_fields = ("reference", "state", "about", "punctual", *TOLD)
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("reference", "state", "punctual", *TOLD, "unit", "addressee", "read_revision")}),
        (_("What is asked"), {"fields": ("subject", "question", "topic", "item", "about")}),
        (_("What for"), {"fields": ("purpose", "commitment")}),
        (_("Until when"), {"fields": ("urgency", "due_at")}),
        (_("Marks"), {"fields": ("tlp", "secrecy")}),
    )

    @admin.display(description=_("reference"), ordering="reference")
    def number(self, request: InformationRequest) -> str:
        """The reference, or that there is none yet."""
        return request.reference or gettext("not yet numbered")

    @admin.display(description=_("status"), ordering="status")
    def state(self, request: InformationRequest) -> str:
        """The status as a badge."""
        return badge(request.status, request.get_status_display()) if request.status else "-"

    @admin.display(description=_("from"), ordering="unit__code")
    def asker(self, request: InformationRequest) -> str:
        """Code of the asking unit."""
        return request.unit.code

    @admin.display(description=_("to"), ordering="addressee__code")
    def asked(self, request: InformationRequest) -> str:
        """Code of the addressee."""
        return request.addressee.code

    @admin.display(description=_("answered in time"), boolean=True)
    def punctual(self, request: InformationRequest) -> bool | None:
        """Yes, no, or still open."""
        return request.answered_in_time

    @admin.display(description=_("about the item"))
    def about(self, request: InformationRequest) -> str:
        """The item, while the reader may see it."""
        return getattr(request, "shown_item", "") or "-"

    @admin.display(description=_("synthetic"))
    def made_up(self, request: InformationRequest) -> str:
        """Marks made-up data."""
        return badge("synthetic", gettext("synthetic")) if request.synthetic else ""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The request, with its item as far as the reader sees it."""
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            seen = InformationItem.objects.visible_to(person(request)).filter(pk=found.item_id).first()
            vars(found)["shown_item"] = str(seen) if seen is not None else ""
        return found

    def _drafts(self, request: HttpRequest, obj: InformationRequest) -> bool:
        """Whether the person edits this draft."""
        return obj.status == RequestStatus.DRAFT and person(request).may(Permission.REQUEST_DRAFT, obj.unit_id)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A person drafts only for units where they may."""
        form = super().get_form(request, obj, change, **kwargs)
        if "unit" in form.base_fields:
            mine = Unit.objects.filter(pk__in=person(request).units_with(Permission.REQUEST_DRAFT))
            form.base_fields["unit"].queryset = mine
            form.base_fields["unit"].initial = mine.first()
            form.base_fields["unit"].disabled = obj is not None
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Released items only; the action refuses those that did not pass between the two units."""
        if db_field.name == "item":
            kwargs["queryset"] = InformationItem.objects.filter(status=Status.RELEASED)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was sent stays."""
        if obj is None or self._drafts(request, obj):
            return self.readonly_fields
        return (*self.readonly_fields, "unit", *actions.EDITABLE)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new draft has no history; an item is shown as far as the reader may see it."""
        hidden = {"reference", "state", "punctual", *TOLD, "read_revision", "about"}
        if obj is not None:
            hidden = {name for name in (*TOLD, "reference") if not getattr(obj, name)}
            drafts = self._drafts(request, obj)
            hidden |= {"about"} if drafts else {"item"}
            if not self.has_change_permission(request, obj):
                hidden.add("read_revision")
        shown = [(title, [f for f in options["fields"] if f not in hidden]) for title, options in self.fieldsets]
        return [(title, {"fields": fields}) for title, fields in shown]

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        """Answers and messages come to a request that was sent."""
        return self.inlines if obj is not None and obj.sent_at is not None else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts by those who draft for the unit; rows of an open request by both sides."""
        if obj is None:
            return super().has_change_permission(request)
        by = person(request)
        return self._drafts(request, obj) or drafts_answer(by, obj) or writes_messages(by, obj)

    def perform_save(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> InformationRequest:
        """Create or edit through the action; on a request that was sent only rows are added."""
        by, data = person(request), form.cleaned_data
        content = {name: data[name] for name in actions.EDITABLE if name in data}
        if not change:
            return actions.create_request(unit=data["unit"], by=by, content=content)
        stored = InformationRequest.objects.get(pk=obj.pk)
        if not content:
            return stored
        expected = data.get("read_revision")
        return actions.edit_request(request=stored, by=by, content=content, expected_revision=expected)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """New rows through their actions."""
        add: dict[Any, Any] = {Answer: actions.draft_answer, RequestMessage: actions.write_message}
        for formset in formsets:
            for row in formset.extra_forms:
                if row.has_changed():
                    data = {k: v for k, v in row.cleaned_data.items() if k not in {"id", "request"}}
                    add[formset.model](request=form.instance, by=person(request), **data)

    def heading(self, obj: InformationRequest) -> dict[str, Any]:
        """Subject, status and label at a glance."""
        code = obj.tlp.lower().replace(":", "-").replace("+", "-")
        badges = [{"code": obj.status, "label": obj.get_status_display()}, {"code": code, "label": obj.tlp}]
        if obj.is_overdue:
            badges.append({"code": "overdue", "label": gettext("overdue")})
        if obj.synthetic:
            badges.append({"code": "synthetic", "label": gettext("synthetic")})
        return {"headline": obj.subject, "badges": badges}

    def moves_for(self, request: HttpRequest, obj: InformationRequest) -> list[dict[str, Any]]:
        """What this person may do with the request now; one button per reason of a refusal."""
        by = person(request)
        moves: list[dict[str, Any]] = []
        for name, move in actions_from(MOVES, obj.status):
            if not by.may(move.permission, obj.unit_id if name in ASKING else obj.addressee_id):
                continue
            if name == "refuse":
                refusals = [(f"refuse-{code}", gettext("Refuse: %s") % label) for code, label in RefusalReason.choices]
                moves += [{"name": n, "label": label, "needs_reason": True, "style": "danger"} for n, label in refusals]
            elif self._possible(by, obj, name):
                button = {"name": name, "label": move.label, "needs_reason": move.reason, "style": STYLES.get(name, "")}
                moves.append({**button, "confirm": self._confirm(obj, name)})
        return moves

    def _possible(self, by: User, obj: InformationRequest, name: str) -> bool:
        """Four eyes, and what there is to give."""
        if name == "send":
            return not obj.was_edited_by(by)
        if name == "reopen":
            return obj.reopened_at is None
        if name == "answer":
            draft = obj.answers.filter(given_at__isnull=True).first()
            return draft is not None and not draft.was_edited_by(by)
        return True

    def _confirm(self, obj: InformationRequest, name: str) -> str:
        """What a move that cannot be taken back does."""
        if name == "send":
            return gettext("Send to: %s. It cannot be edited after that.") % obj.addressee.code
        if name == "answer":
            return gettext("Give the drafted answer to: %s. It cannot be edited after that.") % obj.unit.code
        return ""

    def perform_move(self, request: HttpRequest, obj: InformationRequest, name: str, reason: str) -> str:
        """The same functions as the API."""
        by = person(request)
        if name.startswith("refuse-"):
            actions.refuse_request(request=obj, by=by, reason=name.removeprefix("refuse-"), text=reason)
            return gettext("Refused. The asking unit sees the reason.")
        match name:
            case "send":
                return gettext("Sent as %s.") % actions.send_request(request=obj, by=by).reference
            case "discard":
                actions.discard_request(request=obj, by=by)
                return gettext("The draft is given up.")
            case "receive":
                actions.receive_request(request=obj, by=by)
                return gettext("Acknowledged.")
            case "answer":
                actions.give_answer(request=obj, by=by)
                return gettext("The answer is given.")
            case "withdraw":
                actions.withdraw_request(request=obj, by=by, reason=reason)
                return gettext("Withdrawn. The addressee sees the reason.")
            case "reopen":
                actions.reopen_request(request=obj, by=by, reason=reason)
                return gettext("Asked again. The clock runs anew.")
        raise Http404
