"""Factors by which a quantity is estimated in another dimension: dated, with a source, for estimates alone."""

from decimal import Decimal
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Dated, DatedQuerySet, Record
from agencies.models.base import days_in_order, one_at_a_time
from agencies.roles import Permission
from agencies.visibility import Reader
from registry.reference.models import Substance, UnitOfMeasure


class ConversionFactorQuerySet(DatedQuerySet["ConversionFactor"]):
    """Factors."""

    def visible_to(self, user: Reader) -> Self:
        """All, for whoever may read the directory."""
        return self.all() if user.holds(Permission.DIRECTORY_READ) else self.none()


class ConversionFactor(Record, Dated):
    """One `from_measure` of the substance is about `factor` of `to_measure`. A better factor is a new row."""

    substance = models.ForeignKey(Substance, models.PROTECT, related_name="+", verbose_name=_("substance"))
    from_measure = models.ForeignKey(UnitOfMeasure, models.PROTECT, related_name="+", verbose_name=_("from unit"))
    to_measure = models.ForeignKey(UnitOfMeasure, models.PROTECT, related_name="+", verbose_name=_("to unit"))
    factor = models.DecimalField(_("factor"), max_digits=18, decimal_places=9)
    version = models.PositiveSmallIntegerField(_("version"))
    source = models.CharField(_("source"), max_length=500)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects = ConversionFactorQuerySet.as_manager()

    class Meta:
        verbose_name = _("factor for estimates")
        verbose_name_plural = _("factors for estimates")
        ordering = ["substance", "from_measure", "to_measure", "version"]
        constraints = [
            one_at_a_time("conversion_one_at_a_time", "substance", "from_measure", "to_measure"),
            days_in_order("conversion_days_in_order"),
            models.CheckConstraint(name="conversion_factor_positive", condition=Q(factor__gt=Decimal(0))),
            models.CheckConstraint(name="conversion_between_two", condition=~Q(from_measure=F("to_measure"))),
            models.CheckConstraint(name="conversion_has_source", condition=~Q(source="")),
            models.UniqueConstraint(
                fields=["substance", "from_measure", "to_measure", "version"], name="conversion_version_once"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="conversion_final",
                fields=["substance", "from_measure", "to_measure", "factor", "version", "source", "valid_from"],
            ),
            pgtrigger.Protect(name="conversion_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        units = f"{self.from_measure.code} > {self.to_measure.code}"
        return f"{self.substance.code}: {units}, {self.factor.normalize():f}"
