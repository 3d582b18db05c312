"""Addresses of items, their files, deliveries and docket cards."""

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
from registry.information.attachment_api import PARSERS, AttachmentViewSet, ItemFilesViewSet
from registry.information.docket_api import DocketViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("information-items", InformationItemViewSet, basename="information-item")
router.register("deliveries", DeliveryViewSet, basename="delivery")
router.register("attachments", AttachmentViewSet, basename="attachment")
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
    path(
        "information-items/<uuid:pk>/attachments",
        ItemFilesViewSet.as_view({"post": "attach"}, basename="attachment", parser_classes=PARSERS),
        name="item-attach",
    ),
    *router.urls,
]
