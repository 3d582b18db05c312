"""What every page of the admin shares: the one door to records, moves as buttons, no deletion, the audit log."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agencies.admin_history import HistoryPage
from agencies.admin_naming import DayFormSet, fetched, named_on_its_day, names_of
from agencies.admin_purpose import PurposeGate
from agencies.admin_scope import Scoped, person, scoped
from agencies.admin_steps import Moving
from agencies.audit.log import Attempt, Auditable, disclose, record_denial, subjects_of
from agencies.audit.purpose import demand
from agencies.refusals import Invalid, NotPermitted, Refusal

__all__ = ["ChildInline", "RecordAdmin", "RecordInline", "Scoped", "person", "scoped"]


class RecordInline(Scoped, admin.TabularInline[Any, Any]):
    """Related rows on a record's page; read-only unless it says otherwise."""

    template = "admin/record_inline.html"
    formset = DayFormSet
    extra = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the names of units and places, however many rows there are."""
        return super().get_queryset(request).prefetch_related(*names_of(self.model))

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


_ASKED = re.compile("(__(id|pk|code))?(__(exact|in|isnull|gte?|lte?|year|month|day))?")
"""How a list may be filtered by what it declares: the record itself, its code, a span of time."""


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


class RecordAdmin(Scoped, Moving, PurposeGate, HistoryPage, admin.ModelAdmin[Any]):
    """A record in the admin. Saving and moving call the app's actions, the same ones as the API."""

    change_form_template = "admin/record_change_form.html"
    actions = ()
    show_full_result_count = False
    paginator = CappedPaginator
    list_per_page = 50

    when_empty: ClassVar[Any] = _("You see what your units wrote and what was delivered to them.")
    """What an empty list says: whose records stand here, or how one comes to be."""

    lookups: ClassVar[Sequence[str]] = ()
    """Fields that links to the list filter by, besides `list_filter`."""

    # --- what apps override ---------------------------------------------------------------------------------

    def heading(self, obj: Any) -> dict[str, Any]:
        """What stands under the title: `headline` (text) and `badges` (`[{"code", "label"}]`)."""
        return {}

    def shown_in(self, request: HttpRequest, records: Iterable[Any]) -> list[str]:
        """Ids of everything that a page with the records discloses, in the order shown."""
        return [pk for record in records for pk in subjects_of(record)]

    def perform_save(self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool) -> Model:
        """Call the app's action with the form's data; returns the record saved."""
        raise PermissionDenied

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The record, with the names of its day."""
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            fetched(found)
        return found

    # --- saving goes through actions ------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Hand over to the app's action and take on what it made."""
        saved = self.perform_save(request, obj, form, change)
        obj.pk = saved.pk
        obj.__dict__.update({k: v for k, v in saved.__dict__.items() if k != "_state"})
        obj._state.adding = False

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """To the record's page: the next step stands there."""
        return HttpResponseRedirect(self.page_after(request, obj))

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """As above."""
        return HttpResponseRedirect(self.page_after(request, obj))

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
        extra = {"show_save_and_add_another": False, "show_save_and_continue": False} | (extra_context or {})
        obj = self.get_object(request, object_id) if object_id else None
        if obj is not None and request.method == "GET":
            if asked := self._ask_first(request, obj):
                return asked
            extra |= self.page_of(request, obj)
        try:
            response = super().changeform_view(request, object_id, form_url, extra)
        except Refusal as refusal:
            if isinstance(refusal, NotPermitted):
                self._deny(request, obj, "edit" if object_id else "create", refusal)
            request.refusal = refusal  # type: ignore[attr-defined]
            response = super().changeform_view(request, object_id, form_url, extra)
        if self.discloses and obj is not None and isinstance(response, TemplateResponse):
            self._disclose(request, obj)
        return response

    def page_of(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """What the page shows beside the form."""
        return {"moves": self.ways_on(request, obj), **self.heading(obj)}

    def _about(self, request: HttpRequest, obj: Any) -> str:
        return f"{self.opts.model_name}:{obj.pk if obj is not None else self.list_asked_for(request)}"

    def _ask_first(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """The page that asks for a purpose, when one is needed and was not said."""
        occasion = self.list_occasion(request) if obj is None else self.occasion(request, obj)
        about = self._about(request, obj)
        if occasion is None or self.purpose_said(request, about):
            return None
        return self.ask_purpose(request, occasion=occasion, about=about)

    def _disclose(self, request: HttpRequest, obj: Any) -> None:
        """Written before the page leaves: the view has not rendered it yet."""
        purpose = demand(self.occasion(request, obj), self.purpose_said(request, self._about(request, obj)))
        shown = self.shown_in(request, [obj])
        disclose(by=person(request), kind=self.model.__name__, on=obj, ids=shown, purpose=purpose)

    def _deny(self, request: HttpRequest, obj: Auditable | None, verb: str, refusal: Refusal) -> None:
        """Keep a denied attempt; what it tried to do is rolled back already."""
        name = self.model.__name__
        on: Auditable = obj if obj is not None else Attempt(name, "", str(self.opts.model_name))
        record_denial(action=f"{name.lower()}.{verb}", by=person(request), on=on, code=refusal.code)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """After a refusal the same form comes back, with what was typed and why it was refused."""
        form = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return form if refusal is None else _refused(form, refusal)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the list declares: any other would let a reader probe fields that are not shown to them."""
        declared = [entry[0] if isinstance(entry, tuple) else entry for entry in self.list_filter]
        names = {getattr(name, "parameter_name", name) for name in (*declared, *self.lookups, self.date_hierarchy)}
        return any(lookup.startswith(n) and _ASKED.fullmatch(lookup, len(n)) for n in names if isinstance(n, str))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The list; what it shows is written to the audit log before it leaves."""
        if asked := self._ask_first(request, None):
            return asked
        response: Any = super().changelist_view(request, extra_context)
        if "cl" in (getattr(response, "context_data", None) or {}):
            for row in response.context_data["cl"].result_list:
                named_on_its_day(row)
        if self.discloses and "cl" in (getattr(response, "context_data", None) or {}):
            shown = self.shown_in(request, response.context_data["cl"].result_list)
            purpose = demand(self.list_occasion(request), self.purpose_said(request, self._about(request, None)))
            disclose(by=person(request), kind=self.model.__name__, ids=shown, purpose=purpose)
        return response

    # --- the audit log stands in for Django's own --------------------------------------------------------------

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """The action has written the audit event; rows on the page were saved by actions too."""
        return []

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The action has written the audit event."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The action has written the audit event."""

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        """Query strings do not fill forms."""
        return {}
