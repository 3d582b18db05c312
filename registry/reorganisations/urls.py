"""Addresses of reorganisations."""

from rest_framework.routers import SimpleRouter

from registry.reorganisations.api import ReorganisationViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("reorganisations", ReorganisationViewSet, basename="reorganisation")

urlpatterns = router.urls
