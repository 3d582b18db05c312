"""How items, deliveries, consents and docket cards move. Read the tables."""

from django.utils.translation import gettext_lazy as _

from agencies.roles import Permission
from registry.information.terms import ConsentStatus, DeliveryStatus, DocketStatus, Status
from registry.workflow import Move

MOVES: dict[tuple[str, str], Move] = {
    (Status.DRAFT, "submit"): Move(Status.SUBMITTED, Permission.ITEM_SUBMIT, label=_("Submit for release")),
    (Status.RETURNED, "submit"): Move(Status.SUBMITTED, Permission.ITEM_SUBMIT, label=_("Submit again")),
    (Status.SUBMITTED, "release"): Move(Status.RELEASED, Permission.ITEM_RELEASE, label=_("Release")),
    (Status.SUBMITTED, "return"): Move(
        Status.RETURNED, Permission.ITEM_RELEASE, reason=True, label=_("Return to the author")
    ),
    (Status.RELEASED, "recall"): Move(Status.RECALLED, Permission.ITEM_RELEASE, reason=True, label=_("Recall")),
}

_D = DeliveryStatus
_HANDLE, _GRADE = Permission.DELIVERY_HANDLE, Permission.DELIVERY_EVALUATE

DELIVERY_MOVES: dict[tuple[str, str], Move] = {
    (_D.DELIVERED, "open"): Move(_D.OPENED, Permission.ITEM_READ_DELIVERED, label=_("Open")),
    (_D.DELIVERED, "acknowledge"): Move(_D.ACKNOWLEDGED, _HANDLE, label=_("Acknowledge")),
    (_D.OPENED, "acknowledge"): Move(_D.ACKNOWLEDGED, _HANDLE, label=_("Acknowledge")),
    (_D.ACKNOWLEDGED, "evaluate"): Move(_D.EVALUATED, _GRADE, label=_("Evaluate")),
    (_D.EVALUATED, "evaluate"): Move(_D.EVALUATED, _GRADE, label=_("Evaluate anew")),
    (_D.USED, "evaluate"): Move(_D.USED, _GRADE, label=_("Evaluate anew")),
    (_D.EVALUATED, "use"): Move(_D.USED, Permission.CASE_WRITE, label=_("Use in a case")),
    (_D.ACKNOWLEDGED, "use"): Move(_D.USED, Permission.CASE_WRITE, label=_("Use in a case")),
    (_D.DELIVERED, "recall"): Move(_D.RECALLED, Permission.ITEM_RELEASE),
    (_D.OPENED, "recall"): Move(_D.RECALLED, Permission.ITEM_RELEASE),
    (_D.ACKNOWLEDGED, "recall"): Move(_D.RECALLED, Permission.ITEM_RELEASE),
    (_D.EVALUATED, "recall"): Move(_D.RECALLED, Permission.ITEM_RELEASE),
    (_D.USED, "recall"): Move(_D.RECALLED, Permission.ITEM_RELEASE),
    (_D.RECALLED, "acknowledge_recall"): Move(_D.RECALLED, _HANDLE, label=_("Acknowledge the recall")),
    (_D.RECALLED, "confirm_disposal"): Move(_D.RECALLED, _HANDLE, label=_("Confirm what became of it")),
}

_C = ConsentStatus

CONSENT_MOVES: dict[tuple[str, str], Move] = {
    (_C.ASKED, "grant"): Move(_C.GRANTED, Permission.ITEM_RELEASE, label=_("Grant")),
    (_C.ASKED, "refuse"): Move(_C.REFUSED, Permission.ITEM_RELEASE, reason=True, label=_("Refuse")),
    (_C.ASKED, "withdraw"): Move(_C.WITHDRAWN, Permission.CONSENT_ASK, label=_("Withdraw the request")),
    (_C.GRANTED, "revoke"): Move(_C.REVOKED, Permission.ITEM_RELEASE, reason=True, label=_("Revoke")),
}
"""The originator's head decides; whoever asked may withdraw while nothing is decided."""

_HELD, _TELL = DocketStatus.HELD, Permission.DOCKET_TELL

DOCKET_MOVES: dict[tuple[str, str], Move] = {
    (_HELD, "tell"): Move(_HELD, _TELL, label=_("Tell units of it")),
    (_HELD, "return"): Move(DocketStatus.RETURNED, _TELL, reason=True, label=_("Returned to the issuer")),
    (_HELD, "destroy"): Move(DocketStatus.DESTROYED, _TELL, reason=True, label=_("Destroyed")),
    (_HELD, "declassify"): Move(DocketStatus.DECLASSIFIED, _TELL, reason=True, label=_("Declassified")),
}
