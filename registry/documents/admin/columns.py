"""How facts are shown in lists and on pages: printed, read, and with their traps."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, RecordInline
from agencies.roles import Permission
from registry.documents import wording
from registry.documents.models import Published, PublishedEvent, PublishedFigure
from registry.documents.reckoning import beside, both_may_hold, reckoned
from registry.documents.terms import FigureKind

READS = (Permission.DOCUMENT_READ,)
BY_CODE = {"document__code", "metric__code", "substance__code", "subject_agency__code", "traps__code"}


class TrapFilter(admin.SimpleListFilter):
    """Rows with a trap, by its code."""

    title = _("trap")
    parameter_name = "traps__code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The codes that occur."""
        rows = model_admin.model._default_manager.visible_to(request.user).filter(traps__isnull=False)
        codes = rows.order_by("traps__code").values_list("traps__code", flat=True).distinct()
        return [(code, code) for code in codes]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those that carry it."""
        return queryset.filter(traps__code=self.value()) if self.value() else queryset


def trap_badges(row: Published) -> SafeString | str:
    """Trap codes as badges, each with its title."""
    badges = ((trap.name(), trap.code) for trap in row.traps.all())
    return format_html_join(" ", '<span class="badge badge--trap" title="{}">{}</span>', badges) or "-"


class Facts:
    """Columns and lines that facts share."""

    @admin.display(description=_("traps"))
    def trap_codes(self, row: Published) -> SafeString | str:
        """For lists."""
        return trap_badges(row)

    @admin.display(description=_("traps"))
    def trap_texts(self, row: Published) -> SafeString | str:
        """For pages: what each trap is, and what the registry does about it."""
        traps: Any = row.traps.all()
        lines = ((t.code, t.name(), wording.handling(t)) for t in traps)
        line = '<li><span class="badge badge--trap">{}</span> <strong>{}</strong>: {}</li>'
        listed = format_html_join("", line, lines)
        return format_html('<ul class="traps">{}</ul>', listed) if listed else "-"

    @admin.display(description=_("what a reader must know"))
    def remark(self, row: Published) -> str:
        """The note in the reader's language."""
        return row.note or "-"

    @admin.display(description=_("whom it means"))
    def meant(self, row: Any) -> str:
        """Codes of agency and unit: their names change, what the document meant does not."""
        return " · ".join(found.code for found in (row.agency, row.unit) if found) or "-"

    @admin.display(description=_("period"))
    def days(self, row: Any) -> str:
        """First and last day, or why there are none."""
        return wording.period(row)


