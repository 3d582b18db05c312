"""Forms and related rows of a case's page."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordInline, person
from agencies.models import AreaLead, Unit, today
from agencies.roles import Permission
from registry import quantities
from registry.cases.actions import FACTS
from registry.cases.admin.steps import leads, takes_part
from registry.cases.admin.words import confirm_field
from registry.cases.measures import told
from registry.cases.models import (
    CaseEntry,
    CaseItem,
    HandOver,
    JointCase,
    LotDivision,
    Participation,
    SeizureLot,
    TaskForce,
)
from registry.cases.models.facts import SEVERAL
from registry.cases.terms import Country
from registry.information.models import Delivery, InformationItem
from registry.information.terms import DeliveryStatus, Status

READS = (Permission.CASE_READ,)
CONTENT = ("kind", "title", "summary", "opened_on", "area", "place", "deviation_reason", "arrests", *sorted(FACTS))
USABLE = (DeliveryStatus.ACKNOWLEDGED, DeliveryStatus.EVALUATED, DeliveryStatus.USED)


def units_field(label: Any) -> "forms.ModelMultipleChoiceField[Unit]":
    """A picker of several units; its choices are set per person."""
    widget = FilteredSelectMultiple(label, is_stacked=False)
    return forms.ModelMultipleChoiceField(Unit.objects.none(), required=False, label=label, widget=widget)


def several_field(name: str) -> forms.MultipleChoiceField:
    """Boxes for several codes of a vocabulary."""
    label = JointCase._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    long = SEVERAL[name] is Country
    widget: Any = forms.SelectMultiple(attrs={"size": 6}) if long else forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(required=False, label=label, choices=SEVERAL[name].choices, widget=widget)


def who_leads_where() -> str:
    """For each area the agency that leads there today: what the form suggests."""
    held = AreaLead.objects.select_related("area", "agency").prefetch_related("agency__names")
    found = [f"{lead.area}: {lead.agency.name()}" for lead in held.order_by("area__code") if lead.holds_on(today())]
    return gettext("Who leads by law: %s. Another agency leads with a reason.") % ("; ".join(found) or "-")


class CaseForm(forms.ModelForm[JointCase]):
    """What the lead writes; on a new case also who takes part beside it."""

    routes = several_field("routes")
    border_types = several_field("border_types")
    transport = several_field("transport")
    concealment = several_field("concealment")
    from_countries = several_field("from_countries")
    through_countries = several_field("through_countries")
    to_countries = several_field("to_countries")
    confirm_person = confirm_field()
    co_leads = units_field(_("co-leads"))
    coordinators = units_field(_("coordinators"))
    read_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """The revision that was read: a save over somebody else's is refused."""

    class Meta:
        model = JointCase
        fields = ("unit", *CONTENT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None:
            kwargs["initial"] = {"read_revision": instance.revision} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class LinkForm(forms.ModelForm[CaseItem]):
    """Either a delivery or an item of one's own."""

    class Meta:
        model = CaseItem
        fields = ("delivery", "item")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("delivery", "item"):
            if name in self.fields:
                self.fields[name].required = False


class ParticipationInline(RecordInline):
    """Who takes part."""

    model = Participation
    fields = ("unit", "role", "valid_from", "valid_to", "confirmed_at")
    readonly_fields = ("valid_to", "confirmed_at")
    read_permissions = READS
    verbose_name_plural = _("who takes part")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The lead takes units in."""
        return leads(person(request), obj)


class LotColumns:
    """What a lot amounts to and whether it counts, in words."""

    @admin.display(description=_("value"))
    def amount(self, lot: SeizureLot) -> str:
        """The value as people write it: without the zeros of the column."""
        return quantities.number(lot.value, get_language() or settings.LANGUAGE_CODE) if lot.value is not None else "-"

    @admin.display(description=_("normalised value"))
    def normalised(self, lot: SeizureLot) -> str:
        """In the unit in which its dimension is printed, or that it is not weighed."""
        if lot.normalised_value is None or lot.unit is None:
            return gettext("not weighed yet")
        return told(lot.normalised_value, lot.unit.dimension, get_language() or settings.LANGUAGE_CODE)

    @admin.display(description=_("in sums"))
    def standing(self, lot: SeizureLot) -> str:
        """Whether it counts, or stands as history."""
        if lot.divided_by_id is not None:
            return gettext("history: split or merged")
        return gettext("duplicate") if getattr(lot, "repeats_seen", None) else gettext("counts")


class LotInline(LotColumns, RecordInline):
    """What was seized. Lots are entered on a page of their own, where what is typed is read back."""

    model = SeizureLot
    fields = ("substance", "raw_text", "comparator", "amount", "unit", "normalised", "seized_on", "standing")
    readonly_fields = fields
    read_permissions = READS

    def get_queryset(self, request: HttpRequest) -> Any:
        """With substance and unit, and what each repeats as far as the reader sees it."""
        found = super().get_queryset(request).select_related("substance", "unit")
        return found.told_to(person(request))  # type: ignore[attr-defined]


class DivisionInline(RecordInline):
    """Splits and merges of lots."""

    model = LotDivision
    fields = ("decided_at", "kind", "reason", "decided_by")
    readonly_fields = fields
    read_permissions = READS


class ItemInline(RecordInline):
    """Items used in the case, as far as the reader sees them."""

    model = CaseItem
    form = LinkForm
    fields = ("delivery", "item", "unit", "linked_at")
    readonly_fields = ("unit", "linked_at")
    read_permissions = READS

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever takes part links what it holds."""
        return takes_part(person(request), obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """One's units' acknowledged deliveries, and one's units' own released items."""
        units = person(request).units_with(Permission.CASE_WRITE)
        if db_field.name == "delivery":
            held = Delivery.objects.filter(unit_id__in=units, status__in=USABLE)
            kwargs["queryset"] = held.select_related("item", "unit")
        elif db_field.name == "item":
            kwargs["queryset"] = InformationItem.objects.filter(unit_id__in=units, status=Status.RELEASED)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class EntryInline(RecordInline):
    """What those who take part wrote into the timeline."""

    model = CaseEntry
    fields = ("happened_on", "text", "unit", "author", "created_at")
    readonly_fields = fields
    read_permissions = READS


class HandOverInline(RecordInline):
    """Hand-overs of the lead."""

    model = HandOver
    fields = ("handed_on", "from_unit", "to_unit", "what", "received_at", "receipt_note")
    readonly_fields = fields
    read_permissions = READS


class TaskForceInline(RecordInline):
    """Task forces of the case."""

    model = TaskForce
    fields = ("name", "units", "valid_from", "valid_to", "purpose")
    readonly_fields = fields
    read_permissions = READS

    def get_queryset(self, request: HttpRequest) -> Any:
        """With its units."""
        return super().get_queryset(request).prefetch_related("members__unit")

    @admin.display(description=_("units"))
    def units(self, force: TaskForce) -> str:
        """Codes of its units."""
        return ", ".join(sorted(member.unit.code for member in force.members.all()))
