"""When a reading must say what it is for. Read QUESTIONS; the floors above say which reading is which occasion."""

from enum import StrEnum
from urllib.parse import unquote

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from agencies.refusals import Invalid, PurposeRequired

SHORTEST, LONGEST = 5, 500
"""Characters of a purpose."""


class Occasion(StrEnum):
    """A reading that is not done without saying why."""

    RESTRICTED = "restricted"
    NAMED_PERSON = "named_person"
    EXPORT = "export"


QUESTIONS: dict[Occasion, StrPromise] = {
    Occasion.RESTRICTED: _("Another agency's item marked TLP:RED: say what you read it for."),
    Occasion.NAMED_PERSON: _("What one named person did: say what you look it up for."),
    Occasion.EXPORT: _("The log leaves the registry as a file: say what it is for."),
}


def cleaned(text: str, field: str = "purpose") -> str:
    """The purpose without blanks around it, or Invalid. Nothing said is empty."""
    text = " ".join(text.split())
    if text and not SHORTEST <= len(text) <= LONGEST:
        raise Invalid({field: _("Say it in 5 to 500 characters.")})
    return text


def from_header(value: str) -> str:
    """What stands in X-Purpose: UTF-8, percent-encoded, because headers carry no Vietnamese."""
    try:
        return cleaned(unquote(value, errors="strict"), "X-Purpose")
    except UnicodeDecodeError as fault:
        raise Invalid({"X-Purpose": _("Write UTF-8, percent-encoded.")}) from fault


def demand(occasion: Occasion | None, purpose: str) -> str:
    """The purpose; PurposeRequired when the occasion demands one and none was said."""
    if occasion is not None and not purpose:
        raise PurposeRequired(QUESTIONS[occasion])
    return purpose