class Fetched:
    """Rows with everything their columns show, in a fixed number of queries."""

    joined: ClassVar[tuple[str, ...]] = ("document",)
    fetched: ClassVar[tuple[str, ...]] = ("traps",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What the person may see, related rows along with it."""
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        return rows.select_related(*self.joined).prefetch_related(*self.fetched)


class FactInline(Fetched, Facts, RecordInline):
    """Facts on their document's page."""

    read_permissions = READS
    template = "documents/facts_inline.html"
    ordering = ("number",)

    @admin.display(description=_("no."))
    def link(self, row: Any) -> SafeString:
        """The number, leading to the row's own page."""
        url = reverse(f"admin:documents_{row._meta.model_name}_change", args=[row.pk])
        return format_html('<a href="{}">{}</a>', url, row.number)


class FactAdmin(Fetched, Facts, RecordAdmin):
    """Facts of documents, in reading order."""

    read_permissions = READS
    ordering = ("document__code", "number")

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Lists may be narrowed by codes, so that other pages can link to them."""
        return lookup in BY_CODE or super().lookup_allowed(lookup, value, request)


class ConflictFilter(admin.SimpleListFilter):
    """Figures beside which another value of their series was published, or those without one."""

    title = _("other values published")
    parameter_name = "in_conflict"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Both."""
        return [("yes", _("conflict")), ("no", _("no conflict"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those asked for."""
        return queryset.filter(in_conflict=self.value() == "yes") if self.value() else queryset


def _fit(figure: PublishedFigure, other: PublishedFigure) -> str:
    """What two published values mean for each other."""
    if both_may_hold(figure, other):
        return gettext("one true value would fit both")
    return gettext("no true value fits both")


class FigureColumns:
    """How a figure is shown."""

    @admin.display(description=_("what"))
    def what(self, figure: PublishedFigure) -> str:
        """Metric and substance."""
        return " · ".join(str(term) for term in (figure.metric, figure.substance) if term) or "-"

    @admin.display(description=_("as printed"))
    def printed(self, figure: PublishedFigure) -> str:
        """Number and unit as the document prints them."""
        return f"{figure.value_printed} {figure.unit_printed}"

    @admin.display(description=_("reading"))
    def read_as(self, figure: PublishedFigure) -> SafeString | str:
        """Comparator, number and unit; marked while it awaits confirmation, and when it is noise."""
        text = wording.reading(figure)
        if figure.needs_confirmation:
            return format_html('{} <span class="badge badge--confirm">{}</span>', text, gettext("to be confirmed"))
        if figure.kind == FigureKind.NOISE:
            return format_html('{} <span class="badge badge--noise">{}</span>', text, gettext("noise"))
        return text

    @admin.display(description=_("normalised"))
    def in_base_unit(self, figure: PublishedFigure) -> str:
        """In the base unit of its own dimension."""
        return wording.quantity(figure.normalised_value, figure.normalised_unit)

    @admin.display(description=_("subject"))
    def subject(self, figure: PublishedFigure) -> str:
        """As printed, or why there is none."""
        return wording.said(figure.subject_printed, figure.subject_printed_missing)

    @admin.display(description=_("subject as mapped"))
    def mapped(self, figure: PublishedFigure) -> str:
        """Scope, agency and unit."""
        unit = figure.subject_unit.code if figure.subject_unit else None
        agency = figure.subject_agency.code if figure.subject_agency else None
        return " · ".join(part for part in (figure.get_subject_scope_display(), agency, unit) if part)

    @admin.display(description=_("reckoned as"))
    def bounded(self, figure: PublishedFigure) -> str:
        """The bounds that sums and filters go by, in words."""
        return wording.bounds(reckoned(figure), figure.unit)

    @admin.display(description=_("other values published"))
    def disputed(self, figure: Any) -> SafeString | str:
        """For lists: whether another figure of its series is read otherwise."""
        return (
            format_html('<span class="badge badge--confirm">{}</span>', gettext("conflict"))
            if figure.in_conflict
            else ""
        )

    @admin.display(description=_("other values published"))
    def others(self, figure: PublishedFigure) -> SafeString | str:
        """For pages: the other values of its series, linked; none is chosen. Who sees one figure sees all."""
        found = beside(PublishedFigure.objects.all(), [figure]).get(figure.pk, [])
        lines = (
            (reverse("admin:documents_publishedfigure_change", args=[o.pk]), o, wording.reading(o), _fit(figure, o))
            for o in found
        )
        listed = format_html_join("", '<li><a href="{}">{}</a>: <strong>{}</strong>, {}</li>', lines)
        return format_html('<ul class="traps">{}</ul>', listed) if listed else "-"

    @admin.display(description=_("relation"))
    def related(self, figure: PublishedFigure) -> SafeString | str:
        """The related figure, linked."""
        if figure.related_to is None:
            return "-"
        url = reverse("admin:documents_publishedfigure_change", args=[figure.related_to_id])
        return format_html('{} <a href="{}">{}</a>', figure.get_relation_display(), url, figure.related_to)


class EventColumns:
    """How a meeting is shown."""

    @admin.display(description=_("held on"), ordering="held_on")
    def when(self, event: PublishedEvent) -> str:
        """The day, or why there is none."""
        return wording.said(wording.day(event.held_on), event.held_on_missing)

    @admin.display(description=_("host"))
    def host(self, event: PublishedEvent) -> str:
        """As printed, or why there is none."""
        return wording.said(event.host_printed, event.host_printed_missing)
