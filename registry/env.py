"""Settings from the environment, read with a type and refused with a sentence that says what would be right.

The variables of the process win over the optional file `.env` in the top folder (lines `KEY=VALUE`, see
`.env.example`). A variable that is set to nothing counts as not set. Values never appear in an error message,
because some of them are secrets.
"""

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

DOTENV = Path(__file__).resolve().parent.parent / ".env"
TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
SHAPE = "postgresql://USER:PASSWORD@HOST:PORT/NAME?sslmode=require"
DATABASE_OPTIONS = {
    "application_name",
    "connect_timeout",
    "gssencmode",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "options",
    "passfile",
    "service",
    "sslcert",
    "sslcrl",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "target_session_attrs",
    "tcp_user_timeout",
}
"""What may follow the `?` of a database address besides host and port: options of libpq."""

Value = TypeVar("Value")


class EnvError(Exception):
    """A variable is missing or unusable. The message names it, the fault and the remedy."""

    def __init__(self, name: str, fault: str, remedy: str) -> None:
        self.name = name
        super().__init__(f"{name} {fault}. {remedy}")


def text(name: str, default: str | None = None) -> str:
    """The value as it stands; without a default the variable must be set."""
    value = _value(name)
    if value is None and default is None:
        raise EnvError(name, "is not set", "Set it in the environment or in .env; .env.example says what it is.")
    return value if value is not None else default or ""


def flag(name: str, *, default: bool = False) -> bool:
    """A yes or a no."""

    def read(value: str) -> bool:
        if value.lower() not in TRUE + FALSE:
            raise EnvError(name, "is neither yes nor no", f"Write one of: {', '.join(TRUE + FALSE)}.")
        return value.lower() in TRUE

    return _read(name, default, read)


def integer(name: str, default: int, *, minimum: int | None = None, maximum: int | None = None) -> int:
    """A whole number, within its bounds where it has any."""

    def read(value: str) -> int:
        bounds = [f"at least {minimum}"] if minimum is not None else []
        bounds += [f"at most {maximum}"] if maximum is not None else []
        right = " ".join(["Write a whole number", " and ".join(bounds)]).strip() + "."
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
            raise EnvError(name, "is not a whole number", right)
        number = int(value)
        if (minimum is not None and number < minimum) or (maximum is not None and number > maximum):
            raise EnvError(name, "is out of bounds", right)
        return number

    return _read(name, default, read)


def listing(name: str, default: Sequence[str] = ()) -> list[str]:
    """Values between commas, without the spaces around them; empty ones are left out."""
    value = _value(name)
    return list(default) if value is None else [part.strip() for part in value.split(",") if part.strip()]


def socket_address(name: str) -> str:
    """`host:port`, or the path of a unix socket; empty when not set."""

    def read(value: str) -> str:
        if not re.fullmatch(r"/.+|[^/]+:[0-9]{1,5}", value):
            raise EnvError(name, "is no address of a service", "Write host:port, or the path of a unix socket.")
        return value

    return _read(name, "", read)


def storage(name: str, *, folder: Path) -> dict[str, Any]:
    """One entry of Django's STORAGES: the class by its dotted path, its options as JSON in NAME_OPTIONS.

    Without the variable files lie in the folder, readable by nobody but the account of the server.
    """
    none: dict[str, Any] = {}
    backend, options = _value(name), _read(f"{name}_OPTIONS", none, lambda text: _object(f"{name}_OPTIONS", text))
    if backend is not None:
        return {"BACKEND": backend, "OPTIONS": options}
    if options:
        raise EnvError(name, f"is not set, but {name}_OPTIONS is", "Name the class that takes these options.")
    private = {"location": folder, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": private}


def _object(name: str, value: str) -> dict[str, Any]:
    """A JSON object; its text is not repeated in the error, because it may hold a secret."""
    try:
        found = json.loads(value)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise EnvError(name, "is not a JSON object", 'Write it like {"bucket_name": "attachments"}.')
    return found


def database(url: str, name: str = "DATABASE_URL") -> dict[str, Any]:
    """One entry of Django's DATABASES from the address of a PostgreSQL database.

    The host may be a folder with a unix socket, written `?host=/folder` or percent-encoded before the slash.
    Raises EnvError, which names the variable the address came from and never repeats the address.
    """
    parts = _database_parts(url, name)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    host = options.pop("host", unquote(parts.hostname or ""))
    port = options.pop("port", str(parts.port or ""))
    if port and not port.isdigit():
        raise EnvError(name, "has a port that is not a number", f"Write it like {SHAPE}.")
    if unknown := sorted(set(options) - DATABASE_OPTIONS):
        known = ", ".join(["host", "port", *sorted(DATABASE_OPTIONS)])
        raise EnvError(name, f"has unknown options: {', '.join(unknown)}", f"Known are: {known}.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": {key: int(value) if value.isdigit() else value for key, value in options.items()},
    }


def _database_parts(url: str, name: str) -> SplitResult:
    right = f"Write it like {SHAPE}, special characters percent-encoded."
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is the check
    except ValueError:
        raise EnvError(name, "is not a readable address", right) from None
    if parts.scheme not in ("postgresql", "postgres"):
        raise EnvError(name, "is not the address of a PostgreSQL database", right)
    if not re.fullmatch(r"/[^/]+", parts.path):
        raise EnvError(name, "does not name a database after the host", right)
    return parts


def _read(name: str, default: Value, read: Callable[[str], Value]) -> Value:
    value = _value(name)
    return default if value is None else read(value)


def _value(name: str) -> str | None:
    return os.environ.get(name, "").strip() or dotenv(DOTENV).get(name) or None


@cache
def dotenv(path: Path) -> Mapping[str, str]:
    """The variables of one `.env` file; nothing where there is no such file."""
    found: dict[str, str] = {}
    if not path.is_file():
        return found
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = re.fullmatch(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*", line)
        if match is None:
            raise EnvError(f"Line {number} of .env", "is not KEY=VALUE", "Write # before a comment.")
        key, value = match.groups()
        quoted = re.fullmatch(r"(['\"])(.*)\1", value)
        found[key] = quoted.group(2) if quoted else value
    return found
