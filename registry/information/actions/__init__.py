"""Writes to items. What recipients do with a delivery stands in receipts.py."""

from registry.information.actions.consents import (
    ask_consent,
    grant_consent,
    pass_on,
    refuse_consent,
    revoke_consent,
    withdraw_consent,
)
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
    "ask_consent",
    "correct_item",
    "create_item",
    "edit_item",
    "grant_consent",
    "newest",
    "open_correction",
    "pass_on",
    "preview_release",
    "recall_item",
    "recipients_of",
    "refuse_consent",
    "release_correction",
    "release_item",
    "return_item",
    "revoke_consent",
    "share_item",
    "submit_item",
    "withdraw_consent",
    "withdraw_correction",
]
