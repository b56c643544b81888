"""A dossier that is said to be complete has the papers its award asks for."""

from __future__ import annotations

from webapp.models import Case
from webapp.operations.refusals import InvalidForm
from webapp.operations.transaction import Transaction
from webapp.queries.completeness import ASKED, paper_list
from workflows.forms import Fault


def refuse_incomplete(
    transaction: Transaction, case: Case, element: str, pointer: str, code: str = "papers_missing"
) -> None:
    """Raises InvalidForm with a fault at ``pointer``, naming what is missing for a task of this element."""
    transaction.session.flush()
    missing = [
        line.paper.name for line in paper_list(transaction.session, case, ASKED[element]) if line.missing
    ]
    if missing:
        raise InvalidForm([Fault(pointer, code, {"papers": missing})])
