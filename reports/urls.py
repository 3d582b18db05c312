"""Addresses of statements and reports."""

from rest_framework.routers import SimpleRouter

from reports.api import PeriodReportViewSet, ScorecardViewSet, StatementViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("statements", StatementViewSet, basename="statement")
router.register("reports", PeriodReportViewSet, basename="report")
router.register("scorecards", ScorecardViewSet, basename="scorecard")

urlpatterns = router.urls
