"""Lines of the matrix for scorecards."""

from tests.access.route import Route

ROUTES: list[Route] = [Route("GET", "scorecards", "scorecard")]
