"""People, what they are in which unit for how long, and keys of other systems."""

import uuid
from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar, Protocol, Self
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models.base import Dated, DatedQuerySet, Language, Record, one_at_a_time, today
from agencies.models.delegations import Delegation, given_by
from agencies.models.organisation import Unit
from agencies.models.tree import Branches, branches
from agencies.roles import DELEGABLE, DELEGATES, GRANTS, REACH, Permission, Reach, Role, scope_of
from agencies.visibility import Reader, VisibleQuerySet


class KeyInUse(Protocol):
    """What a request's key says: its unit, its scopes, its name in the log."""

    pk: UUID
    unit_id: UUID
    scopes: list[str]
    prefix: str


class RoleCode(models.TextChoices):
    """Roles with the names people read."""

    OFFICER = Role.OFFICER.value, _("officer")
    RELEASER = Role.RELEASER.value, _("head (releases)")
    FOCAL_POINT = Role.FOCAL_POINT.value, _("focal point")
    ANALYST = Role.ANALYST.value, _("analyst")
    SECRETARIAT = Role.SECRETARIAT.value, _("secretariat")
    AUDITOR = Role.AUDITOR.value, _("auditor")
    AGENCY_ADMIN = Role.AGENCY_ADMIN.value, _("agency administrator")
    SYSTEM = Role.SYSTEM.value, _("system")


