"""Addresses of items, deliveries and docket cards."""

from rest_framework.routers import SimpleRouter

from registry.information.api import DeliveryViewSet, InformationItemViewSet
from registry.information.docket_api import DocketViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("information-items", InformationItemViewSet, basename="information-item")
router.register("deliveries", DeliveryViewSet, basename="delivery")
router.register("dockets", DocketViewSet, basename="docket")

urlpatterns = router.urls
