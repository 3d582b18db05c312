"""How a request goes from draft to answer. Read MOVES; ASKING says which moves are the asking unit's."""

from django.utils.translation import gettext_lazy as _

from agencies.roles import Permission
from registry.requests.terms import RequestStatus
from registry.workflow import Move

_S, _P = RequestStatus, Permission

MOVES: dict[tuple[str, str], Move] = {
    (_S.DRAFT, "send"): Move(_S.SENT, _P.REQUEST_SEND, label=_("Send")),
    (_S.DRAFT, "discard"): Move(_S.WITHDRAWN, _P.REQUEST_DRAFT, label=_("Discard the draft")),
    (_S.SENT, "receive"): Move(_S.RECEIVED, _P.REQUEST_HANDLE, label=_("Acknowledge")),
    (_S.SENT, "answer"): Move(_S.ANSWERED, _P.REQUEST_ANSWER, label=_("Give the answer")),
    (_S.SENT, "refuse"): Move(_S.REFUSED, _P.REQUEST_ANSWER, label=_("Refuse")),
    (_S.SENT, "withdraw"): Move(_S.WITHDRAWN, _P.REQUEST_SEND, reason=True, label=_("Withdraw")),
    (_S.RECEIVED, "answer"): Move(_S.ANSWERED, _P.REQUEST_ANSWER, label=_("Give the answer")),
    (_S.RECEIVED, "refuse"): Move(_S.REFUSED, _P.REQUEST_ANSWER, label=_("Refuse")),
    (_S.RECEIVED, "withdraw"): Move(_S.WITHDRAWN, _P.REQUEST_SEND, reason=True, label=_("Withdraw")),
    (_S.ANSWERED, "reopen"): Move(_S.RECEIVED, _P.REQUEST_SEND, reason=True, label=_("Not sufficient: ask again")),
    (_S.REFUSED, "reopen"): Move(_S.RECEIVED, _P.REQUEST_SEND, reason=True, label=_("Not sufficient: ask again")),
}

ASKING = frozenset({"send", "discard", "withdraw", "reopen"})
"""Moves of the asking unit; the others are the addressee's. A request is reopened once."""
