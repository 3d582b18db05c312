"""Addresses of delegations, and of docket cards."""

from tests.access import things
from tests.access.oracle import Thing
from tests.access.route import Route, same
from tests.cast import Cast

DELEGATIONS, DOCKETS = things.delegations(), things.dockets()
CARD = {"unit": "police", "level": "mat", "number": "99/BC", "dated_on": "2024-05-01", "issuer": "Cục", "kept_at": "Tủ"}
REASON = same(reason="Có lý do.")


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
    Route("GET", "dockets", "docket", lists="dockets"),
    Route("POST", "dockets", "docket", "docket.create", body=same(**CARD)),
    Route("GET", "dockets/<uuid:pk>", "docket", things=DOCKETS),
    Route("POST", "dockets/<uuid:pk>/tell", "docket", "docket.tell", DOCKETS, same(units=["coast"])),
    Route("POST", "dockets/<uuid:pk>/return", "docket", "docket.end", DOCKETS, REASON),
    Route("POST", "dockets/<uuid:pk>/destroy", "docket", "docket.end", DOCKETS, REASON),
    Route("POST", "dockets/<uuid:pk>/declassify", "docket", "docket.end", DOCKETS, REASON),
]

NEW: dict[str, Thing] = {
    "delegation.give": Thing("delegation", owner="police"),
    "docket.create": Thing("docket", owner="police"),
}