class UserQuerySet(VisibleQuerySet["User"]):
    """People; seen by the administrators of their units and by themselves."""

    def visible_to(self, user: Reader) -> Self:
        """Oneself, and those who hold or held a role in a unit one manages."""
        managed = Membership.objects.filter(unit_id__in=user.units_with(Permission.PEOPLE_MANAGE))
        return self.filter(Q(pk=getattr(user, "pk", None)) | Q(pk__in=managed.values("user_id")))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes the operator's account; people are made by agencies.actions."""

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """An operator: runs the installation, reads no records by that alone."""
        user = self.model(username=username, is_staff=True, is_superuser=True, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user  # type: ignore[no-any-return]


class User(AbstractBaseUser):
    """Somebody who signs in, or a system's service account.

    What they may do comes from memberships, and in a session from what a head has delegated to them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(_("username"), max_length=64, unique=True)
    display_name = models.CharField(_("name shown"), max_length=128, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.VI)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may use the admin"), default=False)
    is_superuser = models.BooleanField(_("operator"), default=False)
    synthetic = models.BooleanField(_("synthetic"), default=False)
    date_joined = models.DateTimeField(_("created at"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]

    api_key: KeyInUse | None = None
    """The key this request came with; set by the authenticator, never stored."""

    def __str__(self) -> str:
        return self.display_name or self.username

    @cached_property
    def current_memberships(self) -> "list[Membership]":
        """Roles held today; only those of the key's unit when a key is used. Read once per request."""
        if not self.is_active:
            return []
        held = Membership.objects.as_of(today()).filter(user=self).select_related("unit__agency")
        if self.api_key is not None:
            held = held.filter(unit_id=self.api_key.unit_id)
        return list(held.order_by("valid_from", "pk"))

    @cached_property
    def delegations(self) -> "list[tuple[Delegation, frozenset[Permission]]]":
        """What is delegated to the user today, and what each gives: what its giver holds by a role today. One query.

        A key gives nothing delegated. It lies with another system, which shows no banner to anybody and would go on
        deciding in a head's place unseen; whoever stands in for a head is a person who has signed in.
        """
        units = [m.unit_id for m in self.current_memberships if m.role in DELEGATES]
        if self.api_key is not None or not units:
            return []
        roles = Membership.objects.as_of(today()).filter(user=OuterRef("from_user"), unit=OuterRef("unit"))
        held = Delegation.objects.in_force(today()).filter(to_user=self, unit__in=units, from_user__is_active=True)
        held = held.select_related("from_user", "unit").order_by("starts_on", "pk")
        rows: Iterable[Any] = held.annotate(roles=ArraySubquery(roles.values("role")))
        found = [(delegation, given_by(delegation.roles, delegation.scope)) for delegation in rows]
        return [(delegation, given) for delegation, given in found if given]

    def _delegated(self, permission: Permission) -> list[Delegation]:
        if permission not in DELEGABLE:
            return []
        return [delegation for delegation, given in self.delegations if permission in given]

    def standing_in(self, permission: Permission, unit_id: UUID | None) -> dict[str, Any]:
        """For the audit event: on whose behalf the permission is used in the unit; empty where it is one's own."""
        if any(m.unit_id == unit_id and permission in GRANTS[Role(m.role)] for m in self.current_memberships):
            return {}
        given = [d for d in self._delegated(permission) if d.unit_id == unit_id]
        return {"on_behalf_of": given[0].from_user.username, "delegation": str(given[0].pk)} if given else {}

    def forget_roles(self) -> None:
        """Read roles anew on the next question; called by whatever changes them."""
        self.__dict__.pop("current_memberships", None)
        self.__dict__.pop("delegations", None)
        self.__dict__.pop("_reach", None)

    def _scoped(self, permission: Permission) -> bool:
        return self.api_key is None or scope_of(permission) in self.api_key.scopes

    def holds(self, permission: Permission) -> bool:
        """Whether any role held now gives the permission."""
        if not self._scoped(permission):
            return False
        own = any(permission in GRANTS[Role(m.role)] for m in self.current_memberships)
        return own or bool(self._delegated(permission))

    @cached_property
    def _reach(self) -> dict[frozenset[UUID], Branches]:
        return {}

    def _roots(self, permission: Permission) -> frozenset[UUID]:
        """The units in which a role held now gives the permission."""
        if not self._scoped(permission):
            return frozenset()
        return frozenset(m.unit_id for m in self.current_memberships if permission in GRANTS[Role(m.role)])

    def _branches(self, roots: frozenset[UUID]) -> Branches:
        if roots not in self._reach:
            self._reach[roots] = branches(roots)
        return self._reach[roots]

    def units_with(self, permission: Permission) -> frozenset[UUID]:
        """The units in which the permission holds now: the role's unit, or all below it too (REACH)."""
        roots = self._roots(permission)
        if REACH[permission] is Reach.UNIT:
            return roots | {d.unit_id for d in self._delegated(permission)}
        return self._branches(roots).units

    def roots_with(self, permission: Permission) -> frozenset[UUID] | None:
        """The topmost units of `units_with`; None while what was worked out from the tree of units does not hold."""
        return None if REACH[permission] is Reach.UNIT else self._branches(self._roots(permission)).tops

    def may(self, permission: Permission, unit_id: UUID | None) -> bool:
        """Whether the permission holds for a record of the unit."""
        return unit_id is not None and unit_id in self.units_with(permission)

    @property
    def home_unit(self) -> Unit | None:
        """The unit of the first role held now."""
        return self.current_memberships[0].unit if self.current_memberships else None

    def audit_identity(self) -> dict[str, Any]:
        """Who acts, in which unit and roles, with which key."""
        unit = self.home_unit
        roles = sorted({m.role for m in self.current_memberships})
        return {
            "actor_id": self.pk,
            "actor": self.username,
            "actor_unit_id": unit.pk if unit else None,
            "actor_unit": unit.code if unit else "",
            "role": ("operator " if self.is_superuser else "") + " ".join(roles)[:50],
            "api_key": self.api_key.prefix if self.api_key else "",
        }

    def audit_reference(self) -> str:
        """See Record."""
        return self.username

    def audit_owner(self) -> UUID | None:
        """See Record."""
        unit = self.home_unit
        return unit.pk if unit else None

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's own permission strings give nothing here: see agencies.roles."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Whether the app is shown in the admin: each model admin decides for itself."""
        return self.is_active and self.is_staff


class MembershipQuerySet(DatedQuerySet["Membership"]):
    """Roles held; seen by the administrators of the unit and by the holder."""

    def visible_to(self, user: Reader) -> Self:
        """One's own, and those in units one manages."""
        return self.filter(
            Q(user_id=getattr(user, "pk", None)) | Q(unit_id__in=user.units_with(Permission.PEOPLE_MANAGE))
        )


class Membership(Record, Dated):
    """One person is one thing in one unit for a time."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("user"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=16, choices=RoleCode.choices)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user", "unit", "role", "valid_from", "pk"]
        constraints = [
            one_at_a_time("membership_one_at_a_time", "user", "unit", "role"),
            models.CheckConstraint(
                name="membership_days_in_order",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day must not come before the first."),
            ),
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=[r.value for r in Role])),
        ]

    def __str__(self) -> str:
        return f"{self.role} ({self.unit_id})"

    def audit_owner(self) -> UUID | None:
        """See Record."""
        return self.unit_id
