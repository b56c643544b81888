"""Keeps the scans of the decisions by which inspections are begun and changed."""

from __future__ import annotations

from webapp.models import Inspection, InspectionPaper, Paper
from webapp.operations.form_papers import StoredUpload
from webapp.operations.transaction import Transaction
from workflows.events import PaperAdded

DECISION_SCAN = "inspection_decision"
"""The kind of such a paper; it belongs to an inspection and to no case."""


def keep_scan(transaction: Transaction, row: Inspection, scan: StoredUpload | None) -> None:
    """A file that is stored becomes a paper of the inspection, in its log; the same file again does nothing."""
    if scan is None or any(each.paper.sha256 == scan.sha256 for each in row.papers):
        return
    paper = Paper(
        kind=DECISION_SCAN,
        filename=scan.filename,
        media_type=scan.media_type,
        size=scan.size,
        sha256=scan.sha256,
        uploaded_by_id=transaction.actor.person_id,
        created_at=transaction.now.at,
    )
    transaction.session.add(paper)
    transaction.session.flush()
    row.papers.append(InspectionPaper(paper_id=paper.id))
    added = PaperAdded(paper=paper.public_id, kind=DECISION_SCAN, sha256=scan.sha256)
    transaction.log(stream_of(row), added)


def stream_of(row: Inspection) -> str:
    """The stream of an inspection."""
    return f"inspection/{row.code}"
