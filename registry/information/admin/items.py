"""Items in the admin: what can be done now stands as buttons on the record's page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import Http404, HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import person
from agencies.admin_naming import code_with_name
from agencies.models import Unit
from agencies.roles import Permission
from registry.badges import badge
from registry.information import actions, receipts
from registry.information.admin import steps
from registry.information.admin.attachments import AttachmentInline, ItemFiles
from registry.information.admin.content import (
    CONTENT,
    content_fields,
    shown,
    sources_field,
    sources_named,
    sources_text,
)
from registry.information.admin.inlines import READS, DeliveryInline, VersionInline
from registry.information.admin.readings import ReadingsPage
from registry.information.models import InformationItem
from registry.information.terms import Status
from registry.information.workflow import MOVES
from registry.workflow import actions_from

STYLES = {"submit": "primary", "recall": "danger"}


class ItemForm(forms.ModelForm[Any]):
    """What an author writes: the unit, the recipients and the content of the current version."""

    locals().update(content_fields())

    based_on = sources_field()
    read_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """The revision that was read: a save over somebody else's is refused."""

    class Meta:
        model = InformationItem
        fields = ("unit", "recipients")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None and instance.current is not None:
            initial = forms.model_to_dict(instance.current, fields=CONTENT)
            initial |= {"read_revision": instance.revision, "based_on": sources_text(instance.current)}
            kwargs["initial"] = initial | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class ItemChangeList(ChangeList):
    """The list of items, newest first along the index of the access rows."""

    def get_ordering(self, request: HttpRequest, queryset: Any) -> list[Any]:
        """`listed_at` orders like `created_at` where the query set knows it."""
        ordering = super().get_ordering(request, queryset)
        known = "listed_at" in queryset.query.annotations
        return ["-listed_at" if known and field == "-created_at" else field for field in ordering]


@admin.register(InformationItem)
class InformationItemAdmin(ItemFiles, ReadingsPage):
    """Items of one's units, and those delivered to them."""

    form = ItemForm
    read_permissions = READS
    write_permission = Permission.ITEM_DRAFT
    discloses = True
    list_display = ("number", "title", "state", "tlp", "topic", "origin", "released_at")
    list_filter = ("status", "current__topic", "current__tlp", "unit__agency", "released_at")
    search_fields = ("reference", "current__title")
    search_help_text = _("Reference or words of the title")
    ordering = ("-created_at", "-id")
    list_select_related = ("current__topic", "unit__agency")
    filter_horizontal = ("recipients",)
    inlines = (AttachmentInline, DeliveryInline, VersionInline)
    steps = {
        "release": steps.ReleaseStep(),
        "release-correction": steps.ReleaseCorrectionStep(),
        "correct": steps.CorrectStep(),
        "share": steps.ShareStep(),
        "why": steps.WhyStep(),
        "impact": steps.ImpactStep(),
    }
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
                    "based_on",
                )
            },
        ),
        (_("Who gets it"), {"fields": ("recipients", "show_recipients", "tlp", "secrecy", "urgency")}),
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
        """Title of the current version; made-up data are marked."""
        title = item.current.title if item.current else ""
        return format_html("{} {}", title, badge("synthetic", gettext("synthetic"))) if item.synthetic else title

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
        """The originating unit's code, and its name then."""
        return code_with_name(item.unit)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the units' names, in one query."""
        return super().get_queryset(request).prefetch_related("unit__names")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """See ItemChangeList."""
        return ItemChangeList

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
                    setattr(item, name, shown(item.current, name))
            item.based_on = sources_text(item.current) or "-"
        return item

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Recipients and return reasons are the originator's matter; a new draft has no history."""
        hidden = set() if obj else {"reference", "state", "released_at", "return_reason", "recall_reason"}
        if obj is not None and not person(request).may(Permission.ITEM_READ_OWN, obj.unit_id):
            hidden |= {"recipients", "return_reason", "based_on"}
        if obj is not None:
            told = ("reference", "released_at", "return_reason", "recall_reason")
            hidden |= {name for name in told if not getattr(obj, name)}
        if not self.has_change_permission(request, obj):
            hidden.add("read_revision")
        return [
            (title, {**options, "fields": [f for f in options["fields"] if f not in hidden]})
            for title, options in self.fieldsets
        ]

    def get_inlines(self, request: HttpRequest, obj: InformationItem | None) -> Any:
        """What is not released yet has neither deliveries nor corrections."""
        return self.inlines if obj is not None and obj.released_at is not None else ()

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
        content["sources"] = sources_named(data.get("based_on", ""), person(request))
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
        return {"headline": obj.current.title if obj.current else "", "badges": badges}

    def moves_for(self, request: HttpRequest, obj: InformationItem) -> list[dict[str, Any]]:
        """What this person may do with the item now. Opening the page marks one's delivery as opened."""
        by = person(request)
        receipts.note_opening(item=obj, by=by)
        moves = [
            {"name": name, "label": move.label, "needs_reason": move.reason, "style": STYLES.get(name, "")}
            for name, move in actions_from(MOVES, obj.status)
            if name != "release" and by.may(move.permission, obj.unit_id)
        ]
        writes = by.may(Permission.ITEM_DRAFT, obj.unit_id) or by.may(Permission.ITEM_RELEASE, obj.unit_id)
        if writes and actions.open_correction(obj) is not None:
            moves.append({"name": "withdraw_correction", "label": gettext("Give up the correction")})
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
            case "withdraw_correction":
                actions.withdraw_correction(item=obj, by=by)
                return gettext("The correction is given up. What was released stands.")
            case "recall":
                actions.recall_item(item=obj, by=by, reason=reason)
                return gettext("Recalled. Recipients no longer see the content.")
        raise Http404
