"""Docket cards in the admin: a form without a place for content."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, person
from agencies.models import Unit
from agencies.roles import Permission
from registry.badges import badge
from registry.information.dockets import CARD, create_docket, end_docket, tell_docket
from registry.information.models import Docket
from registry.information.terms import DocketStatus
from registry.information.workflow import DOCKET_MOVES
from registry.workflow import actions_from

HOLDERS_MATTER = {"copy_number", "kept_at", "courier_receipt", "end_reason", "told"}
ENDS = {"return", "destroy", "declassify"}


@admin.register(Docket)
class DocketAdmin(RecordAdmin):
    """Cards of papers one's units hold, and of those they were told of."""

    when_empty = _("Cards of papers that your units hold outside the registry stand here.")
    read_permissions = (Permission.DOCKET_READ,)
    write_permission = Permission.DOCKET_WRITE
    discloses = True
    list_display = ("reference", "degree", "number", "dated_on", "issuer", "holder", "state", "term_ends_on")
    list_filter = ("level", "status", "unit__agency")
    search_fields = ("reference", "number", "issuer")
    search_help_text = _("Reference, number or issuer")
    ordering = ("-created_at", "-id")
    list_select_related = ("unit",)
    filter_horizontal = ("told",)
    fields = ("unit", *CARD)
    shown_fields = ("reference", "state", "unit", *CARD, "end_reason", "told")

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the units' names."""
        return super().get_queryset(request).prefetch_related("unit__names")

    @admin.display(description=_("degree of secrecy"), ordering="level")
    def degree(self, docket: Docket) -> str:
        """As a badge."""
        return badge(docket.level.replace("_", "-"), docket.get_level_display())

    @admin.display(description=_("status"), ordering="status")
    def state(self, docket: Docket) -> str:
        """The status as a badge."""
        return badge(docket.status, docket.get_status_display())

    @admin.display(description=_("holder"), ordering="unit__code")
    def holder(self, docket: Docket) -> str:
        """The holder's code."""
        return docket.unit.code

    def _tells(self, request: HttpRequest, docket: Docket) -> bool:
        return docket.status == DocketStatus.HELD and person(request).may(Permission.DOCKET_TELL, docket.unit_id)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new card, or what stands on one as far as it is the reader's matter."""
        if obj is None:
            return self.fields
        own = person(request).may(Permission.DOCKET_READ, obj.unit_id)
        return [name for name in self.shown_fields if own or name not in HOLDERS_MATTER]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A card is written once; whoever may tell of it names units."""
        if obj is None:
            return ()
        return [name for name in self.shown_fields if name != "told" or not self._tells(request, obj)]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A person registers cards only for units where they may."""
        form = super().get_form(request, obj, change, **kwargs)
        if "unit" in form.base_fields:
            mine = Unit.objects.filter(pk__in=person(request).units_with(Permission.DOCKET_WRITE))
            form.base_fields["unit"].queryset = mine
            form.base_fields["unit"].initial = mine.first()
        return form

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Telling units of a card is all that changes on its page."""
        return obj is not None and self._tells(request, obj)

    def perform_save(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> Docket:
        """Register, or tell, through the action."""
        data = form.cleaned_data
        if change:
            return tell_docket(docket=obj, units=list(data["told"]), by=person(request))
        card = {name: data[name] for name in CARD}
        return create_docket(unit=data["unit"], by=person(request), card=card)

    def moves_for(self, request: HttpRequest, obj: Docket) -> list[dict[str, Any]]:
        """How the card ends, for those who may end it."""
        if not self._tells(request, obj):
            return []
        moves = [(name, move) for name, move in actions_from(DOCKET_MOVES, obj.status) if name in ENDS]
        return [{"name": name, "label": move.label, "needs_reason": True, "style": "danger"} for name, move in moves]

    def perform_move(self, request: HttpRequest, obj: Docket, name: str, reason: str) -> str:
        """Through the action."""
        if name not in ENDS:
            raise Http404
        end_docket(docket=obj, action=name, reason=reason, by=person(request))
        return gettext("The card is closed. It stays in the register.")
