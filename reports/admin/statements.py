"""Statements in the admin: figures as a table while it is a draft, a button to confirm."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.admin_base import person
from agencies.audit.log import disclose
from agencies.models import Unit
from agencies.roles import Permission
from registry.badges import badge
from registry.periods import Period
from registry.workflow import actions_from
from reports import actions
from reports.admin.figures import GIVEN, READS, FigureInline, Overdue, writes
from reports.admin.sheets import StatementSheets
from reports.deadlines import due_on, overdue
from reports.models import Claim, Statement
from reports.prefill import prefill_statement
from reports.workflow import MOVES


class StatementForm(forms.ModelForm[Statement]):
    """For a new statement, unit and period; afterwards the figures alone are written."""

    read_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """The revision that was read: a save over somebody else's is refused."""

    class Meta:
        model = Statement
        fields = ("unit", "period_label", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None:
            kwargs["initial"] = {"read_revision": instance.revision} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if "period_label" in self.fields:
            self.fields["period_label"].help_text = _("For example 2024-Q2, 2024-H1 or 2024-06.")


@admin.register(Statement)
class StatementAdmin(StatementSheets):
    """An agency's figures for a period."""

    when_empty = _("Statements of your units stand here. Begin one with “New”: it can be filled from the joint cases.")
    form = StatementForm
    read_permissions = READS
    write_permission = Permission.STATEMENT_WRITE
    discloses = True
    list_display = ("period_label", "agency", "number", "state", "due", "unit_code", "confirmed_at", "made_up")
    list_filter = (Overdue, "status", "agency", "period_label")
    search_fields = ("period_label",)
    search_help_text = _("Period, for example 2024-Q2")
    ordering = ("-period_start", "-number", "-id")
    list_select_related = ("agency", "unit")
    inlines = (FigureInline,)
    readonly_fields = ("state", "agency", "number", "period", "due", "confirmed_at", "made_up")
    fieldsets: ClassVar[Any] = (
        (
            None,
            {
                "fields": (
                    "state",
                    "made_up",
                    "agency",
                    "unit",
                    "period_label",
                    "period",
                    "due",
                    "number",
                    "reason",
                    "confirmed_at",
                    "read_revision",
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the names shown."""
        return super().get_queryset(request).prefetch_related("agency__names", "unit__names")

    @admin.display(description=_("status"), ordering="status")
    def state(self, statement: Statement) -> str:
        """The status as a badge."""
        return badge(statement.status, statement.get_status_display())

    @admin.display(description=_("due on"), ordering="period_end")
    def due(self, statement: Statement) -> str:
        """The last day to confirm; marked when a draft is late."""
        day = f"{due_on(statement.period_end):%d/%m/%Y}"
        late = statement.number == 1 and overdue(statement, statement.period_end)
        return format_html("{} {}", day, badge("overdue", gettext("overdue"))) if late else day

    @admin.display(description=_("unit"), ordering="unit__code")
    def unit_code(self, statement: Statement) -> str:
        """The stating unit."""
        return statement.unit.code

    @admin.display(description=_("first and last day"))
    def period(self, statement: Statement) -> str:
        """The days, and how they were cut."""
        last = statement.period_end - actions.DAY
        return f"{statement.period_start:%d/%m/%Y} – {last:%d/%m/%Y} ({statement.get_period_basis_display()})"

    @admin.display(description=_("synthetic"))
    def made_up(self, statement: Statement) -> str:
        """Marks made-up data."""
        return badge("synthetic", gettext("synthetic")) if statement.synthetic else ""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A person states only for central units where they may."""
        form = super().get_form(request, obj, change, **kwargs)
        if "unit" in form.base_fields:
            mine = Unit.objects.filter(pk__in=person(request).units_with(Permission.STATEMENT_WRITE))
            form.base_fields["unit"].queryset = mine.filter(level__in=actions.SPEAKING_LEVELS)
            form.base_fields["unit"].initial = form.base_fields["unit"].queryset.first()
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Unit and period are said once."""
        return self.readonly_fields if obj is None else (*self.readonly_fields, "unit", "period_label", "reason")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new statement has unit and period, nothing else yet."""
        if obj is None:
            return [(None, {"fields": ("unit", "period_label", "reason")})]
        hidden = set() if writes(person(request), obj) else {"read_revision"}
        hidden |= set() if obj.synthetic else {"made_up"}
        hidden |= set() if obj.confirmed_at else {"confirmed_at"}
        hidden |= set() if obj.reason else {"reason"}
        return [(title, {"fields": [f for f in o["fields"] if f not in hidden]}) for title, o in self.fieldsets]

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        """Figures are added to a statement that stands."""
        return self.inlines if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts, by those who state for the unit."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or writes(person(request), obj))

    def perform_save(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> Statement:
        """Create through the action; figures follow in save_related."""
        if change:
            return Statement.objects.get(pk=obj.pk)
        data = form.cleaned_data
        period = Period.parse(data["period_label"], field="period_label")
        return actions.create_statement(
            unit=data["unit"], period=period, by=person(request), reason=data.get("reason", "")
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """All lines as they stand in the form, through the action."""
        for formset in formsets:
            if not formset.has_changed():
                continue
            rows = [
                row.cleaned_data for row in formset.forms if row.cleaned_data and not row.cleaned_data.get("DELETE")
            ]
            figures = [actions.FigureInput(**{name: row[name] for name in GIVEN}) for row in rows]
            actions.set_figures(
                statement=form.instance,
                figures=figures,
                by=person(request),
                expected_revision=form.cleaned_data.get("read_revision"),
            )

    def moves_for(self, request: HttpRequest, obj: Statement) -> list[dict[str, Any]]:
        """Fill in a draft; confirm it, unless one wrote it."""
        by = person(request)
        wrote = obj.was_edited_by(by)
        filling = {
            "name": "prefill",
            "label": gettext("Fill in from the records"),
            "confirm": gettext("Figures of joint cases are set to what the registry holds. Your other figures stay."),
        }
        return [filling] * writes(by, obj) + [
            {"name": name, "label": move.label, "needs_reason": move.reason, "style": "primary"}
            for name, move in actions_from(MOVES, obj.status)
            if by.may(move.permission, obj.unit_id) and not wrote
        ]

    def ways_on(self, request: HttpRequest, obj: Statement) -> list[dict[str, Any]]:
        """With the way to the spreadsheet, for whoever writes the draft."""
        ways = super().ways_on(request, obj)
        if writes(person(request), obj):
            address = reverse("admin:reports_statement_sheet", args=[obj.pk])
            ways.append({"name": "sheet", "label": gettext("Figures from a spreadsheet"), "url": address, "link": True})
        return ways

    def perform_move(self, request: HttpRequest, obj: Statement, name: str, reason: str) -> str:
        """The same functions as the API."""
        if name == "prefill":
            prefill_statement(statement=obj, by=person(request))
            return gettext("Filled in: look at the figures, add what the registry does not hold, then save.")
        if name != "confirm":
            raise Http404
        actions.confirm_statement(statement=obj, by=person(request))
        return gettext("Confirmed: these are now the figures of the agency.")

    def get_urls(self) -> list[URLPattern]:
        """Adds the address of the records behind the figures."""
        claims = self.admin_site.admin_view(require_safe(self.claims_view))
        return [path("<uuid:pk>/claims/", claims, name="reports_statement_claims"), *super().get_urls()]

    def claims_view(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The cases and lots that the figures count, as far as the reader may open them."""
        statement = self.get_object(request, str(pk))
        if statement is None:
            raise Http404
        rows = Claim.objects.filter(figure__statement=statement)
        related = ("figure__metric", "figure__substance", "case", "lot__case")
        shown = list(rows.visible_to(person(request)).select_related(*related).order_by("figure__metric__order", "pk"))
        disclose(
            by=person(request),
            kind="Statement",
            on=statement,
            ids=dict.fromkeys(str(claim.counted_case.pk) for claim in shown),
        )
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Records behind the figures"),
            "original": statement,
            "opts": self.opts,
            "claims": shown,
            "others": rows.count() - len(shown),
        }
        return TemplateResponse(request, "reports/claims.html", context)
