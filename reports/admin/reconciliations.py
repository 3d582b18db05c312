"""Reconciliations in the admin: the series of a period, and a page for each whose bars open their records."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, person
from agencies.admin_steps import put_on
from agencies.models import Agency, User, today
from agencies.refusals import Invalid, NotPermitted, Refusal
from agencies.roles import Permission
from registry.documents.models import PublishedFigure
from registry.periods import Period
from registry.quantities import Comparator, quantity
from reports.deadlines import due_on, overdue
from reports.drawing import draw
from reports.held import quarter_of, quarters
from reports.ledger import Ledger, Line, Reckoning
from reports.models import Reconciliation
from reports.reckoned import BarName, Step, keep_reading, published, steps
from reports.reconciliation import explain_difference, may_explain
from reports.series import Series
from reports.wording import days

HINTS = {
    BarName.STATED: _("The sum of what the agencies state as lead, co-lead and coordinator."),
    BarName.UNEXPLAINED: _("Stated, and not covered by any record that is claimed. It needs an explanation."),
    BarName.CLAIMED: _("What the records come to that the agencies name behind their figures."),
    BarName.OVERLAP: _("The same case or lot claimed by more than one agency is counted once."),
    BarName.OUT_OF_PERIOD: _("Claimed, but it belongs to another period, or to another kind."),
    BarName.NOT_CLAIMED: _("Registered in the period, and claimed by no agency."),
    BarName.REGISTERED: _("Every case or lot of the period, once, whoever claims it."),
}


def language() -> str:
    """`vi` or `en`."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def told(series: Series, amount: Any, comparator: Comparator = Comparator.EXACT) -> str:
    """An amount as people write it, with its unit."""
    return quantity(amount, language(), symbol=series.symbol.in_(language()), comparator=comparator)


class ExplainForm(forms.Form):
    """Why a figure differs from its records."""

    agency = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("explanation"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


@admin.register(Reconciliation)
class ReconciliationAdmin(RecordAdmin):
    """What agencies state against what is registered, as the reader may count it."""

    read_permissions = (Permission.STATEMENT_READ, Permission.STATEMENT_READ_CONFIRMED)

    def get_urls(self) -> list[URLPattern]:
        """The periods, and the series by their keys: there are no records to add or change one by one."""
        overview, series = self.admin_site.admin_view(self.overview), self.admin_site.admin_view(self.series_view)
        return [
            path("", overview, name="reports_reconciliation_changelist"),
            path("<str:key>/", series, name="reports_reconciliation_series"),
        ]

    def overview(self, request: HttpRequest) -> HttpResponse:
        """The series of a period."""
        reader = self._reader(request)
        held, fault = quarters(reader), ""
        period = held[0] if held else quarter_of(today())
        if asked := request.GET.get("period", "").strip():
            try:
                period = Period.parse(asked)
            except Invalid as refusal:
                fault = str(refusal.fields["period"])
        ledger = Ledger(period, reader)
        rows = [_row(one) for one in ledger.reckonings()]
        keep_reading(ledger, by=reader)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Reconciliation"),
            "opts": self.opts,
            "period": period,
            "days": days(period.start, period.end).in_(language()),
            "periods": held,
            "fault": fault,
            "rows": rows,
            "due_on": due_on(period.end),
            "agencies": _agencies(ledger, period.end),
        }
        return TemplateResponse(request, "reports/reconciliations.html", context)

    def series_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """One series: the waterfall, the agencies, the records of a bar; a POST explains a difference."""
        reader = self._reader(request)
        label, _dot, code = key.partition(".")
        try:
            ledger = Ledger(Period.parse(label), reader)
        except Invalid as refusal:
            raise Http404 from refusal
        series = ledger.named(code)
        if series is None:
            raise Http404
        form = ExplainForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and self._explain(request, series, form):
            return HttpResponseRedirect(reverse("admin:reports_reconciliation_series", args=[series.key]))
        return self._page(request, ledger, ledger.reckon(series), form)

    def _reader(self, request: HttpRequest) -> User:
        if not self.has_view_permission(request):
            raise Http404
        return person(request)

    def _explain(self, request: HttpRequest, series: Series, form: ExplainForm) -> bool:
        """Through the action; a refusal comes back on the form."""
        try:
            noticed: Refusal | None = getattr(request, "refusal", None)
            if noticed is not None:
                raise noticed
            agency = Agency.objects.visible_to(person(request)).filter(code=form.cleaned_data["agency"]).first()
            if agency is None:
                raise Http404
            explain_difference(series=series, agency=agency, text=form.cleaned_data["text"], by=person(request))
        except Refusal as refusal:
            put_on(form, refusal)
            if isinstance(refusal, NotPermitted):
                self._deny(request, None, "explain", refusal)
            return False
        messages.success(request, gettext("Noted. The explanation stands with this difference."))
        return True

    def _page(self, request: HttpRequest, ledger: Ledger, one: Reckoning, form: ExplainForm) -> HttpResponse:
        series, reader = one.series, person(request)
        bars = steps(ledger, one)
        drawing = draw(bars)
        chosen = next((bar for bar in bars if bar.name == request.GET.get("bar")), bars[-1])
        keep_reading(ledger, one, by=reader)
        context = {
            **self.admin_site.each_context(request),
            "title": series.name.in_(language()),
            "opts": self.opts,
            "series": series,
            "days": days(series.period.start, series.period.end).in_(language()),
            "counts_all": ledger.count.counts_all,
            "drawing": drawing,
            "boxes": [(box, _bar(series, box.step)["amount"]) for box in drawing.boxes] if drawing else [],
            "bars": [_bar(series, bar) for bar in bars],
            "chosen": _records(series, chosen),
            "lines": [_line(series, line, ledger.count.name(line.agency).in_(language())) for line in one.lines],
            "may_explain": [
                (line.agency.code, ledger.count.name(line.agency).in_(language()))
                for line in one.lines
                if line.statement is not None
                and line.difference
                and may_explain(reader, line.statement)
                and line.statement.confirmed_at
            ],
            "form": form,
            "published": [(one, _days(one)) for one in published(ledger, series)],
            "synthetic": any(line.statement.synthetic for line in one.lines if line.statement),
        }
        return TemplateResponse(request, "reports/reconciliation.html", context)


