"""The figures of a statement as a table on its page, and what lists of statements are filtered by."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordInline, person
from agencies.models import User
from agencies.roles import Permission
from registry import quantities
from reports.deadlines import overdue_drafts
from reports.models import Statement, StatementFigure
from reports.terms import StatementStatus

READS = (Permission.STATEMENT_READ, Permission.STATEMENT_READ_CONFIRMED)
GIVEN = ("metric", "substance", "role", "comparator", "value", "unit", "nil", "missing", "note")


def writes(user: User, statement: Statement | None) -> bool:
    """Whether the person may change the figures now."""
    if statement is None or statement.status != StatementStatus.DRAFT:
        return False
    return user.may(Permission.STATEMENT_WRITE, statement.unit_id)


class FigureInline(RecordInline):
    """The figures: a value with its unit, or nil, or why it is missing."""

    model = StatementFigure
    fields = (*GIVEN, "records")
    readonly_fields = ("amount", "records")
    read_permissions = READS
    show_change_link = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With how many records each counts."""
        figures: QuerySet[Any] = super().get_queryset(request).annotate(record_count=Count("claims"))
        return figures.order_by("metric__order", "substance__order", "role", "id")

    @admin.display(description=_("records counted"))
    def records(self, figure: Any) -> str:
        """How many cases or lots it counts, with the way to them."""
        if not getattr(figure, "record_count", 0):
            return "-"
        address = reverse("admin:reports_statement_claims", args=[figure.statement_id])
        return format_html('<a href="{}">{}</a>', address, figure.record_count)

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


class Overdue(admin.SimpleListFilter):
    """Whether the day to confirm has passed."""

    title = _("overdue")
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The one question."""
        return [("yes", _("overdue"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The drafts that are late."""
        return queryset.filter(overdue_drafts()) if self.value() == "yes" else queryset
