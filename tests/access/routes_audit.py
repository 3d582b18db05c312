"""Who may ask who has read an item: those who read it as their unit's own."""

from tests.access.route import Route
from tests.access.routes_information import FEW_ITEMS, ITEMS

ROUTES: list[Route] = [
    Route("GET", "information-items/<uuid:pk>/readers", "item", "item.readers", ITEMS, few=FEW_ITEMS),
]
