"""Addresses of statements and reports."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from reports.api import (
    PARSERS,
    NarrativeViewSet,
    PeriodReportViewSet,
    ReconciliationViewSet,
    ScorecardViewSet,
    StatementSheetViewSet,
    StatementViewSet,
)

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("statements", StatementViewSet, basename="statement")
router.register("reconciliations", ReconciliationViewSet, basename="reconciliation")
router.register("report-texts", NarrativeViewSet, basename="report-text")
router.register("reports", PeriodReportViewSet, basename="report")

urlpatterns = [
    path(
        "statements/<uuid:pk>/sheet",
        StatementSheetViewSet.as_view(
            {"get": "template", "post": "take"}, basename="statement", parser_classes=PARSERS
        ),
        name="statement-sheet",
    ),
    path(
        "statements/<uuid:pk>/sheet-check",
        StatementSheetViewSet.as_view({"post": "check"}, basename="statement", parser_classes=PARSERS),
        name="statement-sheet-check",
    ),
    path("scorecards", ScorecardViewSet.as_view({"get": "list"}), name="scorecard-list"),
    *router.urls,
]
