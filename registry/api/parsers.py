"""JSON as the registry takes it: no duplicate keys, no NaN, no NUL, no lone surrogates, not too deep, no stamps."""

import codecs
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from registry.information.marks import refuse_marks

MAX_DEPTH = 20


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [k for k, _v in pairs]
    if len(keys) != len(set(keys)):
        raise ParseError(_("A key stands twice in one object."))
    return dict(pairs)


def _no_constants(name: str) -> Any:
    raise ParseError(_("%s is not JSON.") % name)


def _check(value: Any, depth: int = 0) -> None:
    if depth > MAX_DEPTH:
        raise ParseError(_("The document is nested more than %d levels deep.") % MAX_DEPTH)
    if isinstance(value, dict):
        for key, inner in value.items():
            _check(key, depth)
            _check(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth + 1)
    elif isinstance(value, str) and any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value):
        raise ParseError(_("A text contains a NUL or a broken character."))


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of the document with its path: `figures.0.note`."""
    if isinstance(value, str):
        yield path or "detail", value
    elif isinstance(value, (dict, list)):
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in inside:
            yield from _texts(inner, f"{path}.{key}".lstrip("."))


class StrictJSONParser(JSONParser):
    """application/json in UTF-8."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """The document; ParseError (400) says what is wrong, Invalid (400) which text carries a secrecy stamp."""
        try:
            raw = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
            if len(raw) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
                raise RequestDataTooBig
            text = codecs.decode(raw, "utf-8")
            value = json.loads(text, object_pairs_hook=_no_duplicates, parse_constant=_no_constants)
        except (ValueError, RecursionError) as fault:
            raise ParseError(_("The body is not JSON: %s") % fault) from fault
        _check(value)
        refuse_marks(dict(_texts(value)))
        return value
