"""Addresses of items, deliveries and attachments."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from registry.information.api import DeliveryViewSet, InformationItemViewSet
from registry.information.attachment_api import PARSERS, AttachmentViewSet, ItemFilesViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("information-items", InformationItemViewSet, basename="information-item")
router.register("deliveries", DeliveryViewSet, basename="delivery")
router.register("attachments", AttachmentViewSet, basename="attachment")

attach = ItemFilesViewSet.as_view({"post": "attach"}, basename="attachment", parser_classes=PARSERS)

urlpatterns = [path("information-items/<uuid:pk>/attachments", attach), *router.urls]
