"""Addresses of joint cases."""

from rest_framework.routers import SimpleRouter

from registry.cases.api import CaseViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("cases", CaseViewSet, basename="case")

urlpatterns = router.urls
