"""Nominations made through the real actions, by police for the joint case with customs and border guard."""

from datetime import date
from typing import Any

from registry.commendations import actions
from registry.commendations.actions import RecipientInput
from registry.commendations.models import Commendation
from registry.commendations.terms import AwardLevel
from tests.cast import Cast

PROPOSED, AWARDED = date(2024, 6, 20), date(2024, 6, 28)


def content(cast: Cast, *, case: str = "case_joint", units: tuple[str, ...] = ("police",), **changes: Any) -> Any:
    """What a nomination says, for `nominate`."""
    given: dict[str, Any] = {
        "unit": cast.units["police"],
        "level": AwardLevel.AGENCY,
        "form": "certificate",
        "authority_vi": "Cục trưởng",
        "authority_en": "Director",
        "achievement_vi": "Phá đường dây ma túy.",
        "achievement_en": "Broke up a network.",
        "proposed_on": PROPOSED,
        "cases": [cast.cases[case].pk],
        "recipients": [RecipientInput(cast.units[unit]) for unit in units],
        "synthetic": True,
    }
    return given | changes


def nominated(cast: Cast, *, by: str = "police_officer", **changes: Any) -> Commendation:
    """A nomination."""
    return actions.nominate(by=cast.again(by), **content(cast, **changes))


def award(cast: Cast, commendation: Commendation, by: str = "police_head", **changes: Any) -> Commendation:
    """Its award."""
    given: dict[str, Any] = {"awarded_on": AWARDED, "document_number": "15/QĐ-KT"}
    return actions.record_award(commendation=commendation, by=cast.again(by), **(given | changes))


def awarded(cast: Cast, **changes: Any) -> Commendation:
    return award(cast, nominated(cast, **changes))


def in_status(cast: Cast, name: str) -> Commendation:
    """The nomination of central police in the status."""
    made = nominated(cast)
    head, officer = cast.again("police_head"), cast.again("police_officer")
    match name:
        case "awarded":
            return award(cast, made)
        case "declined":
            return actions.decline_nomination(commendation=made, reason="Chưa đủ.", by=head)
        case "withdrawn":
            return actions.withdraw_nomination(commendation=made, reason="Trùng.", by=officer)
    return made
