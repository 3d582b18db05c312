"""From an official paper of words to bytes."""

from collections.abc import Callable

from reports.papers.document import OfficialPaper
from reports.renderers import paper_docx, paper_html, paper_pdf

PAPER_RENDERERS: dict[str, Callable[[OfficialPaper, str], bytes]] = {
    "html": paper_html.render,
    "docx": paper_docx.render,
    "pdf": paper_pdf.render,
}
"""By format: `render(document, language)`."""


def render_paper(document: OfficialPaper, *, file_format: str, language: str) -> bytes:
    """The paper in a format and language."""
    return PAPER_RENDERERS[file_format](document, language)
