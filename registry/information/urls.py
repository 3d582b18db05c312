"""Addresses of items, deliveries and docket cards."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from registry.information.api import (
    AccessExplanationViewSet,
    ConsentViewSet,
    DeliveryViewSet,
    ImpactViewSet,
    InformationItemViewSet,
    ItemVersionViewSet,
)
from registry.information.docket_api import DocketViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("information-items", InformationItemViewSet, basename="information-item")
router.register("deliveries", DeliveryViewSet, basename="delivery")
router.register("dockets", DocketViewSet, basename="docket")

router.register("consents", ConsentViewSet, basename="consent")
router.register("item-versions", ItemVersionViewSet, basename="item-version")

urlpatterns = [
    path(
        "information-items/<uuid:pk>/access-explanation",
        AccessExplanationViewSet.as_view({"get": "retrieve"}),
        name="item-access-explanation",
    ),
    path("information-items/<uuid:pk>/impact", ImpactViewSet.as_view({"get": "retrieve"}), name="item-impact"),
    *router.urls,
]
