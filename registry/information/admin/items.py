"""Items in the admin: what can be done now stands as buttons on the record's page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import (
    AdminDateWidget,
    AdminTextareaWidget,
    AdminTextInputWidget,
    FilteredSelectMultiple,
)
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, person
from agencies.models import Unit
from agencies.roles import Permission
from registry.badges import badge
from registry.information import actions, receipts
from registry.information.admin.attachments import AttachmentInline, ItemFiles
from registry.information.admin.inlines import READS, DeliveryInline
from registry.information.models import InformationItem, ItemVersion
from registry.information.terms import Status
from registry.information.workflow import MOVES
from registry.workflow import actions_from

STYLES = {"release": "primary", "submit": "primary", "acknowledge": "primary", "recall": "danger"}


CONTENT = tuple(name for name in forms.fields_for_model(ItemVersion) if name in actions.EDITABLE)


def _widget(field: Any, **kwargs: Any) -> Any:
    """Admin widgets for the version's fields."""
    if isinstance(field, models.DateField):
        kwargs["widget"] = AdminDateWidget()
    elif isinstance(field, models.ManyToManyField):
        kwargs["widget"] = FilteredSelectMultiple(str(field.verbose_name), is_stacked=False)
    elif isinstance(field, models.TextField):
        kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 10})
    elif isinstance(field, models.CharField) and not field.choices:
        kwargs["widget"] = AdminTextInputWidget()
    return field.formfield(**kwargs)


def _content_fields() -> dict[str, forms.Field]:
    """The version's fields; `short_description` is the label that read-only pages show."""
    fields = forms.fields_for_model(ItemVersion, fields=CONTENT, formfield_callback=_widget)
    for field in fields.values():
        vars(field)["short_description"] = field.label
    return fields


class ItemForm(forms.ModelForm[Any]):
    """What an author writes: the unit, the recipients and the content of the current version."""

    locals().update(_content_fields())

    read_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """The revision that was read: a save over somebody else's is refused."""

    class Meta:
        model = InformationItem
        fields = ("unit", "recipients")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None and instance.current is not None:
            initial = forms.model_to_dict(instance.current, fields=CONTENT) | {"read_revision": instance.revision}
            kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


