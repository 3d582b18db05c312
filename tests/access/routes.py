"""Every address of the API and its methods: one line each. A new route is a new line here, or the suite fails."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.access import things
from tests.access.oracle import Thing
from tests.cast import Cast

Body = Callable[[Cast, str], dict[str, Any]]


@dataclass(frozen=True)
class Route:
    """An address, a method, and what the oracle is asked about it."""

    method: str
    path: str
    kind: str
    act: str | None = None
    things: Mapping[str, Thing] | None = None
    body: Body | None = None
    few: tuple[str, ...] = ()
    """Records of the quick run; empty means all."""
    lists: str = ""
    """A list shows exactly the records of this set that the oracle lets the caller see."""
    dear: bool = False
    """Answering takes long: the quick run asks for fewer people."""
    raw: bytes | None = None
    """A body that is no JSON."""
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)
    of: Callable[[Cast, str], Any] | None = None
    """The record of a story, where the cast has none."""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def same(**body: Any) -> Body:
    """A body that does not depend on anything."""
    return lambda _cast, _name: body


def reads(path: str, code: str) -> list[Route]:
    """List and detail of what everybody with a role reads."""
    param = "<slug:code>" if code else "<uuid:pk>"
    known = {code: Thing("public", code)} if code else {}
    return [Route("GET", path, "public"), Route("GET", f"{path}/{param}", "public", things=known)]


ITEMS, DELIVERIES, CASES = things.items(), things.deliveries(), things.cases()
CONFERENCES, ACTION_ITEMS, KEYS = things.conferences(), things.action_items(), things.keys()
STATEMENTS = things.statements()
POLICE = {"police": Thing("public", "police", owner="police")}
POLICE_AGENCY = {"new": Thing("public", "new", agencies=("police",))}

FEW_ITEMS = ("police_draft", "north_submitted", "police_returned", "north_released_to_two", "police_recalled")
FEW_ITEMS += ("police_submitted", "north_released_below", "police_released_inside")
FEW_DELIVERIES = ("police_released_to_two>border", "police_opened>customs", "north_acknowledged>customs")
FEW_DELIVERIES += ("police_recalled>customs", "police_released_below>customs_north", "north_used>customs")


def item(method: str, verb: str, act: str | None, body: Body | None = None) -> Route:
    path = f"information-items/<uuid:pk>{verb}"
    return Route(method, path, "item", act, ITEMS, body, FEW_ITEMS)


def delivery(method: str, verb: str, act: str | None, body: Body | None = None) -> Route:
    return Route(method, f"deliveries/<uuid:pk>{verb}", "delivery", act, DELIVERIES, body, FEW_DELIVERIES)


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
NEW_ITEM = same(title="Mới", topic="methods", unit="police")
NEW_CASE = same(kind="case", title="Mới", area="inland", unit="police", opened_on="2024-06-01")
LOT = same(substance="heroin", raw_text="2 kg", value="2", unit="kg", seized_on="2024-06-01")
NEW_CONFERENCE = same(code="moi", kind="other", title_vi="Mới", host_agency="POLICE")

ROUTES: list[Route] = [
    Route("GET", "me", "any"),
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
    Route("GET", "audit-events", "audit"),
    Route("GET", "audit-events/<uuid:public_id>", "audit"),
    Route("GET", "information-items", "item", lists="items"),
    Route("POST", "information-items", "item", "item.create", body=NEW_ITEM),
    item("GET", "", None),
    item("PATCH", "", "item.edit", same(title="Khác")),
    item("POST", "/submit", "item.submit", same()),
    item("POST", "/return", "item.return", REASON),
    item("POST", "/release", "item.release", same(recipients=["coast"])),
    item("POST", "/recall", "item.recall", REASON),
    Route("GET", "deliveries", "delivery", lists="deliveries"),
    delivery("GET", "", None),
    delivery("POST", "/acknowledge", "delivery.acknowledge", same()),
    delivery("POST", "/evaluate", "delivery.evaluate", same(usefulness="known")),
    delivery("POST", "/assign", "delivery.assign", lambda _c, name: {"to": MEMBER[name.split(">")[1]]}),
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
    Route("GET", "statements", "statement", lists="statements"),
    Route("POST", "statements", "statement", "statement.create", body=same(unit="police", period="2024-Q2")),
    Route("GET", "statements/<uuid:pk>", "statement", things=STATEMENTS),
    Route("PATCH", "statements/<uuid:pk>", "statement", "statement.edit", STATEMENTS, same(figures=[])),
    Route("POST", "statements/<uuid:pk>/confirm", "statement", "statement.confirm", STATEMENTS, same()),
    Route("GET", "reports", "public"),
    Route("GET", "reports/<str:period>", "public", things={"2024-Q2": Thing("public", "2024-Q2")}, dear=True),
    Route("GET", "schema", "any", dear=True),
    Route("GET", "docs", "any"),
]

MEMBER = {
    "customs": "customs_analyst",
    "border": "border_analyst",
    "customs_north": "customs_north_officer",
    "police_south": "south_officer",
}
"""Somebody of each recipient to whom work can be given."""

NEW: dict[str, Thing] = {
    "item.create": Thing("item", owner="police"),
    "case.create": Thing("case", owner="police"),
    "conference.create": Thing("public", agencies=("police",)),
    "key.issue": Thing("key", owner="police"),
    "statement.create": Thing("statement", owner="police"),
}
"""What a request without a record in its address would make."""


def address(cast: Cast, route: Route, name: str) -> str:
    """The address of the route for a record of the cast."""
    kind = next(iter(route.things.values())).kind if route.things else ""
    if route.of is not None:
        return route.path.replace("<uuid:pk>", str(route.of(cast, name).pk))
    if "<slug:code>" in route.path or "<str:period>" in route.path:
        return route.path.replace("<slug:code>", name).replace("<str:period>", name)
    found: Any = {
        "item": lambda: cast.items[name],
        "delivery": lambda: cast.delivery(*name.split(">")),
        "case": lambda: cast.cases[name],
        "statement": lambda: cast.statements[name],
        "key": lambda: cast.keys[name],
        "public": lambda: (cast.conferences | cast.action_items)[name],
    }[kind]()
    return route.path.replace("<uuid:pk>", str(found.pk))


def record(cast: Cast, route: Route, name: str) -> Any:
    """The record, for its ETag."""
    kinds: dict[str, Mapping[str, Any]] = {
        "item": cast.items,
        "case": cast.cases,
        "statement": cast.statements,
        "public": cast.conferences,
    }
    return kinds[next(iter((route.things or {}).values())).kind][name]
