"""Official papers: `render(type, facts)` turns plain data into a PDF, `render_docx` into a Word file."""

from webapp.documents.catalogue import (
    DocumentType,
    check_facts,
    document_type,
    document_types,
    is_confidential,
)
from webapp.documents.errors import (
    FactsError,
    FontsMissingError,
    ForbiddenResourceError,
    UnknownDocumentError,
)
from webapp.documents.render import Rendered, alone, page, render, render_docx, render_xlsx, score_sheet

__all__ = [
    "DocumentType",
    "FactsError",
    "FontsMissingError",
    "ForbiddenResourceError",
    "Rendered",
    "UnknownDocumentError",
    "alone",
    "check_facts",
    "document_type",
    "document_types",
    "is_confidential",
    "page",
    "render",
    "render_docx",
    "render_xlsx",
    "score_sheet",
]
