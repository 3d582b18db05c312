"""Addresses of statements and reports."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from reports.api import (
    PARSERS,
    ConferencePaperViewSet,
    NarrativeViewSet,
    PeriodReportViewSet,
    ReconciliationViewSet,
    RegisteredPaperViewSet,
    ReportBuildViewSet,
    ScorecardViewSet,
    SealedReportViewSet,
    StatementSheetViewSet,
    StatementViewSet,
)
from reports.terms import ConferencePaperKind

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("statements", StatementViewSet, basename="statement")
router.register("reconciliations", ReconciliationViewSet, basename="reconciliation")
router.register("papers", RegisteredPaperViewSet, basename="paper")
router.register("report-builds", ReportBuildViewSet, basename="report-build")
router.register("sealed-reports", SealedReportViewSet, basename="sealed-report")
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
    *(
        path(
            f"conference-papers/<uuid:pk>/{kind}",
            ConferencePaperViewSet.as_view({"get": "retrieve"}, basename="conference-paper", paper=kind),
            name=f"conference-{kind}",
        )
        for kind in ConferencePaperKind.values
    ),
    *(
        path(
            f"conference-papers/<uuid:pk>/{kind}/register",
            ConferencePaperViewSet.as_view({"post": "register"}, basename="conference-paper", paper=kind),
            name=f"conference-{kind}-register",
        )
        for kind in ConferencePaperKind.values
    ),
    path(
        "sealed-reports/<uuid:pk>/files/<str:language>/<str:file_format>",
        SealedReportViewSet.as_view({"get": "file"}),
        name="sealed-report-file",
    ),
    path("scorecards", ScorecardViewSet.as_view({"get": "list"}), name="scorecard-list"),
    *router.urls,
]
