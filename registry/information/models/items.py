"""Items of shared information: whose they are, where they stand, who sees them."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Record, Unit, User
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from registry.information.models.access import opens_access, seen_by
from registry.information.models.deliveries import Delivery
from registry.information.models.versions import ItemVersion
from registry.information.terms import Status
from registry.information.workflow import MOVES
from registry.periods import Period
from registry.workflow import pairs


class InformationItemQuerySet(VisibleQuerySet["InformationItem"]):
    """Items."""

    def visible_to(self, user: Reader) -> Self:
        """Own units' items in any status; another's only while delivered to one of one's own units.

        Where `listed_at` is known it orders like `created_at`, along the index of the access rows.
        """
        seen = seen_by(self, user)
        return self.visible_by_definition(user) if seen is None else seen

    def visible_by_definition(self, user: Reader) -> Self:
        """The rule that the access rows follow, asked of the items themselves: right at any time, slow for many."""
        own = Q(unit_id__in=user.units_with(Permission.ITEM_READ_OWN))
        received = Delivery.objects.received_by(user).standing()
        return self.filter(own | Q(status=Status.RELEASED, pk__in=received.values("item_id")))

    def countable_by(self, user: Reader) -> Self:
        """For figures only: whoever counts for all counts every shared item; others what they may see."""
        shared = self.filter(status__in=[Status.RELEASED, Status.RECALLED])
        return shared if user.holds(Permission.REPORT_COUNT_ALL) else shared.visible_to(user)

    def released_in(self, period: Period) -> Self:
        """Items whose first release falls into the period."""
        start, end = period.moments()
        return self.filter(released_at__gte=start, released_at__lt=end)


class InformationItem(Record):
    """One item of information of one unit: the unit decides who gets it, and may take it back."""

    reference = models.CharField(  # noqa: DJ001 - unique once given; a draft has none
        _("reference"), max_length=32, unique=True, null=True, editable=False
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("originating unit"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    current = models.ForeignKey(
        ItemVersion, models.PROTECT, null=True, related_name="+", verbose_name=_("current version")
    )
    recipients = models.ManyToManyField(Unit, related_name="+", blank=True, verbose_name=_("recipients"))
    return_reason = models.TextField(_("why it was returned"), blank=True)
    released_at = models.DateTimeField(_("released at"), null=True, editable=False)
    released_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("released by"), editable=False
    )
    recalled_at = models.DateTimeField(_("recalled at"), null=True, editable=False)
    recall_reason = models.TextField(_("why it was recalled"), blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    named_on = ("released_at",)

    objects = InformationItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("information item")
        verbose_name_plural = _("information items")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["unit", "-created_at", "-id"], name="item_unit_newest"),
            models.Index(fields=["-created_at", "-id"], name="item_newest"),
            models.Index(fields=["released_at"], name="item_released_at"),
        ]
        constraints = [
            models.CheckConstraint(name="item_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="item_four_eyes", condition=Q(released_by__isnull=True) | ~Q(released_by=F("author"))
            ),
            models.CheckConstraint(
                name="item_released_is_complete",
                condition=Q(status__in=[Status.DRAFT, Status.SUBMITTED, Status.RETURNED], released_at__isnull=True)
                | Q(
                    status__in=[Status.RELEASED, Status.RECALLED],
                    released_at__isnull=False,
                    released_by__isnull=False,
                    reference__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="item_recalled_has_reason",
                condition=~Q(status=Status.RECALLED) | (Q(recalled_at__isnull=False) & ~Q(recall_reason="")),
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="item_moves", field="status", transitions=pairs(MOVES)),
            pgtrigger.Protect(name="item_kept", operation=pgtrigger.Delete),
            opens_access("item_opens_access", "id", "status", "unit_id", "created_at"),
            pgtrigger.Protect(
                name="item_begins_as_draft",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__status=Status.DRAFT),
            ),
            pgtrigger.Protect(
                name="item_released_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    """OLD."released_at" IS NOT NULL AND
                    ROW(OLD."unit_id", OLD."author_id", OLD."reference", OLD."released_at", OLD."released_by_id")
                    IS DISTINCT FROM
                    ROW(NEW."unit_id", NEW."author_id", NEW."reference", NEW."released_at", NEW."released_by_id")"""
                ),
            ),
            pgtrigger.Trigger(
                name="item_shows_what_was_released",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__released_at__isnull=False),
                func="""
                    IF NOT EXISTS (SELECT 1 FROM information_itemversion
                                    WHERE id = NEW.current_id AND item_id = NEW.id AND released_at IS NOT NULL) THEN
                        RAISE EXCEPTION 'pgtrigger: a released item shows a released version of its own';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="item_editor_never_releases",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__status=Status.RELEASED, old__status=Status.SUBMITTED),
                func="""
                    IF EXISTS (SELECT 1 FROM information_itemversion_editors editor
                                 JOIN information_itemversion version ON version.id = editor.itemversion_id
                                WHERE version.item_id = NEW.id AND editor.user_id = NEW.released_by_id) THEN
                        RAISE EXCEPTION 'pgtrigger: whoever edited an item does not release it';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.reference or _("draft without a number") + f" ({str(self.pk)[:8]})"

    def audit_owner(self) -> UUID | None:
        """See Record."""
        return self.unit_id
