"""The steps of a quarter as a page, beside the sealed reports."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.admin_scope import person
from agencies.models import User
from agencies.refusals import Invalid
from agencies.roles import Permission
from registry.periods import Period
from reports.held import last_quarter
from reports.quarter import current_quarter, way_of


def leads(user: User) -> bool:
    """Whoever prepares or seals reports leads a quarter through its steps."""
    return user.holds(Permission.REPORT_PREPARE) or user.holds(Permission.REPORT_SEAL)


class QuarterPage(admin.ModelAdmin[Any]):
    """Adds the page to the admin of sealed reports, and the way to it to their list."""

    change_list_template = "reports/sealed_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Adds the address of the page."""
        wrapped = self.admin_site.admin_view(require_safe(self.quarter_view))
        return [path("quarter/", wrapped, name="reports_quarter"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The list, with the way to the steps for whoever leads them."""
        return super().changelist_view(request, {**(extra_context or {}), "leads": leads(person(request))})

    def quarter_view(self, request: HttpRequest) -> HttpResponse:
        """The quarter asked for, else that of the latest conference. 403 for who neither prepares nor seals."""
        reader = person(request)
        if not leads(reader):
            raise PermissionDenied
        asked, fault = request.GET.get("period", "").strip(), ""
        period = current_quarter() or last_quarter()
        try:
            period = Period.parse(asked) if asked else period
        except Invalid as refusal:
            fault = str(refusal.fields["period"])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Steps of the quarter %(period)s") % {"period": period.label},
            "opts": self.opts,
            "asked": asked or period.label,
            "fault": fault,
            "period": period.label,
            "before": period.previous().label,
            "after": period.shifted(1).label,
            "steps": way_of(period, reader),
        }
        return TemplateResponse(request, "reports/quarter.html", context, status=400 if fault else 200)
