"""Published documents: what they print, where, and how it is to be read."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """App `documents`."""

    name = "registry.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Published documents")
