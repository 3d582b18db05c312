"""Statements in the admin: figures as a table while it is a draft, a button to confirm."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, RecordInline, person
from agencies.models import Unit, User
from agencies.roles import Permission
from registry import quantities
from registry.badges import badge
from registry.periods import Period
from registry.workflow import actions_from
from reports import actions
from reports.models import Statement, StatementFigure
from reports.terms import StatementStatus
from reports.workflow import MOVES

READS = (Permission.STATEMENT_READ, Permission.STATEMENT_READ_CONFIRMED)
GIVEN = ("metric", "substance", "role", "value", "unit", "nil", "missing", "note")


def writes(user: User, statement: Statement | None) -> bool:
    """Whether the person may change the figures now."""
    if statement is None or statement.status != StatementStatus.DRAFT:
        return False
    return user.may(Permission.STATEMENT_WRITE, statement.unit_id)


class StatementForm(forms.ModelForm[Statement]):
    """For a new statement, unit and period; afterwards the figures alone are written."""

    read_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """The revision that was read: a save over somebody else's is refused."""

    class Meta:
        model = Statement
        fields = ("unit", "period_label")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None:
            kwargs["initial"] = {"read_revision": instance.revision} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if "period_label" in self.fields:
            self.fields["period_label"].help_text = _("For example 2024-Q2, 2024-H1 or 2024-06.")


class FigureInline(RecordInline):
    """The figures: a value with its unit, or nil, or why it is missing."""

    model = StatementFigure
    fields = GIVEN
    readonly_fields = ("amount",)
    read_permissions = READS
    show_change_link = False

    @admin.display(description=_("value"))
    def amount(self, figure: StatementFigure) -> str:
        """The value as people write it: without the zeros of the column."""
        return (
            quantities.number(figure.value, get_language() or settings.LANGUAGE_CODE)
            if figure.value is not None
            else "-"
        )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only reads gets the amount in place of the field."""
        fields = super().get_fields(request, obj)
        return fields if writes(person(request), obj) else ["amount" if name == "value" else name for name in fields]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """While it is a draft, by those who write it."""
        return writes(person(request), obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As above."""
        return writes(person(request), obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A line of a draft may go; statements stay."""
        return writes(person(request), obj)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Lines of a draft can be taken away."""
        kwargs["can_delete"] = writes(person(request), obj)
        return super().get_formset(request, obj, **kwargs)


@admin.register(Statement)
class StatementAdmin(RecordAdmin):
    """An agency's figures for a period."""

    form = StatementForm
    read_permissions = READS
    write_permission = Permission.STATEMENT_WRITE
    discloses = True
    list_display = ("period_label", "agency", "number", "state", "unit_code", "confirmed_at", "made_up")
    list_filter = ("status", "agency", "period_label")
    search_fields = ("period_label",)
    search_help_text = _("Period, for example 2024-Q2")
    ordering = ("-period_start", "-number", "-id")
    list_select_related = ("agency", "unit")
    inlines = (FigureInline,)
    readonly_fields = ("state", "agency", "number", "period", "confirmed_at", "made_up")
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
                    "number",
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
        return self.readonly_fields if obj is None else (*self.readonly_fields, "unit", "period_label")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new statement has unit and period, nothing else yet."""
        if obj is None:
            return [(None, {"fields": ("unit", "period_label")})]
        hidden = set() if writes(person(request), obj) else {"read_revision"}
        hidden |= set() if obj.synthetic else {"made_up"}
        hidden |= set() if obj.confirmed_at else {"confirmed_at"}
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
        return actions.create_statement(unit=data["unit"], period=period, by=person(request))

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
        """Confirm, unless one wrote it."""
        by = person(request)
        wrote = by.pk in {obj.author_id, obj.edited_by_id}
        return [
            {"name": name, "label": move.label, "needs_reason": move.reason, "style": "primary"}
            for name, move in actions_from(MOVES, obj.status)
            if by.may(move.permission, obj.unit_id) and not wrote
        ]

    def perform_move(self, request: HttpRequest, obj: Statement, name: str, reason: str) -> str:
        """The same function as the API."""
        if name != "confirm":
            raise Http404
        actions.confirm_statement(statement=obj, by=person(request))
        return gettext("Confirmed: these are now the figures of the agency.")
