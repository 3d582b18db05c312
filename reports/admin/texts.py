"""Texts of a report in the admin: all parts on one page, both languages side by side; and what was written before."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from agencies.admin_base import RecordAdmin, person
from agencies.audit.log import record
from agencies.models import Language, User
from agencies.refusals import Invalid, NotPermitted, Refusal, Stale
from agencies.roles import Permission
from registry.cases.persons import LOOKS_LIKE_PERSON
from registry.periods import Period
from reports.build import quarterly_report
from reports.held import last_quarter, quarters
from reports.models import NarrativeText
from reports.narrating import TYPED, may_narrate, texts_at_odds, write_narrative
from reports.parts import ASSESSMENT, RESULTS, TITLES, WRITTEN
from reports.references import references_of
from reports.rewritten import changes
from reports.saying import figure_words
from reports.subject import PeriodReport

LANGUAGES = tuple(Language.values)
REVISION = re.compile(r"[0-9]{1,9}")
CONFLICT, REFUSED = 409, 400


@dataclass
class Field:
    """One text on the page: as it stands, or as it was typed and refused."""

    part: str
    language: str
    text: str = ""
    revision: int = 0
    narrative: NarrativeText | None = None
    fault: str = ""

    @property
    def name(self) -> str:
        """Its name in the form."""
        return f"{self.part}.{self.language}"


@admin.register(NarrativeText)
class NarrativeTextAdmin(RecordAdmin):
    """The page of a period, the address that saves one text by itself, and the versions of a text."""

    read_permissions = (Permission.REPORT_COUNT_ALL,)

    def get_urls(self) -> list[URLPattern]:
        """Texts have no pages one by one: they stand on the page of their period."""
        view = self.admin_site.admin_view
        return [
            path("", view(self.page), name="reports_narrativetext_changelist"),
            path("save/", view(require_POST(self.save)), name="reports_narrativetext_save"),
            path("<uuid:pk>/versions/", view(self.versions), name="reports_narrativetext_versions"),
            path("<uuid:pk>/change/", view(self.to_page), name="reports_narrativetext_change"),
        ]

    def _reader(self, request: HttpRequest) -> User:
        if not self.has_view_permission(request):
            raise Http404
        return person(request)

    # --- the page of a period -----------------------------------------------------------------------------------

    def page(self, request: HttpRequest) -> HttpResponse:
        """All texts of the period; a POST (the button, without a script) saves those that were changed."""
        reader = self._reader(request)
        asked, fault = request.GET.get("period", "").strip(), ""
        period = last_quarter()
        try:
            period = Period.parse(asked) if asked else period
            period.previous(), period.year_before(), period.shifted(1)
        except Invalid as refusal:
            fault, period = str(refusal.fields["period"]), last_quarter()
        fields = _fields(period, reader)
        if request.method == "POST" and not fault:
            saved = sum(self._saved(request, period, field) for field in fields.values())
            if not any(field.fault for field in fields.values()):
                messages.success(request, gettext("Texts saved: %(n)d.") % {"n": saved})
                return HttpResponseRedirect(page_of(period))
        return TemplateResponse(request, "reports/texts.html", self._context(request, period, fields, fault))

    def _context(self, request: HttpRequest, period: Period, fields: dict[str, Field], fault: str) -> dict[str, Any]:
        reader, spoken = person(request), (get_language() or "vi")[:2]
        document = quarterly_report(period=period, reader=reader)
        record(action="report.read", by=reader, on=PeriodReport(period.label), references=True)
        odds = texts_at_odds(period)
        return {
            **self.admin_site.each_context(request),
            "title": gettext("Report texts of %(period)s") % {"period": period.label},
            "opts": self.opts,
            "period": period,
            "periods": quarters(reader),
            "fault": fault,
            "parts": [
                (_heading(part, spoken), [fields[f"{part}.{code}"] for code in LANGUAGES], odds.get(part, []))
                for part in WRITTEN
            ],
            "languages": [Language(code).label for code in LANGUAGES],
            "references": [
                (one.key, one.words.in_(spoken), figure_words(one.figure, spoken, unit=True))
                for one in references_of(document).values()
            ],
            "writes": may_narrate(period, reader),
            "faulty": any(field.fault for field in fields.values()),
            "save_url": reverse("admin:reports_narrativetext_save"),
        }

    def _saved(self, request: HttpRequest, period: Period, field: Field) -> bool:
        """Save a text of the form that differs from what stands; its fault stays on the field with what was typed."""
        typed = request.POST.get(f"text.{field.name}")
        if typed is None or typed.replace("\r\n", "\n").strip() == field.text:
            return False
        field.text = typed
        try:
            self._write(request, period, field.part, field.language, typed, request.POST.get(f"revision.{field.name}"))
        except Refusal as refusal:
            field.fault = _said(refusal)
            return False
        return True

    def _write(
        self, request: HttpRequest, period: Period, part: str, language: str, text: str, revision: str | None
    ) -> NarrativeText:
        """Through the action."""
        noticed: Refusal | None = getattr(request, "refusal", None)
        if noticed is not None:
            raise noticed
        expected = int(revision) if revision and REVISION.fullmatch(revision) else 0
        confirm = [code for code in (TYPED, LOOKS_LIKE_PERSON) if request.POST.get(f"confirm.{code}")]
        try:
            return write_narrative(
                period=period,
                part=part,
                language=language,
                text=text,
                by=person(request),
                expected_revision=expected,
                confirm=confirm,
            )
        except NotPermitted as refusal:
            self._deny(request, None, "write", refusal)
            raise

    # --- one text, saved by the script --------------------------------------------------------------------------

    def save(self, request: HttpRequest) -> HttpResponse:
        """Save one text; answers its new revision, or why not and what would be right."""
        self._reader(request)
        given = request.POST
        try:
            period = Period.parse(given.get("period", ""))
            saved = self._write(
                request,
                period,
                given.get("part", ""),
                given.get("language", ""),
                given.get("text", ""),
                given.get("revision"),
            )
        except Stale as refusal:
            return JsonResponse({"code": refusal.code, "detail": str(refusal.message)}, status=CONFLICT)
        except NotPermitted as refusal:
            return JsonResponse({"code": refusal.code, "detail": str(refusal.message)}, status=403)
        except Refusal as refusal:
            return JsonResponse({"code": refusal.code, "detail": _said(refusal)}, status=REFUSED)
        history = reverse("admin:reports_narrativetext_versions", args=[saved.pk])
        return JsonResponse({"revision": saved.revision, "history": history})

    # --- what was written before --------------------------------------------------------------------------------

    def versions(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Each version with what it changed; a POST writes an earlier one anew."""
        narrative = self._narrative(request, pk)
        kept = list(narrative.versions.select_related("by").order_by("-number"))
        if request.method == "POST":
            return self._restore(request, narrative, {str(one.number): one.text for one in kept})
        before = [one.text for one in kept[1:]] + [""]
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Versions of a text"),
            "opts": self.opts,
            "original": narrative,
            "page_url": page_of(Period.parse(narrative.period_label)),
            "versions": [(one, list(changes(old, one.text))) for one, old in zip(kept, before, strict=True)],
            "writes": may_narrate(Period.parse(narrative.period_label), person(request)),
        }
        return TemplateResponse(request, "reports/text_versions.html", context)

    def _restore(self, request: HttpRequest, narrative: NarrativeText, texts: dict[str, str]) -> HttpResponse:
        text = texts.get(request.POST.get("number", ""))
        if text is None:
            raise Http404
        try:
            write_narrative(
                period=Period.parse(narrative.period_label),
                part=narrative.part,
                language=narrative.language,
                text=text,
                by=person(request),
                expected_revision=narrative.revision,
                confirm=(TYPED, LOOKS_LIKE_PERSON),
            )
        except Refusal as refusal:
            if isinstance(refusal, NotPermitted):
                self._deny(request, narrative, "write", refusal)
            messages.error(request, _said(refusal))
        else:
            messages.success(request, gettext("The earlier text stands again, as a new version."))
        return redirect("admin:reports_narrativetext_versions", narrative.pk)

    def _narrative(self, request: HttpRequest, pk: Any) -> NarrativeText:
        narrative = NarrativeText.objects.visible_to(self._reader(request)).filter(pk=pk).first()
        if narrative is None:
            raise Http404
        return narrative

    def to_page(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """To the page of its period."""
        return redirect(page_of(Period.parse(self._narrative(request, pk).period_label)))


def page_of(period: Period) -> str:
    """The address of the period's page."""
    return f"{reverse('admin:reports_narrativetext_changelist')}?{urlencode({'period': period.label})}"


def _fields(period: Period, reader: User) -> dict[str, Field]:
    """A field for each part and language, by name."""
    fields = {f"{part}.{code}": Field(part, code) for part in WRITTEN for code in LANGUAGES}
    for one in NarrativeText.objects.visible_to(reader).filter(period_label=period.label):
        fields[f"{one.part}.{one.language}"] = Field(one.part, one.language, one.text, one.revision, one)
    return fields


def _heading(part: str, language: str) -> str:
    """`II.2. Exchange of information`."""
    if part in RESULTS:
        return f"II.{RESULTS.index(part) + 1}. {TITLES[part].in_(language)}"
    if part in ASSESSMENT:
        return f"III.{ASSESSMENT.index(part) + 1}. {TITLES[part].in_(language)}"
    return f"{ {'situation': 'I', 'tasks': 'IV', 'proposals': 'V'}[part] }. {TITLES[part].in_(language)}"


def _said(refusal: Refusal) -> str:
    """Why, in words."""
    return " ".join(map(str, refusal.fields.values())) if isinstance(refusal, Invalid) else str(refusal.message)
