"""What is noted of every case beside its words: who detected it, along which lines, by which means."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Place
from registry.cases.terms import BorderType, Concealment, Country, Route, Transport

SEVERAL: dict[str, type[models.TextChoices]] = {
    "routes": Route,
    "border_types": BorderType,
    "transport": Transport,
    "concealment": Concealment,
    "from_countries": Country,
    "through_countries": Country,
    "to_countries": Country,
}
"""Fields that hold several codes of a vocabulary. Nothing noted is an empty list, which says nothing."""


def several(label: Any, choices: type[models.TextChoices]) -> "ArrayField[Any, Any]":
    """Several codes of a vocabulary."""
    return ArrayField(
        models.CharField(max_length=16, choices=choices.choices), verbose_name=label, default=list, blank=True
    )


class CaseFacts(models.Model):
    """Facts of a case that are codes, never words: they can be filtered and counted."""

    detected_by = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("first detected by"),
        help_text=_("Whoever detects first handles the case, and hands it over where another agency leads."),
    )
    other_places = models.ManyToManyField(Place, blank=True, related_name="+", verbose_name=_("further places"))
    routes = several(_("lines"), Route)
    border_types = several(_("types of place"), BorderType)
    transport = several(_("means of transport"), Transport)
    concealment = several(_("concealment"), Concealment)
    from_countries = several(_("countries of departure"), Country)
    through_countries = several(_("countries of transit"), Country)
    to_countries = several(_("countries of destination"), Country)
    lessons = models.TextField(_("lessons learned"), blank=True, editable=False)

    class Meta:
        abstract = True


def facts_known() -> list[models.CheckConstraint]:
    """Only codes of the vocabularies, in the database too."""
    return [
        models.CheckConstraint(name=f"case_{name}_known", condition=Q(**{f"{name}__contained_by": choices.values}))
        for name, choices in SEVERAL.items()
    ]
