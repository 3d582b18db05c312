"""App `requests`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    """App `requests`."""

    name = "registry.requests"
    label = "requests"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Requests for information")
