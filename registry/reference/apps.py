"""Vocabularies: substances, metrics, topics, units of measure, traps."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferenceConfig(AppConfig):
    """App `reference`."""

    name = "registry.reference"
    label = "reference"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Vocabularies")
