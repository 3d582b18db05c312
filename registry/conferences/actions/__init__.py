"""Writes to conferences. One audited function each; nothing else assigns their fields."""

from registry.conferences.actions.action_items import (
    add_action_item,
    add_evidence,
    close_action_item,
    drop_action_item,
    edit_action_item,
)
from registry.conferences.actions.agenda import (
    add_agenda_point,
    fill_agenda,
    reorder_agenda,
    withdraw_agenda_point,
)
from registry.conferences.actions.attendance import (
    Invitations,
    add_attendance,
    invite_focal_points,
    record_attendance,
)
from registry.conferences.actions.conference import (
    EDITABLE,
    REASONS,
    approve_minutes,
    complete_minutes,
    convene_conference,
    create_conference,
    edit_conference,
)
from registry.conferences.actions.loading import load_conferences
from registry.conferences.actions.papers import add_paper, issue_copies, return_copy
from registry.conferences.actions.resolutions import (
    SPEAKS,
    add_resolution,
    answer_proposal,
    give_assent,
    send_proposal,
    set_aside_resolution,
)
from registry.conferences.actions.writing import require_writer

__all__ = [
    "EDITABLE",
    "REASONS",
    "SPEAKS",
    "Invitations",
    "add_action_item",
    "add_agenda_point",
    "add_attendance",
    "add_evidence",
    "add_paper",
    "add_resolution",
    "answer_proposal",
    "approve_minutes",
    "close_action_item",
    "complete_minutes",
    "convene_conference",
    "create_conference",
    "drop_action_item",
    "edit_action_item",
    "edit_conference",
    "fill_agenda",
    "give_assent",
    "invite_focal_points",
    "issue_copies",
    "load_conferences",
    "record_attendance",
    "reorder_agenda",
    "require_writer",
    "return_copy",
    "send_proposal",
    "set_aside_resolution",
    "withdraw_agenda_point",
]
