"""The matrix: route x method x principal x whose record x status, each against the oracle."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.oracle import Person, expected, sees
from tests.access.people import principals
from tests.access.route import Route
from tests.access.routes import CASES, CONFERENCES, NEW, ROUTES, STATEMENTS, address, record
from tests.access.routes_delegation import DELEGATIONS, DOCKETS
from tests.access.routes_information import CONSENTS, DELIVERIES, ITEMS, VERSIONS
from tests.access.routes_notices import NOTICES
from tests.access.routes_reorganisations import REORGANISATIONS
from tests.access.routes_requests import REQUESTS
from tests.access.routes_seal import PAPERS, REPORTS
from tests.access.worlds import undone
from tests.cast import Cast
from tests.clients import ApiClient
from tests.proofs.figures import Tell

pytestmark = pytest.mark.usefixtures("plain_files")

API = "api/v1/"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
LISTS = {
    "items": ITEMS,
    "deliveries": DELIVERIES,
    "requests": REQUESTS,
    "cases": CASES,
    "conferences": CONFERENCES,
    "statements": STATEMENTS,
    "versions": VERSIONS,
    "consents": CONSENTS,
    "delegations": DELEGATIONS,
    "dockets": DOCKETS,
    "notices": NOTICES,
    "reorganisations": REORGANISATIONS,
    "sealed_reports": REPORTS,
    "papers": PAPERS,
}
NO_RECORD = "00000000-0000-4000-8000-000000000000"


def addresses(patterns: Any, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address the project answers, as written in the URL configuration."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern), pattern


def api_routes() -> set[str]:
    """`GET information-items`...: what the API answers."""
    found = set()
    for path, pattern in addresses(get_resolver().url_patterns):
        if path.startswith(API):
            verbs = getattr(pattern.callback, "actions", None) or {"get": ""}
            found |= {f"{verb.upper()} {path.removeprefix(API)}" for verb in verbs if verb != "head"}
    return found


def test_every_route_of_the_api_stands_in_the_matrix() -> None:
    declared = [str(route) for route in ROUTES]
    assert sorted(api_routes() - set(declared)) == [], "routes without a line in tests/access/routes.py"
    assert sorted(set(declared) - api_routes()) == [], "lines in tests/access/routes.py without a route"
    assert len(declared) == len(set(declared))


def test_every_address_of_the_project_is_known() -> None:
    others = {path for path, _pattern in addresses(get_resolver().url_patterns)}
    others = {path for path in others if not path.startswith((API, "admin/"))}
    assert others == {"", "health/live", "health/ready", "i18n/setlang/"}


def ask(client: ApiClient, cast: Cast, route: Route, name: str, person: Person) -> Any:
    """The request of a cell."""
    path = address(cast, route, name) if name else route.path.replace("<uuid:public_id>", NO_RECORD)
    path = path.replace("<uuid:pk>", NO_RECORD) + route.query
    body = route.body(cast, name or person.name) if route.body else None
    body, headers = body if route.raw is None else route.raw, dict(route.headers)
    if route.method == "PATCH" and name:
        one = record(cast, route, name)
        headers["If_Match"] = f'"{one.pk}-{one.revision}"'
    return client.call(route.method, path, body, **headers)


def answer_due(person: Person, route: Route, name: str) -> int:
    """What the oracle says of a cell."""
    if route.kind == "any":
        return read_due(person, route)
    if not name and "<" in route.path:
        status = expected(person, route.kind, None, None)
        return 404 if status == 200 else status
    if not name:
        return expected(person, route.kind, route.act, NEW.get(route.act or ""), new=True)
    return expected(person, route.kind, route.act, (route.things or {})[name])


def cells(cast: Cast, route: Route, *, few: bool) -> Iterator[tuple[Person, ApiClient, str]]:
    """Every principal times every record of the route; in the quick run two records for each, by turns."""
    names = tuple(route.things or ()) or ("",)
    if few and route.few:
        names = route.few
    for turn, (person, client) in enumerate(principals(cast, few=few, fewest=few and route.dear)):
        for name in {names[turn % len(names)], names[(turn * 3 + 1) % len(names)]} if few else names:
            yield person, client, name


def check(cast: Cast, route: Route, *, few: bool) -> int:
    """Go through the cells of a route; tell every mismatch at once."""
    wrong, count = [], 0
    if route.before is not None:
        route.before(cast)
    for person, client, name in cells(cast, route, few=few):
        due = answer_due(person, route, name)
        with undone():
            answer = ask(client, cast, route, name, person)
            got = answer.status_code
        count += 1
        if got != due:
            how = "session" if person.scopes is None else ",".join(sorted(person.scopes))
            wrong.append(f"{person.name} [{how}] {route} {name}: {got}, due {due}: {answer.content[:160]!r}")
        elif route.lists and got == 200:
            shown = {row["id"] for row in answer.json()["results"]}
            wrong += [f"{person.name} {route}: {e}" for e in difference(cast, route, person, shown)]
    assert not wrong, f"{len(wrong)} of {count} cells differ:\n" + "\n".join(wrong[:25])
    return count


def listed(cast: Cast, route: Route, name: str) -> Any:
    """The record of a list by the name of its story."""
    kind = route.lists
    if route.of is not None:
        return route.of(cast, name)
    if kind == "deliveries":
        return cast.delivery(*name.split(">"))
    if kind == "versions":
        return cast.items[name].versions.get(number=1)
    return getattr(cast, kind)[name]


def difference(cast: Cast, route: Route, person: Person, shown: set[str]) -> Iterator[str]:
    """Records that a list shows and should not, or the other way round."""
    for name, thing in LISTS[route.lists].items():
        one = listed(cast, route, name)
        due = sees(person, thing)
        if (str(one.pk) in shown) != due:
            yield f"{name} is {'missing' if due else 'shown'}"


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_route_answers_each_principal_as_the_oracle_says(cast: Cast, route: Route) -> None:
    check(cast, route, few=True)


@pytest.mark.prove
@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_the_full_product_of_a_route_answers_as_the_oracle_says(cast: Cast, figures: Tell, route: Route) -> None:
    count = check(cast, route, few=False)
    figures("access matrix", routes=1, cells=count, mismatches=0)
    assert count >= len(route.things or [""])


PATHS = sorted({route.path for route in ROUTES})


def refuses_undeclared(cast: Cast, path: str, *, few: bool) -> list[str]:
    """401, then 403 for roles that never read the kind, then 405: an unknown method finds nothing out."""
    routes = [route for route in ROUTES if route.path == path]
    declared = {route.method for route in routes} | ({"HEAD"} if any(r.method == "GET" for r in routes) else set())
    name = next(iter(routes[0].things or ()), "")
    if routes[0].before is not None:
        routes[0].before(cast)
    full = address(cast, routes[0], name) if name else path.replace("<uuid:public_id>", NO_RECORD)
    full = full.replace("<uuid:pk>", NO_RECORD)
    wrong = []
    for person, client in principals(cast, few=few, fewest=few):
        for method in METHODS:
            if method in declared:
                continue
            with undone():
                got = client.call(method, full, {}).status_code
            due = answer_due(person, replace(routes[0], act=None), name) if name else read_due(person, routes[0])
            if got != (405 if due in {200, 404} else due):
                wrong.append(f"{person.name} {method} {path}: {got}, not {due}")
    return wrong


def read_due(person: Person, route: Route) -> int:
    """Whether the person reads this kind of record at all."""
    return (200 if person.known else 401) if route.kind == "any" else expected(person, route.kind, None, None)


@pytest.mark.parametrize("path", PATHS)
def test_a_method_nobody_declared_is_refused(cast: Cast, path: str) -> None:
    assert refuses_undeclared(cast, path, few=True) == []


@pytest.mark.prove
@pytest.mark.parametrize("path", PATHS)
def test_a_method_nobody_declared_is_refused_to_everybody(cast: Cast, figures: Tell, path: str) -> None:
    assert refuses_undeclared(cast, path, few=False) == []
    figures("methods nobody declared", addresses=1, answered=0)


def test_hidden_and_absent_records_get_the_same_answer(cast: Cast) -> None:
    client = ApiClient(cast.secrets["coast_officer"])
    for path, hidden in (
        ("information-items/{}", cast.items["police_draft"].pk),
        ("deliveries/{}", cast.delivery("police_opened").pk),
        ("requests/{}", cast.requests["request_sent"].pk),
        ("cases/{}", cast.cases["case_joint"].pk),
        ("api-keys/{}", cast.keys["police_system"].pk),
    ):
        one, other = client.get(path.format(hidden)), client.get(path.format(uuid4()))
        assert (one.status_code, one.content) == (other.status_code, other.content) == (404, one.content)


def test_no_identifier_is_taken_for_a_key(cast: Cast) -> None:
    found = [str(user.pk) for user in cast.people.values()]
    found += [part for key in cast.keys.values() for part in (str(key.pk), key.prefix, key.secret_hash)]
    found += [f"{key.prefix}.{key.secret_hash}" for key in cast.keys.values()]
    found += [f"{key.prefix}.{key.pk}" for key in cast.keys.values()] + [str(i.pk) for i in cast.items.values()]
    for secret in [*found, "", ".", "a.b"]:
        assert ApiClient(secret).get("me").status_code == 401, secret
