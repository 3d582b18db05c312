"""Joint cases in the admin: the lead writes, those who take part confirm and link what they hold."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, person
from agencies.models import Unit, User
from agencies.roles import Permission
from registry.badges import badge
from registry.cases import actions
from registry.cases.admin.lot_forms import LotStep, WeighStep
from registry.cases.admin.rows import (
    CONTENT,
    READS,
    CaseForm,
    DivisionInline,
    EntryInline,
    HandOverInline,
    ItemInline,
    LotInline,
    ParticipationInline,
    TaskForceInline,
    who_leads_where,
)
from registry.cases.admin.steps import (
    CloseStep,
    EntryStep,
    HandOverStep,
    ReceiveStep,
    ReopenStep,
    TaskForceStep,
    TimelineStep,
    leads,
    takes_part,
)
from registry.cases.admin.words import CONFIRM, confirmed, looks_like_person
from registry.cases.models import CaseItem, JointCase, Participation
from registry.cases.models.facts import SEVERAL
from registry.cases.terms import CaseRole, CaseStatus


def _in_words(name: str) -> Any:
    """Shows the codes noted as their words."""

    def shown(self: Any, case: JointCase) -> str:
        known = dict(SEVERAL[name].choices)
        return ", ".join(str(known.get(code, code)) for code in getattr(case, name)) or "-"

    return admin.display(description=JointCase._meta.get_field(name).verbose_name)(shown)  # type: ignore[union-attr]


COUNTRIES = ("from_countries", "through_countries", "to_countries")
SHOWN = {name: f"{name}_in_words" for name in SEVERAL} | {"other_places": "other_places_in_words"}
"""How several codes are shown to whoever only reads."""


@admin.register(JointCase)
class JointCaseAdmin(RecordAdmin):
    """Joint cases in which one's units take part."""

    when_empty = _("Joint cases in which your units take part stand here. The unit that leads opens them.")
    form = CaseForm
    read_permissions = READS
    write_permission = Permission.CASE_WRITE
    discloses = True
    list_display = ("reference", "title", "kind_badge", "state", "area", "lead", "opened_on", "made_up")
    list_filter = ("status", "kind", "area", "unit__agency", "opened_on")
    search_fields = ("reference", "title")
    search_help_text = _("Reference or words of the title")
    date_hierarchy = "opened_on"
    ordering = ("-opened_on", "-id")
    list_select_related = ("area", "unit")
    inlines = (ParticipationInline, HandOverInline, TaskForceInline, LotInline, DivisionInline, ItemInline, EntryInline)
    readonly_fields = ("reference", "state", "lead", "closed_on", "result", "lessons", "made_up")
    filter_horizontal = ("other_places",)
    steps: ClassVar[Any] = {
        "timeline": TimelineStep(),
        "entry": EntryStep(),
        "lot": LotStep(),
        "weigh": WeighStep(),
        "hand-over": HandOverStep(),
        "receive": ReceiveStep(),
        "task-force": TaskForceStep(),
        "close": CloseStep(),
        "reopen": ReopenStep(),
    }
    routes_in_words = _in_words("routes")
    border_types_in_words = _in_words("border_types")
    transport_in_words = _in_words("transport")
    concealment_in_words = _in_words("concealment")
    from_countries_in_words = _in_words("from_countries")
    through_countries_in_words = _in_words("through_countries")
    to_countries_in_words = _in_words("to_countries")
    fieldsets: ClassVar[Any] = (
        (
            None,
            {
                "fields": (
                    "reference",
                    "state",
                    "made_up",
                    "closed_on",
                    "result",
                    "lessons",
                    "unit",
                    "lead",
                    "read_revision",
                )
            },
        ),
        (_("Content"), {"fields": (CONFIRM, "kind", "title", "summary", "opened_on", "arrests")}),
        (_("Where"), {"fields": ("area", "place", "other_places", "border_types")}),
        (
            _("Lines and means"),
            {"fields": ("routes", "transport", "concealment", *COUNTRIES), "classes": ("collapse",)},
        ),
        (_("Who leads and why"), {"fields": ("detected_by", "deviation_reason")}),
        (_("Who takes part"), {"fields": ("co_leads", "coordinators")}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """With those who take part: the lead of a day is read from them."""
        return super().get_queryset(request).prefetch_related("participations__unit")

    @admin.display(description=_("further places"))
    def other_places_in_words(self, case: JointCase) -> str:
        """Their names."""
        return ", ".join(map(str, case.other_places.prefetch_related("names"))) or "-"

    @admin.display(description=_("kind"), ordering="kind")
    def kind_badge(self, case: JointCase) -> str:
        """The kind as a badge."""
        return badge(case.kind, case.get_kind_display())

    @admin.display(description=_("status"), ordering="status")
    def state(self, case: JointCase) -> str:
        """The status as a badge."""
        return badge(case.status, case.get_status_display())

    @admin.display(description=_("led by"))
    def lead(self, case: JointCase) -> str:
        """Code of the unit that leads today."""
        pk = case.leading_unit_id()
        return next((row.unit.code for row in case.participations.all() if row.unit_id == pk), case.unit.code)

    @admin.display(description=_("synthetic"))
    def made_up(self, case: JointCase) -> str:
        """Marks made-up data."""
        return badge("synthetic", gettext("synthetic")) if case.synthetic else ""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A person opens cases only for units where they may; others are taken in by their code."""
        form = super().get_form(request, obj, change, **kwargs)
        if "unit" in form.base_fields:
            mine = Unit.objects.filter(pk__in=person(request).units_with(Permission.CASE_WRITE))
            form.base_fields["unit"].queryset = mine
            form.base_fields["unit"].initial = mine.first()
        units = Unit.objects.visible_to(person(request)).prefetch_related("names")
        for name in ("co_leads", "coordinators"):
            form.base_fields[name].queryset = units
        if "area" in form.base_fields:
            form.base_fields["area"].help_text = who_leads_where()
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The recording unit stays; those who take part read what the lead wrote."""
        if obj is None:
            return self.readonly_fields
        written = () if leads(person(request), obj) else (*CONTENT, *SHOWN.values())
        return (*self.readonly_fields, "unit", *written)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new case has no history; an old one shows who takes part below."""
        hidden = {"reference", "state", "made_up", "lead", "closed_on", "result", "lessons", "read_revision"}
        if obj is not None:
            closed = set() if obj.status == CaseStatus.CLOSED else {"closed_on", "result"}
            hidden = {"co_leads", "coordinators"} | closed
            if not obj.lessons:
                hidden.add("lessons")
            if not self.has_change_permission(request, obj):
                hidden.add("read_revision")
        if not looks_like_person(request.POST):
            hidden.add(CONFIRM)
        words = {} if obj is None or leads(person(request), obj) else SHOWN
        shown = [
            (title, {**options, "fields": [words.get(f, f) for f in options["fields"] if f not in hidden]})
            for title, options in self.fieldsets
        ]
        return [(title, options) for title, options in shown if options["fields"]]

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        """Rows are added to a case that stands."""
        return self.inlines if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Open cases, by those who write cases for a unit that takes part."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or takes_part(person(request), obj))

    def shown_in(self, request: HttpRequest, records: Iterable[Any]) -> list[str]:
        """The page of a case shows which items served it; a list does not."""
        shown = super().shown_in(request, records)
        if request.resolver_match is None or "object_id" not in request.resolver_match.kwargs:
            return shown
        links = CaseItem.objects.visible_to(person(request)).filter(case__in=list(records))
        return [*shown, *(str(pk) for pk in links.values_list("item_id", flat=True))]

    def perform_save(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> JointCase:
        """Open or edit through the action; who only takes part changes nothing here."""
        by, data = person(request), form.cleaned_data
        if not change:
            roles = (("co_leads", CaseRole.CO_LEAD), ("coordinators", CaseRole.COORDINATOR))
            participants = [(unit, role) for name, role in roles for unit in data.get(name, ())]
            content = {name: data[name] for name in CONTENT if name not in actions.FACTS}
            facts = {name: data[name] for name in actions.FACTS}
            given: dict[str, Any] = {"participants": participants, "facts": facts, "confirm": confirmed(data)}
            return actions.open_case(by=by, unit=data["unit"], **given, **content)
        case = JointCase.objects.get(pk=obj.pk)
        content = {name: data[name] for name in form.changed_data if name in CONTENT}
        expected = data.get("read_revision")
        given = {"confirm": confirmed(data), "expected_revision": expected}
        return actions.edit_case(case=case, by=by, content=content, **given) if content else case

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """New rows through their actions."""
        add: dict[Any, Any] = {
            Participation: actions.add_participation,
            CaseItem: actions.link_item,
        }
        for formset in formsets:
            for row in formset.extra_forms:
                if row.has_changed():
                    data = {k: v for k, v in row.cleaned_data.items() if k not in {"id", "case"} and v is not None}
                    add[formset.model](case=form.instance, by=person(request), **data)

    def moves_for(self, request: HttpRequest, obj: JointCase) -> list[dict[str, Any]]:
        """Those who take part confirm; everything else has a page of its own."""
        if self._to_confirm(person(request), obj) is None:
            return []
        return [{"name": "confirm", "label": _("Confirm that we take part"), "style": "primary"}]

    def _to_confirm(self, by: User, case: JointCase) -> Participation | None:
        rows = [row for row in case.participations.all() if row.confirmed_at is None]
        return next((row for row in rows if by.may(Permission.CASE_CONFIRM, row.unit_id)), None)

    def perform_move(self, request: HttpRequest, obj: JointCase, name: str, reason: str) -> str:
        """The same functions as the API."""
        row = self._to_confirm(person(request), obj) if name == "confirm" else None
        if row is None:
            raise Http404
        actions.confirm_participation(participation=row, by=person(request))
        return gettext("Confirmed.")
