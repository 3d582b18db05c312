"""Shared information: items, versions, deliveries, receipts, evaluations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InformationConfig(AppConfig):
    """App `information`."""

    name = "registry.information"
    label = "information"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Shared information")
