"""Lines of the matrix for commendations."""

from typing import Any

from tests.access.oracle import Thing
from tests.access.route import Route, same
from tests.cast import Cast
from tests.commendations.stories import in_status

STATUSES = ("nominated", "awarded", "declined", "withdrawn")
THINGS = {status: Thing("commendation", status, status, "police") for status in STATUSES}
NEW: dict[str, Thing] = {"commendation.create": Thing("commendation", owner="police")}


def nomination(cast: Cast, _name: str) -> dict[str, Any]:
    return {
        "unit": "police",
        "level": 2,
        "form": "certificate",
        "authority_vi": "Cục trưởng",
        "achievement_vi": "Phá đường dây.",
        "cases": [str(cast.cases["case_joint"].pk)],
        "recipients": [{"unit": "police"}],
    }


def move(verb: str, act: str, **body: Any) -> Route:
    path = f"commendations/<uuid:pk>/{verb}"
    return Route("POST", path, "commendation", act, THINGS, same(**body), of=in_status)


ROUTES: list[Route] = [
    Route("GET", "commendations", "commendation"),
    Route("POST", "commendations", "commendation", "commendation.create", body=nomination),
    Route("GET", "commendations/<uuid:pk>", "commendation", things=THINGS, of=in_status),
    move("award", "commendation.decide", awarded_on="2024-06-28", document_number="15/QĐ"),
    move("decline", "commendation.decide", reason="Chưa đủ."),
    move("withdraw", "commendation.withdraw", reason="Trùng."),
]
