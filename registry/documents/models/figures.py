"""Figures as printed, and how they are read."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Unit
from registry.documents.models.document import (
    Document,
    PublishedQuerySet,
    PublishedRow,
    missing_field,
    one_of,
    period_or_reason,
    said_or_reason,
)
from registry.documents.terms import BASES, Comparator, FigureKind, Part, Relation, Scope
from registry.periods import Basis
from registry.reference.models import Metric, Substance, UnitOfMeasure

NO_LOWER = Q(lower__isnull=True, lower_open=False)
NO_UPPER = Q(upper__isnull=True, upper_open=False)
FROM_VALUE = Q(lower__isnull=False, lower=F("value"))
TO_VALUE = Q(upper__isnull=False, upper=F("value"))

READINGS = {
    Comparator.EXACT: FROM_VALUE & TO_VALUE & Q(lower_open=False, upper_open=False),
    Comparator.OVER: FROM_VALUE & NO_UPPER & Q(lower_open=True),
    Comparator.AT_LEAST: FROM_VALUE & NO_UPPER & Q(lower_open=False),
    Comparator.NEARLY: NO_LOWER & TO_VALUE & Q(upper_open=True),
    Comparator.ABOUT: NO_LOWER & NO_UPPER,
    Comparator.UNSTATED: NO_LOWER & NO_UPPER,
}
"""What each comparator says about the true value: an empty bound is unknown."""


def _readings() -> Q:
    condition = Q()
    for comparator, interval in READINGS.items():
        condition |= Q(comparator=comparator.value) & interval
    return condition


class PublishedFigure(PublishedRow):
    """A measured quantity about the world, as a document prints it. Never added to what the registry counts.

    Enumerations ("four agencies", "three ministries"), ordinals and dates are not figures. A quantity without
    a number ("a large quantity") is a statement. `value` and the bounds are in `unit`, the normalised value
    in the base unit of the unit's own dimension; mass and tablets are never converted into each other.
    `significant_digits` leaves out trailing zeros unless the figure is exact. `needs_confirmation` means that
    the reading of the number itself awaits a person. `period_inferred` means that no period is printed with
    this very figure and that it was taken from its surroundings.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="figures", verbose_name=_("document"))
    kind = models.CharField(_("kind"), max_length=8, choices=FigureKind.choices, default=FigureKind.FIGURE)
    subject_printed = models.CharField(_("subject as printed"), max_length=255, blank=True)
    subject_printed_missing = missing_field()
    subject_scope = models.CharField(_("scope"), max_length=24, choices=Scope.choices)
    subject_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    subject_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit of the agency")
    )
    role = models.CharField(_("role"), max_length=32, choices=Part.choices, default=Part.NONE)
    metric = models.ForeignKey(
        Metric, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("metric")
    )
    substance = models.ForeignKey(
        Substance, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("substance")
    )
    comparator = models.CharField(_("comparator"), max_length=8, choices=Comparator.choices)
    value_printed = models.CharField(_("number as printed"), max_length=64)
    unit_printed = models.CharField(_("unit as printed"), max_length=128)
    value = models.DecimalField(_("value read"), max_digits=24, decimal_places=6)
    unit = models.ForeignKey(UnitOfMeasure, models.PROTECT, related_name="+", verbose_name=_("unit of measure"))
    normalised_value = models.DecimalField(_("normalised value"), max_digits=24, decimal_places=6)
    normalised_unit = models.ForeignKey(
        UnitOfMeasure, models.PROTECT, related_name="+", verbose_name=_("normalised unit")
    )
    lower = models.DecimalField(_("lower bound"), max_digits=24, decimal_places=6, null=True, blank=True)
    lower_open = models.BooleanField(_("lower bound excluded"), default=False)
    upper = models.DecimalField(_("upper bound"), max_digits=24, decimal_places=6, null=True, blank=True)
    upper_open = models.BooleanField(_("upper bound excluded"), default=False)
    significant_digits = models.PositiveSmallIntegerField(_("significant digits"))
    period_start = models.DateField(_("period from"), null=True, blank=True)
    period_end = models.DateField(_("period until (exclusive)"), null=True, blank=True)
    period_basis = models.CharField(_("basis"), max_length=24, choices=BASES, default=Basis.AS_PRINTED.value)
    period_label_printed = models.CharField(_("period as printed"), max_length=128, blank=True)
    period_inferred = models.BooleanField(_("period inferred"), default=False)
    period_missing = missing_field()
    needs_confirmation = models.BooleanField(_("needs confirmation"), default=False)
    relation = models.CharField(_("relation"), max_length=24, choices=Relation.choices, blank=True, default="")
    related_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relations",
        verbose_name=_("related figure"),
    )

    objects: PublishedQuerySet["PublishedFigure"] = PublishedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        ordering = ["document__code", "number"]
        indexes = [models.Index(fields=["period_start", "period_end"], name="published_figure_period")]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="published_figure_number_once"),
            said_or_reason("published_figure_subject_or_reason", "subject_printed"),
            one_of("published_figure_scope_known", "subject_scope", Scope.values),
            one_of("published_figure_role_known", "role", Part.values),
            one_of("published_figure_basis_known", "period_basis", [code for code, _label in BASES]),
            models.CheckConstraint(
                name="published_figure_metric_unless_noise",
                condition=Q(kind=FigureKind.FIGURE, metric__isnull=False)
                | Q(kind=FigureKind.NOISE, metric__isnull=True),
            ),
            models.CheckConstraint(name="published_figure_interval_as_compared", condition=_readings()),
            models.CheckConstraint(
                name="published_figure_numbers_not_negative",
                condition=Q(value__gte=0, normalised_value__gte=0, significant_digits__gte=1),
            ),
            period_or_reason("published_figure_period_or_reason"),
            models.CheckConstraint(
                name="published_figure_inferred_only_if_said",
                condition=Q(period_inferred=False) | Q(period_missing=""),
            ),
            models.CheckConstraint(
                name="published_figure_relation_whole",
                condition=Q(relation="", related_to__isnull=True)
                | (Q(relation__in=Relation.values, related_to__isnull=False) & ~Q(related_to=F("id"))),
            ),
        ]

    def clean(self) -> None:
        """What the database cannot see in one row: units, their factors, and whose unit it is."""
        faults: dict[str, Any] = {}
        if self.normalised_unit.dimension != self.unit.dimension or self.normalised_unit.factor != 1:
            faults["normalised_unit"] = _("Take the base unit of the unit's own dimension.")
        if self.normalised_value != self.value * self.unit.factor:
            faults["normalised_value"] = _("It must be the value times the unit's factor.")
        if self.metric and self.metric.dimension != self.unit.dimension:
            faults["unit"] = _("The metric is measured in another dimension.")
        if self.subject_unit and self.subject_unit.agency_id != self.subject_agency_id:
            faults["subject_unit"] = _("The unit belongs to another agency.")
        if self.related_to and self.related_to.document_id != self.document_id:
            faults["related_to"] = _("Relate figures of one document.")
        if faults:
            raise ValidationError(faults)
