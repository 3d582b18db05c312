"""From the document to bytes. No renderer knows another, and none knows the database."""

from collections.abc import Callable

from reports.document import QuarterlyReport
from reports.renderers import docx, html, json, pdf, xlsx

Renderer = Callable[..., bytes]

RENDERERS: dict[str, Renderer] = {
    "html": html.render,
    "json": json.render,
    "pdf": pdf.render,
    "docx": docx.render,
    "xlsx": xlsx.render,
}
"""By format: `render(document, language, base_url="")`."""

OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
}


def render(document: QuarterlyReport, *, file_format: str, language: str, base_url: str = "") -> bytes:
    """The report in a format and language; links are absolute where the address of the registry is given."""
    return RENDERERS[file_format](document, language, base_url=base_url)
