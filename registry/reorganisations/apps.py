"""App `reorganisations`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReorganisationsConfig(AppConfig):
    """App `reorganisations`."""

    name = "registry.reorganisations"
    label = "reorganisations"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Reorganisations")
