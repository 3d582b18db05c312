"""The project as an app: commands, templates, static files."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from registry.ceiling import check_ceiling


class RegistryConfig(AppConfig):
    """App `registry`."""

    name = "registry"
    verbose_name = _("Registry")

    def ready(self) -> None:
        """A ceiling that cannot be honoured is refused by every command."""
        checks.register(check_ceiling, checks.Tags.security)
