"""Steps of a conference with a page of their own: invite, tick who came, put the agenda in order, papers, proposals."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, FilteredSelectMultiple
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import person
from agencies.admin_steps import Step
from agencies.models import Agency, Unit, today
from agencies.refusals import Invalid
from registry.conferences import actions
from registry.conferences.admin.inlines import writes
from registry.conferences.models import ActionItem, Conference, ConferencePaper, Resolution
from registry.conferences.terms import ActionStatus, ConferenceStatus, Missing, Presence, ResolutionKind
from registry.documents.models import Document
from registry.information.models import InformationItem


def plans(request: HttpRequest, conference: Conference) -> bool:
    """Whether the person still writes the lists of the conference."""
    planned = conference.status == ConferenceStatus.PLANNED
    return planned and writes(person(request), conference.host_agency_id)


def units_field(request: HttpRequest, *, required: bool) -> "forms.ModelMultipleChoiceField[Unit]":
    """Units of today by code."""
    seen = Unit.objects.visible_to(person(request)).as_of(today()).order_by("code").prefetch_related("names")
    picker = FilteredSelectMultiple(gettext("units"), is_stacked=False)
    return forms.ModelMultipleChoiceField(seen, label=_("units"), required=required, widget=picker)


def day(label: Any) -> forms.DateField:
    """A day, with a calendar."""
    return forms.DateField(label=label, widget=AdminDateWidget, initial=today)


def words(label: Any) -> forms.CharField:
    """A few lines of text."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 4}), max_length=10_000)


def of(fields: dict[str, forms.Field], data: Any) -> forms.Form:
    """A form of these fields."""
    form = forms.Form(data)
    form.fields.update(fields)
    return form


class InviteStep(Step):
    """Fill the list from focal points."""

    label = _("Invite focal points")
    hint = _("The focal points of every agency's central unit are invited; name further units below. Nobody twice.")

    def allowed(self, request: HttpRequest, obj: Conference) -> bool:
        """While it is planned, by the host's secretariat."""
        return plans(request, obj)

    def form(self, request: HttpRequest, obj: Conference, data: Any = None) -> forms.Form:
        """Further units."""
        return of({"units": units_field(request, required=False)}, data)

    def perform(self, request: HttpRequest, obj: Conference, data: dict[str, Any]) -> str:
        """How many, and who cannot be reached."""
        made = actions.invite_focal_points(conference=obj, by=person(request), units=data["units"])
        count = len(made.invited)
        said = ngettext("%(count)d office invited.", "%(count)d offices invited.", count) % {"count": count}
        if not made.without_focal_point:
            return said
        codes = ", ".join(unit.code for unit in made.without_focal_point)
        return f"{said} {gettext('No focal point on that day: %(units)s.') % {'units': codes}}"


class TickStep(Step):
    """Who came, in one go."""

    label = _("Tick who came")
    hint = _("Once the conference is recorded as held, the list stands.")

    def allowed(self, request: HttpRequest, obj: Conference) -> bool:
        """While it is planned and somebody is on the list."""
        return plans(request, obj) and obj.attendance.exists()

    def form(self, request: HttpRequest, obj: Conference, data: Any = None) -> forms.Form:
        """A choice for each office."""
        fields: dict[str, forms.Field] = {
            f"presence.{row.number}": forms.ChoiceField(
                label=f"{row.number}. {row.office}", choices=Presence.choices, initial=row.presence
            )
            for row in obj.attendance.order_by("number")
        }
        return of(fields, data)

    def perform(self, request: HttpRequest, obj: Conference, data: dict[str, Any]) -> str:
        """All of them together."""
        presence = {int(name.partition(".")[2]): value for name, value in data.items()}
        actions.record_attendance(conference=obj, by=person(request), presence=presence)
        return gettext("Ticked.")


