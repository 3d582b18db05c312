"""Agencies and their units: codes that stay, names and places that change on a day."""

from datetime import date
from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.models.base import (
    TAKEN_BACK,
    Dated,
    DatedName,
    DirectoryQuerySet,
    Named,
    Record,
    Standing,
    days_in_order,
    days_not_reversed,
    name_on,
    one_at_a_time,
    today,
)
from agencies.models.places import Place
from agencies.visibility import Reader, VisibleQuerySet


class Agency(Named, Record):
    """One of the four forces. The code is the key; the names are dated."""

    code = models.SlugField(_("code"), max_length=16, unique=True)
    protocol_order = models.PositiveSmallIntegerField(_("protocol order"), unique=True)

    objects = DirectoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["protocol_order"]

    def __str__(self) -> str:
        return self.name() or self.code

    def name(self, on: date | None = None, language: str | None = None) -> str:
        """The name valid on the day (that of the record it is shown with), in the language (the reader's)."""
        return name_on(self.names, language or get_language() or "vi", on or self.shown_on or today())

    def audit_reference(self) -> str:
        """See Record."""
        return self.code


class AgencyName(DatedName):
    """A name an agency bore."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="names", verbose_name=_("agency"))

    class Meta:
        verbose_name = _("agency name")
        verbose_name_plural = _("agency names")
        ordering = ["agency", "language", "valid_from", "pk"]
        constraints = [
            one_at_a_time("agency_name_one_at_a_time", "agency", "language"),
            days_in_order("agency_name_days_in_order"),
        ]


class Level(models.TextChoices):
    """Where a unit stands in its force."""

    PARENT = "parent", _("parent body")
    CENTRAL = "central", _("central")
    REGIONAL = "regional", _("provincial or regional")
    LOCAL = "local", _("local")


def _forgets_the_tree(name: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    """From now on nobody relies on what was worked out from the tree, until it is worked out anew."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        func="PERFORM agencies_forget_tree(); RETURN NULL;",
    )


class UnitQuerySet(DirectoryQuerySet["Unit"]):
    """Units. One whose founding was undone holds on no day, and nobody sees it."""

    def visible_to(self, user: Reader) -> Self:
        """All that ever stood, for whoever may read the directory."""
        return super().visible_to(user).exclude(TAKEN_BACK)


class Unit(Named, Record, Dated):
    """A unit of an agency. Its place in the tree and its names are dated rows of their own."""

    code = models.SlugField(_("code"), max_length=32, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units", verbose_name=_("agency"))
    level = models.CharField(_("level"), max_length=8, choices=Level.choices)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["code"]
        constraints = [
            days_not_reversed("unit_days_in_order"),
            models.CheckConstraint(name="unit_level_known", condition=Q(level__in=Level.values)),
        ]
        triggers = [_forgets_the_tree("unit_joins_the_tree", pgtrigger.Insert)]

    def __str__(self) -> str:
        name = self.name()
        return f"{self.code} · {name}" if name else self.code

    def name(self, on: date | None = None, language: str | None = None) -> str:
        """The name valid on the day (that of the record it is shown with), in the language (the reader's)."""
        return name_on(self.names, language or get_language() or "vi", on or self.shown_on or today())

    def parent(self, on: date | None = None) -> "Unit | None":
        """The unit above it on the day (today)."""
        day = on or today()
        held = [p for p in self.placements.all() if p.holds_on(day)]
        return held[0].parent if held else None

    def audit_reference(self) -> str:
        """See Record."""
        return self.code

    def audit_owner(self) -> UUID | None:
        """See Record."""
        return self.pk


def central_unit(agency: Agency, on: date | None = None) -> Unit | None:
    """The unit through which a whole agency is reached on the day (today): its central one."""
    return Unit.objects.as_of(on or today()).filter(agency=agency, level=Level.CENTRAL).order_by("code").first()


class UnitName(DatedName):
    """A name a unit bore."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names", verbose_name=_("unit"))

    objects = Standing()
    every: "models.Manager[UnitName]" = models.Manager()

    class Meta:
        verbose_name = _("unit name")
        verbose_name_plural = _("unit names")
        ordering = ["unit", "language", "valid_from", "pk"]
        constraints = [
            one_at_a_time("unit_name_one_at_a_time", "unit", "language"),
            days_not_reversed("unit_name_days_in_order"),
        ]


class UnitPlacement(Dated):
    """Where a unit stood for a time: below which unit, seated in which place."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements", verbose_name=_("unit"))
    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit above")
    )
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place"))

    objects = Standing()
    every: "models.Manager[UnitPlacement]" = models.Manager()

    class Meta:
        verbose_name = _("unit placement")
        verbose_name_plural = _("unit placements")
        ordering = ["unit", "valid_from", "pk"]
        constraints = [
            one_at_a_time("unit_placement_one_at_a_time", "unit"),
            days_not_reversed("unit_placement_days_in_order"),
            models.CheckConstraint(
                name="unit_not_below_itself", condition=Q(parent__isnull=True) | ~Q(parent=models.F("unit"))
            ),
        ]
        triggers = [
            _forgets_the_tree("placement_changes_the_tree", pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.parent_id}"


class SuccessionKind(models.TextChoices):
    """How one became another."""

    MERGE = "merge", _("merged into")
    SPLIT = "split", _("split into")
    RENAME = "rename", _("renamed to")
    MOVE = "move", _("moved to")


class StandingSuccessions(models.Manager["UnitSuccession"]):
    """Successions that were not undone."""

    def get_queryset(self) -> models.QuerySet["UnitSuccession"]:
        """Without those."""
        return super().get_queryset().filter(undone=False)


class UnitSuccession(models.Model):
    """One unit became another on a day. One that was undone is kept and nowhere shown."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions", verbose_name=_("from"))
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="predecessions", verbose_name=_("to"))
    on = models.DateField(_("on"))
    kind = models.CharField(_("kind"), max_length=8, choices=SuccessionKind.choices)
    source = models.CharField(_("source"), max_length=255, blank=True)
    undone = models.BooleanField(_("undone"), default=False, editable=False)

    objects = StandingSuccessions()
    every: "models.Manager[UnitSuccession]" = models.Manager()

    class Meta:
        verbose_name = _("unit succession")
        verbose_name_plural = _("unit successions")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "on"], condition=Q(undone=False), name="unit_succession_once"
            ),
            models.CheckConstraint(name="unit_succession_not_itself", condition=~Q(predecessor=models.F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} > {self.successor_id}"


class FocalPoint(Dated):
    """The office through which a unit is reached. Offices, not people: holders change."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="focal_points", verbose_name=_("unit"))
    office_vi = models.CharField(_("office (Vietnamese)"), max_length=255)
    office_en = models.CharField(_("office (English)"), max_length=255, blank=True)
    deputy_office_vi = models.CharField(_("deputy office (Vietnamese)"), max_length=255, blank=True)
    deputy_office_en = models.CharField(_("deputy office (English)"), max_length=255, blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    duty_line = models.CharField(_("24-hour duty line"), max_length=32, blank=True)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    objects: VisibleQuerySet["FocalPoint"] = DirectoryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")
        ordering = ["unit", "valid_from", "pk"]
        constraints = [
            one_at_a_time("focal_point_one_at_a_time", "unit"),
            days_in_order("focal_point_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.office_vi
