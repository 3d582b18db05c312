"""What people ask about files in the two-world test: of hidden items, and whether anybody stores these bytes."""

from typing import Any

from tests.access.worlds import Ask
from tests.cast import Cast
from tests.information.files import raw

NOBODY = "00000000-0000-4000-8000-000000000000"
HIDDEN_BYTES = "Bí mật của cảnh sát biển.\n".encode()


def about(cast: Cast, found: dict[str, Any]) -> list[Ask]:
    """Lists, the hidden file by its id, and uploads of the same bytes to what the caller may or may not see."""
    one, item, draft = (found.get(kind, NOBODY) for kind in ("file", "item", "draft"))
    asks = [Ask("GET", f"attachments{query}") for query in ("", "?count=true", "?page_size=1", "?ordering=added_at")]
    asks += [Ask("GET", f"attachments?count=true&item={pk}") for pk in (item, draft)]
    asks += [Ask("GET", f"attachments/{one}{verb}") for verb in ("", "/content")]
    asks += [Ask("POST", f"attachments/{one}/remove", {}), Ask("GET", f"audit-events?count=true&object_id={one}")]
    for pk in (draft, item, cast.items["police_draft"].pk, cast.items["police_released_to_customs"].pk):
        asks.append(Ask("POST", f"information-items/{pk}/attachments", HIDDEN_BYTES, raw("a.txt")))
    page = "/admin/information/informationitem"
    asks += [Ask("GET", f"{page}/{pk}/attachments/{one}/") for pk in (draft, item, cast.items["police_draft"].pk)]
    asks += [Ask("POST", f"{page}/{draft}/attachments/{verb}") for verb in ("add/", f"{one}/remove/")]
    return asks
