"""Old names and abbreviations find what they named: accents, đ and letter case aside, and always with the reason."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from agencies.models import DatedName, PlaceName, Unit, UnitName, today
from agencies.models.base import TAKEN_BACK

_PLAIN = str.maketrans("đĐ", "dD")


def folded(text: str) -> str:
    """As texts are compared: no accents, no đ, no letter case, single blanks."""
    apart = unicodedata.normalize("NFD", text.translate(_PLAIN))
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).casefold().split())


@dataclass(frozen=True, slots=True)
class Reason:
    """A name or abbreviation that a search met, and when it held."""

    language: str
    name: str
    abbreviation: str
    valid_from: date | None
    valid_to: date | None
    current: bool
    text: str


def _words(names: type[DatedName], owner: str, text: str) -> Any:
    """Keys of owners that bore a name or abbreviation with every word of the text in it."""
    rows = names._default_manager.exclude(TAKEN_BACK)
    for word in text.split():
        rows = rows.filter(Q(name__unaccent__icontains=word) | Q(abbreviation__unaccent__icontains=word))
    return rows.values(owner)


def found_by(model: type[Model], text: str) -> Q:
    """Units, or places, whose code or any name of any day holds the text. A text of blanks finds nothing."""
    if not text.strip():
        return Q(pk__in=())
    names, owner = (UnitName, "unit") if model is Unit else (PlaceName, "place")
    return Q(code__icontains=text.strip()) | Q(pk__in=_words(names, owner, text))


def reasons(names: Iterable[DatedName], text: str, on: date | None = None) -> list[Reason]:
    """The names that hold the text, those of the day first. Works on prefetched names without a query."""
    day, words = on or today(), folded(text).split()
    met = [
        _reason(name, day)
        for name in names
        if words and all(word in folded(f"{name.name} {name.abbreviation}") for word in words)
    ]
    return sorted(met, key=lambda one: (not one.current, -(one.valid_from or date.min).toordinal(), one.language))


def _reason(name: DatedName, day: date) -> Reason:
    current = name.holds_on(day)
    called = f"{name.name} ({name.abbreviation})" if name.abbreviation else name.name
    return Reason(
        name.language, name.name, name.abbreviation, name.valid_from, name.valid_to, current, _told(name, called, day)
    )


def _told(name: DatedName, called: str, day: date) -> str:
    since, until = name.valid_from, name.valid_to
    if name.holds_on(day):
        return called
    if since is not None and since > day:
        return _("from %(since)s: %(name)s") % {"since": since.isoformat(), "name": called}
    last = until.isoformat() if until is not None else ""
    if since is None:
        return _("formerly %(name)s (until %(until)s)") % {"name": called, "until": last}
    named = {"name": called, "since": since.isoformat(), "until": last}
    return _("formerly %(name)s (%(since)s to %(until)s)") % named


def why_found(names: Iterable[DatedName], text: str, on: date | None = None) -> str:
    """In one text; empty when only the code was met."""
    return "; ".join(one.text for one in reasons(names, text, on))


def _is(unit: Unit, text: str) -> bool:
    asked = folded(text)
    return asked == folded(unit.code) or any(
        asked in {folded(n.name), folded(n.abbreviation)} for n in unit.names.all()
    )


def hint_for(text: str) -> str:
    """For an unknown code: the units that bear or bore it as a name, with the code to write; empty when none does."""
    units = Unit.objects.exclude(TAKEN_BACK).filter(found_by(Unit, text)).prefetch_related("names").order_by("code")
    told = [f"{unit.code} ({why_found(unit.names.all(), text) or unit.name()})" for unit in units if _is(unit, text)]
    return _("Perhaps you mean: %s.") % "; ".join(told[:5]) if told else ""
