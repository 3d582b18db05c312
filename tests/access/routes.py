"""Every address of the API and its methods: one line each. A new route is a new line here, or the suite fails."""

from collections.abc import Mapping
from typing import Any

from tests.access import (
    routes_attachments,
    routes_audit,
    routes_cases,
    routes_commendations,
    routes_delegation,
    routes_information,
    routes_meeting,
    routes_notices,
    routes_papers,
    routes_quantities,
    routes_reconciliation,
    routes_reorganisations,
    routes_requests,
    routes_scorecards,
    routes_seal,
    routes_texts,
    things,
)
from tests.access.oracle import Thing
from tests.access.route import Body, Route, reads, same
from tests.cast import Cast

ITEMS, DELIVERIES, CASES = routes_information.ITEMS, routes_information.DELIVERIES, things.cases()
CONFERENCES, ACTION_ITEMS, KEYS = things.conferences(), things.action_items(), things.keys()
STATEMENTS = things.statements()
POLICE = {"police": Thing("public", "police", owner="police")}
POLICE_AGENCY = {"new": Thing("public", "new", agencies=("police",))}


def case(verb: str, act: str, body: Body) -> Route:
    return Route("POST", f"cases/<uuid:pk>{verb}", "case", act, CASES, body)


def conference(verb: str, act: str, body: Body) -> Route:
    return Route("POST", f"conferences/<uuid:pk>{verb}", "public", act, CONFERENCES, body)


def lot_of(cast: Cast, name: str) -> dict[str, Any]:
    lot = cast.cases[name].lots.get()
    return {"lot": str(lot.pk), "raw_text": "2 kg", "value": "2", "unit": "kg"}


def own_item(cast: Cast, name: str) -> dict[str, Any]:
    story = "north_released_below" if name == "case_north" else "police_released_to_two"
    return {"item": str(cast.items[story].pk)}


REASON = same(reason="Có lý do.")
NEW_CASE = same(kind="case", title="Mới", area="inland", unit="police", opened_on="2024-06-01")
LOT = same(substance="heroin", raw_text="2 kg", value="2", unit="kg", seized_on="2024-06-01")
NEW_CONFERENCE = same(code="moi", kind="other", title_vi="Mới", host_agency="POLICE")


ROUTES: list[Route] = [
    *routes_delegation.ROUTES,
    Route("GET", "me", "any"),
    *routes_attachments.ROUTES,
    *routes_requests.ROUTES,
    *routes_quantities.ROUTES,
    *routes_commendations.ROUTES,
    *routes_papers.ROUTES,
    *routes_scorecards.ROUTES,
    *routes_seal.ROUTES,
    *routes_texts.ROUTES,
    *routes_reorganisations.ROUTES,
    *reads("agencies", "POLICE"),
    *reads("units", "police_north"),
    Route(
        "POST",
        "units/<slug:code>/rename",
        "public",
        "unit.rename",
        POLICE,
        same(language="vi", name="Mới", on="2030-01-01"),
    ),
    *reads("places", "north-place"),
    *reads("areas", "border"),
    *reads("topics", "methods"),
    *reads("substances", "heroin"),
    *reads("metrics", "information_shared"),
    *reads("units-of-measure", "kg"),
    *reads("traps", "T-DECIMAL"),
    *routes_notices.ROUTES,
    *reads("documents", ""),
    *reads("published-figures", ""),
    *reads("published-statements", ""),
    *reads("published-events", ""),
    Route("GET", "api-keys", "key"),
    Route(
        "POST",
        "api-keys",
        "key",
        "key.issue",
        body=same(name="k", username="police_system", unit="police", scopes=["read"]),
    ),
    Route("GET", "api-keys/<uuid:pk>", "key", things=KEYS),
    Route("POST", "api-keys/<uuid:pk>/revoke", "key", "key.revoke", KEYS, same()),
    *routes_audit.ROUTES,
    Route("GET", "audit-events", "audit"),
    Route("GET", "audit-events/<uuid:public_id>", "audit"),
    *routes_information.ROUTES,
    Route("GET", "cases", "case", lists="cases"),
    Route("POST", "cases", "case", "case.create", body=NEW_CASE),
    Route("GET", "cases/<uuid:pk>", "case", things=CASES),
    Route("PATCH", "cases/<uuid:pk>", "case", "case.edit", CASES, same(summary="Khác")),
    case("/close", "case.close", REASON),
    case("/reopen", "case.reopen", REASON),
    case("/confirm", "case.confirm", same()),
    case("/participations", "case.join", same(unit="coast", role="coordinator")),
    Route(
        "POST",
        "cases/<uuid:pk>/end-participation",
        "case",
        "case.leave",
        {n: CASES[n] for n in ("case_joint", "case_closed")},
        same(unit="customs"),
    ),
    case("/lots", "case.lot", LOT),
    case("/weigh", "case.weigh", lot_of),
    Route(
        "POST",
        "cases/<uuid:pk>/items",
        "case",
        "case.link",
        {n: CASES[n] for n in ("case_joint", "case_north", "case_closed")},
        own_item,
    ),
    *routes_cases.ROUTES,
    Route("GET", "conferences", "public", lists="conferences"),
    Route("POST", "conferences", "public", "conference.create", body=NEW_CONFERENCE),
    Route("GET", "conferences/<uuid:pk>", "public", things=CONFERENCES),
    Route("PATCH", "conferences/<uuid:pk>", "public", "conference.edit", CONFERENCES, same(title_en="Other")),
    conference("/convene", "conference.convene", same()),
    conference("/minute", "conference.minute", same(minutes_vi="Biên bản.")),
    conference("/approve", "conference.approve", same()),
    conference("/attendance", "conference.attendance", same(office_vi="Phòng")),
    conference("/resolutions", "conference.resolution", same(text_vi="Việc")),
    conference("/action-items", "conference.action_item", same(text_vi="Việc")),
    Route("GET", "action-items", "public"),
    Route("GET", "action-items/<uuid:pk>", "public", things=ACTION_ITEMS),
    Route(
        "POST", "action-items/<uuid:pk>/close", "public", "action_item.end", ACTION_ITEMS, same(evidence="Công văn.")
    ),
    Route("POST", "action-items/<uuid:pk>/drop", "public", "action_item.end", ACTION_ITEMS, REASON),
    *routes_meeting.ROUTES,
    Route("GET", "statements", "statement", lists="statements"),
    Route("POST", "statements", "statement", "statement.create", body=same(unit="police", period="2024-Q2")),
    Route("GET", "statements/<uuid:pk>", "statement", things=STATEMENTS),
    Route("PATCH", "statements/<uuid:pk>", "statement", "statement.edit", STATEMENTS, same(figures=[])),
    Route("POST", "statements/<uuid:pk>/confirm", "statement", "statement.confirm", STATEMENTS, same()),
    *routes_reconciliation.ROUTES,
    Route("GET", "reports", "public"),
    Route("GET", "reports/<str:period>", "public", things={"2024-Q2": Thing("public", "2024-Q2")}, dear=True),
    Route("GET", "schema", "any", dear=True),
    Route("GET", "docs", "any"),
]

