"""Who: agencies, units, places, people, keys."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    """App `agencies`."""

    name = "agencies"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Agencies and people")
