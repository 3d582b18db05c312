"""Addresses of delegations, and of docket cards."""

from tests.access import things
from tests.access.oracle import Thing
from tests.access.routes import Route, same
from tests.cast import Cast

DELEGATIONS = things.delegations()


def new(_cast: Cast, _name: str) -> dict[str, object]:
    return {
        "unit": "police",
        "username": "police_analyst",
        "scope": ["item.release"],
        "starts_on": "2199-01-01",
        "ends_on": "2199-01-31",
        "reason": "Giấy ủy quyền số 2.",
    }


ROUTES: list[Route] = [
    Route("GET", "delegations", "delegation", lists="delegations"),
    Route("POST", "delegations", "delegation", "delegation.give", body=new),
    Route("GET", "delegations/<uuid:pk>", "delegation", things=DELEGATIONS),
    Route("POST", "delegations/<uuid:pk>/revoke", "delegation", "delegation.revoke", DELEGATIONS, same()),
]

NEW: dict[str, Thing] = {"delegation.give": Thing("delegation", owner="police")}
