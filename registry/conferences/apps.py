"""App `conferences`."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ConferencesConfig(AppConfig):
    """App `conferences`."""

    name = "registry.conferences"
    label = "conferences"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Conferences")

    def ready(self) -> None:
        """Find what other apps put on agendas."""
        autodiscover_modules("agenda")
