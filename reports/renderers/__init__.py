"""From the document to bytes. No renderer knows another, and none knows the database."""

from collections.abc import Callable

from reports.document import QuarterlyReport
from reports.renderers import html, json

Renderer = Callable[..., bytes]

RENDERERS: dict[str, Renderer] = {"html": html.render, "json": json.render}
"""By format: `render(document, language, base_url="")`."""

MEDIA_TYPES = {"html": "text/html; charset=utf-8", "json": "application/json"}


def render(document: QuarterlyReport, *, file_format: str, language: str, base_url: str = "") -> bytes:
    """The report in a format and language; links are absolute where the address of the registry is given."""
    return RENDERERS[file_format](document, language, base_url=base_url)
