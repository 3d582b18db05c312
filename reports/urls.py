"""Addresses of statements and reports."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from reports.api import PeriodReportViewSet, ScorecardViewSet, StatementViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("statements", StatementViewSet, basename="statement")
router.register("reports", PeriodReportViewSet, basename="report")

urlpatterns = [*router.urls, path("scorecards", ScorecardViewSet.as_view({"get": "list"}), name="scorecard-list")]
