"""Forms of seizure lots: what is typed is read back, and taken at the second press."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminDateWidget
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import person
from agencies.admin_steps import Step
from agencies.models import User, today
from agencies.refusals import Invalid
from registry.cases import actions
from registry.cases.admin.steps import leads
from registry.cases.admin.words import WordsForm, confirmed
from registry.cases.lot_readings import OVER_TEN_TIMES, is_far_above, measured, read_lot
from registry.cases.models import JointCase, SeizureLot
from registry.readings import Readings, written
from registry.reference.models import Substance

READ_BACK = _("Not saved yet. Read below how your text is understood; if that is right, press the button again.")
WHICH = _("Not saved yet. Your text can be read in two ways: choose the one you mean and press the button again.")
IS_IT_RIGHT = _("Not saved yet. This is over ten times the most your agency has recorded: check it and tick the box.")
LARGE = _("I have checked it: the quantity is right.")


def language() -> str:
    """The reader's."""
    return get_language() or settings.LANGUAGE_CODE


class ReadBackForm(WordsForm):
    """A quantity as typed. At the first press its readings appear; at the second the one chosen is saved."""

    raw_text = forms.CharField(
        label=_("as entered"), max_length=120, help_text=_("Number and unit as written: 1,5 kg; 2.066.637 viên.")
    )
    read_text = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: JointCase, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.by = case, by
        self.found: Readings | None = None
        self.asked_back: Any = ""
        if self.is_bound and self._reads():
            self._show_readings()

    def _reads(self) -> bool:
        return not self.data.get("not_weighed") and bool(self.data.get("raw_text", "").strip())

    def _show_readings(self) -> None:
        """Every way to read the text as a choice; a text that is none is told by `clean`."""
        try:
            self.found = read_lot(self.data["raw_text"], language())
        except Invalid as fault:
            self.fault = fault
            return
        found = enumerate(self.found.readings, start=1)
        ways = [(str(number), f"{written(one, language())} ({one.words})") for number, one in found]
        label = self.found.question or gettext("It is read as")
        self.fields["reading"] = forms.ChoiceField(label=label, choices=ways, required=False, widget=forms.RadioSelect)

    def clean(self) -> dict[str, Any]:
        """Nothing is taken that was not read back, and nothing very large without being asked about."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self._reads():
            return data
        if self.found is None:
            self.add_error("raw_text", str(self.fault.fields["raw_text"]))
            return data
        if self.data.get("read_text") != self.data["raw_text"] or not data.get("reading"):
            self._remember()
            several = self.found.question is not None
            self.asked_back = WHICH if several else READ_BACK
            self.add_error("reading", _("Choose one of the two.") if several else _("Is this right?"))
        elif self._is_large(data):
            self.fields["confirm_large"] = forms.BooleanField(required=False, label=LARGE)
            if not self.data.get("confirm_large"):
                self.asked_back = IS_IT_RIGHT
                self.add_error("raw_text", _("This is over ten times the most your agency has recorded. Check it."))
        if set(self.errors) - {"reading", "raw_text"}:
            self.asked_back = ""
        return data

    def _remember(self) -> None:
        """The page says which text its readings are of."""
        data = cast(QueryDict, self.data).copy()
        data["read_text"] = str(data["raw_text"])
        if self.found is not None and len(self.found.readings) == 1:
            data["reading"] = "1"
        self.data = data

    def _is_large(self, data: dict[str, Any]) -> bool:
        substance = self.substance_id(data)
        if self.found is None or substance is None:
            return False
        amount = measured(self.found.readings[int(data["reading"]) - 1])
        return is_far_above(by=self.by, case=self.case, substance_id=substance, measured=amount)

    def substance_id(self, data: dict[str, Any]) -> Any:
        """Of what."""
        return data["substance"].pk if data.get("substance") else None

    def amount(self) -> dict[str, Any]:
        """What an action gets."""
        data = self.cleaned_data
        large = (OVER_TEN_TIMES,) if self.data.get("confirm_large") else ()
        given: dict[str, Any] = {"raw_text": data["raw_text"], "confirm": (*confirmed(data), *large)}
        if data.get("reading"):
            given |= {"language": language(), "reading": int(data["reading"])}
        return given


class LotForm(ReadBackForm):
    """A new lot."""

    substance = forms.ModelChoiceField(Substance.objects.none(), label=_("substance"))
    seized_on = forms.DateField(label=_("seized on"), widget=AdminDateWidget, initial=today)
    not_weighed = forms.BooleanField(
        required=False, label=_("not weighed yet"), help_text=_("It is weighed later; until then it has no quantity.")
    )
    field_order = ("substance", "raw_text", "not_weighed", "reading", "confirm_large", "seized_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["substance"].queryset = Substance.objects.all()  # type: ignore[attr-defined]
        self.order_fields(self.field_order)


class WeighForm(ReadBackForm):
    """The quantity of a lot that had none."""

    lot = forms.ModelChoiceField(SeizureLot.objects.none(), label=_("seizure lot"))
    field_order = ("lot", "raw_text", "reading", "confirm_large")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = self.case.lots.filter(weighed=False).select_related("substance")
        self.fields["lot"].queryset = waiting  # type: ignore[attr-defined]
        self.order_fields(self.field_order)

    def substance_id(self, data: dict[str, Any]) -> Any:
        """Of the lot."""
        return data["lot"].substance_id if data.get("lot") else None


class _ReadBackStep(Step):
    """Two presses: read back, then save."""

    form_class: type[ReadBackForm]

    def form(self, request: HttpRequest, obj: JointCase, data: Any = None) -> forms.Form:
        """The form; kept for `perform`, which needs what was read."""
        return self.form_class(data, case=obj, by=person(request))

    def amount(self, request: HttpRequest, obj: JointCase) -> dict[str, Any]:
        """The quantity as the form read it."""
        form = self.form(request, obj, request.POST)
        form.is_valid()
        return form.amount()  # type: ignore[attr-defined,no-any-return]


class LotStep(_ReadBackStep):
    """What was seized."""

    label = _("Add a seizure lot")
    hint = _("Mass and tablets of one class are two lots. What you type is read back before it is saved.")
    form_class = LotForm

    def allowed(self, request: HttpRequest, obj: JointCase) -> bool:
        """The lead records once for all."""
        return leads(person(request), obj)

    def perform(self, request: HttpRequest, obj: JointCase, data: dict[str, Any]) -> str:
        """Save."""
        given = self.amount(request, obj)
        lot = {"substance": data["substance"], "seized_on": data["seized_on"]}
        actions.add_lot(case=obj, by=person(request), **lot, **given)
        return gettext("The lot is recorded.")


class WeighStep(_ReadBackStep):
    """A lot gets its quantity."""

    label = _("Weigh a lot")
    hint = _("What you type is read back before it is saved.")
    form_class = WeighForm

    def allowed(self, request: HttpRequest, obj: JointCase) -> bool:
        """The lead, while a lot waits."""
        return leads(person(request), obj) and any(not lot.weighed for lot in obj.lots.all())

    def perform(self, request: HttpRequest, obj: JointCase, data: dict[str, Any]) -> str:
        """Save."""
        actions.weigh_lot(lot=data["lot"], by=person(request), **self.amount(request, obj))
        return gettext("The lot is weighed.")
