"""What is told about the records: statements and reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """App `reports`."""

    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Statements and reports")
