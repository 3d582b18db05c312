"""Lines of the matrix for sealed reports and for reports on request.

The cast has none of either: who may do what to one stands in tests/reports/test_sealing.py and test_sealed_api.py.
"""

from tests.access.route import Route, same

ONE = "sealed-reports/<uuid:pk>"

ROUTES: list[Route] = [
    Route("GET", "sealed-reports", "public"),
    Route("POST", "sealed-reports", "public", "report.prepare", body=same(period="2024-Q2")),
    Route("GET", ONE, "public"),
    Route("POST", f"{ONE}/seal", "public", body=same(expected_sha256="0" * 64)),
    Route("POST", f"{ONE}/withdraw", "public", body=same(reason="Sai.")),
    Route("GET", f"{ONE}/files/<str:language>/<str:file_format>", "public"),
    Route("GET", f"{ONE}/package", "public"),
    Route("GET", f"{ONE}/verification", "public"),
    Route("GET", "report-builds", "public"),
    Route("POST", "report-builds", "public", "report.ask", body=same(period="2024-Q2")),
    Route("GET", "report-builds/<uuid:pk>", "public"),
    Route("GET", "report-builds/<uuid:pk>/content", "public"),
]
