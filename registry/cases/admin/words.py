"""Words in forms that might name a person: what looks like one is asked about before it is saved."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.cases.persons import LOOKS_LIKE_PERSON, findings

CONFIRM = "confirm_person"
WARNED = _("I have checked what is marked: it names no person.")


def confirm_field() -> forms.BooleanField:
    """The box that is ticked when what looks like a person is none."""
    return forms.BooleanField(required=False, label=WARNED)


def looks_like_person(data: Mapping[str, Any] | None) -> bool:
    """Whether anything typed into a form looks like a person."""
    return any(isinstance(value, str) and bool(findings(value)) for value in (data or {}).values())


def confirmed(data: Mapping[str, Any]) -> tuple[str, ...]:
    """What an action gets to know of the box."""
    return (LOOKS_LIKE_PERSON,) if data.get(CONFIRM) else ()


class WordsForm(forms.Form):
    """A form with free text. The box appears when there is something to confirm."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and looks_like_person(self.data):
            self.fields[CONFIRM] = confirm_field()
