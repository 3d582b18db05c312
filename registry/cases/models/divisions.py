"""How lots are taken apart and put together: what comes out is exactly what went in, as it was weighed then."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Record, User
from agencies.visibility import Reader, VisibleQuerySet
from registry.cases.models.case import JointCase
from registry.cases.terms import DivisionKind

BALANCE = """
    FOR division IN SELECT * FROM cases_lotdivision d WHERE {which} LOOP
        SELECT count(*) AS lots, sum(l.normalised_value) AS total, bool_and(l.weighed) AS weighed,
               array_agg(DISTINCT (l.case_id, l.substance_id, l.seized_on, m.dimension)::text) AS kinds,
               bool_and(l.case_id = division.case_id) AS own
          INTO went_in
          FROM cases_seizurelot l LEFT JOIN reference_unitofmeasure m ON m.id = l.unit_id
         WHERE l.divided_by_id = division.id;
        SELECT count(*) AS lots, sum(coalesce(w.former_normalised, l.normalised_value)) AS total,
               bool_and(l.weighed) AS weighed,
               array_agg(DISTINCT (l.case_id, l.substance_id, l.seized_on, m.dimension)::text) AS kinds,
               bool_and(l.case_id = division.case_id) AS own
          INTO came_out
          FROM cases_seizurelot l LEFT JOIN reference_unitofmeasure m ON m.id = l.unit_id
          LEFT JOIN cases_lotreweighing w ON w.lot_id = l.id AND w.number = 1
         WHERE l.made_by_id = division.id;
        IF (division.kind = 'split' AND NOT (went_in.lots = 1 AND came_out.lots >= 2))
           OR (division.kind = 'merge' AND NOT (went_in.lots >= 2 AND came_out.lots = 1)) THEN
            RAISE EXCEPTION 'pgtrigger: one lot is split into several, several are merged into one';
        END IF;
        IF NOT (went_in.own AND came_out.own AND went_in.weighed AND came_out.weighed)
           OR cardinality(went_in.kinds) <> 1 OR went_in.kinds <> came_out.kinds THEN
            RAISE EXCEPTION 'pgtrigger: lots of a division are weighed, of one case, substance, day and dimension';
        END IF;
        IF went_in.total <> came_out.total THEN
            RAISE EXCEPTION 'pgtrigger: what comes out of a division is exactly what went in';
        END IF;
    END LOOP;
    RETURN NULL;
"""
DECLARED = [("division", "cases_lotdivision%ROWTYPE"), ("went_in", "RECORD"), ("came_out", "RECORD")]


def lot_balance() -> pgtrigger.Trigger:
    """A lot of a division cannot be added, taken away or changed so that the division balances no more."""
    return pgtrigger.Trigger(
        name="lot_balances",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Condition("NEW.made_by_id IS NOT NULL OR NEW.divided_by_id IS NOT NULL"),
        declare=DECLARED,
        func=BALANCE.format(which="d.id IN (NEW.made_by_id, NEW.divided_by_id)"),
    )


class LotDivisionQuerySet(VisibleQuerySet["LotDivision"]):
    """Splits and merges."""

    def visible_to(self, user: Reader) -> Self:
        """With their case."""
        return self.filter(case__in=JointCase.objects.visible_to(user))


class LotDivision(Record):
    """A split or a merge. It is never undone: the parts are merged back, and both stand in the record."""

    case = models.ForeignKey(JointCase, models.PROTECT, related_name="divisions", verbose_name=_("case"))
    kind = models.CharField(_("kind"), max_length=8, choices=DivisionKind.choices)
    reason = models.CharField(_("reason"), max_length=500)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects = LotDivisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("split or merge of lots")
        verbose_name_plural = _("splits and merges of lots")
        ordering = ["case", "decided_at", "pk"]
        constraints = [
            models.CheckConstraint(name="lot_division_kind_known", condition=Q(kind__in=DivisionKind.values)),
            models.CheckConstraint(name="lot_division_has_reason", condition=~Q(reason="")),
        ]
        triggers = [
            pgtrigger.Protect(name="lot_division_final", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="lot_division_balances",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                declare=DECLARED,
                func=BALANCE.format(which="d.id = NEW.id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {timezone.localdate(self.decided_at).isoformat()}"

    def audit_reference(self) -> str:
        """What people call it."""
        return self.case.reference

    def audit_owner(self) -> UUID | None:
        """The unit that owns it."""
        return self.case.unit_id
