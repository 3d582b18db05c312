"""The project as an app: commands, templates, static files."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """App `registry`."""

    name = "registry"
    verbose_name = _("Registry")
