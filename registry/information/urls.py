"""Addresses of items and deliveries."""

from rest_framework.routers import SimpleRouter

from registry.information.api import DeliveryViewSet, InformationItemViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("information-items", InformationItemViewSet, basename="information-item")
router.register("deliveries", DeliveryViewSet, basename="delivery")

urlpatterns = router.urls
