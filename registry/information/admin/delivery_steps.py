"""Steps of a delivery with a page of their own: evaluate, assign, answer for a recalled copy."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import person
from agencies.admin_steps import Step
from agencies.models import Membership, User, today
from agencies.roles import Permission
from registry.information import receipts
from registry.information.models import Delivery
from registry.information.terms import DeliveryStatus, Disposal, InformationGrade, SourceGrade, Usefulness
from registry.information.workflow import DELIVERY_MOVES

NONE = [("", _("no opinion"))]


class EvaluationForm(forms.Form):
    """What it was worth, and one's own grade beside the originator's."""

    usefulness = forms.ChoiceField(label=_("usefulness"), choices=Usefulness.choices, widget=forms.RadioSelect)
    source_grade = forms.ChoiceField(label=_("source"), choices=NONE + SourceGrade.choices, required=False)
    information_grade = forms.ChoiceField(
        label=_("information"), choices=NONE + InformationGrade.choices, required=False
    )
    note = forms.CharField(label=_("note"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, required=False)


class EvaluateStep(Step):
    """The originator learns what its item was worth."""

    label = _("Evaluate")
    hint = _("The originator reads it. Your own grade stands beside the originator's, never in its place.")
    style = "primary"

    def allowed(self, request: HttpRequest, obj: Delivery) -> bool:
        """Analysts of the recipient, once it is acknowledged."""
        possible = (obj.status, "evaluate") in DELIVERY_MOVES
        return possible and person(request).may(Permission.DELIVERY_EVALUATE, obj.unit_id)

    def form(self, request: HttpRequest, obj: Delivery, data: Any = None) -> forms.Form:
        """As it was said before, if it was."""
        said = getattr(obj, "evaluation", None)
        initial = {name: getattr(said, name) for name in EvaluationForm.base_fields} if said else {}
        return EvaluationForm(data, initial=initial)

    def perform(self, request: HttpRequest, obj: Delivery, data: dict[str, Any]) -> str:
        """Evaluate."""
        receipts.evaluate_delivery(delivery=obj, by=person(request), **data)
        return gettext("Thank you: the originator sees your evaluation.")


class AssignForm(forms.Form):
    """To whom."""

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = forms.ModelChoiceField(people, label=_("assigned to"))


class AssignStep(Step):
    """Work is given out inside one's own unit only."""

    label = _("Assign")

    def allowed(self, request: HttpRequest, obj: Delivery) -> bool:
        """Whoever handles what the unit receives, while it stands."""
        may = person(request).may(Permission.DELIVERY_HANDLE, obj.unit_id)
        return may and obj.status != DeliveryStatus.RECALLED

    def form(self, request: HttpRequest, obj: Delivery, data: Any = None) -> forms.Form:
        """People with a role in the unit today."""
        held = Membership.objects.as_of(today()).filter(unit_id=obj.unit_id).values("user_id")
        people = User.objects.filter(pk__in=held, is_active=True).order_by("username")
        return AssignForm(data, people=people, initial={"to": obj.assigned_to_id})

    def perform(self, request: HttpRequest, obj: Delivery, data: dict[str, Any]) -> str:
        """Assign."""
        receipts.assign_delivery(delivery=obj, by=person(request), username=data["to"].username)
        return gettext("Assigned to %s.") % str(data["to"])


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
