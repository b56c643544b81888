"""Reads papers that the system has drawn and kept."""

from sqlalchemy import select

from tests.webapp.documents.papers import text
from webapp.extensions import db
from webapp.models import Case, Paper
from webapp.operations.papers import file_store


def read(code: str, document: str) -> str:
    """The text of a kept paper of a case."""
    return text(kept(code, document))


def kept(code: str, document: str) -> bytes:
    """A kept paper of a case."""
    query = select(Paper.sha256).join(Case, Case.id == Paper.case_id)
    digest = db.session.scalar(query.where(Case.code == code, Paper.document_type == document))
    assert digest, f"{code} has no {document}"
    return file_store().path(digest).read_bytes()
