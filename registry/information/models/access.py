"""Which unit sees which item, newest first: one row per unit and item, so that a page costs the same among a million.

The rows follow from items, deliveries and the tree of units. Triggers write them; the application only reads them.
See docs/adr/0012-access-rows.md.
"""

from typing import Any, TypeVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Unit
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet

I = TypeVar("I", bound=models.QuerySet[Any])  # noqa: E741


class ItemAccess(models.Model):
    """A unit may see an item: because it, or a unit below it, originated it or has it delivered."""

    pk = models.CompositePrimaryKey("item_id", "unit_id")
    item = models.ForeignKey(
        "information.InformationItem", models.PROTECT, related_name="access", db_index=False, verbose_name=_("item")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False, verbose_name=_("unit"))
    at = models.DateTimeField(_("created at"))
    own = models.BooleanField(_("originated"))
    delivered = models.BooleanField(_("delivered"))

    objects = VisibleQuerySet["ItemAccess"].as_manager()

    class Meta:
        verbose_name = _("access to an item")
        verbose_name_plural = _("access to items")
        indexes = [
            models.Index(fields=["unit", "-at", "-item"], name="access_newest"),
            models.Index(fields=["unit", "-at", "-item"], name="access_newest_delivered", condition=Q(delivered=True)),
        ]
        constraints = [models.CheckConstraint(name="access_has_a_ground", condition=Q(own=True) | Q(delivered=True))]
        triggers = [
            pgtrigger.Trigger(
                name="access_follows",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF pg_trigger_depth() < 2 AND current_setting('registry.writes', true) IS DISTINCT FROM 'access' THEN
                        RAISE EXCEPTION 'pgtrigger: access follows from items and deliveries';
                    END IF;
                    RETURN NULL;
                """,  # noqa: E501
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} > {self.item_id}"


def opens_access(name: str, item: str, *columns: str) -> pgtrigger.Trigger:
    """Bring the access rows of the item in line after a row was added, or one of its columns changed."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(*columns),  # type: ignore[no-untyped-call]
        func=f"PERFORM information_refresh_access(NEW.{item}); RETURN NULL;",
    )


def seen_by(items: I, user: Reader) -> I | None:
    """The items of which a topmost unit of the reader has a row; None while the tree of units has to be asked.

    One unit (nearly everybody): its rows are joined, and `listed_at` orders them along their index.
    """
    own, delivered = user.roots_with(Permission.ITEM_READ_OWN), user.roots_with(Permission.ITEM_READ_DELIVERED)
    if own is None or delivered is None:
        return None
    units = own | delivered
    if len(units) == 1:
        grounds = {"access__own": True} if not delivered else {"access__delivered": True} if not own else {}
        return items.filter(access__unit=next(iter(units)), **grounds).alias(listed_at=F("access__at"))
    rows = ItemAccess.objects.filter(Q(unit__in=own, own=True) | Q(unit__in=delivered, delivered=True))
    return items.filter(pk__in=rows.values("item_id"))
