"""Clients of the tests: one speaks to the API with a key, one is a browser signed in to the admin."""

import json
from functools import cache
from typing import Any

from django.test import Client
from django.test.client import ClientHandler

from tests.cast import Cast


@cache
def _handler() -> ClientHandler:
    """One for all clients: loading the middleware costs more than ten requests."""
    handler = ClientHandler(enforce_csrf_checks=False)
    handler.load_middleware()
    return handler


def new_client() -> Client:
    """A client that gives back errors as answers."""
    client = Client(raise_request_exception=False)
    client.handler = _handler()
    return client


class ApiClient:
    """Speaks JSON to the API. `call("POST", "information-items", {...})`: addresses lie below /api/v1/."""

    def __init__(self, secret: str | None = None, client: Client | None = None) -> None:
        self.secret = secret
        self.client = client or new_client()

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One request. `If_Match="x"` is the header If-Match; a body of bytes is sent as it is."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.secret is not None:
            sent.setdefault("Authorization", f"Bearer {self.secret}")
        kind = sent.pop("Content-Type", "application/json")
        address = path if path.startswith("/") else f"/api/v1/{path}"
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        return self.client.generic(method, address, data, content_type=kind, headers=sent)

    def get(self, path: str, **headers: str) -> Any:
        """Read."""
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """Write."""
        return self.call("POST", path, {} if body is None else body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        """Change."""
        return self.call("PATCH", path, body, **headers)


def api_client(cast: Cast, name: str | None) -> ApiClient:
    """With the person's key; None is anonymous."""
    return ApiClient(cast.secrets[name] if name else None)


def browser(cast: Cast, name: str | None) -> Client:
    """Signed in as the person; None is nobody."""
    client = new_client()
    if name:
        client.force_login(cast.people[name])
    return client
