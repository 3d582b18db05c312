"""What people ask about consents and corrections in the two-world test."""

from typing import Any

from tests.access.worlds import Ask
from tests.cast import Cast

NOBODY = "00000000-0000-4000-8000-000000000000"
CONSENTS = (
    "status=asked", "status=granted", "kind=quote", "kind=onward", "asking_unit=border", "originator=police", "originator=coast",
    "ordering=asked_at",
)  # fmt: skip
VERBS = ("grant", "refuse", "revoke", "withdraw")


def about(cast: Cast, found: dict[str, Any]) -> list[Ask]:
    """Lists, the hidden consent and version by their ids, and everything that is told of the item they belong to."""
    consent, version = found.get("consent", NOBODY), found.get("version", NOBODY)
    item, delivery = found.get("item", NOBODY), found.get("delivery", NOBODY)
    asks = [Ask("GET", f"consents{query}") for query in ("", "?count=true", "?page_size=1")]
    asks += [Ask("GET", f"consents?count=true&{query}") for query in (*CONSENTS, f"delivery={delivery}")]
    asks += [Ask("GET", f"item-versions{query}") for query in ("", "?count=true", "?page_size=1", "?ordering=number")]
    asks += [Ask("GET", f"item-versions?count=true&item={item}"), Ask("GET", f"item-versions/{version}")]
    asks += [Ask("GET", f"consents/{consent}")]
    asks += [Ask("POST", f"consents/{consent}/{verb}", {"reason": "x"} if verb[0] == "r" else {}) for verb in VERBS]
    asks += [Ask("POST", "consents", {"delivery": str(delivery), "kind": "quote", "purpose": "x"})]
    asks += [Ask("GET", f"information-items/{item}/{what}") for what in ("impact", "readers", "access-explanation")]
    asks += [
        Ask("POST", f"information-items/{item}/{verb}", {"reason": "x"}) for verb in ("correct", "withdraw-correction")
    ]
    asks += [Ask("GET", f"audit-events?count=true&object_id={pk}") for pk in (consent, version, item)]
    asks += [Ask("GET", f"/admin/information/consent/{query}") for query in ("", "?q=hidden", "?status__exact=asked")]
    asks += [Ask("GET", f"/admin/information/consent/{consent}/{view}/") for view in ("change", "history")]
    asks += [Ask("POST", f"/admin/information/consent/{consent}/move/{verb}/", {"reason": "x"}) for verb in VERBS]
    mine = cast.delivery("police_released_to_two").pk
    asks += [Ask("GET", f"/admin/information/delivery/{mine}/{view}/") for view in ("change", "history")]
    asks += [Ask("GET", f"deliveries/{mine}"), Ask("GET", "reports/2024-Q2")]
    return asks
