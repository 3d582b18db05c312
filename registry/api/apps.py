"""The API's own rows: idempotency keys."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """App `api`."""

    name = "registry.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
