"""The scorecard of a quarter as a page, beside the reports."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.admin_scope import person
from agencies.models import Agency
from agencies.refusals import Invalid
from agencies.roles import Permission
from registry.periods import Period
from registry.quantities import number
from reports.held import last_quarter
from reports.scorecard import DEFINITIONS, Line, read_scorecard
from reports.suppression import MEASURES


class ScorecardPage(admin.ModelAdmin[Any]):
    """Adds the page to the admin of reports, and the way to it to their list."""

    change_list_template = "reports/report_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Adds the address of the page."""
        wrapped = self.admin_site.admin_view(require_safe(self.scorecard_view))
        return [path("scorecard/", wrapped, name="reports_scorecard"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The list, with the way to the scorecard for whoever may read it."""
        reads = person(request).holds(Permission.SCORECARD_READ)
        return super().changelist_view(request, {**(extra_context or {}), "reads_scorecard": reads})

    def scorecard_view(self, request: HttpRequest) -> HttpResponse:
        """The quarter asked for, else the last one that has ended. 403 for roles that read no scorecard."""
        if not person(request).holds(Permission.SCORECARD_READ):
            raise PermissionDenied
        asked = request.GET.get("period", last_quarter().label)
        model: type[Model] = self.model
        context: dict[str, Any] = {"title": _("Scorecard"), "opts": model._meta, "asked": asked}
        try:
            card = read_scorecard(period=Period.parse(asked), by=person(request))
        except Invalid as refusal:
            context["fault"] = refusal.fields["period"]
            return TemplateResponse(request, "reports/scorecard.html", self._page(request, context), status=400)
        context |= {"card": card, "definitions": [(_head(name), DEFINITIONS[name]) for name in DEFINITIONS]}
        context["before"], context["after"] = card.period.previous().label, card.period.shifted(1).label
        lines = [(_names(line), _cells(line)) for line in card.lines if line.shared != 0]
        context |= {"lines": lines, "total": _cells(card.total)}
        return TemplateResponse(request, "reports/scorecard.html", self._page(request, context))

    def _page(self, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), **context}


def _head(measure: str) -> str:
    """What stands above the column."""
    return {
        "shared": _("Shared"),
        "in_time": _("Acknowledged in time"),
        "useful": _("Useful"),
        "used": _("Used in a case"),
        "median_hours": _("Median hours"),
    }[measure]


def _names(line: Line) -> tuple[str, str]:
    """Giver and receiver."""
    return _name(line.giver), _name(line.receiver)


def _name(agency: Agency | None) -> str:
    return agency.name() if agency is not None else ""


def _cells(line: Line) -> list[str]:
    """The numbers as people write them, or in words why there is none."""
    return [_cell(line, measure) for measure in (*MEASURES, "median_hours")]


def _cell(line: Line, measure: str) -> str:
    if measure in line.suppressed:
        return _("hidden")
    value = getattr(line, measure)
    if value is None:
        return "–"
    return number(value, get_language() or "vi")
