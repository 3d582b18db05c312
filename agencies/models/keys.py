"""Keys of other systems."""

from datetime import datetime
from typing import Self
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models.base import Record
from agencies.models.organisation import Unit
from agencies.models.people import User
from agencies.roles import Permission, Scope
from agencies.visibility import Reader, VisibleQuerySet


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
