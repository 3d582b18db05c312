"""Addresses of conferences and action items."""

from rest_framework.routers import SimpleRouter

from registry.conferences.api import ActionItemViewSet, ConferenceViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("conferences", ConferenceViewSet, basename="conference")
router.register("action-items", ActionItemViewSet, basename="action-item")

urlpatterns = router.urls
