"""Writes to requests: one audited function each."""

from registry.requests.actions.answering import (
    draft_answer,
    give_answer,
    receive_request,
    refuse_request,
    write_message,
)
from registry.requests.actions.asking import (
    create_request,
    discard_request,
    edit_request,
    reopen_request,
    send_request,
    withdraw_request,
)
from registry.requests.actions.rules import EDITABLE

__all__ = [
    "EDITABLE",
    "create_request",
    "discard_request",
    "draft_answer",
    "edit_request",
    "give_answer",
    "receive_request",
    "refuse_request",
    "reopen_request",
    "send_request",
    "withdraw_request",
    "write_message",
]
