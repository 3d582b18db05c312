"""Addresses of conferences, resolutions and action items."""

from rest_framework.routers import SimpleRouter

from registry.conferences.api.action_items import ActionItemViewSet
from registry.conferences.api.conferences import ConferenceViewSet
from registry.conferences.api.resolutions import ResolutionViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("conferences", ConferenceViewSet, basename="conference")
router.register("resolutions", ResolutionViewSet, basename="resolution")
router.register("action-items", ActionItemViewSet, basename="action-item")

urlpatterns = router.urls
