"""What is asked beside a move of a delivery."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership, today
from registry.information.models import Delivery
from registry.information.terms import InformationGrade, SourceGrade, Usefulness


class AssignForm(forms.Form):
    """Who of the recipient unit works on it."""

    def __init__(self, delivery: Delivery) -> None:
        super().__init__(auto_id="assign-%s")
        held = Membership.objects.as_of(today()).filter(unit_id=delivery.unit_id, user__is_active=True)
        people = {m.user.username: str(m.user) for m in held.select_related("user").order_by("user__username")}
        self.fields["to"] = forms.ChoiceField(label=_("To whom"), choices=list(people.items()))
        if delivery.assigned_to is not None:
            self.initial["to"] = delivery.assigned_to.username


class EvaluationForm(forms.Form):
    """What the item was worth. The recipient's own grade stands beside the originator's, and may be left out."""

    usefulness = forms.ChoiceField(label=_("Usefulness"), choices=Usefulness.choices)
    source_grade = forms.ChoiceField(
        label=_("Your grade of the source"), required=False, choices=[("", _("not graded")), *SourceGrade.choices]
    )
    information_grade = forms.ChoiceField(
        label=_("Your grade of the information"),
        required=False,
        choices=[("", _("not graded")), *InformationGrade.choices],
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, delivery: Delivery) -> None:
        said = getattr(delivery, "evaluation", None)
        initial = {name: getattr(said, name) for name in self.base_fields} if said else {}
        super().__init__(auto_id="evaluate-%s", initial=initial)
