"""Sealed reports in the admin: have one prepared, watch it, look at it in both languages, seal it, verify it."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.admin_base import RecordAdmin, person
from agencies.admin_steps import Step
from agencies.models import Language
from agencies.refusals import Conflict
from agencies.roles import Permission
from registry.badges import badge
from registry.periods import Period
from reports.admin.quarter import QuarterPage
from reports.admin.sealed_steps import SealStep, VerifyStep
from reports.api.served import served
from reports.errata import errata
from reports.models import FILES, SealedReport
from reports.preparing import may_withdraw, prepare_report, withdraw_report
from reports.sealing import lacks_of
from reports.taking import take_file
from reports.terms import ReportFormat, SealStatus

AT_WORK = (SealStatus.QUEUED, SealStatus.BUILDING)
SECONDS = 3
"""After so many the page of a report at work is read anew."""


class PrepareForm(forms.ModelForm[SealedReport]):
    """Of which period; for a later version, why."""

    class Meta:
        model = SealedReport
        fields = ("period_label", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "period_label" in self.fields:
            self.fields["period_label"].help_text = _("A quarter, for example 2024-Q2.")


@admin.register(SealedReport)
class SealedReportAdmin(QuarterPage, RecordAdmin):
    """The conference's edition of each period, for all agencies."""

    form = PrepareForm
    read_permissions = (Permission.REPORT_READ,)
    write_permission = Permission.REPORT_PREPARE
    list_display = ("period_label", "number", "unit_code", "state", "prepared_at", "sealed_at", "paper", "made_up")
    list_filter = ("status", "period_label")
    search_fields = ("period_label",)
    search_help_text = _("Period, for example 2024-Q2")
    ordering = ("-created_at", "-id")
    list_select_related = ("unit", "paper")
    steps: ClassVar[dict[str, Step]] = {"seal": SealStep(), "verify": VerifyStep()}
    readonly_fields = (
        *("state", "progress", "fault", "files", "missing", "errata", "unit_code", "number", "made_up"),
        *("prepared_by", "prepared_at", "snapshot_at", "document_sha256", "manifest_sha256"),
        *("paper", "sealed_by", "sealed_at", "without_said", "note"),
        *("withdrawn_by", "withdrawn_at", "withdrawal_reason"),
    )
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("state", "progress", "fault", "files", "missing", "errata", "made_up")}),
        (_("What was asked for"), {"fields": ("period_label", "number", "reason", "unit_code", "prepared_by")}),
        (_("What was frozen"), {"fields": ("snapshot_at", "prepared_at", "document_sha256", "manifest_sha256")}),
        (_("Seal"), {"fields": ("paper", "sealed_by", "sealed_at", "without_said", "note")}),
        (_("Withdrawal"), {"fields": ("withdrawn_by", "withdrawn_at", "withdrawal_reason")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without the bytes: lists and pages do not need them."""
        return super().get_queryset(request).defer("document", "manifest")

    # --- what it shows --------------------------------------------------------------------------------------------

    @admin.display(description=_("status"), ordering="status")
    def state(self, report: SealedReport) -> str:
        """Where it stands, as a badge."""
        return badge(report.status, report.get_status_display())

    @admin.display(description=_("issuing unit"), ordering="unit__code")
    def unit_code(self, report: SealedReport) -> str:
        """The unit's code."""
        return report.unit.code

    @admin.display(description=_("synthetic"))
    def made_up(self, report: SealedReport) -> str:
        """Marks made-up data."""
        return badge("synthetic", gettext("synthetic")) if report.synthetic else ""

    @admin.display(description=_("sealed without the figures of"))
    def without_said(self, report: SealedReport) -> str:
        """Codes of agencies."""
        return ", ".join(report.without) or "–"

    @admin.display(description=_("progress"))
    def progress(self, report: SealedReport) -> str:
        """How many files are written."""
        return format_html(
            '<progress value="{}" max="{}"></progress> {}',
            report.rendered,
            FILES,
            gettext("%(done)d of %(all)d files") % {"done": report.rendered, "all": FILES},
        )

    @admin.display(description=_("files"))
    def files(self, report: SealedReport) -> str:
        """A line for each language; pages open here, everything else is saved from here."""
        if report.document_sha256 == "":
            return gettext("Not ready yet")
        rows = [(self._links(report, language.value), language.label) for language in Language]
        return format_html_join("", "<p>{1}: {0}</p>", rows)

    def _links(self, report: SealedReport, language: str) -> str:
        made = []
        for file_format in ReportFormat.values:
            address = reverse("admin:reports_sealedreport_file", args=[report.pk, language, file_format])
            made.append((address, file_format))
        return format_html_join(" · ", '<a href="{}">{}</a>', made)

    @admin.display(description=_("missing"))
    def missing(self, report: SealedReport) -> str:
        """What was missing as it was counted, each with the page where it is settled."""
        lacks = lacks_of(report)
        if not lacks:
            return gettext("Nothing is missing.")
        pages = [(one.link.page if one.link else "", one.text) for one in lacks]
        return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a></li>', pages))

    @admin.display(description=_("errata"))
    def errata(self, report: SealedReport) -> str:
        """What was recalled since. The sealed bytes stay as they are."""
        found = errata(report)
        if not found:
            return gettext("None: no item counted here was recalled since.")
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", [(one.text,) for one in found]))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new report is what is asked for; a stored one shows what came of it, and nothing empty."""
        if obj is None:
            return [(None, {"fields": ("period_label", "reason")})]
        empty = {name for name in ("fault", "reason", "note", "withdrawal_reason") if not getattr(obj, name)}
        empty |= {"made_up"} if not obj.synthetic else set()
        empty |= {"progress"} if obj.status not in AT_WORK else {"missing", "errata", "files"}
        empty |= (
            {"document_sha256", "manifest_sha256", "snapshot_at", "prepared_at"} if not obj.document_sha256 else set()
        )
        if obj.status != SealStatus.SEALED:
            empty |= {"paper", "sealed_by", "sealed_at", "without_said", "note"}
        if obj.status != SealStatus.WITHDRAWN:
            empty |= {"withdrawn_by", "withdrawn_at"}
        shown = [(title, [f for f in o["fields"] if f not in empty]) for title, o in self.fieldsets]
        return [(title, {"fields": fields}) for title, fields in shown if fields]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was asked for stays as asked."""
        return False

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """A report at work is read anew by itself."""
        response = super().changeform_view(request, object_id, form_url, extra_context)
        obj = (getattr(response, "context_data", None) or {}).get("original")
        if isinstance(obj, SealedReport) and obj.status in AT_WORK:
            response["Refresh"] = str(SECONDS)
        return response

    # --- what can be done -----------------------------------------------------------------------------------------

    def perform_save(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> SealedReport:
        """Have it prepared through the action."""
        data = form.cleaned_data
        period = Period.parse(data["period_label"], field="period_label")
        return prepare_report(period=period, reason=data["reason"], by=person(request))

    def moves_for(self, request: HttpRequest, obj: SealedReport) -> list[dict[str, Any]]:
        """A prepared report can be withdrawn."""
        if obj.status != SealStatus.PREPARED or not may_withdraw(person(request), obj):
            return []
        return [{"name": "withdraw", "label": gettext("Withdraw"), "needs_reason": True}]

    def perform_move(self, request: HttpRequest, obj: Any, name: str, reason: str) -> str:
        """Withdraw through the action."""
        if name != "withdraw":
            raise Http404
        withdraw_report(report=obj, reason=reason, by=person(request))
        return gettext("The report is withdrawn.")

    def get_urls(self) -> list[URLPattern]:
        """Adds the addresses of the files."""
        wrapped = self.admin_site.admin_view(require_safe(self.file_view))
        file = "<uuid:pk>/file/<slug:language>/<slug:file_format>/"
        return [path(file, wrapped, name="reports_sealedreport_file"), *super().get_urls()]

    def file_view(self, request: HttpRequest, pk: Any, language: str, file_format: str) -> HttpResponse:
        """A file to whoever sees the report. The audit log knows first."""
        report = self.get_queryset(request).filter(pk=pk).first() if self.has_view_permission(request) else None
        if report is None:
            raise Http404
        try:
            file = take_file(report=report, language=language, file_format=file_format, by=person(request))
        except Conflict as refusal:
            messages.error(request, str(refusal.message))
            return redirect("admin:reports_sealedreport_change", report.pk)
        return served(bytes(file.content), name=file.name, file_format=file_format, language=language)
