"""People, what they are in which unit for how long, and keys of other systems."""

import uuid
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, Self
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models.base import Dated, DatedQuerySet, Language, Record, days_in_order, one_at_a_time, today
from agencies.models.organisation import Unit, units_below
from agencies.roles import GRANTS, REACH, Permission, Reach, Role, Scope, scope_of
from agencies.visibility import Reader, VisibleQuerySet


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
    """Somebody who signs in, or a system's service account. What they may do comes from memberships alone."""

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

    api_key: "ApiKey | None" = None
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

    def forget_roles(self) -> None:
        """Read roles anew on the next question; called by whatever changes them."""
        self.__dict__.pop("current_memberships", None)
        self.__dict__.pop("_reach", None)

    def _scoped(self, permission: Permission) -> bool:
        return self.api_key is None or scope_of(permission) in self.api_key.scopes

    def holds(self, permission: Permission) -> bool:
        """Whether any role held now gives the permission."""
        return self._scoped(permission) and any(permission in GRANTS[Role(m.role)] for m in self.current_memberships)

    @cached_property
    def _reach(self) -> dict[frozenset[UUID], frozenset[UUID]]:
        return {}

    def units_with(self, permission: Permission) -> frozenset[UUID]:
        """The units in which the permission holds now: the role's unit, or all below it too (REACH)."""
        if not self._scoped(permission):
            return frozenset()
        roots = frozenset(m.unit_id for m in self.current_memberships if permission in GRANTS[Role(m.role)])
        if REACH[permission] is Reach.UNIT:
            return roots
        if roots not in self._reach:
            self._reach[roots] = units_below(set(roots))
        return self._reach[roots]

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
            days_in_order("membership_days_in_order"),
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=[r.value for r in Role])),
        ]

    def __str__(self) -> str:
        return f"{self.role} ({self.unit_id})"

    def audit_owner(self) -> UUID | None:
        """See Record."""
        return self.unit_id


class ApiKeyQuerySet(VisibleQuerySet["ApiKey"]):
    """Keys; seen by their holder and by the administrators of their unit."""

    def visible_to(self, user: Reader) -> Self:
        """One's own, and those of units whose keys one manages."""
        return self.filter(Q(user_id=getattr(user, "pk", None)) | Q(unit_id__in=user.units_with(Permission.KEY_MANAGE)))

    def usable_at(self, moment: datetime) -> Self:
        """Not revoked, not expired, holder active."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=moment, user__is_active=True)


SCOPE_CHOICES = [(s.value, s.value) for s in Scope]


class ApiKey(Record):
    """A key for another system: acts as its user, in one unit, within its scopes. The secret is only hashed here."""

    name = models.CharField(_("name"), max_length=128)
    user = models.ForeignKey(User, models.PROTECT, related_name="api_keys", verbose_name=_("user"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="api_keys", verbose_name=_("unit"))
    prefix = models.CharField(_("prefix"), max_length=16, unique=True, editable=False)
    secret_hash = models.CharField(_("hash of the secret"), max_length=64, editable=False)
    scopes = ArrayField(models.CharField(max_length=16, choices=SCOPE_CHOICES), verbose_name=_("scopes"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires at"))
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    synthetic = models.BooleanField(_("synthetic"), default=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["prefix"]
        constraints = [
            models.CheckConstraint(
                name="api_key_scopes_known",
                condition=Q(scopes__contained_by=[s.value for s in Scope]) & ~Q(scopes=[]),
            ),
            models.CheckConstraint(
                name="api_key_expires_after_creation", condition=Q(expires_at__gt=models.F("created_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def audit_reference(self) -> str:
        """See Record."""
        return self.prefix

    def audit_owner(self) -> UUID | None:
        """See Record."""
        return self.unit_id
