"""Minutes and the notice of a conference in the admin: look at the draft, take the number, download."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.admin_base import RecordAdmin, RecordInline, person
from agencies.admin_steps import Step
from agencies.models import Language, today
from agencies.refusals import Refusal
from agencies.roles import Permission
from registry.badges import badge
from registry.conferences.admin.conferences import FURTHER_PAGES
from registry.conferences.admin.inlines import writes
from registry.conferences.terms import ConferenceStatus
from reports.api.conference_papers import paper_response
from reports.document import Text
from reports.models import ConferencePapers, IssuedPaper
from reports.papers.issuing import register_conference_paper, take_paper
from reports.terms import ConferencePaperKind, PaperFormat


class RegisterForm(forms.Form):
    """Who signs, and when."""

    signed_on = forms.DateField(label=_("signed on"), widget=AdminDateWidget)
    signer = forms.CharField(label=_("name of whoever signs"), max_length=150)
    office_vi = forms.CharField(label=_("office (Vietnamese)"), max_length=255, required=False)
    office_en = forms.CharField(label=_("office (English)"), max_length=255, required=False)
    secretary = forms.CharField(label=_("name of the secretary"), max_length=150, required=False)


class RegisterStep(Step):
    """The paper gets its number."""

    hint = _("The number is taken from the register of the host for this year. The paper stays as it is from then on.")
    style = "primary"

    def __init__(self, kind: ConferencePaperKind, label: Any) -> None:
        self.kind, self.label = kind, label

    def allowed(self, request: HttpRequest, obj: Any) -> bool:
        """By the host's secretariat, of approved minutes, once."""
        return (
            obj.status == ConferenceStatus.APPROVED
            and writes(person(request), obj.host_agency_id)
            and not IssuedPaper.objects.filter(conference_id=obj.pk, kind=self.kind).exists()
        )

    def form(self, request: HttpRequest, obj: Any, data: Any = None) -> forms.Form:
        """With the chair's office filled in; a notice has no secretary."""
        filled = {"signed_on": today()}
        if self.kind == ConferencePaperKind.MINUTES:
            filled |= {"office_vi": obj.chair_office_vi, "office_en": obj.chair_office_en}
        form = RegisterForm(data, initial=filled)
        if self.kind == ConferencePaperKind.NOTICE:
            del form.fields["secretary"]
        return form

    def perform(self, request: HttpRequest, obj: Any, data: dict[str, Any]) -> str:
        """The same function as the API."""
        issued = register_conference_paper(
            conference=obj,
            kind=self.kind,
            signed_on=data["signed_on"],
            signer=data["signer"],
            office=Text(data["office_vi"], data["office_en"]),
            secretary=data.get("secretary", ""),
            by=person(request),
        )
        return gettext("Registered: %s.") % issued.entry


class IssuedPaperInline(RecordInline):
    """What has its number."""

    model = IssuedPaper
    read_permissions = (Permission.CONFERENCE_READ,)
    fields = ("kind", "entry", "secretary")


@admin.register(ConferencePapers)
class ConferencePapersAdmin(RecordAdmin):
    """The papers of each conference, for whoever reads conferences."""

    read_permissions = (Permission.CONFERENCE_READ,)
    list_display = ("code", "title", "state", "made_up")
    search_fields = ("code", "title_vi", "title_en")
    ordering = ("-period_start", "-id")
    fields = ("title", "state", "minutes_paper", "notice_paper", "made_up")
    readonly_fields = fields
    inlines = (IssuedPaperInline,)
    steps: ClassVar[Mapping[str, Step]] = {
        "register-minutes": RegisterStep(ConferencePaperKind.MINUTES, _("Register the minutes")),
        "register-notice": RegisterStep(ConferencePaperKind.NOTICE, _("Register the notice")),
    }

    @admin.display(description=_("title"), ordering="title_vi")
    def title(self, conference: ConferencePapers) -> str:
        """In the reader's language."""
        return conference.title

    @admin.display(description=_("status"), ordering="status")
    def state(self, conference: ConferencePapers) -> str:
        """The status as a badge."""
        return badge(conference.status, conference.get_status_display())

    @admin.display(description=_("synthetic"))
    def made_up(self, conference: ConferencePapers) -> str:
        """Marks made-up data."""
        return badge("synthetic", gettext("synthetic")) if conference.synthetic else ""

    @admin.display(description=_("minutes"))
    def minutes_paper(self, conference: ConferencePapers) -> SafeString:
        """Number or draft, and the files."""
        return _paper_line(conference, ConferencePaperKind.MINUTES)

    @admin.display(description=_("notice of conclusions"))
    def notice_paper(self, conference: ConferencePapers) -> SafeString:
        """Number or draft, and the files."""
        return _paper_line(conference, ConferencePaperKind.NOTICE)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Conferences are planned on their own page."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Papers are built from the record."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Adds the addresses of the files."""
        wrapped = self.admin_site.admin_view(require_safe(self.paper_view))
        return [
            path("<uuid:pk>/papers/<str:kind>/", wrapped, name="reports_conferencepapers_file"),
            *super().get_urls(),
        ]

    def paper_view(self, request: HttpRequest, pk: Any, kind: str) -> HttpResponse:
        """The file asked for; 404 to whoever may not read conferences, and for what there is none of."""
        records: QuerySet[Any] = self.get_queryset(request)
        conference = records.filter(pk=pk).first() if self.has_view_permission(request) else None
        if conference is None:
            raise Http404
        language, file_format = request.GET.get("language", "vi"), request.GET.get("file_format", "html")
        try:
            content = take_paper(
                conference=conference, kind=kind, language=language, file_format=file_format, by=person(request)
            )
        except Refusal as refusal:
            raise Http404 from refusal
        return paper_response(content, f"{kind}-{conference.code}", language, file_format)


def _paper_line(conference: ConferencePapers, kind: ConferencePaperKind) -> SafeString:
    """Where the paper stands, then its files."""
    issued = IssuedPaper.objects.select_related("entry").filter(conference_id=conference.pk, kind=kind).first()
    where = str(issued.entry) if issued else gettext("Draft, without a number")
    address = reverse("admin:reports_conferencepapers_file", args=[conference.pk, kind])
    links = format_html_join(
        " · ",
        '<a href="{}?language={}&amp;file_format={}">{} ({})</a>',
        (
            (address, language, file_format, gettext("Look") if file_format == PaperFormat.HTML else file_format, name)
            for language, name in Language.choices
            for file_format in PaperFormat.values
        ),
    )
    return format_html("<strong>{}</strong><br>{}", where, links)


FURTHER_PAGES.append((_("Minutes and notice of conclusions"), "admin:reports_conferencepapers_change"))
