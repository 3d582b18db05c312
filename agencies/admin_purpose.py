"""A page that asks, once per session and record, what a reading is for."""

from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from agencies.audit.purpose import LONGEST, QUESTIONS, SHORTEST, Occasion, cleaned
from agencies.refusals import Invalid

KEPT = "purposes"
MOST_KEPT = 200
"""Purposes a session remembers; the oldest are asked for again."""


class PurposeGate(BaseModelAdmin[Any]):
    """Asks for a purpose before a page that demands one."""

    def occasion(self, request: HttpRequest, obj: Any) -> Occasion | None:
        """Whether opening the record needs a purpose."""
        return None

    def list_occasion(self, request: HttpRequest) -> Occasion | None:
        """Whether the list asked for needs a purpose."""
        return None

    def list_asked_for(self, request: HttpRequest) -> str:
        """Which list it is, where one purpose does not do for all."""
        return "list"

    def purpose_said(self, request: HttpRequest, about: str) -> str:
        """What this session said it reads `about` for; empty when it was not asked."""
        return str(request.session.get(KEPT, {}).get(about, ""))

    def ask_purpose(
        self, request: HttpRequest, *, occasion: Occasion, about: str, fault: str = "", target: str = ""
    ) -> HttpResponse:
        """The page that asks; it leads on to the page that was wanted."""
        opts = self.opts
        context = {
            **self.admin_site.each_context(request),
            "title": _("What is it for?"),
            "opts": opts,
            "question": QUESTIONS[occasion],
            "occasion": occasion,
            "about": about,
            "target": target or request.get_full_path(),
            "action": reverse(f"admin:{opts.app_label}_{opts.model_name}_purpose"),
            "fault": fault,
            "shortest": SHORTEST,
            "longest": LONGEST,
        }
        return TemplateResponse(request, "admin/purpose.html", context)

    def purpose_view(self, request: HttpRequest) -> HttpResponse:
        """Keep what was said and lead on."""
        target, about = request.POST.get("target", ""), request.POST.get("about", "")[:120]
        known = request.POST.get("occasion", "") in set(Occasion)
        if not (known and about and url_has_allowed_host_and_scheme(target, allowed_hosts=None)):
            return HttpResponseBadRequest()
        try:
            said = cleaned(request.POST.get("purpose", ""))
        except Invalid as refusal:
            fault = str(refusal.fields["purpose"])
        else:
            fault = "" if said else _("Say it in 5 to 500 characters.")
        if fault:
            occasion = Occasion(request.POST["occasion"])
            return self.ask_purpose(request, occasion=occasion, about=about, fault=fault, target=target)
        kept = {**request.session.get(KEPT, {}), about: said}
        request.session[KEPT] = dict(list(kept.items())[-MOST_KEPT:])
        return HttpResponseRedirect(target)
