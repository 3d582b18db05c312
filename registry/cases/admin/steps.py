"""Steps of a case with a page of their own: timeline, entries, closing, the lead's hand-over, task forces."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, FilteredSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import person
from agencies.admin_steps import Step
from agencies.models import Unit, User, today
from agencies.roles import Permission
from registry.cases import actions
from registry.cases.admin.words import WordsForm, confirmed
from registry.cases.models import CaseItem, HandOver, JointCase
from registry.cases.terms import CaseRole, CaseStatus
from registry.cases.timeline import timeline


def leads(user: User, case: JointCase | None, status: str = CaseStatus.OPEN) -> bool:
    """Whether the person writes this case's record now."""
    if case is None or case.status != status:
        return False
    return user.may(Permission.CASE_WRITE, case.leading_unit_id())


def takes_part(user: User, case: JointCase | None) -> bool:
    """Whether the person writes cases for a unit of this open case."""
    if case is None or case.status != CaseStatus.OPEN:
        return False
    return any(user.may(Permission.CASE_WRITE, row.unit_id) for row in case.participations.all())


def words(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A few lines of text."""
    box = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, required=required, widget=box, max_length=4000, help_text=help_text)


def day(label: Any, *, initial: Any = today) -> forms.DateField:
    """A day, with a calendar."""
    return forms.DateField(label=label, widget=AdminDateWidget, initial=initial)


class EntryForm(WordsForm):
    """An entry of the timeline."""

    happened_on = day(_("day"))
    text = words(_("what happened"))


class CloseForm(WordsForm):
    """The end of a case."""

    closed_on = day(_("closed on"))
    reason = words(_("result"))
    lessons = words(_("lessons learned"), required=False, help_text=_("What others should know the next time."))


class ReopenForm(WordsForm):
    """Why a closed case goes on."""

    reason = words(_("Reason"))


class ReceiveForm(WordsForm):
    """What was not as told."""

    note = words(_("note of the receiver"), required=False, help_text=_("What was missing or damaged."))


class HandOverForm(WordsForm):
    """The next lead and what goes along."""

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = dict(self.fields)
        self.fields.clear()
        self.fields["unit"] = forms.ModelChoiceField(units, label=_("unit"))
        self.fields["valid_from"] = day(_("day"))
        self.fields["handed_over"] = words(
            _("what was handed over"), help_text=_("Papers, exhibits, vehicles, persons by their number.")
        )
        self.fields["deviation_reason"] = words(_("why another agency leads"), required=False)
        self.fields.update(kept)


class TaskForceForm(WordsForm):
    """Name, units, end."""

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = dict(self.fields)
        self.fields.clear()
        self.fields["name"] = forms.CharField(label=_("name"), max_length=200)
        self.fields["purpose"] = words(_("purpose"), required=False)
        picker = FilteredSelectMultiple(gettext("units"), is_stacked=False)
        self.fields["units"] = forms.ModelMultipleChoiceField(units, label=_("units"), widget=picker)
        self.fields["valid_from"] = day(_("valid from"))
        self.fields["valid_to"] = day(_("valid until (exclusive)"), initial=None)
        self.fields.update(kept)


def _said(data: dict[str, Any], *names: str) -> dict[str, Any]:
    """The named fields, and what was confirmed."""
    return {**{name: data[name] for name in names}, "confirm": confirmed(data)}


class TimelineStep(Step):
    """What happened, oldest first."""

    label = _("Timeline")
    template = "admin/cases/timeline.html"
    reads = True

    def allowed(self, request: HttpRequest, obj: JointCase) -> bool:
        """Whoever sees the case."""
        return True

    def context(self, request: HttpRequest, obj: JointCase, form: forms.Form) -> dict[str, Any]:
        """Lines, with items as far as the reader sees them."""
        links = CaseItem.objects.visible_to(person(request)).filter(case=obj).select_related("item", "unit")
        return {"lines": timeline(obj, list(links))}


class EntryStep(Step):
    """Write into the timeline."""

    label = _("Add to the timeline")
    hint = _("Entries are never changed. A mistake is set right by a further entry.")

    def allowed(self, request: HttpRequest, obj: JointCase) -> bool:
        """Those who take part."""
        return takes_part(person(request), obj)

    def form(self, request: HttpRequest, obj: JointCase, data: Any = None) -> forms.Form:
        """Day and text."""
        return EntryForm(data)

    def perform(self, request: HttpRequest, obj: JointCase, data: dict[str, Any]) -> str:
        """Write it."""
        actions.add_entry(case=obj, by=person(request), **_said(data, "happened_on", "text"))
        return gettext("Written into the timeline.")


class CloseStep(Step):
    """Result and lessons."""

    label = _("Close the case")
    hint = _("The result goes to everybody who takes part. Lessons stay when the case is opened again.")

    def allowed(self, request: HttpRequest, obj: JointCase) -> bool:
        """The lead of an open case."""
        return leads(person(request), obj)

    def form(self, request: HttpRequest, obj: JointCase, data: Any = None) -> forms.Form:
        """The closing form."""
        return CloseForm(data, initial={"lessons": obj.lessons})

    def perform(self, request: HttpRequest, obj: JointCase, data: dict[str, Any]) -> str:
        """Close."""
        said = _said(data, "closed_on", "lessons")
        actions.close_case(case=obj, by=person(request), result=data["reason"], **said)
        return gettext("The case is closed.")


class ReopenStep(Step):
    """Go on with a closed case."""

    label = _("Reopen the case")

    def allowed(self, request: HttpRequest, obj: JointCase) -> bool:
        """The lead of a closed case."""
        return leads(person(request), obj, CaseStatus.CLOSED)

    def form(self, request: HttpRequest, obj: JointCase, data: Any = None) -> forms.Form:
        """Why."""
        return ReopenForm(data)

    def perform(self, request: HttpRequest, obj: JointCase, data: dict[str, Any]) -> str:
        """Reopen."""
        actions.reopen_case(case=obj, by=person(request), **_said(data, "reason"))
        return gettext("The case is open again.")


class HandOverStep(Step):
    """Another unit takes the lead over."""

    label = _("Hand over the lead")
    hint = _("Until that day your unit leads, from it the other. The other unit confirms what it received.")

    def allowed(self, request: HttpRequest, obj: JointCase) -> bool:
        """The lead of an open case."""
        return leads(person(request), obj)

    def form(self, request: HttpRequest, obj: JointCase, data: Any = None) -> forms.Form:
        """Any other unit of today."""
        units = Unit.objects.visible_to(person(request)).as_of(today()).exclude(pk=obj.leading_unit_id())
        units = units.prefetch_related("names")
        return HandOverForm(data, units=units)

    def perform(self, request: HttpRequest, obj: JointCase, data: dict[str, Any]) -> str:
        """Hand over."""
        said = _said(data, "unit", "valid_from", "handed_over", "deviation_reason")
        actions.add_participation(case=obj, by=person(request), role=CaseRole.LEAD, **said)
        return gettext("The lead is handed over. The new lead confirms what it received.")


def to_receive(by: User, case: JointCase) -> HandOver | None:
    """The hand-over whose receipt the person may confirm."""
    waiting = [made for made in case.hand_overs.all() if made.received_at is None]
    return next((made for made in waiting if by.may(Permission.CASE_CONFIRM, made.to_unit_id)), None)


class ReceiveStep(Step):
    """The new lead confirms what it received."""

    label = _("Confirm the receipt")
    style = "primary"

    def allowed(self, request: HttpRequest, obj: JointCase) -> bool:
        """The new lead's unit, once."""
        return to_receive(person(request), obj) is not None

    def form(self, request: HttpRequest, obj: JointCase, data: Any = None) -> forms.Form:
        """A note."""
        return ReceiveForm(data)

    def perform(self, request: HttpRequest, obj: JointCase, data: dict[str, Any]) -> str:
        """Confirm."""
        if made := to_receive(person(request), obj):
            actions.receive_hand_over(hand_over=made, by=person(request), **_said(data, "note"))
        return gettext("The receipt is confirmed.")


class TaskForceStep(Step):
    """Units of the case form a task force."""

    label = _("Set up a task force")
    hint = _("A task force has an end and dissolves by itself.")

    def allowed(self, request: HttpRequest, obj: JointCase) -> bool:
        """The lead of an open case."""
        return leads(person(request), obj)

    def form(self, request: HttpRequest, obj: JointCase, data: Any = None) -> forms.Form:
        """Units that take part."""
        units = Unit.objects.filter(pk__in=obj.participations.values("unit_id")).prefetch_related("names")
        return TaskForceForm(data, units=units)

    def perform(self, request: HttpRequest, obj: JointCase, data: dict[str, Any]) -> str:
        """Set it up."""
        said = _said(data, "name", "purpose", "units", "valid_from", "valid_to")
        actions.set_up_task_force(case=obj, by=person(request), **said)
        return gettext("The task force is set up.")
