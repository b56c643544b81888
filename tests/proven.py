"""What `flask audit verify` and `flask audit replay` find, for tests that act."""

from flask import current_app
from sqlalchemy import select

from webapp.extensions import db
from webapp.models import Case, Task
from webapp.operations.papers import file_store
from webapp.queries.proof import Proof
from webapp.queries.replays import verdicts


def faults() -> list[str]:
    """Everything that does not hold, in words: chains, guards, papers, gaps, and cases that do not replay."""
    db.session.remove()
    session = db.session()
    proof = Proof(session, current_app.config["SETTINGS"].data_dir, file_store())
    found = [f"{finding.kind}: {finding.place} {finding.detail}" for finding in proof.findings()]
    found += [f"{code}: {verdict}" for code, verdict in verdicts(session) if not verdict.holds]
    return found


def open_elements(code: str) -> list[str]:
    """The open tasks of a case by element, the oldest first."""
    query = select(Task.element).join(Case, Case.id == Task.case_id)
    return list(db.session.scalars(query.where(Task.status == "open", Case.code == code).order_by(Task.id)))
