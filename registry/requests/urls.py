"""Addresses of requests for information and of their figures."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from registry.requests.api import InformationRequestViewSet, RequestStatisticsViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("requests", InformationRequestViewSet, basename="request")

urlpatterns = [
    path("request-statistics", RequestStatisticsViewSet.as_view({"get": "list"}), name="request-statistics"),
    *router.urls,
]
