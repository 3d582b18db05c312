"""Places, the four kinds of area, and who leads in them under which law."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from agencies.models.base import (
    Dated,
    DatedName,
    DirectoryQuerySet,
    Named,
    Record,
    days_in_order,
    name_on,
    one_at_a_time,
    today,
)


class LegalBasis(Record):
    """A law or decree the registry refers to: what it is and when it held, never its wording."""

    code = models.SlugField(_("code"), max_length=64, unique=True)
    title_vi = models.CharField(_("title (Vietnamese)"), max_length=255)
    title_en = models.CharField(_("title (English)"), max_length=255)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_to = models.DateField(_("in force until (exclusive)"), null=True, blank=True)
    open_question_vi = models.TextField(_("open question (Vietnamese)"), blank=True)
    open_question_en = models.TextField(_("open question (English)"), blank=True)
    source = models.CharField(_("source"), max_length=255, blank=True)

    objects = DirectoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title_en if (get_language() or "vi").startswith("en") else self.title_vi

    def audit_reference(self) -> str:
        """See Record."""
        return self.code


class PlaceKind(models.TextChoices):
    """What a place is."""

    PROVINCE = "province", _("province")
    CITY = "city", _("centrally governed city")


class Place(Named, Record, Dated):
    """A province or city for as long as it existed: 63 until 30 June 2025, 34 after."""

    code = models.SlugField(_("code"), max_length=48, unique=True)
    stat_code = models.CharField(_("statistical code"), max_length=8, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=PlaceKind.choices)

    objects = DirectoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["code"]
        constraints = [days_in_order("place_days_in_order")]

    def __str__(self) -> str:
        return self.name(self._printed_on()) or self.code

    def _printed_on(self) -> date:
        """The day asked for, as far as the place existed then: one that is gone prints the last name it bore."""
        day = self.shown_on or today()
        if self.valid_to is not None and day >= self.valid_to:
            return self.valid_to - timedelta(days=1)
        return max(day, self.valid_from) if self.valid_from is not None else day

    def name(self, on: date | None = None, language: str | None = None) -> str:
        """The name valid on the day (that of the record it is shown with), in the language (the reader's)."""
        return name_on(self.names, language or get_language() or "vi", on or self.shown_on or today())

    def picked(self) -> str:
        """Its name in a list to choose from: one that is gone says so, for another may bear the same name."""
        if self.valid_to is None or self.valid_to > today():
            return str(self)
        last = date_format(self.valid_to - timedelta(days=1), "d/m/Y")
        return gettext("%(name)s (until %(day)s)") % {"name": self, "day": last}

    def audit_reference(self) -> str:
        """See Record."""
        return self.code


class PlaceName(DatedName):
    """A name a place bore."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="names", verbose_name=_("place"))

    class Meta:
        verbose_name = _("place name")
        verbose_name_plural = _("place names")
        ordering = ["place", "language", "valid_from", "pk"]
        constraints = [
            one_at_a_time("place_name_one_at_a_time", "place", "language"),
            days_in_order("place_name_days_in_order"),
        ]


class PlaceSuccession(models.Model):
    """One place went into another on a day."""

    predecessor = models.ForeignKey(Place, models.PROTECT, related_name="successions", verbose_name=_("from"))
    successor = models.ForeignKey(Place, models.PROTECT, related_name="predecessions", verbose_name=_("to"))
    on = models.DateField(_("on"))
    legal_basis = models.ForeignKey(
        LegalBasis, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("legal basis")
    )

    class Meta:
        verbose_name = _("place succession")
        verbose_name_plural = _("place successions")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="place_succession_once"),
            models.CheckConstraint(name="place_succession_not_itself", condition=~Q(predecessor=F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} > {self.successor_id}"


class Area(Record):
    """One of the four kinds of area the law knows: border, sea, customs, inland."""

    code = models.SlugField(_("code"), max_length=16, unique=True)
    name_vi = models.CharField(_("name (Vietnamese)"), max_length=128)
    name_en = models.CharField(_("name (English)"), max_length=128)

    objects = DirectoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "vi").startswith("en") else self.name_vi

    def audit_reference(self) -> str:
        """See Record."""
        return self.code


class AreaLead(Dated):
    """Which agency leads in an area, from when, by which law. Exactly one at a time."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="leads", verbose_name=_("area"))
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", verbose_name=_("agency"))
    legal_basis = models.ForeignKey(LegalBasis, models.PROTECT, related_name="+", verbose_name=_("legal basis"))
    article = models.CharField(_("article"), max_length=64, blank=True)
    note_vi = models.CharField(_("note (Vietnamese)"), max_length=500, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("area lead")
        verbose_name_plural = _("area leads")
        ordering = ["area", "valid_from", "pk"]
        constraints = [
            one_at_a_time("area_lead_one_at_a_time", "area"),
            days_in_order("area_lead_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id}: {self.agency_id}"
