"""Every address of the registry."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from registry import health

handler400 = "registry.api.errors.bad_request"
handler403 = "registry.api.errors.forbidden"
handler404 = "registry.api.errors.not_found"
handler500 = "registry.api.errors.server_error"

api: list[URLPattern | URLResolver] = [
    path("", include("agencies.api.urls")),
    path("", include("registry.reference.urls")),
    path("", include("registry.documents.urls")),
    path("", include("registry.notices.urls")),
    path("", include("registry.information.urls")),
    path("", include("registry.requests.urls")),
    path("", include("registry.cases.urls")),
    path("", include("registry.conferences.urls")),
    path("", include("registry.commendations.urls")),
    path("", include("registry.reorganisations.urls")),
    path("", include("reports.urls")),
    path("schema", SpectacularAPIView.as_view(), name="schema"),
    path("docs", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
]

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index"), name="home"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include(api)),
    path("admin/", admin.site.urls),
]
