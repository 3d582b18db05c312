"""Moves as buttons, and steps that need more than a reason: a page of their own with a form, for one record."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db.models import Model
from django.forms.widgets import Media
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from agencies.refusals import Invalid, NotPermitted, Refusal


class Step(ABC):
    """What a button leads to: a form, perhaps something to look at first, and the action that it calls."""

    label: Any = ""
    """The button on the record's page, and the heading of the step's page."""
    button: Any = ""
    """What the page's own button says, where it is not the label."""
    hint: Any = ""
    """A sentence under the heading."""
    style = ""
    template = "admin/step.html"
    reads = False
    """The page only answers: its form comes by GET and nothing is done."""

    @abstractmethod
    def allowed(self, request: HttpRequest, obj: Any) -> bool:
        """Whether the button and the page of the step are shown. The action decides anew."""

    def form(self, request: HttpRequest, obj: Any, data: Any = None) -> forms.Form:
        """The form; with `data`, bound."""
        return forms.Form(data)

    def context(self, request: HttpRequest, obj: Any, form: forms.Form) -> dict[str, Any]:
        """What else the page shows."""
        return {}

    def perform(self, request: HttpRequest, obj: Any, data: dict[str, Any]) -> str:
        """Call the action; returns what to tell the person. Refusals come back on the form."""
        raise Http404


def put_on(form: forms.Form, refusal: Refusal) -> None:
    """A refusal as faults of the form: at their fields, the rest on top."""
    faults = refusal.fields if isinstance(refusal, Invalid) else {}
    for name, text in faults.items():
        form.add_error(name if name in form.fields else None, str(text))
    if not faults:
        form.add_error(None, str(refusal.message))


def _raise_noticed(request: HttpRequest) -> None:
    """What was noticed of the form before the page's own code (a secrecy stamp) is a refusal like any other."""
    noticed: Refusal | None = getattr(request, "refusal", None)
    if noticed is not None:
        raise noticed


class Moving:
    """What can be done with a record now: buttons for moves, links to steps. Both call the app's actions."""

    discloses: ClassVar[bool] = False
    """What the pages show is written to the audit log before they leave."""
    steps: ClassVar[Mapping[str, Step]] = {}
    """Steps with a page of their own, by the name in their address."""
    model: type[Model]
    opts: Any
    admin_site: AdminSite
    media: Media
    get_object: Any
    purpose_view: Any
    _ask_first: Any
    _disclose: Any
    _deny: Any

    def moves_for(self, request: HttpRequest, obj: Any) -> list[dict[str, Any]]:
        """Buttons: `{"name", "label", "needs_reason", "style"}` for each move possible now for this person.

        With `"confirm"` a sentence is shown first, with `"form"` a Django form: `perform_move` finds it in POST.
        """
        return []

    def perform_move(self, request: HttpRequest, obj: Any, name: str, reason: str) -> str:
        """Call the app's action; returns what to tell the person."""
        raise Http404

    def get_urls(self) -> list[URLPattern]:
        """Adds the addresses of moves and steps."""
        info = (self.opts.app_label, self.opts.model_name)
        wrapped = self.admin_site.admin_view(require_POST(self.move_view))
        move = path("<path:object_id>/move/<slug:name>/", wrapped, name="{}_{}_move".format(*info))
        wrapped = self.admin_site.admin_view(self.step_view)
        step = path("<path:object_id>/step/<slug:name>/", wrapped, name="{}_{}_step".format(*info))
        wrapped = self.admin_site.admin_view(require_POST(self.purpose_view))
        purpose = path("purpose/", wrapped, name="{}_{}_purpose".format(*info))
        return [move, step, purpose, *super().get_urls()]  # type: ignore[misc]

    def ways_on(self, request: HttpRequest, obj: Any) -> list[dict[str, Any]]:
        """The buttons of moves, then the links to steps."""
        buttons = [self._button(obj, move) for move in self.moves_for(request, obj)]
        return buttons + [
            {"name": name, "label": step.label, "style": step.style, "url": self._step_url(obj, name), "link": True}
            for name, step in self.steps.items()
            if step.allowed(request, obj)
        ]

    def _step_url(self, obj: Any, name: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_step", args=[obj.pk, name])

    def page_after(self, request: HttpRequest, obj: Any) -> str:
        """The record's page, or the first page where the record is no longer theirs to see."""
        return self._page_of(obj) if self.get_object(request, str(obj.pk)) is not None else reverse("admin:index")

    def _page_of(self, obj: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])

    def step_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        """The page of a step: its form, and after a good POST back to the record."""
        obj, step = self.get_object(request, object_id), self.steps.get(name)
        if obj is None or step is None:
            raise Http404
        if not step.allowed(request, obj):
            return self._step_closed(request, obj, name, step)
        form = step.form(request, obj, (request.GET or None) if step.reads else (request.POST or None))
        if form.is_bound and form.is_valid() and not step.reads:
            try:
                _raise_noticed(request)
                messages.success(request, step.perform(request, obj, form.cleaned_data))
                return HttpResponseRedirect(self.page_after(request, obj))
            except Refusal as refusal:
                put_on(form, refusal)
                if isinstance(refusal, NotPermitted):
                    self._deny(request, obj, name, refusal)
        if self.discloses:
            if asked := self._ask_first(request, obj):
                return asked  # type: ignore[no-any-return]
            self._disclose(request, obj)
        context = {
            **self.admin_site.each_context(request),
            "title": step.label,
            "step": step,
            "form": form,
            "media": self.media + form.media,
            "original": obj,
            "opts": self.opts,
            "back": self._page_of(obj),
            **step.context(request, obj, form),
        }
        return TemplateResponse(request, step.template, context)

    def _step_closed(self, request: HttpRequest, obj: Any, name: str, step: Step) -> HttpResponse:
        """Neither form nor answer: both would tell what only those see who may take the step."""
        if request.method != "POST" or step.reads:
            raise Http404
        refusal = NotPermitted(_("This step is not open to you now. Perhaps somebody else has taken it already."))
        self._tell(request, refusal)
        self._deny(request, obj, name, refusal)
        return HttpResponseRedirect(self.page_after(request, obj))

    def _button(self, obj: Any, move: dict[str, Any]) -> dict[str, Any]:
        address = f"admin:{self.opts.app_label}_{self.opts.model_name}_move"
        return {"style": "", "needs_reason": False} | move | {"url": reverse(address, args=[obj.pk, move["name"]])}

    def move_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        """One move, by POST; the outcome is told on the record's page."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        try:
            _raise_noticed(request)
            done = self.perform_move(request, obj, name, request.POST.get("reason", ""))
        except Refusal as refusal:
            self._tell(request, refusal)
            if isinstance(refusal, NotPermitted):
                self._deny(request, obj, name, refusal)
        else:
            messages.success(request, done)
        return HttpResponseRedirect(self.page_after(request, obj))

    def _tell(self, request: HttpRequest, refusal: Refusal) -> None:
        messages.error(request, str(refusal.message))
        if isinstance(refusal, Invalid):
            for field, text in refusal.fields.items():
                messages.error(request, f"{field}: {text}")
