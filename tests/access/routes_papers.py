"""Lines of the matrix for the papers of conferences."""

from tests.access import things
from tests.access.route import Route, same

CONFERENCES = things.conferences()
SIGNED = same(signed_on="2025-01-06", signer="Nguyễn Văn Mẫu", secretary="Trần Thị Ví Dụ")

ROUTES: list[Route] = [
    *(
        Route("GET", f"conference-papers/<uuid:pk>/{kind}", "public", things=CONFERENCES, dear=True)
        for kind in ("minutes", "notice")
    ),
    *(
        Route(
            "POST",
            f"conference-papers/<uuid:pk>/{kind}/register",
            "public",
            "conference.register",
            CONFERENCES,
            SIGNED,
            dear=True,
        )
        for kind in ("minutes", "notice")
    ),
]
