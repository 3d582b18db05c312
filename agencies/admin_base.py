"""What every page of the admin shares: the one door to records, moves as buttons, no deletion, the audit log."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.audit.log import disclose, record
from agencies.audit.models import AuditEvent, Outcome
from agencies.models import User
from agencies.refusals import Invalid, NotPermitted, Refusal
from agencies.roles import Permission
from agencies.visibility import VisibleQuerySet


def person(request: HttpRequest) -> User:
    """Who is signed in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def scoped(
    queryset: QuerySet[Any] | None, field: "ForeignKey[Any, Any] | ManyToManyField[Any, Any]", user: User
) -> Any:
    """The choices of a picker: only what the person may see."""
    related = field.remote_field.model
    records = queryset if queryset is not None else related._default_manager.all()
    if isinstance(records, VisibleQuerySet):
        return records.visible_to(user)
    return records.none()


class Scoped:
    """Rows and pickers begin at `visible_to`. For admins and inlines alike."""

    read_permissions: ClassVar[Sequence[Permission]] = ()
    write_permission: ClassVar[Permission | None] = None
    model: type[Model]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The one door."""
        records: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        if isinstance(records, VisibleQuerySet):
            return records.visible_to(person(request))
        return records

    def formfield_for_foreignkey(self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        """Pickers offer what the person may see, and accept nothing else."""
        kwargs["queryset"] = scoped(kwargs.get("queryset"), db_field, person(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """As above."""
        kwargs["queryset"] = scoped(kwargs.get("queryset"), db_field, person(request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Roles that read this kind of record. Which ones, get_queryset says."""
        return isinstance(request.user, User) and any(request.user.holds(p) for p in self.read_permissions)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Roles that write this kind of record."""
        return self.write_permission is not None and person(request).holds(self.write_permission)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As above; admins narrow it by the record's unit and status."""
        return self.write_permission is not None and person(request).holds(self.write_permission)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Records are not deleted."""
        return False


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


class CappedPaginator(Paginator[Any]):
    """Counts no further than people turn pages: `more` says that there are more records than `count`."""

    LIMIT = 10_000

    @cached_property
    def _counted(self) -> int:
        records: Any = self.object_list
        return int(records.order_by()[: self.LIMIT + 1].count())

    @cached_property
    def count(self) -> int:
        """How many records the pages show."""
        return min(self._counted, self.LIMIT)

    @property
    def more(self) -> bool:
        """Whether there are records that no page shows; a search or a filter brings them up."""
        return self._counted > self.LIMIT


class RecordAdmin(Scoped, admin.ModelAdmin[Any]):
    """A record in the admin. Saving and moving call the app's actions, the same ones as the API."""

    change_form_template = "admin/record_change_form.html"
    actions = ()
    show_full_result_count = False
    paginator = CappedPaginator
    list_per_page = 50
    discloses: ClassVar[bool] = False

    # --- what apps override ---------------------------------------------------------------------------------

    def moves_for(self, request: HttpRequest, obj: Any) -> list[dict[str, Any]]:
        """Buttons: `{"name", "label", "needs_reason", "style"}` for each move possible now for this person."""
        return []

    def heading(self, obj: Any) -> dict[str, Any]:
        """What stands under the title: `headline` (text) and `badges` (`[{"code", "label"}]`)."""
        return {}

    def perform_move(self, request: HttpRequest, obj: Any, name: str, reason: str) -> str:
        """Call the app's action; returns what to tell the person."""
        raise Http404

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

    # --- moves ----------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """Adds the address of moves."""
        info = (self.opts.app_label, self.opts.model_name)
        wrapped = self.admin_site.admin_view(require_POST(self.move_view))
        move = path("<path:object_id>/move/<slug:name>/", wrapped, name="{}_{}_move".format(*info))
        return [move, *super().get_urls()]

    def _button(self, obj: Any, move: dict[str, Any]) -> dict[str, Any]:
        address = f"admin:{self.opts.app_label}_{self.opts.model_name}_move"
        return {"style": "", "needs_reason": False} | move | {"url": reverse(address, args=[obj.pk, move["name"]])}

    def move_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        """One move, by POST; the outcome is told on the record's page."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
        try:
            done = self.perform_move(request, obj, name, request.POST.get("reason", ""))
        except Refusal as refusal:
            self._tell(request, refusal)
            if isinstance(refusal, NotPermitted):
                action = f"{self.model.__name__.lower()}.{name}"
                record(action=action, by=person(request), on=obj, outcome=Outcome.DENIED, code=refusal.code)
            return HttpResponseRedirect(back)
        messages.success(request, done)
        visible = self.get_object(request, object_id) is not None
        return HttpResponseRedirect(back if visible else reverse("admin:index"))

    def _tell(self, request: HttpRequest, refusal: Refusal) -> None:
        messages.error(request, str(refusal.message))
        if isinstance(refusal, Invalid):
            for field, text in refusal.fields.items():
                messages.error(request, f"{field}: {text}")

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
