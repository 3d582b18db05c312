"""Django's admin with the registry's own site."""

from django.contrib.admin.apps import AdminConfig


class RegistryAdminConfig(AdminConfig):
    """Names the site."""

    default_site = "registry.admin_site.RegistryAdminSite"
