"""Is the process alive; can it serve. Open to whoever watches the service; says nothing about records."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "live"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers and its schema is the code's; 503 otherwise."""
    checks = {"database": False, "migrations": False}
    try:
        executor = MigrationExecutor(connection)
        checks["database"] = True
        checks["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        pass
    good = all(checks.values())
    return JsonResponse({"status": "ready" if good else "not ready", **checks}, status=200 if good else 503)
