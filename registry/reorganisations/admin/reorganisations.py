"""Reorganisations in the admin: plan, look, apply, undo."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import ChildInline, RecordAdmin, person
from agencies.admin_scope import told_apart
from agencies.admin_steps import Step
from agencies.models import Place, Unit
from agencies.refusals import Invalid
from agencies.roles import Permission
from registry.badges import badge
from registry.reorganisations import actions
from registry.reorganisations.admin.forms import NEW_UNITS, PARTS, PlanForm, at_fields, plan_from
from registry.reorganisations.changes import BY_LABEL
from registry.reorganisations.models import Effect, Reorganisation
from registry.reorganisations.preview import Preview, preview_of
from registry.reorganisations.terms import Status

VERBS = {"begins": _("begins"), "ends": _("ends")}
GENERAL = ("unit", "kind", "takes_effect_on", "legal_basis", "reason", "units")
NAMES = ("name_vi", "abbreviation_vi", "name_en", "abbreviation_en")


class ApplyForm(forms.Form):
    """The hash of the preview on the page."""

    preview = forms.CharField(widget=forms.HiddenInput, required=False)


class ApplyStep(Step):
    """Every row, what follows, what waits; what is applied is what the page shows."""

    label = _("Look and apply")
    hint = _("Nothing is deleted: rows end and others begin. What you apply is what you see here.")
    style = "primary"
    template = "admin/reorganisations/preview.html"

    def allowed(self, request: HttpRequest, obj: Reorganisation) -> bool:
        """While it is planned, to those who manage the planning unit."""
        return obj.status == Status.DRAFT and person(request).may(Permission.UNIT_MANAGE, obj.unit_id)

    def _seen(self, request: HttpRequest, obj: Reorganisation) -> Preview | dict[str, Any]:
        try:
            return preview_of(obj, by=person(request))
        except Invalid as refusal:
            return dict(refusal.fields)

    def form(self, request: HttpRequest, obj: Reorganisation, data: Any = None) -> forms.Form:
        """After a refusal the page shows what would be applied now."""
        if data:
            return ApplyForm(data)
        seen = self._seen(request, obj)
        return ApplyForm(initial={"preview": seen.hash if isinstance(seen, Preview) else ""})

    def context(self, request: HttpRequest, obj: Reorganisation, form: forms.Form) -> dict[str, Any]:
        """The preview, or why there is none."""
        seen = self._seen(request, obj)
        if not isinstance(seen, Preview):
            return {"faults": seen}
        if form.is_bound:
            form.data = {**form.data.dict(), "preview": seen.hash}  # type: ignore[attr-defined]
        rows = [
            line | {"label": change.row._meta.verbose_name, "verb": VERBS[change.verb]}
            for change, line in zip(seen.changes, seen.lines, strict=True)
        ]
        return {"preview": seen, "rows": rows}

    def perform(self, request: HttpRequest, obj: Reorganisation, data: dict[str, Any]) -> str:
        """Apply."""
        actions.apply_reorganisation(reorganisation=obj, by=person(request), preview=data["preview"])
        return gettext("Applied. It can be undone while nothing rests on it.")


class EffectInline(ChildInline):
    """What it wrote."""

    model = Effect
    fields = readonly_fields = ("number", "what", "until")
    verbose_name_plural = _("rows written")

    @admin.display(description=_("row"))
    def what(self, effect: Effect) -> str:
        """The table and what became of the row."""
        verb = VERBS["begins" if effect.before is None else "ends"]
        name = effect.after.get("name") or effect.after.get("code") or effect.after.get("role") or ""
        return f"{BY_LABEL[effect.table]._meta.verbose_name} {name}: {verb}"

    @admin.display(description=_("holds"))
    def until(self, effect: Effect) -> str:
        """From when until when, as it was left."""
        return f"{effect.after.get('valid_from') or '…'} - {effect.after.get('valid_to') or '…'}"


@admin.register(Reorganisation)
class ReorganisationAdmin(RecordAdmin):
    """Reorganisations of the units one manages."""

    when_empty = _("Plans of your agency stand here: name changes, moves, mergers, splits and closings of units.")
    read_permissions = (Permission.UNIT_MANAGE,)
    write_permission = Permission.UNIT_MANAGE
    form = PlanForm
    list_display = ("title", "state", "takes_effect_on", "unit", "author", "applied_at")
    list_filter = ("status", "kind")
    search_fields = ("reason",)
    search_help_text = _("Paper and reason")
    ordering = ("-takes_effect_on", "-id")
    list_select_related = ("unit", "author")
    steps = {"apply": ApplyStep()}
    told = (*GENERAL[:5], "plan_text", "state", "author", "applied_at", "applied_by", "undone_at", "undone_by")
    fieldsets: ClassVar[Any] = (
        (None, {"fields": GENERAL}),
        (_("New name (rename)"), {"fields": (NAMES[:2], NAMES[2:])}),
        (_("New place (move)"), {"fields": (("parent", "place"),)}),
        (_("Successors (merge, split)"), {"fields": ("into", "heir", "people")}),
        *(
            (
                _("New unit %d (merge, split)") % number,
                {"fields": tuple(f"new{number}_{part}" for part in PARTS)},
            )
            for number in range(1, NEW_UNITS + 1)
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the units' names."""
        return super().get_queryset(request).select_related("applied_by", "undone_by").prefetch_related("unit__names")

    @admin.display(description=_("reorganisation"))
    def title(self, one: Reorganisation) -> str:
        """Kind and units."""
        return f"{one.get_kind_display()}: {', '.join(one.plan.get('units', ()))}"

    @admin.display(description=_("status"), ordering="status")
    def state(self, one: Reorganisation) -> str:
        """As a badge."""
        return badge(one.status, one.get_status_display())

    @admin.display(description=_("plan"))
    def plan_text(self, one: Reorganisation) -> str:
        """Field by field."""
        return "; ".join(f"{name}: {value}" for name, value in sorted(one.plan.items()))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A form while it is planned; afterwards what was planned and done."""
        if obj is not None and not self.has_change_permission(request, obj):
            told = (*self.told, "undo_reason") if obj.undo_reason else self.told
            return [(None, {"fields": told})]
        return self.fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """As above."""
        return (*self.told, "undo_reason") if obj is not None and not self.has_change_permission(request, obj) else ()

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """What it wrote, once it wrote something."""
        return (EffectInline,) if obj is not None and obj.status != Status.DRAFT else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Units one manages, and places."""
        kwargs["fields"] = forms.fields_for_model(Reorganisation, fields=PlanForm.Meta.fields).keys()
        form = super().get_form(request, obj, change, **kwargs)
        managed = Unit.objects.visible_to(person(request)).filter(
            pk__in=person(request).units_with(Permission.UNIT_MANAGE)
        )
        managed = managed.prefetch_related("names")
        fields = form.base_fields
        for name in ("unit", "units", "into", "parent", *(f"new{n}_parent" for n in range(1, NEW_UNITS + 1))):
            if name in fields:
                fields[name].queryset = managed
        for name in ("place", *(f"new{n}_place" for n in range(1, NEW_UNITS + 1))):
            if name in fields:
                fields[name].queryset = Place.objects.visible_to(person(request)).prefetch_related("names")
                told_apart(fields[name])
        if obj is not None and "unit" in fields:
            fields["unit"].disabled = True
        return form

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """While it is planned, by those who manage the planning unit."""
        if not super().has_change_permission(request, obj):
            return False
        may = obj is not None and person(request).may(Permission.UNIT_MANAGE, obj.unit_id)
        return obj is None or (obj.status == Status.DRAFT and may)

    def perform_save(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> Reorganisation:
        """Plan, or change the plan, through the action."""
        data = form.cleaned_data
        given = {name: data[name] for name in ("kind", "takes_effect_on", "legal_basis", "reason")}
        try:
            given["plan"] = plan_from(data)
            if change:
                return actions.change_plan(reorganisation=obj, changes=given, by=person(request))
            return actions.plan_reorganisation(unit=data["unit"], by=person(request), **given)
        except Invalid as refusal:
            raise at_fields(refusal, data) from refusal

    def moves_for(self, request: HttpRequest, obj: Reorganisation) -> list[dict[str, Any]]:
        """Undo what was applied."""
        if obj.status == Status.APPLIED and person(request).may(Permission.UNIT_MANAGE, obj.unit_id):
            return [{"name": "undo", "label": _("Undo"), "needs_reason": True, "style": "danger"}]
        return []

    def perform_move(self, request: HttpRequest, obj: Reorganisation, name: str, reason: str) -> str:
        """Through the action."""
        if name != "undo":
            raise Http404
        actions.undo_reorganisation(reorganisation=obj, by=person(request), reason=reason)
        return gettext("Undone: every row is as it was before.")
