"""Documents and their facts in the admin."""

from registry.documents.admin.pages import (
    DocumentAdmin,
    PublishedEventAdmin,
    PublishedFigureAdmin,
    PublishedNameAdmin,
    PublishedStatementAdmin,
)

__all__ = [
    "DocumentAdmin",
    "PublishedEventAdmin",
    "PublishedFigureAdmin",
    "PublishedNameAdmin",
    "PublishedStatementAdmin",
]
