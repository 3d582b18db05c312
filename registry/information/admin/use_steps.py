"""Steps of a delivery that reach beyond one's own unit: ask the originator for consent, pass an item on."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import person
from agencies.admin_steps import Step
from agencies.models import Unit, User
from agencies.roles import Permission
from registry.information import actions
from registry.information.models import Delivery
from registry.information.terms import ConsentKind, DeliveryStatus


def _units(user: User, delivery: Delivery, *, required: bool) -> forms.Field:
    known = Unit.objects.visible_to(user).exclude(pk__in=[delivery.unit_id, delivery.item.unit_id])
    widget = FilteredSelectMultiple(gettext("units"), is_stacked=False)
    return forms.ModelMultipleChoiceField(known, label=_("units"), widget=widget, required=required)


class AskConsentStep(Step):
    """One use is asked for, with its purpose."""

    label = _("Ask for consent")
    hint = _("The originator's head decides. You are told, and the consent is looked at each time you use it.")

    def allowed(self, request: HttpRequest, obj: Delivery) -> bool:
        """Whoever works on what the unit received, while it stands."""
        return obj.status != DeliveryStatus.RECALLED and person(request).may(Permission.CONSENT_ASK, obj.unit_id)

    def form(self, request: HttpRequest, obj: Delivery, data: Any = None) -> forms.Form:
        """Use, purpose, and for onward passage the units."""
        fields: dict[str, Any] = {
            "kind": forms.ChoiceField(label=_("use"), choices=ConsentKind.choices, widget=forms.RadioSelect),
            "purpose": forms.CharField(
                label=_("purpose"),
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=2000,
                help_text=_("The originator decides by it."),
            ),
            "units": _units(person(request), obj, required=False),
        }
        form: type[forms.Form] = type("AskConsentForm", (forms.Form,), fields)
        return form(data)

    def perform(self, request: HttpRequest, obj: Delivery, data: dict[str, Any]) -> str:
        """Ask."""
        data["units"] = list(data["units"])
        actions.ask_consent(delivery=obj, by=person(request), **data)
        return gettext("Asked. The originator decides.")


class PassOnStep(Step):
    """The item is handed on, as far as its marks or a consent allow."""

    label = _("Pass on")
    hint = _("Where the marks do not allow it, the originator's consent is needed first.")

    def allowed(self, request: HttpRequest, obj: Delivery) -> bool:
        """Whoever handles what the unit receives, while it stands."""
        return obj.status != DeliveryStatus.RECALLED and person(request).may(Permission.DELIVERY_HANDLE, obj.unit_id)

    def form(self, request: HttpRequest, obj: Delivery, data: Any = None) -> forms.Form:
        """The units."""
        fields = {"units": _units(person(request), obj, required=True)}
        form: type[forms.Form] = type("PassOnForm", (forms.Form,), fields)
        return form(data)

    def perform(self, request: HttpRequest, obj: Delivery, data: dict[str, Any]) -> str:
        """Pass on."""
        actions.pass_on(delivery=obj, by=person(request), units=list(data["units"]))
        return gettext("Passed on. The originator sees it.")
