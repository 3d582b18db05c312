"""The step in which the holder of a recalled item answers for its copy."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import person
from agencies.admin_steps import Step
from agencies.roles import Permission
from registry.information import receipts
from registry.information.models import Delivery
from registry.information.terms import DeliveryStatus, Disposal


class DisposalForm(forms.Form):
    """What became of it."""

    disposal = forms.ChoiceField(label=_("what became of it"), choices=Disposal.choices, widget=forms.RadioSelect)
    ground = forms.CharField(
        label=_("legal ground"), max_length=500, required=False, help_text=_("Only where it is retained.")
    )


class DisposalStep(Step):
    """A holder of a recalled item says that it was destroyed, or why it is kept."""

    label = _("Confirm what became of it")
    hint = _("All copies your unit held, on paper too.")
    style = "primary"

    def allowed(self, request: HttpRequest, obj: Delivery) -> bool:
        """Whoever handles what the unit receives, after a recall, until it is destroyed."""
        receipt = getattr(obj, "recall_receipt", None)
        open_still = receipt is None or receipt.disposal != Disposal.DESTROYED
        may = person(request).may(Permission.DELIVERY_HANDLE, obj.unit_id)
        return may and obj.status == DeliveryStatus.RECALLED and open_still

    def form(self, request: HttpRequest, obj: Delivery, data: Any = None) -> forms.Form:
        """Empty."""
        return DisposalForm(data)

    def perform(self, request: HttpRequest, obj: Delivery, data: dict[str, Any]) -> str:
        """Confirm."""
        receipts.confirm_disposal(delivery=obj, by=person(request), **data)
        return gettext("Thank you: the originator sees it.")
