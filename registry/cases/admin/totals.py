"""What was seized in a period, as a page beside the list of lots."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.admin_scope import person
from agencies.admin_steps import put_on
from agencies.models import User, today
from agencies.refusals import Invalid
from agencies.roles import Permission
from registry.cases.counted import SeizureTotals, seizure_totals
from registry.cases.measures import PRINTED, told
from registry.cases.terms import Kind
from registry.cases.totals import Line, Total
from registry.periods import Period
from registry.reference.models import Dimension, Substance


class TotalsForm(forms.Form):
    """What is asked for."""

    period = forms.CharField(label=_("Period"), max_length=40)
    substance = forms.ModelMultipleChoiceField(
        Substance.objects.all(), to_field_name="code", required=False, label=_("substance"), widget=forms.SelectMultiple
    )
    provinces = forms.ChoiceField(
        required=False,
        label=_("By province"),
        choices=[("", _("no")), ("recorded", _("as recorded")), ("today", _("as the provinces of today"))],
    )


class TotalsPage(admin.ModelAdmin[Any]):
    """Adds the page to the admin of lots, and the way to it to their list."""

    change_list_template = "admin/cases/lot_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Adds the address of the page."""
        wrapped = self.admin_site.admin_view(require_safe(self.totals_view))
        return [path("totals/", wrapped, name="cases_seizure_totals"), *super().get_urls()]

    def totals_view(self, request: HttpRequest) -> HttpResponse:
        """The period asked for, else the quarter that runs. 403 for roles that count no seizures."""
        by = person(request)
        if not (by.holds(Permission.CASE_READ) or by.holds(Permission.REPORT_COUNT_ALL)):
            raise PermissionDenied
        form = TotalsForm(request.GET if "period" in request.GET else {"period": _running()})
        found = _found(form, by) if form.is_valid() else None
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Totals of seizures"),
            "opts": self.model._meta,
            "form": form,
            "counts_all": by.holds(Permission.REPORT_COUNT_ALL),
            **(_shown(found) if found is not None else {}),
        }
        return TemplateResponse(request, "admin/cases/totals.html", context, status=400 if found is None else 200)


def _running() -> str:
    day = today()
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _found(form: TotalsForm, by: User) -> SeizureTotals | None:
    """The totals, or None with the faults on the form."""
    asked = form.cleaned_data
    try:
        return seizure_totals(
            by=by,
            period=Period.parse(asked["period"]),
            substances=[one.code for one in asked["substance"]],
            by_province=bool(asked["provinces"]),
            places_of_today=asked["provinces"] == "today",
        )
    except Invalid as refusal:
        put_on(form, refusal)
        return None


def _shown(found: SeizureTotals) -> dict[str, Any]:
    every = [*found.lines, *(line for one in found.provinces for line in one.lines)]
    dimensions = [d for d in PRINTED if any(d in line.totals.by_dimension for line in every)] or [Dimension.MASS]
    return {
        "totals": found,
        "last_day": found.period.end - timedelta(days=1),
        "dimensions": [Dimension(d).label for d in dimensions],
        "lines": [_row(line, dimensions) for line in found.lines],
        "provinces": [
            {
                "name": str(one.province.place) if one.province.place is not None else gettext("place not recorded"),
                "cases": "; ".join(f"{kind.label}: {one.province.cases.get(kind, 0)}" for kind in Kind),
                "lines": [_row(line, dimensions) for line in one.lines],
            }
            for one in found.provinces
        ],
    }


def _told(total: Total, dimension: str, language: str) -> str:
    """The sum in words; where no one word says what is known, its bounds."""
    if total.bounds is None:
        return told(total.value, dimension, language, total.comparator)
    unit, short = PRINTED[dimension], "en" if language.startswith("en") else "vi"
    return total.bounds.scaled(1 / unit.factor).words(short, unit.symbol(short))


def _row(line: Line, dimensions: list[Any]) -> dict[str, Any]:
    """A line as it is printed: one cell for each dimension."""
    language = get_language() or "vi"
    held = line.totals.by_dimension
    cells = [_told(held[d], d, language) if d in held else "–" for d in dimensions]
    within = gettext("part of: %s") % line.within.name() if line.within is not None else ""
    return {
        "name": line.substance.name(),
        "depth": min(line.depth, 3),
        "within": within,
        "cells": cells,
        "lots": line.totals.lots,
        "not_weighed": line.totals.not_weighed,
    }
