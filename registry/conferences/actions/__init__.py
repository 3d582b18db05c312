"""Writes to conferences. One audited function each; nothing else assigns their fields."""

from registry.conferences.actions.conference import (
    EDITABLE,
    REASONS,
    approve_minutes,
    complete_minutes,
    convene_conference,
    create_conference,
    edit_conference,
    require_writer,
)
from registry.conferences.actions.loading import load_conferences
from registry.conferences.actions.outcomes import (
    add_action_item,
    add_attendance,
    add_resolution,
    close_action_item,
    drop_action_item,
)

__all__ = [
    "EDITABLE",
    "REASONS",
    "add_action_item",
    "add_attendance",
    "add_resolution",
    "approve_minutes",
    "close_action_item",
    "complete_minutes",
    "convene_conference",
    "create_conference",
    "drop_action_item",
    "edit_conference",
    "load_conferences",
    "require_writer",
]
