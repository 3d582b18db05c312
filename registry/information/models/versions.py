"""What an item says, version by version."""

from typing import Any
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Area, Place, Record, User
from agencies.visibility import VisibleQuerySet
from registry.information.terms import InformationGrade, Secrecy, SourceGrade, Tlp, Urgency
from registry.reference.models import Substance, Topic


class ItemVersion(Record):
    """What an item says. Once released it never changes; a correction is a new version."""

    item = models.ForeignKey(
        "information.InformationItem", models.PROTECT, related_name="versions", verbose_name=_("item")
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    title = models.CharField(_("title"), max_length=300)
    body = models.TextField(_("content"), blank=True)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", verbose_name=_("topic"))
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area"))
    places = models.ManyToManyField(Place, related_name="+", blank=True, verbose_name=_("places"))
    substances = models.ManyToManyField(Substance, related_name="+", blank=True, verbose_name=_("substances"))
    facts_from = models.DateField(_("facts from"), null=True, blank=True)
    facts_to = models.DateField(_("facts until"), null=True, blank=True)
    secrecy = models.CharField(_("secrecy"), max_length=8, choices=Secrecy.choices, default=Secrecy.INTERNAL)
    tlp = models.CharField(_("TLP"), max_length=16, choices=Tlp.choices, default=Tlp.AMBER)
    no_judicial_use = models.BooleanField(_("no use in court"), default=False)
    no_onward = models.BooleanField(_("no onward passage"), default=True)
    contact_before_action = models.BooleanField(_("contact us before acting on it"), default=False)
    return_after_reading = models.BooleanField(_("return after reading"), default=False)
    expires_on = models.DateField(_("not to be used after"), null=True, blank=True)
    conditions = models.CharField(_("other conditions"), max_length=500, blank=True)
    source_grade = models.CharField(_("source"), max_length=1, choices=SourceGrade.choices, blank=True)
    information_grade = models.CharField(_("information"), max_length=1, choices=InformationGrade.choices, blank=True)
    urgency = models.CharField(_("urgency"), max_length=12, choices=Urgency.choices, default=Urgency.ROUTINE)
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("edited by"))
    released_at = models.DateTimeField(_("released at"), null=True, editable=False)

    objects: VisibleQuerySet["ItemVersion"] = VisibleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_number_once"),
            models.CheckConstraint(name="item_version_below_state_secret", condition=Q(secrecy__in=Secrecy.values)),
            models.CheckConstraint(name="item_version_tlp_known", condition=Q(tlp__in=Tlp.values)),
            models.CheckConstraint(
                name="item_version_graded_at_release",
                condition=Q(released_at__isnull=True) | (~Q(source_grade="") & ~Q(information_grade="")),
            ),
            models.CheckConstraint(
                name="item_version_facts_in_order",
                condition=Q(facts_from__isnull=True) | Q(facts_to__isnull=True) | Q(facts_to__gte=F("facts_from")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="version_released_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__released_at__isnull=False),
            ),
            pgtrigger.Protect(name="version_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title

    def audit_owner(self) -> UUID | None:
        """See Record."""
        owner: UUID = self.item.unit_id
        return owner


def _frozen_relation(name: str) -> Any:
    """Places and substances of a released version are as final as the version."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("final", "BOOLEAN")],
        func="""
            SELECT bool_or(released_at IS NOT NULL) INTO final FROM information_itemversion
             WHERE id IN (NEW.itemversion_id, OLD.itemversion_id);
            IF final THEN RAISE EXCEPTION 'pgtrigger: the version is released and final'; END IF;
            RETURN COALESCE(NEW, OLD);
        """,
    )


class VersionPlace(ItemVersion.places.through):  # type: ignore[name-defined,misc]
    """A place of a version, under its trigger."""

    class Meta:
        proxy = True
        triggers = [_frozen_relation("version_places_final")]


class VersionSubstance(ItemVersion.substances.through):  # type: ignore[name-defined,misc]
    """A substance of a version, under its trigger."""

    class Meta:
        proxy = True
        triggers = [_frozen_relation("version_substances_final")]