class OrderStep(Step):
    """The agenda in another order."""

    label = _("Put the agenda in order")
    hint = _("Write the place of each point: 1 is the first.")

    def allowed(self, request: HttpRequest, obj: Conference) -> bool:
        """While it is planned and there is something to put in order."""
        return plans(request, obj) and obj.agenda.standing().count() > 1

    def form(self, request: HttpRequest, obj: Conference, data: Any = None) -> forms.Form:
        """A place for each point."""
        standing = obj.agenda.standing().order_by("number")
        fields: dict[str, forms.Field] = {
            f"place.{point.number}": forms.IntegerField(label=point.text[:120], min_value=1, initial=place)
            for place, point in enumerate(standing, start=1)
        }
        return of(fields, data)

    def perform(self, request: HttpRequest, obj: Conference, data: dict[str, Any]) -> str:
        """Equal places keep their present order."""
        places = {int(name.partition(".")[2]): place for name, place in data.items()}
        order = sorted(places, key=lambda number: (places[number], number))
        actions.reorder_agenda(conference=obj, by=person(request), order=order)
        return gettext("The agenda is in order.")


class IssueStep(Step):
    """Hand out copies."""

    label = _("Hand out copies")
    hint = _("Each unit gets one copy, with the next number.")

    def allowed(self, request: HttpRequest, obj: ConferencePaper) -> bool:
        """Until the minutes are approved, as long as there are copies."""
        open_ = obj.conference.status != ConferenceStatus.APPROVED
        return open_ and obj.issued.count() < obj.copies and writes(person(request), obj.conference.host_agency_id)

    def form(self, request: HttpRequest, obj: ConferencePaper, data: Any = None) -> forms.Form:
        """To whom."""
        return of({"units": units_field(request, required=True)}, data)

    def perform(self, request: HttpRequest, obj: ConferencePaper, data: dict[str, Any]) -> str:
        """Which numbers."""
        copies = actions.issue_copies(paper=obj, by=person(request), units=list(data["units"]))
        told = ", ".join(f"{copy.number}: {copy.unit.code}" for copy in copies)
        return gettext("Handed out: %(copies)s.") % {"copies": told}


class ReturnStep(Step):
    """Copies that came back."""

    label = _("Copies came back")

    def allowed(self, request: HttpRequest, obj: ConferencePaper) -> bool:
        """As long as one is out, also after the minutes were approved."""
        out = obj.issued.outstanding().exists()
        return out and writes(person(request), obj.conference.host_agency_id)

    def form(self, request: HttpRequest, obj: ConferencePaper, data: Any = None) -> forms.Form:
        """Which of them."""
        out = obj.issued.outstanding().select_related("unit").order_by("number")
        choices = [(str(copy.number), f"{copy.number}: {copy.unit.code}") for copy in out]
        box = forms.CheckboxSelectMultiple
        return of({"copies": forms.MultipleChoiceField(label=_("copies"), choices=choices, widget=box)}, data)

    @transaction.atomic
    def perform(self, request: HttpRequest, obj: ConferencePaper, data: dict[str, Any]) -> str:
        """Each of them."""
        for copy in obj.issued.filter(number__in=data["copies"]):
            actions.return_copy(copy=copy, by=person(request))
        return gettext("Recorded as returned.")


def _proposal(request: HttpRequest, resolution: Resolution) -> bool:
    return resolution.kind == ResolutionKind.PROPOSAL and writes(person(request), resolution.conference.host_agency_id)


class SendStep(Step):
    """The proposal went out."""

    label = _("Sent to the addressee")

    def allowed(self, request: HttpRequest, obj: Resolution) -> bool:
        """Once."""
        return _proposal(request, obj) and not hasattr(obj, "proposal_answer")

    def form(self, request: HttpRequest, obj: Resolution, data: Any = None) -> forms.Form:
        """When."""
        return of({"sent_on": day(_("sent on"))}, data)

    def perform(self, request: HttpRequest, obj: Resolution, data: dict[str, Any]) -> str:
        """Waits from now on."""
        actions.send_proposal(resolution=obj, by=person(request), sent_on=data["sent_on"])
        return gettext("The proposal waits for an answer.")


