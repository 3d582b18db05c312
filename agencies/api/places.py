"""Places in lists of records; with `places=today` a place stands for all that went into it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

from agencies.api.fields import CodeField
from agencies.api.filters import ChoiceFilter, Records
from agencies.models import Place
from agencies.successions import roll_up, rolling_to

ROLLED = [("recorded", "recorded"), ("today", "today")]


class AtPlace(filters.FilterSet):
    """The filters `place` and `places` of a list whose records name a place."""

    place = filters.CharFilter(
        method="at_place",
        max_length=64,
        label="Code of a place. With places=today also records of the places that went into it.",
    )
    places = ChoiceFilter(
        ROLLED,
        method="as_places",
        label="`today`: places are sought and told as the provinces of today. Left out: as they were recorded.",
    )

    def at_place(self, records: Records, name: str, value: str) -> Records:
        """Of the place, and of those that went into it where that is asked for."""
        codes = rolling_to(value) if rolled(self.data) else {value}
        return self.of_places(records, Place.objects.filter(code__in=codes).values("pk"))

    def as_places(self, records: Records, name: str, value: str) -> Records:
        """Read by `at_place`, and by whoever tells the places."""
        return records

    def of_places(self, records: Records, places: QuerySet[Any]) -> Records:
        """Records of the places, by a subquery."""
        return records.filter(place__in=places)


def rolled(parameters: Any) -> bool:
    """Whether today's provinces are asked for."""
    return bool(parameters) and parameters.get("places") == "today"


def told(context: Mapping[str, Any], code: str) -> str:
    """The code of a place as it is told: as recorded, or (`places=today`) of the province of today.

    What became of places is read once per answer and kept in the context.
    """
    kept: Any = context
    if "places_of_today" not in kept:
        asked = getattr(kept.get("request"), "query_params", None)
        kept["places_of_today"] = _codes_of_today() if rolled(asked) else {}
    code_now: str = kept["places_of_today"].get(code, code)
    return code_now


def _codes_of_today() -> dict[str, str]:
    became = roll_up()
    recorded = dict(Place.objects.filter(pk__in=became).values_list("pk", "code"))
    return {recorded[pk]: place.code for pk, place in became.items()}


@extend_schema_field({"type": "string"})
class PlaceField(CodeField):
    """A place named by its code; told as today's province where the list is asked for with `places=today`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Place.objects, **kwargs)

    def to_representation(self, value: Any) -> str:
        """See told."""
        return told(self.context, str(value.code))