NEW: dict[str, Thing] = {
    "item.create": Thing("item", owner="police"),
    "case.create": Thing("case", owner="police"),
    "consent.ask": Thing("consent", owner="police", others=("customs",)),
    "conference.create": Thing("public", agencies=("police",)),
    "key.issue": Thing("key", owner="police"),
    "statement.create": Thing("statement", owner="police"),
    **routes_commendations.NEW,
    **routes_delegation.NEW,
    **routes_reorganisations.NEW,
    **routes_requests.NEW,
    **routes_texts.NEW,
}
"""What a request without a record in its address would make."""


def address(cast: Cast, route: Route, name: str) -> str:
    """The address of the route for a record of the cast."""
    if route.of is not None:
        path = route.path.replace("<str:language>", "vi").replace("<str:file_format>", "json")
        return path.replace("<uuid:pk>", str(route.of(cast, name).pk))
    kind = next(iter(route.things.values())).kind if route.things else ""
    if "<slug:code>" in route.path or "<str:" in route.path:
        return route.path.replace("<slug:code>", name).replace("<str:period>", name).replace("<str:key>", name)
    found: Any = {
        "item": lambda: cast.items[name],
        "explained": lambda: cast.items[name],
        "impact": lambda: cast.items[name],
        "consent": lambda: cast.consents[name],
        "version": lambda: cast.items[name].versions.get(number=1),
        "delivery": lambda: cast.delivery(*name.split(">")),
        "request": lambda: cast.requests[name],
        "case": lambda: cast.cases[name],
        "statement": lambda: cast.statements[name],
        "key": lambda: cast.keys[name],
        "delegation": lambda: cast.delegations[name],
        "docket": lambda: cast.dockets[name],
        "notice": lambda: cast.notices[name],
        "reorganisation": lambda: cast.reorganisations[name],
        "public": lambda: (cast.conferences | cast.action_items)[name],
    }[kind]()
    return route.path.replace("<uuid:pk>", str(found.pk))


def record(cast: Cast, route: Route, name: str) -> Any:
    """The record, for its ETag."""
    if route.of is not None:
        return route.of(cast, name)
    kinds: dict[str, Mapping[str, Any]] = {
        "item": cast.items,
        "request": cast.requests,
        "case": cast.cases,
        "statement": cast.statements,
        "public": cast.conferences | cast.action_items,
        "reorganisation": cast.reorganisations,
    }
    return kinds[next(iter((route.things or {}).values())).kind][name]
