"""Lines of the matrix for official papers."""

from tests.access.route import Route

ROUTES: list[Route] = [
    Route("GET", "papers", "public"),
    Route("GET", "papers/<uuid:pk>", "public"),
]
