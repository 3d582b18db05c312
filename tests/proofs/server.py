"""The registry as its web server calls it: the WSGI application, in this process, from any thread."""

import json
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from registry.wsgi import application


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def ask(secret: str, method: str, path: str, body: Any = None, /, **headers: str) -> Answer:
    """One request below /api/v1/ with a key. `If_Match="x"` is the header If-Match."""
    sent = b"" if body is None else json.dumps(body).encode()
    where, _mark, query = path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": f"/api/v1/{where}",
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(sent)),
        "HTTP_AUTHORIZATION": f"Bearer {secret}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(sent),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    began: list[tuple[str, list[tuple[str, str]]]] = []
    answer: Any = application(environ, lambda status, headers, exc=None: began.append((status, headers)))
    try:
        content = b"".join(answer)
    finally:
        answer.close()
    status, told = began[0]
    return Answer(int(status.split()[0]), content, dict(told))