def _row(one: Reckoning) -> dict[str, Any]:
    series, bars = one.series, one.bars
    amounts = (bars.stated, -bars.unexplained, -bars.overlap.amount, -bars.outside.amount, bars.unclaimed.amount)
    return {
        "key": series.key,
        "name": series.name.in_(language()),
        "amounts": [told(series, series.told(amount)) if amount else "–" for amount in amounts],
        "registered": told(series, series.told(bars.registered.amount), one.comparator(bars.registered)),
        "open": sum(line.open for line in one.lines),
    }


def _agencies(ledger: Ledger, end: date) -> list[dict[str, Any]]:
    """Who has confirmed. Of others than one's own only whoever counts for all is told."""
    rows = []
    for agency in ledger.count.agencies:
        statement = next((s for a, s in ledger.statements.items() if a.pk == agency.pk), None)
        if statement is None and not ledger.count.counts_all:
            continue
        name = ledger.count.name(agency).in_(language())
        rows.append({"name": name, "statement": statement, "overdue": overdue(statement, end)})
    return rows


def _bar(series: Series, bar: Step) -> dict[str, Any]:
    sign = -bar.amount if bar.taken_off else bar.amount
    return {
        "name": bar.name,
        "label": bar.name.label,
        "hint": HINTS[bar.name],
        "amount": told(series, sign, bar.comparator),
        "count": len(bar.records) + bar.others,
        "not_weighed": bar.not_weighed,
        "opens": bool(bar.records or bar.others),
    }


def _records(series: Series, bar: Step) -> dict[str, Any]:
    """The records of a bar for the table below the chart."""
    rows = []
    for shown in bar.records:
        case, lot = shown.case, shown.record if shown.kind == "lot" else None
        word = Comparator(lot.comparator) if lot is not None else Comparator.EXACT  # type: ignore[union-attr]
        rows.append(
            {
                "url": reverse("admin:cases_jointcase_change", args=[case.pk]),
                "reference": case.reference,
                "what": case.get_kind_display() if lot is None else lot.raw_text,  # type: ignore[union-attr]
                "on": shown.on,
                "amount": None if shown.amount is None else told(series, shown.amount, word),
                "claimed_by": ", ".join(shown.claimed_by),
            }
        )
    return {"name": bar.name, "label": bar.name.label, "rows": rows, "others": bar.others}


def _line(series: Series, line: Line, name: str) -> dict[str, Any]:
    return {
        "agency": line.agency.code,
        "name": name,
        "statement": line.statement,
        "missing": [figure.get_missing_display() for figure in line.figures if figure.missing],
        "stated": None if line.stated is None else told(series, series.told(line.stated)),
        "own": [quantity(f.value, language(), symbol=_symbol(f)) for f in line.own if f.value is not None],
        "difference": told(series, series.told(line.difference)) if line.difference else "",
        "open": line.open,
        "explained": line.explained and line.difference != 0,
        "explanations": line.explanations,
        "full": told(series, series.told(line.full)),
        "shared": told(series, series.told(line.shared)),
    }


def _days(figure: PublishedFigure) -> str:
    """The days of a published figure."""
    if figure.period_start is None or figure.period_end is None:
        return "–"
    return days(figure.period_start, figure.period_end).in_(language())


def _symbol(figure: Any) -> str:
    return str(figure.unit.symbol()) if figure.unit else ""
