"""Addresses of notices and choices."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from registry.notices.api import NoticePreferenceViewSet, NoticeViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("notices", NoticeViewSet, basename="notice")

choices = NoticePreferenceViewSet.as_view({"get": "retrieve", "patch": "partial_update"})

urlpatterns = [path("notice-preferences", choices, name="notice-preferences"), *router.urls]
