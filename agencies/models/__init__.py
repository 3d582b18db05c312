"""Who: agencies, units, places, people, keys."""

from agencies.models.base import Dated, DatedName, DatedQuerySet, Language, Record, today
from agencies.models.delegations import Delegable, Delegation
from agencies.models.organisation import (
    Agency,
    AgencyName,
    FocalPoint,
    Level,
    SuccessionKind,
    Unit,
    UnitName,
    UnitPlacement,
    UnitSuccession,
    central_unit,
    units_below,
)
from agencies.models.people import ApiKey, Membership, RoleCode, User
from agencies.models.places import Area, AreaLead, LegalBasis, Place, PlaceKind, PlaceName, PlaceSuccession

__all__ = [
    "Agency",
    "AgencyName",
    "ApiKey",
    "Area",
    "AreaLead",
    "Dated",
    "DatedName",
    "DatedQuerySet",
    "Delegable",
    "Delegation",
    "FocalPoint",
    "Language",
    "LegalBasis",
    "Level",
    "Membership",
    "Place",
    "PlaceKind",
    "PlaceName",
    "PlaceSuccession",
    "Record",
    "RoleCode",
    "SuccessionKind",
    "Unit",
    "UnitName",
    "UnitPlacement",
    "UnitSuccession",
    "User",
    "central_unit",
    "today",
    "units_below",
]