@admin.register(InformationItem)
class InformationItemAdmin(ItemFiles, RecordAdmin):
    """Items of one's units, and those delivered to them."""

    form = ItemForm
    read_permissions = READS
    write_permission = Permission.ITEM_DRAFT
    discloses = True
    list_display = ("number", "title", "state", "tlp", "topic", "origin", "released_at", "made_up")
    list_filter = ("status", "current__topic", "current__tlp", "unit__agency", "released_at")
    search_fields = ("reference", "current__title")
    search_help_text = _("Reference or words of the title")
    date_hierarchy = "released_at"
    ordering = ("-created_at", "-id")
    list_select_related = ("current__topic", "unit__agency")
    filter_horizontal = ("recipients",)
    inlines = (AttachmentInline, DeliveryInline)
    readonly_fields = ("reference", "state", "return_reason", "recall_reason", "released_at")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "reference",
                    "state",
                    "released_at",
                    "return_reason",
                    "recall_reason",
                    "unit",
                    "read_revision",
                )
            },
        ),
        (
            _("Content"),
            {
                "fields": (
                    "title",
                    "topic",
                    "body",
                    "area",
                    "places",
                    "substances",
                    ("facts_from", "facts_to"),
                )
            },
        ),
        (_("Who gets it"), {"fields": ("recipients", "tlp", "secrecy", "urgency")}),
        (
            _("Conditions"),
            {
                "fields": (
                    ("no_onward", "no_judicial_use"),
                    ("contact_before_action", "return_after_reading"),
                    "expires_on",
                    "conditions",
                )
            },
        ),
        (_("Quality"), {"fields": (("source_grade", "information_grade"),)}),
    )

    @admin.display(description=_("reference"), ordering="reference")
    def number(self, item: InformationItem) -> str:
        """The reference, or that there is none yet."""
        return item.reference or gettext("not yet numbered")

    @admin.display(description=_("title"), ordering="current__title")
    def title(self, item: InformationItem) -> str:
        """Title of the current version."""
        return item.current.title if item.current else ""

    @admin.display(description=_("status"), ordering="status")
    def state(self, item: InformationItem) -> str:
        """The status as a badge."""
        return badge(item.status, item.get_status_display()) if item.pk and item.status else "-"

    @admin.display(description="TLP")
    def tlp(self, item: InformationItem) -> str:
        """The label as a badge."""
        return badge(item.current.tlp, item.current.tlp) if item.current else ""

    @admin.display(description=_("topic"))
    def topic(self, item: InformationItem) -> str:
        """The topic."""
        return str(item.current.topic) if item.current else ""

    @admin.display(description=_("from"), ordering="unit__code")
    def origin(self, item: InformationItem) -> str:
        """The originating unit's code."""
        return item.unit.code

    @admin.display(description=_("synthetic"), boolean=False)
    def made_up(self, item: InformationItem) -> str:
        """Marks made-up data."""
        return badge("synthetic", gettext("synthetic")) if item.synthetic else ""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A person drafts only for units where they may."""
        form = super().get_form(request, obj, change, **kwargs)
        if "unit" in form.base_fields:
            drafts = Unit.objects.filter(pk__in=person(request).units_with(Permission.ITEM_DRAFT))
            form.base_fields["unit"].queryset = drafts
            form.base_fields["unit"].initial = drafts.first()
            form.base_fields["unit"].disabled = obj is not None
        return form

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The item, with its content readable on the page of somebody who may not edit it."""
        item = super().get_object(request, object_id, from_field)
        if item is not None and item.current is not None:
            for name in CONTENT:
                if not hasattr(type(self), name):
                    setattr(item, name, _shown(item.current, name))
        return item

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Recipients and return reasons are the originator's matter; a new draft has no history."""
        hidden = set() if obj else {"reference", "state", "released_at", "return_reason", "recall_reason"}
        if obj is not None and not person(request).may(Permission.ITEM_READ_OWN, obj.unit_id):
            hidden |= {"recipients", "return_reason"}
        if obj is not None:
            hidden |= {name for name in ("return_reason", "recall_reason") if not getattr(obj, name)}
        if not self.has_change_permission(request, obj):
            hidden.add("read_revision")
        return [
            (title, {**options, "fields": [f for f in options["fields"] if f not in hidden]})
            for title, options in self.fieldsets
        ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts and returned items, by those who draft for the unit."""
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or (
            obj.status in {Status.DRAFT, Status.RETURNED} and person(request).may(Permission.ITEM_DRAFT, obj.unit_id)
        )

    def perform_save(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> InformationItem:
        """Create or edit through the action."""
        data = form.cleaned_data
        content = {name: data[name] for name in CONTENT if name in data}
        recipients = list(data.get("recipients", []))
        if change:
            return actions.edit_item(
                item=obj,
                by=person(request),
                content=content,
                recipients=recipients,
                expected_revision=data.get("read_revision"),
            )
        return actions.create_item(unit=data["unit"], by=person(request), content=content, recipients=recipients)

    def heading(self, obj: InformationItem) -> dict[str, Any]:
        """Title, status and label at a glance."""
        badges = [{"code": obj.status, "label": obj.get_status_display()}]
        if obj.current is not None:
            code = obj.current.tlp.lower().replace(":", "-").replace("+", "-")
            badges.append({"code": code, "label": obj.current.tlp})
        if obj.synthetic:
            badges.append({"code": "synthetic", "label": gettext("synthetic")})
        return {"headline": self.title(obj), "badges": badges}

    def moves_for(self, request: HttpRequest, obj: InformationItem) -> list[dict[str, Any]]:
        """What this person may do with the item now. Opening the page marks one's delivery as opened."""
        by = person(request)
        receipts.note_opening(item=obj, by=by)
        moves = []
        for name, move in actions_from(MOVES, obj.status):
            wrote = by.pk in {obj.author_id, obj.current.edited_by_id if obj.current else None}
            if by.may(move.permission, obj.unit_id) and not (name == "release" and wrote):
                style = STYLES.get(name, "")
                button = {"name": name, "label": move.label, "needs_reason": move.reason, "style": style}
                if name == "release":
                    codes = ", ".join(unit.code for unit in obj.recipients.order_by("code")) or "-"
                    button["confirm"] = gettext("Deliver to: %s. It cannot be edited after that.") % codes
                moves.append(button)
        return moves

    def perform_move(self, request: HttpRequest, obj: InformationItem, name: str, reason: str) -> str:
        """The same functions as the API."""
        by = person(request)
        match name:
            case "submit":
                actions.submit_item(item=obj, by=by)
                return gettext("Submitted. The head of the unit can release it now.")
            case "return":
                actions.return_item(item=obj, by=by, reason=reason)
                return gettext("Returned to the author.")
            case "release":
                item = actions.release_item(item=obj, by=by)
                return gettext("Released as %s and delivered.") % item.reference
            case "recall":
                actions.recall_item(item=obj, by=by, reason=reason)
                return gettext("Recalled. Recipients no longer see the content.")
        raise Http404


def _shown(version: ItemVersion, name: str) -> Any:
    """A field of the version as read-only text."""
    field = ItemVersion._meta.get_field(name)
    if isinstance(field, models.BooleanField):
        return gettext("yes") if getattr(version, name) else gettext("no")
    if isinstance(field, models.ManyToManyField):
        return ", ".join(str(related) for related in getattr(version, name).all()) or "-"
    if getattr(field, "choices", None):
        return getattr(version, f"get_{name}_display")() or "-"
    value = getattr(version, name)
    return "-" if value in {None, ""} else value
