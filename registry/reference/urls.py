"""Addresses of the vocabularies."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from registry.reference.api import (
    MetricViewSet,
    NonWorkingDayViewSet,
    SubstanceViewSet,
    TopicViewSet,
    TrapViewSet,
    UnitOfMeasureViewSet,
)
from registry.reference.readings_api import QuantityReadingViewSet

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("topics", TopicViewSet, basename="topic")
router.register("substances", SubstanceViewSet, basename="substance")
router.register("metrics", MetricViewSet, basename="metric")
router.register("units-of-measure", UnitOfMeasureViewSet, basename="unit-of-measure")
router.register("non-working-days", NonWorkingDayViewSet, basename="non-working-day")
router.register("traps", TrapViewSet, basename="trap")

urlpatterns = [
    path("quantity-readings", QuantityReadingViewSet.as_view({"post": "create"}), name="quantity-readings"),
    *router.urls,
]
