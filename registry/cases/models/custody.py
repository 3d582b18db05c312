"""Who holds what was seized: an unbroken chain of events, added and never changed."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Record, Unit, User
from agencies.visibility import Reader, VisibleQuerySet
from registry.cases.models.yields import SeizureLot
from registry.reference.models import UnitOfMeasure


class CustodyEventQuerySet(VisibleQuerySet["CustodyEvent"]):
    """Custody events."""

    def visible_to(self, user: Reader) -> Self:
        """With their lot."""
        return self.filter(lot__in=SeizureLot.objects.visible_to(user))


class CustodyEvent(Record):
    """A lot went from one unit to another, or into another store. Weight or count are those at the hand-over."""

    lot = models.ForeignKey(SeizureLot, models.PROTECT, related_name="custody", verbose_name=_("seizure lot"))
    number = models.PositiveIntegerField(_("number"))
    happened_on = models.DateField(_("day"))
    from_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from unit")
    )
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("held by unit"))
    store = models.CharField(_("place of keeping"), max_length=200)
    seal = models.CharField(_("number of the seal"), max_length=64, blank=True)
    value = models.DecimalField(_("weight or count"), max_digits=18, decimal_places=6, null=True, blank=True)
    measure = models.ForeignKey(
        UnitOfMeasure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit of measure")
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects = CustodyEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("custody event")
        verbose_name_plural = _("custody events")
        ordering = ["lot", "number"]
        constraints = [
            models.UniqueConstraint(fields=["lot", "number"], name="custody_number_once"),
            models.CheckConstraint(name="custody_says_where", condition=~Q(store="")),
            models.CheckConstraint(
                name="custody_value_with_measure",
                condition=Q(value__isnull=True, measure__isnull=True) | Q(value__gt=0, measure__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="custody_final", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="custody_chain",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("last", "cases_custodyevent%ROWTYPE")],
                func="""
                    SELECT * INTO last FROM cases_custodyevent e
                     WHERE e.lot_id = NEW.lot_id ORDER BY e.number DESC LIMIT 1;
                    IF NEW.number <> coalesce(last.number, 0) + 1 THEN
                        RAISE EXCEPTION 'pgtrigger: custody events of a lot are numbered without a gap';
                    END IF;
                    IF last.id IS NOT NULL
                       AND (NEW.from_unit_id IS DISTINCT FROM last.to_unit_id OR NEW.happened_on < last.happened_on)
                    THEN
                        RAISE EXCEPTION 'pgtrigger: custody goes on from the last holder, and not back in time';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.happened_on.isoformat()} {self.to_unit.code}"

    def audit_reference(self) -> str:
        """What people call it."""
        return self.lot.case.reference

    def audit_owner(self) -> UUID | None:
        """The unit that owns it."""
        return self.to_unit_id
