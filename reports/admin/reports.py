"""Reports in the admin: ask for one, watch it being built, take it away."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.admin_base import RecordAdmin, person
from agencies.refusals import Conflict
from agencies.roles import Permission
from registry.badges import badge
from registry.periods import Period
from reports.admin.scorecards import ScorecardPage
from reports.asking import ask_report, take_report
from reports.models import Report
from reports.renderers import MEDIA_TYPES
from reports.renderers.html import policy
from reports.terms import ReportFormat, ReportStatus

READS = (Permission.REPORT_READ,)


class ReportForm(forms.ModelForm[Report]):
    """What to ask for."""

    class Meta:
        model = Report
        fields = ("period_label", "language", "file_format")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "period_label" in self.fields:
            self.fields["period_label"].help_text = _("A quarter, for example 2024-Q2.")


@admin.register(Report)
class ReportAdmin(ScorecardPage, RecordAdmin):
    """The reports one asked for: nobody else sees them."""

    when_empty = _("Reports that you asked for stand here. Ask for one with “New”.")
    form = ReportForm
    read_permissions = READS
    write_permission = Permission.REPORT_READ
    list_display = ("period_label", "language", "file_format", "state", "created_at", "finished_at", "file", "made_up")
    list_filter = ("status", "language", "file_format")
    search_fields = ("period_label",)
    search_help_text = _("Period, for example 2024-Q2")
    ordering = ("-created_at", "-id")
    readonly_fields = ("state", "file", "created_at", "finished_at", "size", "sha256", "fault", "made_up")
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("state", "file", "fault", "made_up")}),
        (_("What was asked for"), {"fields": ("period_label", "language", "file_format", "created_at")}),
        (_("What was built"), {"fields": ("finished_at", "size", "sha256")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without the bytes: lists and pages do not need them."""
        return super().get_queryset(request).defer("content")

    @admin.display(description=_("status"), ordering="status")
    def state(self, report: Report) -> str:
        """Where it stands, as a badge."""
        return badge(report.status, report.get_status_display())

    @admin.display(description=_("file"))
    def file(self, report: Report) -> str:
        """Take it away, or look at it here; a report that is being built says to come back."""
        if report.status == ReportStatus.COMPLETE:
            save = reverse("admin:reports_report_download", args=[report.pk])
            link = format_html('<a href="{}" download>{}</a>', save, gettext("Download"))
            if report.file_format != ReportFormat.HTML:
                return link
            return format_html('{} · <a href="{}?view=1">{}</a>', link, save, gettext("Open here"))
        if report.status == ReportStatus.FAILED:
            return gettext("There is no file. Ask again.")
        return gettext("Not ready yet")

    @admin.display(description=_("synthetic"))
    def made_up(self, report: Report) -> str:
        """Marks made-up data."""
        return badge("synthetic", gettext("synthetic")) if report.synthetic else ""

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        """In the language of the page."""
        return {"language": (get_language() or "vi")[:2]}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new report is what is asked for; a stored one shows what came of it."""
        if obj is None:
            return [(None, {"fields": ("period_label", "language", "file_format")})]
        built = {"finished_at", "size", "sha256"} if obj.status != ReportStatus.COMPLETE else set()
        hidden = built | (set() if obj.fault else {"fault"}) | (set() if obj.synthetic else {"made_up"})
        shown = [(title, [f for f in o["fields"] if f not in hidden]) for title, o in self.fieldsets]
        return [(title, {"fields": fields}) for title, fields in shown if fields]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was asked for stays as asked."""
        return False

    def perform_save(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> Report:
        """Ask through the action."""
        data = form.cleaned_data
        return ask_report(
            period=Period.parse(data["period_label"], field="period_label"),
            language=data["language"],
            file_format=data["file_format"],
            by=person(request),
            base_url=request.build_absolute_uri("/"),
        )

    def get_urls(self) -> list[URLPattern]:
        """Adds the address of the file."""
        wrapped = self.admin_site.admin_view(require_safe(self.download_view))
        return [path("<uuid:pk>/download/", wrapped, name="reports_report_download"), *super().get_urls()]

    def download_view(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The file to its reader, 404 to anybody else and while it is not complete. The audit log knows first."""
        if not self.has_view_permission(request):
            raise Http404
        complete = super().get_queryset(request).filter(status=ReportStatus.COMPLETE)
        report = complete.filter(pk=pk).first()
        if report is None:
            raise Http404
        try:
            content = take_report(report=report, by=person(request))
        except Conflict as refusal:
            messages.error(request, str(refusal.message))
            return redirect("admin:reports_report_change", report.pk)
        name = f"report-{report.period_label}-{report.language}.{report.file_format}"
        look = request.GET.get("view") == "1" and report.file_format == ReportFormat.HTML
        disposition = "inline" if look else "attachment"
        return HttpResponse(
            content,
            content_type=MEDIA_TYPES[report.file_format],
            headers={
                "Content-Disposition": f'{disposition}; filename="{name}"',
                "Content-Security-Policy": policy(content),
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "no-store",
            },
        )
