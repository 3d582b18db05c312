"""Pages of documents and their facts: everybody reads, nobody edits; facts come with a release."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin
from registry.documents import wording
from registry.documents.admin.columns import (
    READS,
    ConflictFilter,
    EventColumns,
    FactAdmin,
    FactInline,
    Facts,
    Fetched,
    FigureColumns,
    TrapFilter,
)
from registry.documents.models import (
    Document,
    EventAttendance,
    PublishedEvent,
    PublishedFigure,
    PublishedName,
    PublishedStatement,
)
from registry.documents.reckoning import with_conflicts

ONLY_USED = admin.RelatedOnlyFieldListFilter


class FigureInline(FigureColumns, FactInline):
    """Figures of a document."""

    model = PublishedFigure
    fk_name = "document"
    joined = ("document", "metric", "substance", "unit")
    fields = (
        "link",
        "paragraph",
        "subject",
        "what",
        "printed",
        "read_as",
        "days",
        "trap_codes",
    )
    readonly_fields = fields


class EventInline(EventColumns, FactInline):
    """Meetings a document reports."""

    model = PublishedEvent
    fields = ("link", "paragraph", "kind", "title", "when", "host", "trap_codes")
    readonly_fields = fields


class NameInline(FactInline):
    """Names a document uses."""

    model = PublishedName
    joined = ("document", "agency", "unit")
    fields = ("link", "paragraph", "name_printed", "meant", "trap_codes")
    readonly_fields = fields


class StatementInline(FactInline):
    """What a document says beyond figures."""

    model = PublishedStatement
    fetched = ("traps", "assignee_agency__names")
    fields = ("link", "paragraph", "kind", "text", "assignee_agency", "trap_codes")
    readonly_fields = fields


@admin.register(Document)
class DocumentAdmin(Fetched, Facts, RecordAdmin):
    """Published documents with everything read out of them."""

    read_permissions = READS
    joined = ()
    list_display = ("code", "label", "who_published", "when_published", "trap_codes")
    search_fields = ("code", "title", "label_vi", "label_en")
    ordering = ("code",)
    inlines = (FigureInline, EventInline, NameInline, StatementInline)
    fields = (
        "code",
        "label",
        "printed_title",
        "who_published",
        "when_published",
        "language",
        "remark",
        "trap_texts",
        "paragraph_count",
        "body_ends_at",
        "byte_size",
        "sha256",
    )
    readonly_fields = fields

    @admin.display(description=_("title as printed"))
    def printed_title(self, document: Document) -> str:
        """The title, or why there is none."""
        return wording.said(document.title, document.title_missing)

    @admin.display(description=_("publisher"), ordering="publisher")
    def who_published(self, document: Document) -> str:
        """The publisher, or why there is none."""
        return wording.said(document.publisher, document.publisher_missing)

    @admin.display(description=_("published on"), ordering="published_on")
    def when_published(self, document: Document) -> str:
        """The day, or why there is none."""
        return wording.said(wording.day(document.published_on), document.published_on_missing)


@admin.register(PublishedFigure)
class PublishedFigureAdmin(FigureColumns, FactAdmin):
    """Figures printed in documents: as printed, as read, with their traps."""

    list_display = ("__str__", "subject", "what", "printed", "read_as", "disputed", "days", "trap_codes")
    list_filter = (
        ("document", ONLY_USED),
        ConflictFilter,
        ("subject_agency", ONLY_USED),
        "subject_scope",
        "kind",
        "needs_confirmation",
        ("metric", ONLY_USED),
        ("substance", ONLY_USED),
        "comparator",
        TrapFilter,
    )
    search_fields = ("value_printed", "unit_printed", "subject_printed", "document__code")
    joined = ("document", "metric", "substance", "unit", "normalised_unit", "subject_agency", "subject_unit")
    fieldsets = (
        (None, {"fields": ("document", "number", "paragraph", "kind", "remark", "trap_texts")}),
        (_("Subject"), {"fields": ("subject", "mapped", "role")}),
        (
            _("Quantity"),
            {
                "fields": (
                    "metric",
                    "substance",
                    "printed",
                    "comparator",
                    "read_as",
                    "bounded",
                    "in_base_unit",
                    "others",
                )
            },
        ),
        (_("Period"), {"fields": ("period_label_printed", "days", "period_basis", "period_inferred")}),
        (_("Reading"), {"fields": ("significant_digits", "needs_confirmation", "related")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With a mark where other values were published."""
        return with_conflicts(super().get_queryset(request))


class AttendanceInline(FactInline):
    """Offices at a meeting."""

    model = EventAttendance
    joined = ("event", "agency", "unit")
    fields = ("part", "office_printed", "office_mapped", "rank", "meant", "trap_codes", "remark")
    readonly_fields = fields

    @admin.display(description=_("rank as printed"))
    def rank(self, attendance: EventAttendance) -> str:
        """The rank, or why there is none."""
        return wording.said(attendance.rank_printed, attendance.rank_printed_missing)


@admin.register(PublishedEvent)
class PublishedEventAdmin(EventColumns, FactAdmin):
    """Meetings that documents report."""

    list_display = ("__str__", "title", "kind", "when", "host", "trap_codes")
    list_filter = (("document", ONLY_USED), "kind", ("host_agency", ONLY_USED))
    search_fields = ("title_vi", "title_en", "host_printed", "document__code")
    inlines = (AttendanceInline,)
    fields = (
        "document",
        "number",
        "paragraph",
        "kind",
        "title",
        "when",
        "period_label_printed",
        "days",
        "host",
        "host_unit",
        "host_inferred",
        "venue",
        "city",
        "chair",
        "remark",
        "trap_texts",
    )

    @admin.display(description=_("venue"))
    def venue(self, event: PublishedEvent) -> str:
        """As printed, or why there is none."""
        return wording.said(event.venue_printed, event.venue_printed_missing)

    @admin.display(description=_("city"))
    def city(self, event: PublishedEvent) -> str:
        """As printed, or why there is none."""
        return wording.said(event.city_printed, event.city_printed_missing)

    @admin.display(description=_("chair"))
    def chair(self, event: PublishedEvent) -> str:
        """The office as printed, or why there is none."""
        return wording.said(event.chair_office_printed, event.chair_office_printed_missing)


@admin.register(PublishedName)
class PublishedNameAdmin(FactAdmin):
    """Names that documents use for agencies and units."""

    joined = ("document", "agency", "unit")
    list_display = ("name_printed", "document", "paragraph", "meant", "trap_codes")
    list_filter = (("document", ONLY_USED), ("agency", ONLY_USED), TrapFilter)
    search_fields = ("name_printed",)
    fields = (
        "document",
        "number",
        "paragraph",
        "name_printed",
        "language",
        "meant",
        "remark",
        "trap_texts",
    )


@admin.register(PublishedStatement)
class PublishedStatementAdmin(FactAdmin):
    """What documents say beyond figures, in the registry's words."""

    list_display = ("__str__", "kind", "text", "assignee_agency", "trap_codes")
    list_filter = (("document", ONLY_USED), "kind", ("assignee_agency", ONLY_USED), TrapFilter)
    search_fields = ("text_vi", "text_en")
    fetched = ("traps", "assignee_agency__names")
    fields = (
        "document",
        "number",
        "paragraph",
        "kind",
        "text",
        "addressee_printed",
        "assignee_agency",
        "due",
        "remark",
        "trap_texts",
    )

    @admin.display(description=_("due on"))
    def due(self, statement: PublishedStatement) -> str:
        """The day, or why there is none."""
        return wording.said(wording.day(statement.due_on), statement.due_on_missing)
