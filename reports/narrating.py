"""Writing the texts of a report. Figures are placed by reference; a number typed by hand must be confirmed as none."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.audit.log import record
from agencies.models import Language, Unit, User
from agencies.refusals import Invalid, NotPermitted, Stale
from agencies.roles import Permission
from registry.cases.persons import confirmed, require_no_person
from registry.conferences.models import Conference
from registry.information.marks import refusal_of
from registry.periods import Period
from reports.legible import legible
from reports.models import NarrativeText, NarrativeVersion
from reports.models.narrative import LONGEST
from reports.parts import WRITTEN
from reports.references import Keys
from reports.typed import at_odds, typed_numbers

TYPED = "typed_numbers"
"""What is confirmed of numbers typed by hand, and the code of the question."""


def may_narrate(period: Period, by: User) -> bool:
    """Whether the person writes for the period: the secretariat of its host; of any agency where none is named."""
    units = by.units_with(Permission.REPORT_NARRATE)
    met = Conference.objects.filter(period_start=period.start, period_end=period.end, host_agency__isnull=False)
    hosts = set(met.values_list("host_agency_id", flat=True))
    return bool(units) and (not hosts or Unit.objects.filter(pk__in=units, agency_id__in=hosts).exists())


@transaction.atomic
def write_narrative(
    *,
    period: Period,
    part: str,
    language: str,
    text: str,
    by: User,
    expected_revision: int | None = None,
    confirm: Collection[str] = (),
    at: datetime | None = None,
    synthetic: bool = False,
) -> NarrativeText:
    """Write the text of a part, and keep the one before as a version. What says the same changes nothing.

    `expected_revision` 0: nothing is written yet. `confirm` holds the codes of questions answered (TYPED,
    `looks_like_person`); numbers confirmed once stay confirmed while they stand in the text.
    """
    if not may_narrate(period, by):
        raise NotPermitted
    faults = _place_faults(part, language)
    held = None if faults else _locked(period, part, language, expected_revision)
    text = legible(text.replace("\r\n", "\n").replace("\v", "\n")).strip()
    if held is not None and held.text == text:
        return held
    numbers = _accepted(text, faults, held, by, confirm)
    moment = at or timezone.now()
    if held is None:
        held = NarrativeText(
            period_label=period.label, part=part, language=language, created_at=moment, synthetic=synthetic
        )
    else:
        held.revision += 1
    held.text, held.confirmed_numbers = text, numbers
    held.edited_by, held.updated_at = by, moment
    _saved(held)
    NarrativeVersion(narrative=held, number=held.revision, text=text, by=by, at=moment).save(force_insert=True)
    record(action="report_text.write", by=by, on=held, revision=held.revision, **confirmed(confirm))
    return held


def _locked(period: Period, part: str, language: str, expected_revision: int | None) -> NarrativeText | None:
    """The text as it stands, locked; Stale when somebody was faster."""
    same = NarrativeText.objects.filter(period_label=period.label, part=part, language=language)
    held = same.select_for_update().first()
    if expected_revision is not None and expected_revision != (held.revision if held else 0):
        raise Stale
    return held


def _place_faults(part: str, language: str) -> dict[str, Any]:
    """What is wrong of where it is to stand."""
    faults: dict[str, Any] = {}
    if part not in WRITTEN:
        faults["part"] = _("There is no such part. Write one of: %s.") % ", ".join(WRITTEN)
    if language not in Language.values:
        faults["language"] = _("Choose one of: %s.") % ", ".join(Language.values)
    return faults


def _accepted(
    text: str, faults: dict[str, Any], held: NarrativeText | None, by: User, confirm: Collection[str]
) -> list[str]:
    """Numbers typed by hand that may stand; Invalid names everything that may not, behind the faults found before."""
    said = [*_too_long(text), *_unknown(text, by)]
    numbers = typed_numbers(text)
    asked = [n for n in numbers if held is None or n not in held.confirmed_numbers]
    unconfirmed = asked if TYPED not in confirm else []
    if unconfirmed:
        said.append(_ask(unconfirmed))
    if said:
        faults["text"] = " ".join(said)
    if faults:
        only_asked = bool(unconfirmed) and len(said) == 1 and set(faults) == {"text"}
        raise Invalid(faults, code=TYPED if only_asked else None)
    if refusal := refusal_of({"text": text}):
        raise refusal
    require_no_person({"text": text}, confirm)
    return numbers


def _too_long(text: str) -> list[str]:
    most = {"most": LONGEST, "length": len(text)}
    return [_("At most %(most)d characters; these are %(length)d.") % most] if len(text) > LONGEST else []


def _unknown(text: str, by: User) -> list[str]:
    """A sentence for each reference to no figure, with what would be right."""
    told = []
    for key, close in Keys(by).unknown(text).items():
        if close:
            right = ", ".join(f"{{{one}}}" for one in close)
            told.append(_("No figure is called {%(key)s}. Did you mean: %(right)s?") % {"key": key, "right": right})
        else:
            told.append(_("No figure is called {%(key)s}. Take one from the list of figures.") % {"key": key})
    return told


def _ask(numbers: Collection[str]) -> str:
    """What is asked about numbers typed by hand."""
    return _(
        "Typed by hand: %(numbers)s. Place figures by reference, for example {shared.total}; if these are no figures "
        "of this report, confirm “typed_numbers”."
    ) % {"numbers": ", ".join(numbers)}


def _saved(narrative: NarrativeText) -> None:
    """Of two that write the first text at once, the database takes one."""
    try:
        with transaction.atomic():
            narrative.save()
    except IntegrityError as fault:
        raise Stale from fault


def texts_at_odds(period: Period) -> dict[str, list[str]]:
    """By part: references that stand in one language and not in the other, so that their numbers would differ."""
    held: dict[str, dict[str, str]] = {}
    for one in NarrativeText.objects.filter(period_label=period.label):
        held.setdefault(one.part, {})[one.language] = one.text
    found = {part: at_odds(texts.get("vi", ""), texts.get("en", "")) for part, texts in held.items()}
    return {part: keys for part, keys in found.items() if keys}
