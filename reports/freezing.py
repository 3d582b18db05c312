"""The report's document as canonical bytes, and back. No Django here, and no database.

JSON with sorted keys in UTF-8. Whatever JSON does not know bears a type tag: `{"": "Figure", ...}` is a dataclass of
the document, `{"": "decimal", "is": "1.50"}` a number kept digit for digit. A field that holds its default is left
out, so that a field added later changes no document frozen before.
"""

import dataclasses
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, get_args, get_type_hints

from reports.document import QuarterlyReport

TAG, VALUE = "", "is"


class FrozenFaultError(ValueError):
    """The bytes are no document of this registry."""


def dump(document: QuarterlyReport) -> bytes:
    """The canonical bytes: equal documents give equal bytes."""
    return canonical(_plain(document))


def canonical(data: Any) -> bytes:
    """JSON with sorted keys and no room between them, in UTF-8."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def load(content: bytes) -> QuarterlyReport:
    """The document of the bytes; FrozenFaultError when they hold anything else."""
    try:
        document = _lively(json.loads(content))
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError) as fault:
        raise FrozenFaultError(str(fault)) from fault
    if not isinstance(document, QuarterlyReport):
        raise FrozenFaultError("This is a part of a report, not a report.")
    return document


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return {TAG: type(value).__name__, VALUE: value.value}
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return {TAG: "decimal", VALUE: str(value)}
    if isinstance(value, datetime):
        return {TAG: "datetime", VALUE: value.isoformat()}
    if isinstance(value, date):
        return {TAG: "date", VALUE: value.isoformat()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {TAG: type(value).__name__} | {f.name: _plain(held) for f, held in _said(value)}
    raise TypeError(f"{type(value).__name__}: a document cannot hold this.")


def _said(record: Any) -> list[tuple[dataclasses.Field[Any], Any]]:
    """The fields that do not hold their default."""
    held = [(field, getattr(record, field.name)) for field in dataclasses.fields(record) if field.init]
    return [(field, value) for field, value in held if type(value) is not type(field.default) or value != field.default]


def _lively(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_lively(one) for one in value)
    if not isinstance(value, dict):
        return value
    name = value[TAG]
    if name in SCALARS:
        return SCALARS[name](value[VALUE])
    known = _known()[name]
    if issubclass(known, Enum):
        return known(value[VALUE])
    return known(**{field: _lively(held) for field, held in value.items() if field != TAG})


SCALARS: dict[str, Callable[[str], Any]] = {
    "decimal": Decimal,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}


@cache
def _known() -> dict[str, type]:
    """The dataclasses and words that a document can hold, by name: found by following its fields."""
    found: dict[str, type] = {}
    waiting: list[Any] = [QuarterlyReport]
    while waiting:
        kind = waiting.pop()
        waiting += get_args(kind)
        if not isinstance(kind, type) or get_args(kind) or found.get(kind.__name__) is kind:
            continue
        if dataclasses.is_dataclass(kind):
            found[kind.__name__] = kind
            waiting += get_type_hints(kind).values()
        elif issubclass(kind, Enum):
            found[kind.__name__] = kind
    return found
