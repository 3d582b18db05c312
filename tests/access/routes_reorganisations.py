"""Addresses of reorganisations."""

from registry.reorganisations.preview import preview_of
from tests.access.oracle import Thing
from tests.access.route import Route, same
from tests.cast import Cast

REORGANISATIONS = {
    name: Thing("reorganisation", name, name.split("_")[1], name.split("_")[0])
    for name in ("police_draft", "police_applied", "police_undone", "customs_draft")
}
DRAFTS = {name: thing for name, thing in REORGANISATIONS.items() if thing.status == "draft"}
NEW_ONE = same(
    unit="police",
    kind="rename",
    takes_effect_on="2099-12-01",
    reason="Quyết định 2.",
    plan={"units": ["police_north"], "name_vi": "Tên mới"},
)


def seen(cast: Cast, name: str) -> dict[str, object]:
    one = cast.reorganisations[name]
    return {"preview": preview_of(one, by=None).hash if one.status == "draft" else "0" * 64}


ROUTES: list[Route] = [
    Route("GET", "reorganisations", "reorganisation", lists="reorganisations"),
    Route("POST", "reorganisations", "reorganisation", "reorganisation.plan", body=NEW_ONE),
    Route("GET", "reorganisations/<uuid:pk>", "reorganisation", things=REORGANISATIONS),
    Route(
        "PATCH",
        "reorganisations/<uuid:pk>",
        "reorganisation",
        "reorganisation.change",
        REORGANISATIONS,
        same(reason="Quyết định 3."),
    ),
    Route("GET", "reorganisations/<uuid:pk>/preview", "reorganisation", things=DRAFTS),
    Route(
        "POST",
        "reorganisations/<uuid:pk>/apply",
        "reorganisation",
        "reorganisation.apply",
        REORGANISATIONS,
        seen,
    ),
    Route(
        "POST",
        "reorganisations/<uuid:pk>/undo",
        "reorganisation",
        "reorganisation.undo",
        REORGANISATIONS,
        same(reason="Nhầm."),
    ),
]

NEW: dict[str, Thing] = {"reorganisation.plan": Thing("reorganisation", owner="police")}
