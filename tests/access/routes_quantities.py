"""Lines of the matrix for readings of quantities."""

from tests.access.route import Route, same

ROUTES: list[Route] = [
    Route("POST", "quantity-readings", "public", "quantity.read", body=same(text="hơn 319kg", language="vi")),
]
