"""Lines of the matrix for requests for information."""

from tests.access import things
from tests.access.oracle import Thing
from tests.access.route import Body, Route, same

REQUESTS = things.requests()
FEW = ("request_draft", "request_sent", "request_answered", "request_withdrawn", "request_reopened", "request_customs")
WITH_DRAFT = {name: thing for name, thing in REQUESTS.items() if name != "request_north"}
"""`request_north` has no answer drafted: there is nothing to give."""

DRAFT = same(unit="police", addressee="customs", subject="Mới", question="Ai?")
ANSWER = same(kind="answered", text="Không có.")
REASON = same(reason="Có lý do.")


def request(verb: str, act: str, body: Body) -> Route:
    named = WITH_DRAFT if act == "request.answer" else REQUESTS
    return Route("POST", f"requests/<uuid:pk>{verb}", "request", act, named, body, FEW)


ROUTES: list[Route] = [
    Route("GET", "requests", "request", lists="requests"),
    Route("POST", "requests", "request", "request.create", body=DRAFT),
    Route("GET", "requests/<uuid:pk>", "request", things=REQUESTS, few=FEW),
    Route("PATCH", "requests/<uuid:pk>", "request", "request.edit", REQUESTS, same(subject="Khác"), FEW),
    request("/discard", "request.discard", same()),
    request("/send", "request.send", same()),
    request("/receive", "request.receive", same()),
    request("/draft-answer", "request.prepare", ANSWER),
    request("/answer", "request.answer", same()),
    request("/refuse", "request.refuse", same(reason="not_competent")),
    request("/withdraw", "request.withdraw", REASON),
    request("/reopen", "request.reopen", REASON),
    request("/messages", "request.message", same(text="Xin nói rõ.")),
    Route("GET", "request-statistics", "figures"),
]

NEW: dict[str, Thing] = {"request.create": Thing("request", owner="police")}
