"""What a head has delegated to somebody of the unit: in writing, between two days, never passed on."""

from collections.abc import Iterable
from datetime import date
from typing import Self
from uuid import UUID

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models.base import Record, today
from agencies.models.organisation import Unit
from agencies.roles import DELEGABLE, DELEGATES, GRANTS, Permission, Role
from agencies.visibility import Reader, VisibleQuerySet

LONGEST = 90
"""The most days a delegation may hold, its first and last one included."""


class Delegable(models.TextChoices):
    """Permissions that may be delegated, with the names people read."""

    ITEM_RELEASE = Permission.ITEM_RELEASE.value, _("release, return and recall information")
    DOCKET_TELL = Permission.DOCKET_TELL.value, _("tell units of docket cards, and end them")
    CASE_CONFIRM = Permission.CASE_CONFIRM.value, _("confirm taking part in joint cases")
    STATEMENT_CONFIRM = Permission.STATEMENT_CONFIRM.value, _("confirm statements")


class DelegationQuerySet(VisibleQuerySet["Delegation"]):
    """Delegations; seen by who gave and who got them, and by the administrators of the unit."""

    def visible_to(self, user: Reader) -> Self:
        """One's own, and those in units one manages."""
        pk = getattr(user, "pk", None)
        managed = Q(unit_id__in=user.units_with(Permission.PEOPLE_MANAGE))
        return self.filter(Q(from_user_id=pk) | Q(to_user_id=pk) | managed)

    def in_force(self, day: date) -> Self:
        """Not taken back, and the day is one of theirs. Whether the giver still holds it, User.delegations asks."""
        return self.filter(revoked_at__isnull=True, starts_on__lte=day, ends_on__gte=day)


def _days() -> Func:
    """`daterange(first, last, '[]')`: both days included."""
    return Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange", output_field=DateRangeField())


def _pairs(rows: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"('{a}', '{b}')" for a, b in rows)


_GRANTED = _pairs((p.value, role.value) for p in DELEGABLE for role in Role if p in GRANTS[role])
_TAKERS = ", ".join(f"'{role.value}'" for role in DELEGATES)
_HELD = """SELECT 1 FROM agencies_membership m WHERE m.unit_id = NEW.unit_id
            AND daterange(m.valid_from, m.valid_to, '[)') @> (NEW.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"""


class Delegation(Record):
    """`from_user` lets `to_user` do in the unit what `scope` names, from the first day to the last, both included.

    It gives something only on days on which the giver holds it by a role of their own (User.delegations). It ends by
    itself: with its last day, when it is taken back, with the role of either, when the giver is shut out.
    """

    from_user = models.ForeignKey(
        "agencies.User", models.PROTECT, related_name="delegations_given", verbose_name=_("given by")
    )
    to_user = models.ForeignKey(
        "agencies.User", models.PROTECT, related_name="delegations_taken", verbose_name=_("given to")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    scope = ArrayField(models.CharField(max_length=32, choices=Delegable.choices), verbose_name=_("what is delegated"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    reason = models.CharField(_("paper and reason"), max_length=500)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(_("taken back at"), null=True, blank=True, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False, editable=False)

    named_on = ("starts_on",)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(name="delegation_not_to_oneself", condition=~Q(from_user=F("to_user"))),
            models.CheckConstraint(
                name="delegation_scope_known",
                condition=Q(scope__contained_by=[p.value for p in DELEGABLE]) & ~Q(scope=[]),
            ),
            models.CheckConstraint(name="delegation_days_in_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="delegation_ninety_days", condition=Q(ends_on__lt=F("starts_on") + Value(LONGEST))
            ),
            models.CheckConstraint(name="delegation_says_why", condition=~Q(reason="")),
            ExclusionConstraint(
                name="delegation_once_at_a_time",
                expressions=[("from_user", "="), ("to_user", "="), ("unit", "="), (_days(), "&&")],
                condition=Q(revoked_at__isnull=True),
                violation_error_message=_(
                    "You have delegated to this person for some of these days already. Take that back first."
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="delegation_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="delegation_final",
                fields=["from_user", "to_user", "unit", "scope", "starts_on", "ends_on", "reason", "created_at"],
            ),
            pgtrigger.Protect(
                name="delegation_taken_back_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__revoked_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="delegation_only_of_own",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF EXISTS (SELECT 1 FROM unnest(NEW.scope) AS given WHERE NOT EXISTS ({_HELD}
                        AND m.user_id = NEW.from_user_id AND (given, m.role) IN ({_GRANTED}))) THEN
                        RAISE EXCEPTION 'pgtrigger: nobody delegates what they hold by no role of their own';
                    END IF;
                    IF NOT EXISTS ({_HELD} AND m.user_id = NEW.to_user_id AND m.role IN ({_TAKERS})) THEN
                        RAISE EXCEPTION 'pgtrigger: whoever stands in works in the same unit';
                    END IF;
                    RETURN NEW;
                """,  # noqa: S608 - only codes of agencies/roles.py
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_user_id} > {self.to_user_id}"

    def audit_reference(self) -> str:
        """See Record."""
        return f"{self.from_user.username} > {self.to_user.username}"

    def audit_owner(self) -> UUID | None:
        """See Record."""
        return self.unit_id

    @property
    def scope_text(self) -> str:
        """What is delegated, in the reader's words."""
        return "; ".join(str(Delegable(code).label) for code in self.scope)

    @property
    def state(self) -> str:
        """`revoked`, `upcoming`, `ended` or `in_force`, by its own days alone."""
        if self.revoked_at is not None:
            return "revoked"
        if today() < self.starts_on:
            return "upcoming"
        return "ended" if today() > self.ends_on else "in_force"


def given_by(roles: Iterable[str], scope: Iterable[str]) -> frozenset[Permission]:
    """What of a scope somebody with these roles holds."""
    held = {permission for role in roles for permission in GRANTS[Role(role)]}
    return frozenset(Permission(code) for code in scope) & held
