"""Addresses of joint cases."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from registry.cases.api import CaseViewSet
from registry.cases.lots_api import ConversionFactorViewSet, SeizureLotViewSet
from registry.cases.totals_api import SeizureTotalsViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("cases", CaseViewSet, basename="case")
router.register("seizure-lots", SeizureLotViewSet, basename="seizure-lot")
router.register("conversion-factors", ConversionFactorViewSet, basename="conversion-factor")

urlpatterns = [
    path("seizure-totals", SeizureTotalsViewSet.as_view({"get": "list"}), name="seizure-totals"),
    *router.urls,
]
