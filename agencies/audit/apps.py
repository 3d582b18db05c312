"""The audit log: append-only, without foreign keys; it imports nobody."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """App `audit`."""

    name = "agencies.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Audit log")
