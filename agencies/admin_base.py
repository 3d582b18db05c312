"""What every page of the admin shares: the one door to records, moves as buttons, no deletion, the audit log."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from agencies.admin_scope import Scoped, person, scoped
from agencies.admin_steps import Moving
from agencies.audit.log import disclose
from agencies.audit.models import AuditEvent
from agencies.refusals import Invalid, Refusal
from agencies.roles import Permission

__all__ = ["ChildInline", "RecordAdmin", "RecordInline", "Scoped", "person", "scoped"]


class RecordInline(Scoped, admin.TabularInline[Any, Any]):
    """Related rows on a record's page; read-only unless it says otherwise."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Read-only by default."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Read-only by default."""
        return False


class ChildInline(RecordInline):
    """Rows without a door of their own (names, versions): seen with the record they belong to."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The parent's page decides."""
        return True


def _refused(form: type[ModelForm[Any]], refusal: Refusal) -> type[ModelForm[Any]]:
    """The form, invalid for the reason of the refusal: faults at their fields, the rest on top."""

    def clean(self: Any) -> Any:
        faults = refusal.fields if isinstance(refusal, Invalid) else {}
        for name, text in faults.items():
            self.add_error(name if name in self.fields else None, ValidationError(text))
        if not faults:
            self.add_error(None, ValidationError(refusal.message))
        return self.cleaned_data

    return type("RefusedForm", (form,), {"clean": clean})


class RecordAdmin(Scoped, Moving, admin.ModelAdmin[Any]):
    """A record in the admin. Saving and moving call the app's actions, the same ones as the API."""

    change_form_template = "admin/record_change_form.html"
    actions = ()
    show_full_result_count = False
    list_per_page = 50
    # --- what apps override ---------------------------------------------------------------------------------

    def heading(self, obj: Any) -> dict[str, Any]:
        """What stands under the title: `headline` (text) and `badges` (`[{"code", "label"}]`)."""
        return {}

    def perform_save(self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool) -> Model:
        """Call the app's action with the form's data; returns the record saved."""
        raise PermissionDenied

    # --- saving goes through actions ------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Hand over to the app's action and take on what it made."""
        saved = self.perform_save(request, obj, form, change)
        obj.pk = saved.pk
        obj.__dict__.update({k: v for k, v in saved.__dict__.items() if k != "_state"})
        obj._state.adding = False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Relations were written by the action."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        """The record's page; a refusal is told on the page, and what was typed is kept by the browser's form."""
        extra = dict(extra_context or {})
        if object_id and request.method == "GET":
            obj = self.get_object(request, object_id)
            if obj is not None:
                if self.discloses:
                    disclose(by=person(request), kind=self.model.__name__, on=obj)
                extra["moves"] = [self._button(obj, m) for m in self.moves_for(request, obj)]
                extra["moves"] += [
                    {
                        "name": name,
                        "label": step.label,
                        "style": step.style,
                        "url": self._step_url(obj, name),
                        "link": True,
                    }
                    for name, step in self.steps.items()
                    if step.allowed(request, obj)
                ]
                extra |= self.heading(obj)
        try:
            return super().changeform_view(request, object_id, form_url, extra)
        except Refusal as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """After a refusal the same form comes back, with what was typed and why it was refused."""
        form = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return form if refusal is None else _refused(form, refusal)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The list; what it shows is written to the audit log before it leaves."""
        response = super().changelist_view(request, extra_context)
        if self.discloses and hasattr(response, "context_data") and "cl" in (response.context_data or {}):
            rows = [str(getattr(r, "public_id", r.pk)) for r in response.context_data["cl"].result_list]
            disclose(by=person(request), kind=self.model.__name__, ids=rows)
        return response

    # --- the audit log stands in for Django's own --------------------------------------------------------------

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """The action has written the audit event; rows on the page were saved by actions too."""
        return []

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The action has written the audit event."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The action has written the audit event."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The record's audit events, to those who may read the log."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        units = person(request).units_with(Permission.AUDIT_READ) | person(request).units_with(Permission.ITEM_READ_OWN)
        events = AuditEvent.objects.concerning(units).filter(object_id=str(obj.pk))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % obj,
            "events": events[:200],
            "object": obj,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/record_history.html", context)

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        """Query strings do not fill forms."""
        return {}
