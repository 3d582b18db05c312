"""Addresses of documents and their facts."""

from rest_framework.routers import SimpleRouter

from registry.documents.api import (
    DocumentViewSet,
    PublishedEventViewSet,
    PublishedFigureViewSet,
    PublishedStatementViewSet,
)

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("documents", DocumentViewSet, basename="document")
router.register("published-figures", PublishedFigureViewSet, basename="published-figure")
router.register("published-statements", PublishedStatementViewSet, basename="published-statement")
router.register("published-events", PublishedEventViewSet, basename="published-event")

urlpatterns = router.urls
