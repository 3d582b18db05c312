"""Lines of the matrix for files. Their stories are made when they are asked for, and undone with the request."""

from registry.information import actions
from registry.information.models import Attachment
from tests.access.oracle import Thing
from tests.access.route import Route, same
from tests.access.routes_information import FEW_ITEMS, ITEMS
from tests.cast import Cast
from tests.information.files import attach, raw, sent_with
from tests.information.samples import TEXT

OWNERS = {"police": "police", "north": "police_north"}
SENT: dict[str, tuple[str, ...]] = {"sent": ("customs", "border"), "below": ("customs_north",), "kept": ("customs",)}
"""Stories of a file on a released item, and where it went. The file of `kept` is kept from recipients."""


def files() -> dict[str, Thing]:
    """By name of the story: `police_draft`..."""
    made = {}
    for owner, unit in OWNERS.items():
        for status in ("draft", "returned"):
            made[f"{owner}_{status}"] = Thing("attachment", f"{owner}_{status}", status, unit)
        for story, to in SENT.items():
            seen_by = () if story == "kept" else to
            made[f"{owner}_{story}"] = Thing("attachment", f"{owner}_{story}", "released", unit, seen_by)
        made[f"{owner}_recalled"] = Thing("attachment", f"{owner}_recalled", "recalled", unit, ("customs",))
    return made


def story(cast: Cast, name: str) -> Attachment:
    """The file of a story, made now."""
    owner, _line, what = name.partition("_")
    if what in {"draft", "returned"}:
        return attach(cast.items[name], cast.people[f"{owner}_officer"])
    made = sent_with(cast, to=SENT.get(what, ("customs",)), owner=owner, originator_only=what == "kept")
    if what == "recalled":
        actions.recall_item(item=made.item, by=cast.people[f"{owner}_head"], reason="Sai.")
    return made


FILES = files()


def file(method: str, verb: str, act: str | None = None) -> Route:
    body = same() if method == "POST" else None
    return Route(method, f"attachments/<uuid:pk>{verb}", "attachment", act, FILES, body, of=story)


ROUTES: list[Route] = [
    Route("GET", "attachments", "attachment"),
    file("GET", ""),
    file("GET", "/content"),
    file("POST", "/remove", "attachment.remove"),
    Route(
        "POST",
        "information-items/<uuid:pk>/attachments",
        "item",
        "attachment.add",
        ITEMS,
        few=FEW_ITEMS,
        raw=TEXT,
        headers=raw("a.txt"),
    ),
]
