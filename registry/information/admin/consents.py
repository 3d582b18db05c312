"""Consents in the admin: what was asked for, and the head's decision."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import RecordAdmin, person
from agencies.admin_steps import Step
from agencies.roles import Permission
from registry.badges import badge
from registry.information import actions
from registry.information.models import Consent
from registry.information.terms import ConsentStatus
from registry.information.workflow import CONSENT_MOVES
from registry.workflow import actions_from


class GrantStep(Step):
    """In whole or in part, within limits, until a moment."""

    label = _("Grant")
    hint = _("For all or some of the units asked for, within limits if you set any, until a moment if you name one.")
    style = "primary"

    def allowed(self, request: HttpRequest, obj: Consent) -> bool:
        """The originator's head, while nothing is decided."""
        asked = obj.status == ConsentStatus.ASKED
        return asked and person(request).may(Permission.ITEM_RELEASE, obj.delivery.item.unit_id)

    def form(self, request: HttpRequest, obj: Consent, data: Any = None) -> forms.Form:
        """Units only where some were asked for."""
        fields: dict[str, Any] = {
            "limits": forms.CharField(
                label=_("limits"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
            ),
            "expires_at": forms.SplitDateTimeField(label=_("holds until"), widget=AdminSplitDateTime, required=False),
        }
        asked = obj.units.order_by("code")
        if asked:
            units = forms.ModelMultipleChoiceField(asked, label=_("units"), widget=forms.CheckboxSelectMultiple)
            fields = {"units": units, **fields}
        form: type[forms.Form] = type("GrantForm", (forms.Form,), fields)
        return form(data, initial={"units": list(asked)})

    def perform(self, request: HttpRequest, obj: Consent, data: dict[str, Any]) -> str:
        """Grant."""
        if "units" in data:
            data["units"] = list(data["units"])
        actions.grant_consent(consent=obj, by=person(request), **data)
        return gettext("Granted.")


@admin.register(Consent)
class ConsentAdmin(RecordAdmin):
    """Consents asked by one's units, and those they decide."""

    when_empty = _(
        "Consents that your units asked for or decide on stand here. They are asked for on the page of a delivery."
    )
    read_permissions = (Permission.CONSENT_READ,)
    list_display = ("item", "kind", "asks", "decides", "state", "asked_at", "expires_at")
    list_filter = ("status", "kind", "asked_at")
    search_fields = ("delivery__item__reference",)
    ordering = ("-asked_at", "-id")
    list_select_related = ("delivery__item__unit", "delivery__unit")
    fields = (
        *("item", "kind", "purpose", "asks", "asked_for", "decides", "state", "asked_at", "decided_at"),
        *("granted_for", "limits", "expires_at", "ended_at", "reason"),
    )
    readonly_fields = fields
    steps = {"grant": GrantStep()}

    @admin.display(description=_("reference"), ordering="delivery__item__reference")
    def item(self, consent: Consent) -> str:
        """The item's number."""
        return str(consent.delivery.item)

    @admin.display(description=_("asking unit"))
    def asks(self, consent: Consent) -> str:
        """Who asks."""
        return consent.delivery.unit.code

    @admin.display(description=_("originator"))
    def decides(self, consent: Consent) -> str:
        """Who decides."""
        return consent.delivery.item.unit.code

    @admin.display(description=_("units it is asked for"))
    def asked_for(self, consent: Consent) -> str:
        """For onward passage."""
        return ", ".join(unit.code for unit in consent.units.order_by("code")) or "-"

    @admin.display(description=_("units it is granted for"))
    def granted_for(self, consent: Consent) -> str:
        """For onward passage."""
        return ", ".join(unit.code for unit in consent.granted_units.order_by("code")) or "-"

    @admin.display(description=_("status"), ordering="status")
    def state(self, consent: Consent) -> str:
        """The status as a badge."""
        return badge(consent.status, consent.get_status_display())

    def moves_for(self, request: HttpRequest, obj: Consent) -> list[dict[str, Any]]:
        """Refuse, revoke, withdraw; a grant has a page of its own."""
        by = person(request)
        units = {"withdraw": obj.delivery.unit_id}
        return [
            {"name": name, "label": move.label, "needs_reason": move.reason, "style": "danger" if move.reason else ""}
            for name, move in actions_from(CONSENT_MOVES, obj.status)
            if name != "grant" and by.may(move.permission, units.get(name, obj.delivery.item.unit_id))
        ]

    def perform_move(self, request: HttpRequest, obj: Consent, name: str, reason: str) -> str:
        """The same functions as the API."""
        by = person(request)
        match name:
            case "refuse":
                actions.refuse_consent(consent=obj, by=by, reason=reason)
            case "revoke":
                actions.revoke_consent(consent=obj, by=by, reason=reason)
            case "withdraw":
                actions.withdraw_consent(consent=obj, by=by)
            case _:
                raise Http404
        return gettext("Done. Those concerned are told.")
