"""Commendations in the admin: nominated with cases and units, ended by what the authority decided."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, RecordInline, person
from agencies.admin_steps import Step
from agencies.models import Unit, today
from agencies.refusals import Invalid
from agencies.roles import Permission
from registry.badges import badge
from registry.cases.models import JointCase
from registry.commendations import actions
from registry.commendations.models import Commendation, CommendationCase, CommendationRecipient
from registry.commendations.terms import CommendationStatus
from registry.commendations.workflow import MOVES
from registry.workflow import actions_from

READS = (Permission.CONFERENCE_READ, Permission.DOCUMENT_READ)


class CommendationForm(forms.ModelForm[Commendation]):
    """A nomination."""

    cases = forms.ModelMultipleChoiceField(JointCase.objects.none(), label=_("joint cases"))
    units = forms.ModelMultipleChoiceField(Unit.objects.none(), label=_("units commended as a whole"), required=False)
    people = forms.CharField(
        label=_("people commended"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One line for each unit: its code and how many people, for example C04 12. Never a name."),
    )
    confirm_no_person = forms.BooleanField(
        label=_("What looks like a person in the text is none"), required=False, initial=False
    )

    class Meta:
        model = Commendation
        fields = (
            "unit",
            "level",
            "form",
            "authority_vi",
            "authority_en",
            "achievement_vi",
            "achievement_en",
            "proposed_on",
            "further_reason",
        )

    def recipients(self) -> list[actions.RecipientInput]:
        """Units as a whole, and numbers of people; Invalid for a line that is neither."""
        numbers: dict[str, int] = {}
        for line in self.cleaned_data["people"].splitlines():
            code, _blank, number = line.strip().rpartition(" ")
            if not line.strip():
                continue
            if not number.isdecimal() or not code:
                raise Invalid({"people": gettext("Write the code of the unit, a blank and a number: %s") % line})
            numbers[code.strip()] = int(number)
        found = {unit.code: unit for unit in Unit.objects.filter(code__in=numbers)}
        if missing := sorted(set(numbers) - set(found)):
            raise Invalid({"people": gettext("There is no such unit: %s") % ", ".join(missing)})
        whole = {unit.code: unit for unit in self.cleaned_data["units"]}
        return [
            actions.RecipientInput(unit, collective=code in whole, individuals=numbers.get(code, 0))
            for code, unit in sorted((whole | found).items())
        ]


class AwardForm(forms.Form):
    """The decision."""

    awarded_on = forms.DateField(label=_("awarded on"), widget=AdminDateWidget)
    document_number = forms.CharField(label=_("number of the decision"), max_length=64)


class AwardStep(Step):
    """The authority awarded it."""

    label = _("Record the award")
    hint = _("From then on it is final, and everybody who reads conferences sees it without its cases.")
    style = "primary"

    def allowed(self, request: HttpRequest, obj: Any) -> bool:
        """By the head of the nominating unit."""
        may = person(request).may(Permission.COMMENDATION_DECIDE, obj.unit_id)
        return may and obj.status == CommendationStatus.NOMINATED

    def form(self, request: HttpRequest, obj: Any, data: Any = None) -> forms.Form:
        """Of today, as a rule."""
        return AwardForm(data, initial={"awarded_on": today()})

    def perform(self, request: HttpRequest, obj: Any, data: dict[str, Any]) -> str:
        """The same function as the API."""
        actions.record_award(commendation=obj, by=person(request), **data)
        return gettext("The award is recorded.")


class RecipientInline(RecordInline):
    """Who is commended."""

    model = CommendationRecipient
    read_permissions = READS
    fields = ("unit", "collective", "individuals")


class CaseInline(RecordInline):
    """For which cases, as far as the reader sees them."""

    model = CommendationCase
    read_permissions = READS
    fields = ("case",)


@admin.register(Commendation)
class CommendationAdmin(RecordAdmin):
    """Awards, and nominations of one's own units."""

    form = CommendationForm
    read_permissions = READS
    write_permission = Permission.COMMENDATION_WRITE
    list_display = ("reference", "state", "level", "form", "authority_vi", "proposed_on", "awarded_on", "made_up")
    list_filter = ("status", "level", "form")
    search_fields = ("reference", "document_number", "achievement_vi", "achievement_en")
    search_help_text = _("Reference, number of the decision or achievement")
    ordering = ("-proposed_on", "-id")
    list_select_related = ("unit",)
    inlines = (RecipientInline, CaseInline)
    readonly_fields = ("reference", "state", "agency_order", "awarded_on", "document_number", "end_reason", "made_up")
    steps: ClassVar[Mapping[str, Step]] = {"record-award": AwardStep()}
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("reference", "state", "made_up", "unit", "level", "form", "authority_vi", "authority_en")}),
        (_("Achievement"), {"fields": ("achievement_vi", "achievement_en", "agency_order")}),
        (_("Decision"), {"fields": ("proposed_on", "awarded_on", "document_number", "end_reason")}),
    )

    @admin.display(description=_("status"), ordering="status")
    def state(self, commendation: Commendation) -> str:
        """The status as a badge."""
        return badge(commendation.status, commendation.get_status_display())

    @admin.display(description=_("agencies in protocol order"))
    def agency_order(self, commendation: Commendation) -> str:
        """As they stood on the day."""
        return ", ".join(agency.name(commendation.day) or agency.code for agency in commendation.agencies())

    @admin.display(description=_("synthetic"))
    def made_up(self, commendation: Commendation) -> str:
        """Marks made-up data."""
        return badge("synthetic", gettext("synthetic")) if commendation.synthetic else ""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the agencies of the recipients."""
        return super().get_queryset(request).prefetch_related("recipients__unit__agency__protocol")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new one is what is proposed."""
        if obj is not None:
            return self.fieldsets
        return [(None, {"fields": (*CommendationForm.Meta.fields, "cases", "units", "people", "confirm_no_person")})]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Cases as far as the person sees them; units in which the person nominates."""
        form = super().get_form(request, obj, change, **kwargs)
        if obj is None:
            by = person(request)
            form.base_fields["cases"].queryset = JointCase.objects.visible_to(by)
            form.base_fields["units"].queryset = Unit.objects.visible_to(by).prefetch_related("names")
            form.base_fields["unit"].queryset = Unit.objects.filter(pk__in=by.units_with(self.write_permission))
        return form

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        """Rows belong to a nomination that stands."""
        return self.inlines if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A nomination is withdrawn and made anew, never edited."""
        return False

    def perform_save(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> Commendation:
        """Nominate through the action."""
        data = form.cleaned_data
        return actions.nominate(
            by=person(request),
            cases=[case.pk for case in data["cases"]],
            recipients=form.recipients(),
            confirm=["looks_like_person"] if data["confirm_no_person"] else [],
            **{name: data[name] for name in CommendationForm.Meta.fields},
        )

    def moves_for(self, request: HttpRequest, obj: Commendation) -> list[dict[str, Any]]:
        """Declined or withdrawn; an award has a page of its own."""
        by = person(request)
        return [
            {"name": name, "label": move.label, "needs_reason": move.reason}
            for name, move in actions_from(MOVES, obj.status)
            if name != "award" and by.may(move.permission, obj.unit_id)
        ]

    def perform_move(self, request: HttpRequest, obj: Commendation, name: str, reason: str) -> str:
        """The same functions as the API."""
        match name:
            case "decline":
                actions.decline_nomination(commendation=obj, reason=reason, by=person(request))
                return gettext("Recorded as declined.")
            case "withdraw":
                actions.withdraw_nomination(commendation=obj, reason=reason, by=person(request))
                return gettext("Withdrawn.")
        raise Http404