class AnswerStep(Step):
    """The addressee answered."""

    label = _("Record the answer")

    def allowed(self, request: HttpRequest, obj: Resolution) -> bool:
        """Once it was sent."""
        answer = getattr(obj, "proposal_answer", None)
        return answer is not None and answer.answered_on is None and _proposal(request, obj)

    def form(self, request: HttpRequest, obj: Resolution, data: Any = None) -> forms.Form:
        """What and when."""
        return of({"text": words(_("answer")), "answered_on": day(_("answered on"))}, data)

    def perform(self, request: HttpRequest, obj: Resolution, data: dict[str, Any]) -> str:
        """Answered."""
        actions.answer_proposal(resolution=obj, by=person(request), **data)
        return gettext("The answer is recorded.")


class EvidenceStep(Step):
    """What shows how far a task has come, and whether it is done."""

    label = _("Add evidence")
    hint = _("Words, and where there is one: a published document, an information item that you see, a paper.")

    def allowed(self, request: HttpRequest, obj: ActionItem) -> bool:
        """While it is open, by the host's or the assignee's secretariat."""
        return obj.status == ActionStatus.OPEN and writes(
            person(request), obj.conference.host_agency_id, obj.assignee_agency_id
        )

    def form(self, request: HttpRequest, obj: ActionItem, data: Any = None) -> forms.Form:
        """Words and records."""
        documents = Document.objects.visible_to(person(request)).order_by("code")
        papers = ConferencePaper.objects.visible_to(person(request)).filter(conference=obj.conference)
        fields: dict[str, forms.Field] = {
            "text": words(_("what it shows")),
            "document": forms.ModelChoiceField(documents, label=_("published document"), required=False),
            "item": forms.CharField(label=_("reference of an information item"), required=False, max_length=32),
            "paper": forms.ModelChoiceField(papers, label=_("conference paper"), required=False),
            "done": forms.BooleanField(label=_("The action item is done."), required=False),
        }
        return of(fields, data)

    def perform(self, request: HttpRequest, obj: ActionItem, data: dict[str, Any]) -> str:
        """Kept, and closed where it is done."""
        text, reference, done = data.pop("text"), data.pop("item").strip(), data.pop("done")
        data["information_item"] = named_item(request, reference) if reference else None
        if done:
            actions.close_action_item(item=obj, by=person(request), evidence=text, **data)
            return gettext("Done.")
        actions.add_evidence(item=obj, by=person(request), text=text, **data)
        return gettext("The evidence is kept.")


class DecideStep(Step):
    """Who does it and by when, where the conference left that open."""

    label = _("Set assignee and day")
    hint = _("Only what is not decided yet can be set. Leave empty what stays open.")

    def allowed(self, request: HttpRequest, obj: ActionItem) -> bool:
        """While it is open and something is undecided, by the host's secretariat."""
        undecided = Missing.UNDECIDED in {obj.assignee_missing, obj.due_on_missing}
        open_ = undecided and obj.status == ActionStatus.OPEN
        return open_ and writes(person(request), obj.conference.host_agency_id)

    def form(self, request: HttpRequest, obj: ActionItem, data: Any = None) -> forms.Form:
        """What is undecided."""
        units = Unit.objects.visible_to(person(request)).as_of(today()).order_by("code").prefetch_related("names")
        agencies = Agency.objects.order_by("protocol_order").prefetch_related("names")
        fields: dict[str, forms.Field] = {}
        if obj.assignee_missing == Missing.UNDECIDED:
            fields["assignee_agency"] = forms.ModelChoiceField(agencies, label=_("agency"), required=False)
            fields["assignee_unit"] = forms.ModelChoiceField(units, label=_("unit"), required=False)
        if obj.due_on_missing == Missing.UNDECIDED:
            fields["due_on"] = forms.DateField(label=_("due on"), widget=AdminDateWidget, required=False)
        return of(fields, data)

    def perform(self, request: HttpRequest, obj: ActionItem, data: dict[str, Any]) -> str:
        """Decided."""
        actions.edit_action_item(item=obj, by=person(request), content=data)
        return gettext("Decided.")


def named_item(request: HttpRequest, reference: str) -> InformationItem:
    """The item of this reference that the person sees."""
    found = InformationItem.objects.visible_to(person(request)).filter(reference=reference).first()
    if found is None:
        raise Invalid({"item": _("You see no information item of this reference.")})
    return found
