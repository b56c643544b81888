"""Official papers as PDF: `render(type, facts)` turns plain data into a paper of the given type."""

from webapp.documents.catalogue import DocumentType, check_facts, document_type, document_types
from webapp.documents.errors import (
    FactsError,
    FontsMissingError,
    ForbiddenResourceError,
    UnknownDocumentError,
)
from webapp.documents.render import Rendered, page, render

__all__ = [
    "DocumentType",
    "FactsError",
    "FontsMissingError",
    "ForbiddenResourceError",
    "Rendered",
    "UnknownDocumentError",
    "check_facts",
    "document_type",
    "document_types",
    "page",
    "render",
]
