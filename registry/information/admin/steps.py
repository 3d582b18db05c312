"""Steps of an item with a page of their own: release as previewed, correct, share further, ask who sees it."""

from typing import Any, cast

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import person
from agencies.admin_steps import Step
from agencies.models import Unit
from agencies.refusals import Incomplete
from agencies.roles import Permission
from registry.information import actions
from registry.information.admin.content import (
    CONTENT,
    content_fields,
    sources_field,
    sources_named,
    sources_text,
)
from registry.information.area_duty import suggested
from registry.information.differences import differences
from registry.information.explanation import explain_unit
from registry.information.impact import impact
from registry.information.models import InformationItem
from registry.information.preview import Preview
from registry.information.terms import Status


def wrote(request: HttpRequest, item: InformationItem) -> bool:
    """Whether the person wrote any of what a release would release."""
    by = person(request)
    return by.pk == item.author_id or actions.newest(item).was_edited_by(by)


class ApprovalForm(forms.Form):
    """The hash of the preview on the page."""

    preview = forms.CharField(widget=forms.HiddenInput)


class _Approving(Step):
    """Shows the preview; what is approved is its hash."""

    template = "admin/information/preview.html"
    style = "primary"

    def units(self, item: InformationItem) -> list[Unit]:
        """Who would get it."""
        return actions.recipients_of(item)

    def seen(self, request: HttpRequest, item: InformationItem) -> Preview:
        """The preview on the page."""
        units = self.units(item) if item.released_at is None else None
        return actions.preview_release(item=item, by=person(request), recipients=units)

    def form(self, request: HttpRequest, obj: InformationItem, data: Any = None) -> forms.Form:
        """After a refusal the page shows what would be approved now."""
        return ApprovalForm(data) if data else ApprovalForm(initial={"preview": self.seen(request, obj).hash})

    def context(self, request: HttpRequest, obj: InformationItem, form: forms.Form) -> dict[str, Any]:
        """Preview, what the area rule suggests, what a correction changes."""
        seen, newest = self.seen(request, obj), actions.newest(obj)
        show_hash(form, seen)
        hint = suggested(area=newest.area, unit=obj.unit)
        missing = hint is not None and hint.unit.agency.code not in {r.agency for r in seen.recipients}
        changed = differences(obj.current, newest) if obj.current and obj.current != newest else []
        return {"preview": seen, "suggestion": hint if missing else None, "differences": changed}


def show_hash(form: forms.Form, seen: Preview) -> None:
    """After a refusal the page shows a new preview: the next press of the button approves that one."""
    if form.is_bound:
        data = cast(QueryDict, form.data).copy()
        data["preview"] = seen.hash
        form.data = data


class ReleaseStep(_Approving):
    """The head looks at what each recipient gets, and approves that."""

    label = _("Release")
    hint = _("Look at what each recipient will get. What you approve is what you see here.")

    def allowed(self, request: HttpRequest, obj: InformationItem) -> bool:
        """Heads who wrote nothing of it, while it is submitted."""
        may = person(request).may(Permission.ITEM_RELEASE, obj.unit_id)
        return obj.status == Status.SUBMITTED and may and not wrote(request, obj)

    def perform(self, request: HttpRequest, obj: InformationItem, data: dict[str, Any]) -> str:
        """Release."""
        item = actions.release_item(item=obj, by=person(request), preview=data["preview"])
        return gettext("Released as %s and delivered.") % item.reference


class ReleaseCorrectionStep(_Approving):
    """The head looks at what changes for everybody who has the item."""

    label = _("Release the correction")
    hint = _("Everybody who has the item will read it as corrected, and see what changed and why.")

    def allowed(self, request: HttpRequest, obj: InformationItem) -> bool:
        """Heads who wrote nothing of it, while a correction waits."""
        if obj.status != Status.RELEASED or not person(request).may(Permission.ITEM_RELEASE, obj.unit_id):
            return False
        return actions.open_correction(obj) is not None and not wrote(request, obj)

    def perform(self, request: HttpRequest, obj: InformationItem, data: dict[str, Any]) -> str:
        """Release the correction."""
        actions.release_correction(item=obj, by=person(request), preview=data["preview"])
        return gettext("The correction is released. Everybody who has the item is told.")


