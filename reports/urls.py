"""Addresses of statements and reports."""

from rest_framework.routers import SimpleRouter

from reports.api import PeriodReportViewSet, ReconciliationViewSet, StatementViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("statements", StatementViewSet, basename="statement")
router.register("reconciliations", ReconciliationViewSet, basename="reconciliation")
router.register("reports", PeriodReportViewSet, basename="report")

urlpatterns = router.urls
