"""The auditor's desk: the audit log of one's units, its filters, and the log as a file."""

from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.admin.filters import SpanFilter, TypedFilter
from agencies.admin_base import RecordAdmin, person
from agencies.audit.export import lines
from agencies.audit.log import Attempt, record
from agencies.audit.models import AuditEvent
from agencies.audit.purpose import Occasion
from agencies.log_reading import as_shown, done_by
from agencies.roles import Permission

AT_ONCE = 500
"""Rows of an export held in memory."""

EXPORT = "auditevent:export"


class RecordFilter(TypedFilter):
    """A reference number, or how it begins."""

    title = _("record")
    fields = (("object_ref", _("Reference begins with"), "search"), ("object_id", _("or the record's id"), "search"))

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """What was done to it, and the lists and pages that showed it."""
        units = person(request).units_with(Permission.AUDIT_READ)
        if self.value("object_ref"):
            queryset = queryset.of_reference(self.value("object_ref"), units=units)
        return queryset.about(self.value("object_id"), units=units) if self.value("object_id") else queryset


class WhoFilter(TypedFilter):
    """A person of one's own units, and a unit."""

    title = _("who")
    fields = (("actor", _("Username"), "search"), ("actor_unit", _("Unit"), "search"))

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """What they did."""
        if self.value("actor"):
            queryset = done_by(queryset, self.value("actor"), person(request).units_with(Permission.AUDIT_READ))
        if self.value("actor_unit"):
            queryset = queryset.filter(actor_unit=self.value("actor_unit"))
        return queryset


class ActionFilter(TypedFilter):
    """An action, or how it begins: `item.` finds all that was done to items."""

    title = _("action")
    fields = (("action", _("Action begins with"), "search"),)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By its beginning."""
        return queryset.filter(action__startswith=self.value("action")) if self.value("action") else queryset


FILTERS = {name for kind in (RecordFilter, WhoFilter, ActionFilter, SpanFilter) for name, *_rest in kind.fields}
LOOKUPS = FILTERS | {"outcome", "outcome__exact", "at__year", "at__month", "at__day", "at__gte", "at__lt"}


@admin.register(AuditEvent)
class AuditEventAdmin(RecordAdmin):
    """The audit log of one's units. Of other agencies' people it shows the unit and the role."""

    read_permissions = (Permission.AUDIT_READ,)
    discloses = True
    change_list_template = "admin/audit_list.html"
    list_display = ("at", "who", "actor_unit", "what", "object_type", "object_ref", "outcome")
    list_filter = (RecordFilter, WhoFilter, SpanFilter, ActionFilter, "outcome")
    sortable_by = ("at",)
    search_fields = ("object_ref__startswith", "object_id__exact", "request_id__exact")
    search_help_text = _("Reference, record id or request id")
    date_hierarchy = "at"
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Events concerning the units whose log one reads."""
        return AuditEvent.objects.concerning(person(request).units_with(Permission.AUDIT_READ))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """One event, as far as it is shown."""
        event = super().get_object(request, object_id, from_field)
        return event and as_shown([event], person(request).units_with(Permission.AUDIT_READ))[0]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Those of the desk: others would tell by their results what is not shown."""
        return lookup in LOOKUPS

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """A page of the log, as far as it is shown."""
        page = super().get_changelist_instance(request)
        page.result_list = as_shown(page.result_list, person(request).units_with(Permission.AUDIT_READ))
        return page

    @admin.display(description=_("person"))
    def who(self, event: AuditEvent) -> str:
        """The username, within one's own units."""
        return event.actor or "-"

    @admin.display(description=_("action"))
    def what(self, event: AuditEvent) -> str:
        """In words, and the code that the filter asks for."""
        return format_html('{}<br><code class="quiet">{}</code>', event.what, event.action)

    def list_occasion(self, request: HttpRequest) -> Occasion | None:
        """What a named person did."""
        return Occasion.NAMED_PERSON if request.GET.get("actor", "").strip() else None

    def list_asked_for(self, request: HttpRequest) -> str:
        """A purpose for each person."""
        return f"person {request.GET.get('actor', '').strip()}"[:100]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """With the way to the file of what is filtered."""
        query = request.GET.urlencode()
        return super().changelist_view(request, {**(extra_context or {}), "export": f"export/?{query}"})

    def get_urls(self) -> list[URLPattern]:
        """Adds the address of the file."""
        wrapped = self.admin_site.admin_view(require_safe(self.export_view))
        return [path("export/", wrapped, name="audit_auditevent_export"), *super().get_urls()]

    def export_view(self, request: HttpRequest) -> Any:
        """What the filters find as CSV, for a purpose. The log knows of it before the first byte."""
        if not self.has_view_permission(request):
            return HttpResponse(status=404)
        said = self.purpose_said(request, EXPORT)
        if not said:
            return self.ask_purpose(request, occasion=Occasion.EXPORT, about=EXPORT)
        found = super().get_changelist_instance(request).queryset.order_by("id")
        units = person(request).units_with(Permission.AUDIT_READ)
        asked = {name: value for name, value in request.GET.items() if value}
        on = Attempt("AuditEvent", "", "export")
        record(action="export", by=person(request), on=on, purpose=said, filters=asked, rows=found.count())
        response = StreamingHttpResponse(lines(_streamed(found, units)), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="audit.csv"'
        response["Cache-Control"] = "no-store"
        return response


def _streamed(found: QuerySet[AuditEvent], units: frozenset[UUID]) -> Iterator[AuditEvent]:
    """One statement in one transaction: the events as they stood at one moment."""
    with transaction.atomic():
        rows = found.iterator(chunk_size=AT_ONCE)
        while some := list(islice(rows, AT_ONCE)):
            yield from as_shown(some, units)
