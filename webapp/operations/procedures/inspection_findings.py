"""Findings of inspections: what is answered, asked again, concluded and withdrawn stands in the inspection's stream."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from webapp.models import Case, InspectionFinding
from webapp.operations import hooks
from webapp.operations.hooks import Completing
from webapp.operations.inspection_findings import answer_clock
from webapp.operations.inspection_scans import stream_of
from webapp.operations.inspections import present
from webapp.operations.refusals import NotNow
from webapp.operations.transaction import Transaction
from webapp.queries.inspecting import FINDING
from workflows.inspection_events import FindingAnswered, FindingReviewed, FindingWithdrawn


@hooks.completing(FINDING, "answer_finding")
def answer_finding(completing: Completing) -> None:
    """The organiser has answered. Raises NotNow("own_finding") for a member of the inspection: nobody answers to
    themselves, whichever of their roles they would do it by.
    """
    row = _of(completing.transaction, completing.case)
    acting = {completing.transaction.actor.person_id, completing.transaction.principal_id}
    if any(one.person_id in acting for one in present(row.inspection)):
        raise NotNow("own_finding")
    answered = FindingAnswered(
        inspection=row.inspection.code, finding=completing.case.code, round=completing.task.round
    )
    completing.transaction.log(stream_of(row.inspection), answered)


@hooks.completing(FINDING, "review_answer")
def review_answer(completing: Completing) -> Mapping[str, Any]:
    """Concluded, or asked again with another day."""
    row, form = _of(completing.transaction, completing.case), completing.form
    reviewed = FindingReviewed(
        inspection=row.inspection.code,
        finding=completing.case.code,
        decision=form["decision"],
        result=form.get("result", ""),
    )
    completing.transaction.log(stream_of(row.inspection), reviewed)
    return answer_clock(completing.transaction, form["answer_by"]) if form["decision"] == "ask" else {}


@hooks.stopped(FINDING)
def withdraw_finding(transaction: Transaction, case: Case, reason: str) -> None:
    """Who raised it has taken it back; the reason stands in the case."""
    row = _of(transaction, case)
    withdrawn = FindingWithdrawn(inspection=row.inspection.code, finding=case.code)
    transaction.log(stream_of(row.inspection), withdrawn)


def _of(transaction: Transaction, case: Case) -> InspectionFinding:
    query = select(InspectionFinding).where(InspectionFinding.case_id == case.id)
    return transaction.session.execute(query).scalar_one()
