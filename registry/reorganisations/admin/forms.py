"""The form of a plan: flat fields, because one page without a script has to do for every kind."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, FilteredSelectMultiple
from django.utils.translation import gettext_lazy as _

from agencies.models import Level, Place, Unit
from agencies.refusals import Invalid, Text
from registry.reorganisations.models import Reorganisation

NEW_UNITS = 3
"""New units the form has room for; the API takes more."""

PARTS = ("code", "level", "parent", "place", "name_vi", "name_en", "abbreviation_vi", "abbreviation_en")
LABELS: dict[str, Text] = {
    "code": _("code"),
    "level": _("level"),
    "parent": _("unit above"),
    "place": _("place"),
    "name_vi": _("name (Vietnamese)"),
    "name_en": _("name (English)"),
    "abbreviation_vi": _("abbreviation (Vietnamese)"),
    "abbreviation_en": _("abbreviation (English)"),
}


def _text(name: str) -> forms.CharField:
    length = {"code": 32, "name_vi": 255, "name_en": 255}.get(name, 64)
    return forms.CharField(label=LABELS[name], max_length=length, required=False)


def _one(records: Any, label: Text, **more: Any) -> "forms.ModelChoiceField[Any]":
    return forms.ModelChoiceField(records, label=label, required=False, to_field_name="code", **more)


def _many(label: Text, **more: Any) -> "forms.ModelMultipleChoiceField[Any]":
    widget = FilteredSelectMultiple(label, is_stacked=False)
    return forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=label, required=False, to_field_name="code", widget=widget, **more
    )


def new_units() -> dict[str, forms.Field]:
    """`new1_code`, `new1_level`...: empty ones are no units."""
    fields: dict[str, forms.Field] = {}
    for number in range(1, NEW_UNITS + 1):
        for part in PARTS:
            fields[f"new{number}_{part}"] = _text(part)
        levels = [("", "---------"), *Level.choices]
        fields[f"new{number}_level"] = forms.ChoiceField(label=LABELS["level"], choices=levels, required=False)
        fields[f"new{number}_parent"] = _one(Unit.objects.none(), LABELS["parent"])
        fields[f"new{number}_place"] = _one(Place.objects.none(), LABELS["place"])
    return fields


class PlanForm(forms.ModelForm[Any]):
    """What is to become of which units. Fields of other kinds stay empty."""

    units = _many(_("units"), help_text=_("The unit renamed, those moved, or those that end."))
    name_vi, name_en = _text("name_vi"), _text("name_en")
    abbreviation_vi, abbreviation_en = _text("abbreviation_vi"), _text("abbreviation_en")
    parent = _one(Unit.objects.none(), LABELS["parent"])
    place = _one(Place.objects.none(), LABELS["place"])
    into = _many(_("successors that stand already"))
    locals().update(new_units())
    heir = forms.CharField(
        label=_("heir"),
        required=False,
        max_length=32,
        help_text=_(
            "Code of the successor whose people read what the units that end held. Left empty, no successor reads it."
        ),
    )
    people = forms.CharField(
        label=_("who goes where"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Of a split: one line each, username and code of the successor. In a merger everybody goes along."),
    )
    takes_effect_on = forms.DateField(label=_("first day on which it holds"), widget=AdminDateWidget)

    class Meta:
        model = Reorganisation
        fields = ("unit", "kind", "takes_effect_on", "legal_basis", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None and instance.plan:
            kwargs["initial"] = written_out(instance.plan) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def _post_clean(self) -> None:
        """The action checks and says what is wrong at each field."""


def written_out(plan: Mapping[str, Any]) -> dict[str, Any]:
    """A stored plan as the form shows it."""
    shown = {name: plan[name] for name in plan if name not in {"successors", "people"}}
    fresh = [one for one in plan.get("successors", ()) if len(one) > 1]
    shown["into"] = [one["code"] for one in plan.get("successors", ()) if len(one) == 1]
    for number, one in enumerate(fresh[:NEW_UNITS], start=1):
        shown |= {f"new{number}_{part}": one.get(part, "") for part in PARTS}
    shown["people"] = "\n".join(f"{one['username']} {one['successor']}" for one in plan.get("people", ()))
    return shown


def plan_from(data: Mapping[str, Any]) -> dict[str, Any]:
    """The plan that the form says. Invalid where a line of people is no pair."""
    plan: dict[str, Any] = {name: data.get(name) for name in ("name_vi", "name_en", "heir")}
    plan |= {name: data.get(name) for name in ("abbreviation_vi", "abbreviation_en")}
    plan |= {name: data[name].code for name in ("parent", "place") if data.get(name)}
    plan["units"] = [unit.code for unit in data.get("units") or ()]
    plan["successors"] = [*_described(data), *({"code": unit.code} for unit in data.get("into") or ())]
    plan["people"] = _people(data.get("people", ""))
    return plan


def _described(data: Mapping[str, Any]) -> list[dict[str, str]]:
    found = []
    for number in range(1, NEW_UNITS + 1):
        said = {part: data.get(f"new{number}_{part}") for part in PARTS}
        told = {part: getattr(value, "code", value) for part, value in said.items() if value}
        if told:
            found.append({"code": "", **told})
    return found


def _people(text: str) -> list[dict[str, str]]:
    pairs = [line.split() for line in text.splitlines() if line.strip()]
    if any(len(pair) != 2 for pair in pairs):
        raise Invalid({"people": _("Write a username and the code of a successor on each line.")})
    return [{"username": who, "successor": code} for who, code in pairs]


_NEW = re.compile(r"successors\.(\d+)\.(\w+)")


def at_fields(refusal: Invalid, data: Mapping[str, Any]) -> Invalid:
    """The faults at the form's fields."""
    numbers = [n for n in range(1, NEW_UNITS + 1) if any(data.get(f"new{n}_{part}") for part in PARTS)]
    placed: dict[str, list[str]] = {}
    for field, text in refusal.fields.items():
        name = field.split(".")[0]
        if match := _NEW.fullmatch(field):
            number = int(match[1])
            name = f"new{numbers[number]}_{match[2]}" if number < len(numbers) else "into"
        placed.setdefault({"successors": "new1_code"}.get(name, name), []).append(str(text))
    return Invalid({name: " ".join(texts) for name, texts in placed.items()})
