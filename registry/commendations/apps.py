"""App `commendations`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommendationsConfig(AppConfig):
    """App `commendations`."""

    name = "registry.commendations"
    label = "commendations"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Commendations")
