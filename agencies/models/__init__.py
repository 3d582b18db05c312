"""Who: agencies, units, places, people, keys."""

from agencies.models.base import Dated, DatedName, DatedQuerySet, Language, Named, Record, named_then, today
from agencies.models.delegations import Delegable, Delegation
from agencies.models.editors import Edited, editor_never_decides, editors_kept
from agencies.models.keys import ApiKey
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
)
from agencies.models.people import Membership, RoleCode, User
from agencies.models.places import Area, AreaLead, LegalBasis, Place, PlaceKind, PlaceName, PlaceSuccession
from agencies.models.protocol import ProtocolOrder, in_protocol_order
from agencies.models.tree import UnitAncestor, UnitTree, tree_holds, units_below

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
    "Edited",
    "FocalPoint",
    "Language",
    "LegalBasis",
    "Level",
    "Membership",
    "Named",
    "Place",
    "PlaceKind",
    "PlaceName",
    "PlaceSuccession",
    "ProtocolOrder",
    "Record",
    "RoleCode",
    "SuccessionKind",
    "Unit",
    "UnitAncestor",
    "UnitName",
    "UnitPlacement",
    "UnitSuccession",
    "UnitTree",
    "User",
    "central_unit",
    "editor_never_decides",
    "editors_kept",
    "in_protocol_order",
    "named_then",
    "today",
    "tree_holds",
    "units_below",
]
