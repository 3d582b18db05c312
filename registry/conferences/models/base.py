"""What all records of conferences share: who sees them, notes in two languages, reasons for what is empty."""

from typing import Any, Self, TypeVar

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Record, Unit
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from registry.conferences.terms import Missing
from registry.reference.models import Trap

M = TypeVar("M", bound=models.Model)


class ConferenceRecordQuerySet(VisibleQuerySet[M]):
    """Conferences and what belongs to them: whoever may read conferences reads all of them."""

    def visible_to(self, user: Reader) -> Self:
        """All, for whoever may read conferences."""
        return self.all() if user.holds(Permission.CONFERENCE_READ) else self.none()


class Noted(Record):
    """Traps a reader must know, and a note, in both languages."""

    traps = models.ManyToManyField(Trap, related_name="+", blank=True, verbose_name=_("traps"))
    note_vi = models.TextField(_("note (Vietnamese)"), blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)

    class Meta:
        abstract = True

    def in_language(self, stem: str) -> str:
        """`<stem>_vi` or `<stem>_en` as the reader reads; Vietnamese where there is no English."""
        english = (get_language() or "vi").startswith("en")
        return str((english and getattr(self, f"{stem}_en")) or getattr(self, f"{stem}_vi"))


def missing_field() -> Any:
    """Why the value beside it is empty; empty itself when there is a value."""
    return models.CharField(_("why it is empty"), max_length=16, choices=Missing.choices, blank=True, default="")


def said_or_reason(name: str, field: str, *, text: bool = False, reason: str = "") -> models.CheckConstraint:
    """Either `field` holds something, or its `_missing` field says why not: never both, never neither."""
    said = ~Q(**{field: ""}) if text else Q(**{f"{field}__isnull": False})
    missing = reason or f"{field}_missing"
    return models.CheckConstraint(
        name=name,
        condition=(said & Q(**{missing: ""})) | (~said & Q(**{f"{missing}__in": Missing.values})),
        violation_error_message=_("Give a value, or the reason why there is none."),
    )


def one_of(name: str, field: str, values: list[str]) -> models.CheckConstraint:
    """`field` holds one of the codes."""
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": values}))


def final_with_minutes(name: str) -> pgtrigger.Trigger:
    """A row of a conference is as final as its approved minutes."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("state", "VARCHAR")],
        func="""
            SELECT status INTO state FROM conferences_conference WHERE id = NEW.conference_id;
            IF state = 'approved' THEN RAISE EXCEPTION 'pgtrigger: the minutes are approved and final'; END IF;
            RETURN NEW;
        """,
    )


def frozen_when_convened(name: str) -> pgtrigger.Trigger:
    """Who is invited and what is on the agenda is fixed when the conference meets; waits for a convening under way."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("state", "VARCHAR")],
        func="""
            SELECT status INTO state FROM conferences_conference WHERE id = NEW.conference_id FOR SHARE;
            IF state <> 'planned' THEN RAISE EXCEPTION 'pgtrigger: frozen when the conference was convened'; END IF;
            RETURN NEW;
        """,
    )


def check_unit_of_agency(unit: Unit | None, agency: Agency | None, field: str) -> None:
    """Raise ValidationError when the unit is another agency's, or named without one."""
    if unit is not None and (agency is None or unit.agency_id != agency.pk):
        raise ValidationError({field: _("The unit belongs to another agency.")})