class CorrectStep(Step):
    """A correction: the fields as they stand, and why they change."""

    label = _("Correct")
    hint = _("Recipients go on reading what was released until the head releases the correction.")

    def allowed(self, request: HttpRequest, obj: InformationItem) -> bool:
        """Those who draft for the unit, while the item is released."""
        return obj.status == Status.RELEASED and person(request).may(Permission.ITEM_DRAFT, obj.unit_id)

    def form(self, request: HttpRequest, obj: InformationItem, data: Any = None) -> forms.Form:
        """The newest content."""
        newest = actions.newest(obj)
        reason = {"reason": newest.reason} if newest != obj.current else {}
        fields = {"reason": _reason(), **content_fields(), "based_on": sources_field()}
        form: type[forms.Form] = type("CorrectionForm", (forms.Form,), fields)
        start = forms.model_to_dict(newest, fields=CONTENT) | {"based_on": sources_text(newest)}
        return form(data, initial=start | reason)

    def perform(self, request: HttpRequest, obj: InformationItem, data: dict[str, Any]) -> str:
        """Write the correction."""
        content = {name: data[name] for name in CONTENT}
        content["sources"] = sources_named(data["based_on"], person(request))
        actions.correct_item(item=obj, by=person(request), content=content, reason=data["reason"])
        return gettext("The correction waits for the head of the unit.")


def _reason() -> forms.Field:
    return forms.CharField(
        label=_("Why it is corrected"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Recipients read it."),
    )


class ShareStep(Step):
    """Further units for a released item."""

    label = _("Share further")
    template = "admin/information/preview.html"
    hint = _("A unit that joins later gets an old item only by this, and it is kept who decided it.")

    def allowed(self, request: HttpRequest, obj: InformationItem) -> bool:
        """Heads who wrote nothing of it, while the item is released."""
        may = person(request).may(Permission.ITEM_RELEASE, obj.unit_id)
        return obj.status == Status.RELEASED and may and not wrote(request, obj)

    def form(self, request: HttpRequest, obj: InformationItem, data: Any = None) -> forms.Form:
        """Units that do not have it."""
        held = obj.deliveries.values("unit_id")
        units = Unit.objects.visible_to(person(request)).exclude(pk__in=held).exclude(pk=obj.unit_id)
        return ShareForm(data, units=units)

    def context(self, request: HttpRequest, obj: InformationItem, form: forms.Form) -> dict[str, Any]:
        """What the units chosen would get."""
        units = list(getattr(form, "cleaned_data", {}).get("recipients") or [])
        if not units:
            return {}
        seen = actions.preview_release(item=obj, by=person(request), recipients=units)
        show_hash(form, seen)
        return {"preview": seen}

    def perform(self, request: HttpRequest, obj: InformationItem, data: dict[str, Any]) -> str:
        """The first press shows what the units would get, the second delivers it."""
        units = list(data["recipients"])
        if not data["preview"]:
            raise Incomplete(_("This is what they would get. Look at it, then press the button again."))
        actions.share_item(item=obj, by=person(request), recipients=units, preview=data["preview"])
        return gettext("Delivered to: %s.") % ", ".join(unit.code for unit in units)


class ShareForm(forms.Form):
    """Which further units, and the preview that was looked at."""

    preview = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipients"] = forms.ModelMultipleChoiceField(
            units, label=_("recipients"), widget=FilteredSelectMultiple(gettext("units"), is_stacked=False)
        )


class WhyStep(Step):
    """Why a unit sees the item, or does not."""

    label = _("Who sees it, and why")
    hint = _("The rules one by one, for every unit that was named and for the one you ask for.")
    template = "admin/information/why.html"
    reads = True

    def allowed(self, request: HttpRequest, obj: InformationItem) -> bool:
        """The originator."""
        return person(request).may(Permission.ITEM_READ_OWN, obj.unit_id)

    def form(self, request: HttpRequest, obj: InformationItem, data: Any = None) -> forms.Form:
        """A unit to ask about."""
        return WhyForm(data, units=Unit.objects.visible_to(person(request)))

    def context(self, request: HttpRequest, obj: InformationItem, form: forms.Form) -> dict[str, Any]:
        """The unit asked for first, then those that were named."""
        named = list(obj.recipients.order_by("code"))
        asked = form.cleaned_data.get("unit") if form.is_bound and form.is_valid() else None
        units = ([asked] if asked else []) + [unit for unit in named if unit != asked]
        return {"explanations": [(unit, explain_unit(obj, unit)) for unit in units]}


class ImpactStep(Step):
    """Where a released or recalled item has been."""

    label = _("Where it has been")
    hint = _("Cases and reports of others are counted, never named.")
    template = "admin/information/impact.html"
    reads = True

    def allowed(self, request: HttpRequest, obj: InformationItem) -> bool:
        """The originator, once it was released."""
        return obj.released_at is not None and person(request).may(Permission.ITEM_READ_OWN, obj.unit_id)

    def context(self, request: HttpRequest, obj: InformationItem, form: forms.Form) -> dict[str, Any]:
        """Every holder."""
        return {"holders": impact(obj)}


class WhyForm(forms.Form):
    """Which unit."""

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = forms.ModelChoiceField(units, label=_("unit"))
