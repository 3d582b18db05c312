"""What every record of the registry has: a public id, a place in the audit log, a life between two dates."""

import uuid
from datetime import date, datetime
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.roles import Permission
from agencies.visibility import M, Reader, VisibleQuerySet


def today() -> date:
    """The day in Asia/Ho_Chi_Minh, the registry's time zone."""
    return timezone.localdate()


class Record(models.Model):
    """A record with a public id. Numbers of the database never leave it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    kept: ClassVar[bool] = True
    """Rows are never deleted; the application's role in the database is not given the right to."""

    named_on: ClassVar[tuple[str, ...]] = ()
    """Fields that hold the record's day, the first that is set counts: units, agencies and places on its page bear
    the name valid then. A record without a day yet shows today's."""

    class Meta:
        abstract = True

    def names_day(self) -> date:
        """The day whose names stand on the record's page."""
        for name in self.named_on:
            value = getattr(self, name)
            if value is not None:
                return timezone.localtime(value).date() if isinstance(value, datetime) else value
        return today()

    def audit_reference(self) -> str:
        """What people call it."""
        return str(self)

    def audit_owner(self) -> UUID | None:
        """The unit that owns it; None when it belongs to all."""
        return None

    def audit_subjects(self) -> list[str]:
        """Ids of other records whose content it shows."""
        return []


class DateRange(Func):
    """`daterange(from, to, '[)')`: a half-open span of days, unbounded where a day is missing."""

    function = "daterange"
    output_field = DateRangeField()


class DatedQuerySet(VisibleQuerySet[M]):
    """Records that hold between two days."""

    def as_of(self, day: date) -> Self:
        """Those that hold on the day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )


class DirectoryQuerySet(DatedQuerySet[M]):
    """The directory (agencies, units, places, areas): everybody who may read it sees all of it."""

    def visible_to(self, user: Reader) -> Self:
        """All, for whoever may read the directory."""
        return self.all() if user.holds(Permission.DIRECTORY_READ) else self.none()


class Dated(models.Model):
    """Holds from a day (inclusive) to a day (exclusive); an empty day means unknown or open."""

    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until (exclusive)"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Days the wrong way round are no span at all: PostgreSQL could not even look for others beside it."""
        super().clean()
        if self.valid_from is not None and self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The last day must not come before the first.")})

    def holds_on(self, day: date) -> bool:
        """Whether it holds on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


def one_at_a_time(name: str, *fields: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows with equal `fields` hold on the same day."""
    expressions: list[tuple[Any, str]] = [(field, "=") for field in fields]
    expressions.append((DateRange("valid_from", "valid_to", RangeBoundary()), "&&"))
    return ExclusionConstraint(
        name=name,
        expressions=expressions,
        condition=condition,
        violation_error_message=_("Another entry already holds on some of these days."),
    )


def days_in_order(name: str) -> models.CheckConstraint:
    """`valid_to` lies after `valid_from`."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
        violation_error_message=_("The last day must come after the first."),
    )


def days_not_reversed(name: str) -> models.CheckConstraint:
    """`valid_to` does not come before `valid_from`; on the same day, the row was taken back whole and never held."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
        violation_error_message=_("The last day must not come before the first."),
    )


TAKEN_BACK = Q(valid_from__isnull=False, valid_to__isnull=False, valid_to=F("valid_from"))
"""Rows that never held: their making was undone. Kept, because nothing is deleted."""


class Standing(models.Manager[Any]):
    """Rows that hold on some day: one that ends on the day it begins was taken back and is nowhere shown."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Without those taken back."""
        return super().get_queryset().exclude(TAKEN_BACK)


class Language(models.TextChoices):
    """The registry's two languages."""

    VI = "vi", _("Vietnamese")
    EN = "en", _("English")


class DatedName(Dated):
    """A name in one language for a time, with where it was read."""

    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    name = models.CharField(_("name"), max_length=255)
    abbreviation = models.CharField(_("abbreviation"), max_length=64, blank=True)
    source = models.CharField(_("source"), max_length=255, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Named(models.Model):
    """Something that bears names for a time."""

    shown_on: date | None = None
    """The day of the record it is shown with; today where there is none. Set on the object in hand, never stored."""

    class Meta:
        abstract = True


N = TypeVar("N", bound=models.Model)


def named_then(record: N, day: date) -> N:
    """The record, which from now on prints the name it bore on the day. What bears no dated names stays as it is."""
    if isinstance(record, Named):
        record.shown_on = day
    return record


def name_on(names: "models.Manager[Any]", language: str, day: date) -> str:
    """The name that held on the day in the language; in the other language when there is none; else empty.

    Works on prefetched names without a query.
    """
    held = {n.language: n.name for n in names.all() if n.holds_on(day)}
    return held.get(language) or held.get(Language.VI) or held.get(Language.EN) or ""
