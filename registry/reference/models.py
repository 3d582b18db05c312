"""Vocabularies with stable codes and two languages, and the days off. Loaded from fixtures/reference.json."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.models import Record
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet


class TermQuerySet(VisibleQuerySet["Term"]):
    """Terms are read by everybody who may read the directory."""

    def visible_to(self, user: Reader) -> Self:
        """All, for whoever may read the directory."""
        return self.all() if user.holds(Permission.DIRECTORY_READ) else self.none()


class Term(Record):
    """A word of a vocabulary: a code that stays, a name in each language."""

    code = models.SlugField(_("code"), max_length=48, unique=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=255)
    name_en = models.CharField(_("name (English)"), max_length=255)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name()

    def name(self, language: str | None = None) -> str:
        """The name in the language (the reader's)."""
        return self.name_en if (language or get_language() or "vi").startswith("en") else self.name_vi

    def audit_reference(self) -> str:
        """See Record."""
        return self.code


class Topic(Term):
    """One of the six lawful topics of exchange (Decree 105/2021, article 8(1))."""

    article = models.CharField(_("article"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["order", "code"]


class Dimension(models.TextChoices):
    """What a unit measures. Values of two dimensions never add."""

    MASS = "mass", _("mass")
    VOLUME = "volume", _("volume")
    TABLET = "tablet", _("tablets")
    DOSE = "dose", _("doses")
    PLANT = "plant", _("plants")
    BRICK = "brick", _("bricks")
    AREA = "area", _("area")
    COUNT = "count", _("count")
    RATE = "rate", _("rate")
    MONEY = "money", _("money")


class UnitOfMeasure(Term):
    """A unit of measure and its exact factor to the base unit of its dimension (base: factor 1)."""

    symbol_vi = models.CharField(_("symbol (Vietnamese)"), max_length=32)
    symbol_en = models.CharField(_("symbol (English)"), max_length=32)
    dimension = models.CharField(_("dimension"), max_length=8, choices=Dimension.choices)
    factor = models.DecimalField(_("factor to the base unit"), max_digits=20, decimal_places=9, default=Decimal(1))

    class Meta:
        verbose_name = _("unit of measure")
        verbose_name_plural = _("units of measure")
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(name="unit_of_measure_factor_positive", condition=Q(factor__gt=0)),
            models.CheckConstraint(name="unit_of_measure_dimension_known", condition=Q(dimension__in=Dimension.values)),
        ]

    def symbol(self, language: str | None = None) -> str:
        """The symbol in the language (the reader's)."""
        return self.symbol_en if (language or get_language() or "vi").startswith("en") else self.symbol_vi


class Substance(Term):
    """A drug, a class of drugs or a precursor. A class and its members never add."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("class")
    )
    street_names_vi = models.CharField(_("street names"), max_length=255, blank=True)
    generic = models.BooleanField(_("a class as printed, not a substance"), default=False)

    class Meta:
        verbose_name = _("substance")
        verbose_name_plural = _("substances")
        ordering = ["order", "code"]


class Metric(Term):
    """What is counted or measured."""

    dimension = models.CharField(_("dimension"), max_length=8, choices=Dimension.choices, blank=True)
    addable = models.BooleanField(_("sums make sense"), default=True)
    drug_related = models.BooleanField(_("about drug crime"), default=True)
    note_vi = models.CharField(_("note (Vietnamese)"), max_length=500, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("metric")
        verbose_name_plural = _("metrics")
        ordering = ["order", "code"]


class Trap(Term):
    """A known way to misread a published figure, and what the registry does about it. `name` is its title."""

    handling_vi = models.CharField(_("what the registry does (Vietnamese)"), max_length=500)
    handling_en = models.CharField(_("what the registry does (English)"), max_length=500)

    class Meta:
        verbose_name = _("trap")
        verbose_name_plural = _("traps")
        ordering = ["code"]


class DayKind(models.TextChoices):
    """Why a day departs from the week of Monday to Friday."""

    PUBLIC_HOLIDAY = "public_holiday", _("public holiday")
    TET = "tet", _("Tet holiday")
    COMPENSATORY = "compensatory", _("day off for a holiday on a weekend")
    SWAPPED_REST = "swapped_rest", _("day off, worked on another day")
    WORKING_SATURDAY = "working_saturday", _("Saturday worked in place of another day")


class NonWorkingDayQuerySet(VisibleQuerySet["NonWorkingDay"]):
    """Days are read by everybody who may read the directory."""

    def visible_to(self, user: Reader) -> Self:
        """All, for whoever may read the directory."""
        return self.all() if user.holds(Permission.DIRECTORY_READ) else self.none()


class NonWorkingDay(Record):
    """A day on which state offices do not work as the week says: a holiday, or a Saturday worked for a day off."""

    day = models.DateField(_("day"), unique=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=255)
    name_en = models.CharField(_("name (English)"), max_length=255)
    kind = models.CharField(_("kind"), max_length=20, choices=DayKind.choices)
    source = models.CharField(_("source"), max_length=255, blank=True)

    objects = NonWorkingDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("non-working day")
        verbose_name_plural = _("non-working days")
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(name="non_working_day_kind_known", condition=Q(kind__in=DayKind.values)),
            models.CheckConstraint(
                name="non_working_day_worked_on_saturday",
                condition=Q(kind=DayKind.WORKING_SATURDAY, day__iso_week_day=6)
                | (~Q(kind=DayKind.WORKING_SATURDAY) & Q(day__iso_week_day__lte=5)),
                violation_error_message=_(
                    "A Saturday that is worked is a Saturday; a day off lies from Monday to Friday."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.name()}"

    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "vi").startswith("en") else self.name_vi

    def audit_reference(self) -> str:
        """See Record."""
        return self.day.isoformat()
