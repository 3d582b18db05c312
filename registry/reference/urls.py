"""Addresses of the vocabularies."""

from rest_framework.routers import SimpleRouter

from registry.reference.api import (
    MetricViewSet,
    NonWorkingDayViewSet,
    SubstanceViewSet,
    TopicViewSet,
    TrapViewSet,
    UnitOfMeasureViewSet,
)

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("topics", TopicViewSet, basename="topic")
router.register("substances", SubstanceViewSet, basename="substance")
router.register("metrics", MetricViewSet, basename="metric")
router.register("units-of-measure", UnitOfMeasureViewSet, basename="unit-of-measure")
router.register("non-working-days", NonWorkingDayViewSet, basename="non-working-day")
router.register("traps", TrapViewSet, basename="trap")

urlpatterns = router.urls
