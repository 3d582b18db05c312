"""What drf-spectacular cannot see by itself: problem documents and the headers of writes."""

from typing import Any

PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457 problem document. `errors` names every fault of the request at once.",
    "required": ["type", "title", "status", "code", "detail", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {
                    "pointer": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}

_READ = {
    "400": "Unknown parameter or bad value.",
    "401": "No valid key or session.",
    "403": "Your roles do not permit this.",
    "404": "Nothing here that you may see.",
}
_WRITE = {
    "409": "Not possible in the record's status.",
    "412": "The record changed since it was read.",
    "413": "The body is too large.",
    "415": "Send application/json.",
    "422": "The rules do not allow it as it stands.",
    "428": "If-Match is missing.",
}
_PURPOSE = {"428": "Say in X-Purpose what it is for."}

WRITE_HEADERS: list[dict[str, Any]] = [
    {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": "Repeat safely: done once in 48 hours; a repetition tells the record as it stands.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    },
    {
        "name": "If-Match",
        "in": "header",
        "required": False,
        "description": "The record's ETag. Required for changes of content (PATCH), honoured on moves.",
        "schema": {"type": "string"},
    },
]


def add_problem_responses(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Every operation answers problems; writes take Idempotency-Key and If-Match."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in result["paths"].values():
        for method, operation in operations.items():
            writes = method in {"post", "patch", "put"}
            asks = any(given["name"] == "X-Purpose" for given in operation.get("parameters", ()))
            for status, text in (_READ | _WRITE if writes else _READ | _PURPOSE if asks else _READ).items():
                operation["responses"].setdefault(status, {"description": text, "content": content})
            if writes:
                operation.setdefault("parameters", []).extend(WRITE_HEADERS)
    return result
