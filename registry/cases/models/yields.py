"""What a case yielded and what served it: seizure lots, and items of shared information."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Record, Unit, User
from agencies.visibility import Reader, VisibleQuerySet
from registry.cases.models.case import JointCase
from registry.cases.models.divisions import LotDivision, lot_balance
from registry.cases.models.duplicates import lot_repeats_a_counted_one
from registry.documents.terms import Comparator
from registry.information.models import Delivery, InformationItem
from registry.periods import Period
from registry.reference.models import Substance, UnitOfMeasure


class SeizureLotQuerySet(VisibleQuerySet["SeizureLot"]):
    """What was seized: the only countable thing for quantities."""

    def visible_to(self, user: Reader) -> Self:
        """With their case."""
        return self.filter(case__in=JointCase.objects.visible_to(user))

    def countable_by(self, user: Reader) -> Self:
        """For figures only: with the cases one counts, and each seizure once.

        A duplicate is left out where what it repeats is counted; to whoever does not count that, it is the seizure.
        """
        cases = JointCase.objects.countable_by(user)
        repeated = Q(duplicate_of__isnull=False) & Q(duplicate_of__case__in=cases)
        return self.filter(case__in=cases, divided_by__isnull=True).exclude(repeated)

    def counted(self) -> Self:
        """Each seizure once, over all cases: not what was divided or merged into other lots, and no duplicates."""
        return self.filter(divided_by__isnull=True, duplicate_of__isnull=True)

    def told_to(self, user: Reader) -> Self:
        """With `repeats_seen`: the lot that counts in place of each, where the reader sees that one; else null."""
        seen = When(duplicate_of__in=SeizureLot.objects.visible_to(user).values("pk"), then=F("duplicate_of_id"))
        return self.annotate(repeats_seen=Case(seen, default=None, output_field=models.UUIDField(null=True)))

    def seized_in(self, period: Period) -> Self:
        """Lots seized on a day of the period."""
        return self.filter(seized_on__gte=period.start, seized_on__lt=period.end)


class SeizureLot(Record):
    """A quantity of one substance. `raw_text` is what was typed; the normalised value stays in its own dimension.

    Not weighed yet: there is no value, which is not zero. Mass and tablets of one class stand in two lots.
    A lot that was divided or merged stays as it was and counts no more: what it became counts.
    """

    case = models.ForeignKey(JointCase, models.PROTECT, related_name="lots", verbose_name=_("case"))
    substance = models.ForeignKey(Substance, models.PROTECT, related_name="+", verbose_name=_("substance"))
    raw_text = models.CharField(_("as entered"), max_length=120)
    weighed = models.BooleanField(_("weighed or counted"), default=True, editable=False)
    value = models.DecimalField(_("quantity"), max_digits=18, decimal_places=6, null=True, blank=True)
    unit = models.ForeignKey(
        UnitOfMeasure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit of measure")
    )
    comparator = models.CharField(_("comparator"), max_length=8, choices=Comparator.choices, default=Comparator.EXACT)
    normalised_value = models.DecimalField(
        _("normalised value"), max_digits=27, decimal_places=9, null=True, blank=True, editable=False
    )
    seized_on = models.DateField(_("seized on"))
    made_by = models.ForeignKey(
        LotDivision, models.PROTECT, null=True, editable=False, related_name="products", verbose_name=_("came out of")
    )
    divided_by = models.ForeignKey(
        LotDivision, models.PROTECT, null=True, editable=False, related_name="sources", verbose_name=_("went into")
    )
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="repeats", verbose_name=_("the same seizure as")
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects = SeizureLotQuerySet.as_manager()

    class Meta:
        verbose_name = _("seizure lot")
        verbose_name_plural = _("seizure lots")
        ordering = ["case", "seized_on", "created_at", "pk"]
        constraints = [
            models.CheckConstraint(name="lot_comparator_known", condition=Q(comparator__in=Comparator.values)),
            models.CheckConstraint(name="lot_as_entered", condition=~Q(raw_text="")),
            models.CheckConstraint(
                name="lot_weighed_or_without_value",
                condition=Q(
                    weighed=True,
                    value__isnull=False,
                    value__gt=0,
                    unit__isnull=False,
                    normalised_value__isnull=False,
                    normalised_value__gt=0,
                )
                | Q(weighed=False, value__isnull=True, normalised_value__isnull=True),
            ),
            models.CheckConstraint(
                name="lot_duplicate_is_not_divided",
                condition=Q(divided_by__isnull=True) | Q(duplicate_of__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="lot_case_final", fields=["case", "made_by"]),
            pgtrigger.Protect(
                name="lot_divided_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.divided_by_id IS NOT NULL AND OLD.divided_by_id IS DISTINCT FROM NEW.divided_by_id"
                ),
            ),
            pgtrigger.Trigger(
                name="lot_reweighed_with_reason",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition(
                    "OLD.weighed AND (OLD.raw_text, OLD.value, OLD.unit_id, OLD.comparator, OLD.normalised_value)"
                    " IS DISTINCT FROM (NEW.raw_text, NEW.value, NEW.unit_id, NEW.comparator, NEW.normalised_value)"
                ),
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM cases_lotreweighing w WHERE w.lot_id = OLD.id AND w.former_text = OLD.raw_text
                           AND w.former_value = OLD.value AND w.former_unit_id = OLD.unit_id
                           AND w.former_comparator = OLD.comparator
                           AND w.number = (SELECT max(n.number) FROM cases_lotreweighing n WHERE n.lot_id = OLD.id)
                    ) THEN
                        RAISE EXCEPTION 'pgtrigger: a weighed lot keeps its quantity until it is weighed anew';
                    END IF;
                    RETURN NEW;
                """,
            ),
            lot_balance(),
            lot_repeats_a_counted_one(),
            pgtrigger.Protect(name="lot_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.substance}: {self.raw_text}"

    def audit_reference(self) -> str:
        """What people call it."""
        return self.case.reference

    def audit_owner(self) -> UUID | None:
        """The unit that owns it."""
        return self.case.unit_id


class CaseItemQuerySet(VisibleQuerySet["CaseItem"]):
    """Which items served a case."""

    def visible_to(self, user: Reader) -> Self:
        """Only to those who see the case, and the item, and (for a delivered item) the delivery used.

        So a case reveals no item, and no recipient to another recipient.
        """
        deliveries = Delivery.objects.visible_to(user)
        return self.filter(
            Q(delivery__isnull=True) | Q(delivery__in=deliveries),
            case__in=JointCase.objects.visible_to(user),
            item__in=InformationItem.objects.visible_to(user),
        )


class CaseItem(Record):
    """An item used in a case: one's own, or one that was delivered to the linking unit."""

    case = models.ForeignKey(JointCase, models.PROTECT, related_name="items", verbose_name=_("case"))
    item = models.ForeignKey(InformationItem, models.PROTECT, related_name="+", verbose_name=_("item"))
    delivery = models.ForeignKey(
        Delivery, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("delivery")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("linked by unit"))
    linked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("linked by"))
    linked_at = models.DateTimeField(_("linked at"), default=timezone.now)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    objects = CaseItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item used")
        verbose_name_plural = _("items used")
        ordering = ["case", "linked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "item", "unit"], name="case_item_unit_once"),
        ]
        triggers = [pgtrigger.Protect(name="case_item_final", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.item)

    def audit_reference(self) -> str:
        """What people call it."""
        return self.case.reference

    def audit_owner(self) -> UUID | None:
        """The unit that owns it."""
        return self.unit_id
