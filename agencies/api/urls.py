"""Addresses of the directory, keys, the audit log and the caller."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from agencies.api import audit, views
from agencies.api.delegations import DelegationViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("agencies", views.AgencyViewSet, basename="agency")
router.register("units", views.UnitViewSet, basename="unit")
router.register("places", views.PlaceViewSet, basename="place")
router.register("areas", views.AreaViewSet, basename="area")
router.register("api-keys", views.ApiKeyViewSet, basename="api-key")
router.register("delegations", DelegationViewSet, basename="delegation")
router.register("audit-events", audit.AuditEventViewSet, basename="audit-event")

urlpatterns = [path("me", views.MeViewSet.as_view({"get": "retrieve"}), name="me"), *router.urls]
