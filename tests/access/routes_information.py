"""Items, their versions, deliveries: the lines of the matrix."""

from dataclasses import replace
from typing import Any

from registry.information.preview import preview_of
from tests.access import things
from tests.access.route import Body, Route, same
from tests.cast import Cast

ITEMS, DELIVERIES = things.items(), things.deliveries()
EXPLAINED = {name: replace(thing, kind="explained") for name, thing in ITEMS.items()}
VERSIONS = {name: replace(thing, kind="version") for name, thing in ITEMS.items()}

IMPACT = {name: replace(thing, kind="impact") for name, thing in ITEMS.items()}
CONSENTS = things.consents()

FEW_ITEMS = ("police_draft", "north_submitted", "police_returned", "north_released_to_two", "police_recalled")
FEW_ITEMS += ("police_submitted", "north_released_below", "police_released_inside", "police_correcting")
FEW_DELIVERIES = ("police_released_to_two>border", "police_opened>customs", "north_acknowledged>customs")
FEW_DELIVERIES += ("police_recalled>customs", "police_released_below>customs_north", "north_used>customs")
FEW_DELIVERIES += ("police_corrected>customs",)

MEMBER = {
    "customs": "customs_analyst",
    "border": "border_analyst",
    "customs_north": "customs_north_officer",
    "police_south": "south_officer",
}
"""Somebody of each recipient to whom work can be given."""


def item(method: str, verb: str, act: str | None, body: Body | None = None) -> Route:
    path = f"information-items/<uuid:pk>{verb}"
    return Route(method, path, "item", act, ITEMS, body, FEW_ITEMS)


def delivery(method: str, verb: str, act: str | None, body: Body | None = None) -> Route:
    return Route(method, f"deliveries/<uuid:pk>{verb}", "delivery", act, DELIVERIES, body, FEW_DELIVERIES)


def consent(verb: str, body: Body) -> Route:
    return Route("POST", f"consents/<uuid:pk>/{verb}", "consent", f"consent.{verb}", CONSENTS, body)


def new_consent(cast: Cast, _name: str) -> dict[str, Any]:
    """Customs asks to quote what it got from central police."""
    delivery = cast.delivery("police_released_to_customs")
    return {"delivery": str(delivery.pk), "kind": "quote", "purpose": "Báo cáo quý."}


def approved(cast: Cast, name: str) -> dict[str, Any]:
    """A release to the coast guard, as its preview shows it."""
    item, coast = cast.items[name], cast.units["coast"]
    version = item.versions.latest("number") if item.released_at is None else item.current
    return {"recipients": ["coast"], "preview": preview_of(item, version, [coast]).hash if version else ""}


def approved_correction(cast: Cast, name: str) -> dict[str, Any]:
    """The correction that waits, as its preview shows it to customs, which has the item."""
    item = cast.items[name]
    return {"preview": preview_of(item, item.versions.latest("number"), [cast.units["customs"]]).hash}


REASON = same(reason="Có lý do.")
NEW_ITEM = same(title="Mới", topic="methods", unit="police")

ROUTES: list[Route] = [
    Route("GET", "information-items", "item", lists="items"),
    Route("POST", "information-items", "item", "item.create", body=NEW_ITEM),
    item("GET", "", None),
    item("PATCH", "", "item.edit", same(title="Khác")),
    item("POST", "/submit", "item.submit", same()),
    item("POST", "/return", "item.return", REASON),
    item("POST", "/preview", "item.preview", same()),
    item("POST", "/release", "item.release", approved),
    item("POST", "/share", "item.share", approved),
    item("POST", "/correct", "item.correct", same(title="Đã sửa", reason="Sai tên.")),
    item("POST", "/withdraw-correction", "item.withdraw_correction", same()),
    item("POST", "/release-correction", "item.release_correction", approved_correction),
    item("POST", "/recall", "item.recall", REASON),
    Route(
        "GET",
        "information-items/<uuid:pk>/access-explanation",
        "explained",
        things=EXPLAINED,
        few=FEW_ITEMS,
        query="?unit=customs",
    ),
    Route("GET", "item-versions", "version", lists="versions"),
    Route("GET", "item-versions/<uuid:pk>", "version", things=VERSIONS, few=FEW_ITEMS),
    Route(
        "GET",
        "information-items/<uuid:pk>/impact",
        "impact",
        things=IMPACT,
        few=FEW_ITEMS,
    ),
    Route("GET", "consents", "consent", lists="consents"),
    Route("POST", "consents", "consent", "consent.ask", body=new_consent),
    Route("GET", "consents/<uuid:pk>", "consent", things=CONSENTS),
    consent("grant", same()),
    consent("refuse", REASON),
    consent("revoke", REASON),
    consent("withdraw", same()),
    Route("GET", "deliveries", "delivery", lists="deliveries"),
    delivery("GET", "", None),
    delivery("POST", "/acknowledge", "delivery.acknowledge", same()),
    delivery("POST", "/evaluate", "delivery.evaluate", same(usefulness="known")),
    delivery("POST", "/assign", "delivery.assign", lambda _c, name: {"to": MEMBER[name.split(">")[1]]}),
    delivery("POST", "/acknowledge-correction", "delivery.acknowledge_correction", same()),
    delivery("POST", "/acknowledge-recall", "delivery.acknowledge_recall", same()),
    delivery("POST", "/pass-on", "delivery.pass_on", same(units=["border_north"])),
    delivery("POST", "/confirm-disposal", "delivery.confirm_disposal", same(disposal="destroyed")),
]
