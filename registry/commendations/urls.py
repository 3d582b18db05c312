"""Addresses of commendations."""

from rest_framework.routers import SimpleRouter

from registry.commendations.api import CommendationViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("commendations", CommendationViewSet, basename="commendation")

urlpatterns = router.urls
