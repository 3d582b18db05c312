"""Steps of a seizure lot with a page of their own: custody, split, merge, possible duplicates."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import person
from agencies.admin_steps import Step
from agencies.models import Unit, today
from agencies.refusals import Invalid
from agencies.roles import Permission
from registry.cases import actions
from registry.cases.admin.lot_forms import ReadBackForm, language
from registry.cases.admin.steps import leads, words
from registry.cases.admin.words import WordsForm, confirmed
from registry.cases.duplicates import Pair, possible_duplicates
from registry.cases.lot_readings import chosen
from registry.cases.models import SeizureLot
from registry.cases.terms import Verdict
from registry.reference.models import UnitOfMeasure


class CustodyForm(WordsForm):
    """Who holds the lot now."""

    happened_on = forms.DateField(label=_("day"), widget=AdminDateWidget, initial=today)
    to_unit = forms.ModelChoiceField(Unit.objects.none(), label=_("held by unit"))
    store = forms.CharField(label=_("place of keeping"), max_length=200)
    seal = forms.CharField(label=_("number of the seal"), max_length=64, required=False)
    value = forms.DecimalField(label=_("weight or count"), max_digits=18, decimal_places=6, required=False)
    measure = forms.ModelChoiceField(UnitOfMeasure.objects.none(), label=_("unit of measure"), required=False)
    note = words(_("note"), required=False)


class CustodyStep(Step):
    """A hand-over of the exhibit."""

    label = _("Record who holds it")
    hint = _("Custody events are never changed. Weight or count are those at the hand-over.")

    def allowed(self, request: HttpRequest, obj: SeizureLot) -> bool:
        """The lead, or the unit that holds the lot."""
        last = obj.custody.order_by("-number").first()
        units = (obj.case.leading_unit_id(), last.to_unit_id if last is not None else None)
        return any(person(request).may(Permission.CASE_WRITE, pk) for pk in units)

    def form(self, request: HttpRequest, obj: SeizureLot, data: Any = None) -> forms.Form:
        """Units that take part."""
        form = CustodyForm(data)
        units = Unit.objects.filter(pk__in=obj.case.participations.values("unit_id")).prefetch_related("names")
        form.fields["to_unit"].queryset = units  # type: ignore[attr-defined]
        measures = (
            UnitOfMeasure.objects.filter(dimension=obj.unit.dimension) if obj.unit else UnitOfMeasure.objects.all()
        )
        form.fields["measure"].queryset = measures  # type: ignore[attr-defined]
        return form

    def perform(self, request: HttpRequest, obj: SeizureLot, data: dict[str, Any]) -> str:
        """Record it."""
        names = ("happened_on", "to_unit", "store", "seal", "value", "measure", "note")
        said = {name: data[name] for name in names}
        actions.record_custody(lot=obj, by=person(request), **said, confirm=confirmed(data))
        return gettext("Recorded.")


class ReweighForm(ReadBackForm):
    """Another quantity for a lot, and why."""

    reason = forms.CharField(label=_("Reason"), max_length=500)
    field_order = ("raw_text", "reading", "confirm_large", "reason")

    def __init__(self, *args: Any, lot: SeizureLot, **kwargs: Any) -> None:
        self.lot = lot
        super().__init__(*args, case=lot.case, **kwargs)
        self.order_fields(self.field_order)

    def substance_id(self, data: dict[str, Any]) -> Any:
        """Of the lot."""
        return self.lot.substance_id


class ReweighStep(Step):
    """The lot was weighed or read wrongly."""

    label = _("Weigh it anew")
    hint = _("The quantity it has now stays in its history, with your reason. What you type is read back first.")

    def allowed(self, request: HttpRequest, obj: SeizureLot) -> bool:
        """The lead of an open case, while the lot is weighed and no history."""
        return leads(person(request), obj.case) and obj.weighed and obj.divided_by_id is None

    def form(self, request: HttpRequest, obj: SeizureLot, data: Any = None) -> ReweighForm:
        """Starts with what was typed before."""
        return ReweighForm(data, lot=obj, by=person(request), initial={"raw_text": obj.raw_text})

    def perform(self, request: HttpRequest, obj: SeizureLot, data: dict[str, Any]) -> str:
        """Weigh anew."""
        form = self.form(request, obj, request.POST)
        form.is_valid()
        actions.reweigh_lot(lot=obj, by=person(request), reason=data["reason"], **form.amount())
        return gettext("The lot has its new quantity. The former one stands in its history.")


class _Dividing(Step):
    """For the lead, while the lot counts."""

    def allowed(self, request: HttpRequest, obj: SeizureLot) -> bool:
        """The lead of an open case, while the lot is weighed and no history."""
        return leads(person(request), obj.case) and obj.weighed and obj.divided_by_id is None


class SplitForm(WordsForm):
    """Parts, one a line."""

    parts = words(_("parts"), help_text=_("One a line, as written: 1,5 kg. Together exactly the whole."))
    reason = forms.CharField(label=_("Reason"), max_length=500)


class SplitStep(_Dividing):
    """A lot is taken apart."""

    label = _("Split the lot")
    hint = _("The lot stays as history and counts no more; its parts count. Merging them takes the split back.")

    def form(self, request: HttpRequest, obj: SeizureLot, data: Any = None) -> forms.Form:
        """Parts and reason."""
        return SplitForm(data)

    def perform(self, request: HttpRequest, obj: SeizureLot, data: dict[str, Any]) -> str:
        """Split."""
        lines = [line.strip() for line in data["parts"].splitlines() if line.strip()]
        parts = [self._part(line) for line in lines]
        given = {"reason": data["reason"], "confirm": confirmed(data)}
        actions.split_lot(lot=obj, by=person(request), parts=parts, **given)
        return gettext("The lot is split.")

    def _part(self, line: str) -> actions.Part:
        try:
            found = chosen(line, language(), None)
        except Invalid as fault:
            raise Invalid({"parts": f"{line}: {fault.fields.get('raw_text', '')}"}, code=fault.code) from fault
        return actions.Part(line, found.value, found.unit)


class MergeForm(WordsForm):
    """Which lots."""

    lots = forms.ModelMultipleChoiceField(
        SeizureLot.objects.none(), label=_("seizure lots"), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label=_("Reason"), max_length=500)


class MergeStep(_Dividing):
    """Lots are put together."""

    label = _("Merge with other lots")
    hint = _("Only lots of one case, substance, day of seizure and dimension are merged.")

    def allowed(self, request: HttpRequest, obj: SeizureLot) -> bool:
        """While there is one alike."""
        return super().allowed(request, obj) and self._alike(obj).exists()

    def _alike(self, obj: SeizureLot) -> Any:
        alike = SeizureLot.objects.counted().filter(case=obj.case_id, substance=obj.substance_id, weighed=True)
        alike = alike.filter(seized_on=obj.seized_on, unit__dimension=obj.unit.dimension if obj.unit else "")
        return alike.exclude(pk=obj.pk).select_related("substance")

    def form(self, request: HttpRequest, obj: SeizureLot, data: Any = None) -> forms.Form:
        """Lots alike."""
        form = MergeForm(data)
        form.fields["lots"].queryset = self._alike(obj)  # type: ignore[attr-defined]
        return form

    def perform(self, request: HttpRequest, obj: SeizureLot, data: dict[str, Any]) -> str:
        """Merge."""
        given = {"reason": data["reason"], "confirm": confirmed(data)}
        actions.merge_lots(lots=[obj, *data["lots"]], by=person(request), **given)
        return gettext("The lots are merged.")


class CompareForm(WordsForm):
    """Which pair, and what is decided."""

    other = forms.ChoiceField(label=_("compared with"), widget=forms.RadioSelect)
    verdict = forms.ChoiceField(label=_("decision"), choices=Verdict.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=500)


class CompareStep(Step):
    """Pairs side by side."""

    label = _("Possible duplicates")
    button = _("Decide")
    hint = _(
        "As a duplicate this lot counts no more, the other one does. Both keep their numbers. Deciding anew is open."
    )
    template = "admin/cases/duplicates.html"

    def pairs(self, request: HttpRequest, obj: SeizureLot) -> list[Pair]:
        """Pairs of this lot that the person sees."""
        return possible_duplicates(SeizureLot.objects.visible_to(person(request)), of=obj.pk)

    def allowed(self, request: HttpRequest, obj: SeizureLot) -> bool:
        """The lead, while there is something to compare."""
        may = person(request).may(Permission.CASE_WRITE, obj.case.leading_unit_id())
        return may and obj.divided_by_id is None and bool(self.pairs(request, obj))

    def form(self, request: HttpRequest, obj: SeizureLot, data: Any = None) -> forms.Form:
        """The others as choices."""
        form = CompareForm(data)
        others = [pair.other if pair.lot.pk == obj.pk else pair.lot for pair in self.pairs(request, obj)]
        form.fields["other"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), f"{one.case.reference}: {one}") for one in others
        ]
        return form

    def context(self, request: HttpRequest, obj: SeizureLot, form: forms.Form) -> dict[str, Any]:
        """The pairs."""
        return {"pairs": self.pairs(request, obj)}

    def perform(self, request: HttpRequest, obj: SeizureLot, data: dict[str, Any]) -> str:
        """Decide."""
        other = SeizureLot.objects.visible_to(person(request)).get(pk=data["other"])
        given = {"verdict": data["verdict"], "reason": data["reason"], "confirm": confirmed(data)}
        actions.compare_lots(lot=obj, other=other, by=person(request), **given)
        return gettext("Decided.")
