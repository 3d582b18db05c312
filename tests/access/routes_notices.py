"""Addresses of the days off, of notices and of what a person chose about them."""

from tests.access import things
from tests.access.route import Route, reads, same

NOTICES = things.notices()
CHOICE = {"kind": "*", "email": "digest"}

ROUTES: list[Route] = [
    *reads("non-working-days", ""),
    Route("GET", "notices", "notice", lists="notices"),
    Route("GET", "notices/<uuid:pk>", "notice", things=NOTICES),
    Route("POST", "notices/<uuid:pk>/read", "notice", "notice.read", NOTICES, same()),
    Route("POST", "notices/read-all", "notice", "notice.read_all", body=same()),
    Route("GET", "notice-preferences", "notice"),
    Route("PATCH", "notice-preferences", "notice", "notice.choose", body=same(preferences=[CHOICE])),
]
