"""Figures of a draft from a spreadsheet in the admin: hand it in, look at what was read, then take it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.admin_base import RecordAdmin, person
from agencies.admin_steps import put_on
from agencies.audit.log import disclose
from agencies.models import Language
from agencies.refusals import NotPermitted, Refusal
from registry import quantities
from reports.admin.figures import writes
from reports.api.sheets import faults_of, sheet_response
from reports.importing import look_at_sheet, packed, take_figures, unpacked
from reports.models import Statement, StatementFigure
from reports.sheets import Sheet


class SheetForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(label=_("spreadsheet (xlsx)"))


class StatementSheets(RecordAdmin):
    """The part of a statement's pages that speaks of its spreadsheet."""

    def get_urls(self) -> list[URLPattern]:
        """Adds the page and the template."""
        page = self.admin_site.admin_view(self.sheet_view)
        template = self.admin_site.admin_view(require_safe(self.template_view))
        return [
            path("<uuid:pk>/sheet/", page, name="reports_statement_sheet"),
            path("<uuid:pk>/sheet/template/", template, name="reports_statement_template"),
            *super().get_urls(),
        ]

    def _draft(self, request: HttpRequest, pk: Any) -> Statement:
        """The draft, for whoever writes it; 404 for everybody else."""
        statement = self.get_object(request, str(pk))
        if not isinstance(statement, Statement) or not writes(person(request), statement):
            raise Http404
        return statement

    def template_view(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The template in the language asked for."""
        statement = self._draft(request, pk)
        asked = request.GET.get("language", (get_language() or settings.LANGUAGE_CODE)[:2])
        disclose(by=person(request), kind="Statement", on=statement)
        return sheet_response(statement, asked if asked in Language.values else Language.VI.value)

    def sheet_view(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """A sheet is looked at by the first press and taken by the second."""
        statement = self._draft(request, pk)
        if request.method == "POST" and "taken" in request.POST:
            self._take(request, statement)
            return HttpResponseRedirect(self._page_of(statement))
        form = SheetForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                sheet = look_at_sheet(statement=statement, file=file.content, size=file.size, by=person(request))
                return self._sheet_page(request, statement, form, sheet)
            except Refusal as refusal:
                put_on(form, refusal)
            finally:
                file.close()
        return self._sheet_page(request, statement, form)

    def _take(self, request: HttpRequest, statement: Statement) -> None:
        """Take what was looked at, through the action; the outcome is told on the statement's page."""
        try:
            figures, revision = unpacked(statement, request.POST["taken"])
            take_figures(statement=statement, figures=figures, by=person(request), expected_revision=revision)
        except Refusal as refusal:
            self._tell(request, refusal)
            if isinstance(refusal, NotPermitted):
                self._deny(request, statement, "import", refusal)
        else:
            messages.success(request, gettext("Taken: %d figures.") % len(figures))

    def _sheet_page(
        self, request: HttpRequest, statement: Statement, form: SheetForm, sheet: Sheet | None = None
    ) -> HttpResponse:
        good = sheet is not None and not sheet.faults
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Figures from a spreadsheet"),
            "original": statement,
            "opts": self.opts,
            "form": form,
            "faults": faults_of(sheet) if sheet is not None else [],
            "figures": [_shown(figure) for figure in sheet.figures] if sheet is not None else [],
            "taken": packed(statement, sheet.figures) if sheet is not None and good else "",
        }
        return TemplateResponse(request, "reports/sheet.html", context)


def _shown(figure: Any) -> dict[str, Any]:
    """A figure as it was read, in words."""
    row = StatementFigure(**{name: getattr(figure, name) for name in ("role", "missing", "comparator", "nil", "note")})
    english = (get_language() or "vi").startswith("en")
    amount = ""
    if figure.value is not None:
        symbol = figure.unit.symbol() if figure.unit is not None else ""
        amount = quantities.quantity(
            figure.value, "en" if english else "vi", symbol=symbol, comparator=quantities.Comparator(figure.comparator)
        )
    return {
        "metric": figure.metric,
        "substance": figure.substance,
        "role": row.get_role_display(),
        "amount": amount,
        "nil": figure.nil,
        "missing": row.get_missing_display() if figure.missing else "",
        "note": figure.note,
    }
