"""The directory in the admin: agencies, units, places, areas, laws."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import ChildInline, RecordAdmin, RecordInline
from agencies.findable import found_by, why_found
from agencies.models import (
    Agency,
    AgencyName,
    Area,
    AreaLead,
    FocalPoint,
    LegalBasis,
    Place,
    PlaceName,
    PlaceSuccession,
    Unit,
    UnitName,
    UnitPlacement,
    UnitSuccession,
)
from agencies.roles import Permission

DIRECTORY = (Permission.DIRECTORY_READ,)


class AgencyNameInline(ChildInline):
    """Names the agency bore."""

    model = AgencyName


class FoundByName:
    """A search meets every name of every day; the list then says which one it met."""

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """By code or any name, accents aside."""
        found = queryset.filter(found_by(queryset.model, search_term)) if search_term.strip() else queryset
        return found, False

    def get_list_display(self, request: HttpRequest) -> Any:
        """With the reason, while something is sought."""
        sought = request.GET.get("q", "").strip()
        shown: Any = super().get_list_display(request)  # type: ignore[misc]
        if not sought:
            return shown

        @admin.display(description=_("found as"))
        def found_as(record: Any) -> str:
            return why_found(record.names.all(), sought) or record.code

        return (*shown, found_as)


class DirectoryAdmin(RecordAdmin):
    """Part of the directory: everybody reads it; it changes by loading reference data and by actions."""

    read_permissions = DIRECTORY
    ordering = ("code",)

    @admin.display(description=_("name"))
    def shown_name(self, record: Any) -> str:
        """The name valid today."""
        return str(record.name())


@admin.register(Agency)
class AgencyAdmin(DirectoryAdmin):
    """The four agencies."""

    list_display = ("code", "shown_name", "protocol_order")
    ordering = ("protocol_order",)
    inlines = (AgencyNameInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With names."""
        return super().get_queryset(request).prefetch_related("names")


class UnitNameInline(ChildInline):
    """Names the unit bore."""

    model = UnitName


class PlacementInline(ChildInline):
    """Where it stood."""

    model = UnitPlacement
    fk_name = "unit"


class UnitSuccessionInline(ChildInline):
    """What became of it."""

    model = UnitSuccession
    fk_name = "predecessor"


class FocalPointInline(RecordInline):
    """How to reach it."""

    model = FocalPoint
    read_permissions = DIRECTORY


@admin.register(Unit)
class UnitAdmin(FoundByName, DirectoryAdmin):
    """Units of the four agencies. Any name a unit ever bore finds it."""

    list_display = ("code", "shown_name", "agency_code", "level", "valid_from", "valid_to")
    list_filter = ("agency", "level")
    search_fields = ("code", "names__name")
    search_help_text = _("Code, present or former name, abbreviation")
    list_select_related = ("agency",)
    inlines = (UnitNameInline, PlacementInline, UnitSuccessionInline, FocalPointInline)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With names."""
        return super().get_queryset(request).prefetch_related("names")

    @admin.display(description=_("agency"), ordering="agency__protocol_order")
    def agency_code(self, unit: Unit) -> str:
        """The agency's code."""
        return unit.agency.code


class PlaceNameInline(ChildInline):
    """Names the place bore."""

    model = PlaceName


class PlaceSuccessionInline(ChildInline):
    """What became of it."""

    model = PlaceSuccession
    fk_name = "predecessor"


@admin.register(Place)
class PlaceAdmin(FoundByName, DirectoryAdmin):
    """Provinces and cities."""

    list_display = ("code", "last_name", "kind", "valid_from", "valid_to")
    list_filter = ("kind",)
    search_fields = ("code", "names__name")
    search_help_text = _("Code, present or former name, abbreviation")
    inlines = (PlaceNameInline, PlaceSuccessionInline)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With names."""
        return super().get_queryset(request).prefetch_related("names")

    @admin.display(description=_("name"))
    def last_name(self, place: Place) -> str:
        """The name it bears or last bore."""
        return str(place)


class AreaLeadInline(ChildInline):
    """Who leads, from when, by which law."""

    model = AreaLead


@admin.register(Area)
class AreaAdmin(DirectoryAdmin):
    """Kinds of area."""

    list_display = ("code", "__str__")
    inlines = (AreaLeadInline,)


@admin.register(LegalBasis)
class LegalBasisAdmin(DirectoryAdmin):
    """Laws and decrees the registry refers to."""

    list_display = ("code", "__str__", "in_force_from", "in_force_to")
