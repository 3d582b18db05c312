"""Writes to joint cases. One audited function each; nothing else assigns their fields."""

from registry.cases.actions.case import EDITABLE, close_case, edit_case, open_case, reopen_case
from registry.cases.actions.participations import add_participation, confirm_participation, end_participation
from registry.cases.actions.rules import suggested_lead
from registry.cases.actions.yields import add_lot, link_item, weigh_lot

__all__ = [
    "EDITABLE",
    "add_lot",
    "add_participation",
    "close_case",
    "confirm_participation",
    "edit_case",
    "end_participation",
    "link_item",
    "open_case",
    "reopen_case",
    "suggested_lead",
    "weigh_lot",
]
