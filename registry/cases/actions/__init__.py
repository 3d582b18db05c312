"""Writes to joint cases. One audited function each; nothing else assigns their fields."""

from registry.cases.actions.case import EDITABLE, FACTS, close_case, edit_case, open_case, reopen_case
from registry.cases.actions.comparisons import compare_lots
from registry.cases.actions.conversions import set_factor
from registry.cases.actions.custody import record_custody
from registry.cases.actions.divisions import Part, merge_lots, split_lot
from registry.cases.actions.entries import add_entry, end_task_force, set_up_task_force, writing_unit
from registry.cases.actions.participations import (
    add_participation,
    confirm_participation,
    end_participation,
    receive_hand_over,
)
from registry.cases.actions.reweighing import reweigh_lot
from registry.cases.actions.rules import area_lead, suggested_lead
from registry.cases.actions.yields import add_lot, link_item, weigh_lot

__all__ = [
    "EDITABLE",
    "FACTS",
    "Part",
    "add_entry",
    "add_lot",
    "add_participation",
    "area_lead",
    "close_case",
    "compare_lots",
    "confirm_participation",
    "edit_case",
    "end_participation",
    "end_task_force",
    "link_item",
    "merge_lots",
    "open_case",
    "receive_hand_over",
    "record_custody",
    "reopen_case",
    "reweigh_lot",
    "set_factor",
    "set_up_task_force",
    "split_lot",
    "suggested_lead",
    "weigh_lot",
    "writing_unit",
]
