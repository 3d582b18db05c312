"""Writes to items. What recipients do with a delivery stands in receipts.py."""

from registry.information.actions.corrections import (
    correct_item,
    open_correction,
    release_correction,
    withdraw_correction,
)
from registry.information.actions.drafts import create_item, edit_item, return_item, submit_item
from registry.information.actions.recall import recall_item
from registry.information.actions.release import newest, preview_release, recipients_of, release_item, share_item
from registry.information.actions.writing import EDITABLE

__all__ = [
    "EDITABLE",
    "correct_item",
    "create_item",
    "edit_item",
    "newest",
    "open_correction",
    "preview_release",
    "recall_item",
    "recipients_of",
    "release_correction",
    "release_item",
    "return_item",
    "share_item",
    "submit_item",
    "withdraw_correction",
]
