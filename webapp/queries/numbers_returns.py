"""Facts of what went back or was refused, with the ground of each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all

from webapp.models import Case, FormEntry, Nomination, Submission, SubmissionLine, Task
from webapp.queries.dialects import json_member, local_date
from webapp.queries.numbers import Facts
from webapp.queries.numbers_facts import DIMENSIONS, NO_AMOUNT, NO_TEXT, REFUSED, of_nominations
from webapp.queries.standing import Standing


def return_facts(standing: Standing) -> Facts:
    """Supplements asked for, lines of a batch sent back at its receipt, and refusals, each with its ground."""
    columns = ("supplement", "returned", "rejected", "not_passed", "higher_refused")

    def counted(column: str) -> list[Any]:
        return [literal(int(column == each)).label(each) for each in columns]

    asked = (
        of_nominations(
            standing,
            local_date(Task.closed_at).label("day"),
            json_member(FormEntry.data, literal("supplement_text")).label("note"),
            NO_AMOUNT.label("amount"),
            literal("supplement").label("ground"),
            *counted("supplement"),
        )
        .join(Task, Task.case_id == Case.id)
        .join(FormEntry, FormEntry.task_id == Task.id)
        .where(Task.status == "done", Task.decision == "supplement")
    )
    sent_back = (
        of_nominations(
            standing,
            local_date(Submission.received_at).label("day"),
            SubmissionLine.reason.label("note"),
            NO_AMOUNT.label("amount"),
            literal("line_returned").label("ground"),
            *counted("returned"),
        )
        .join(SubmissionLine, SubmissionLine.nomination_id == Nomination.id)
        .join(Submission, Submission.id == SubmissionLine.submission_id)
        .where(SubmissionLine.result == "returned")
    )
    refused = [_refused(standing, outcome, counted(outcome)) for outcome in REFUSED]
    return Facts(union_all(asked, sent_back, *refused).subquery(), (*DIMENSIONS, "ground"), columns)


def _refused(standing: Standing, outcome: str, counted: list[Any]) -> Select[Any]:
    ground: ColumnElement[str] = literal(outcome)
    note: ColumnElement[Any] = NO_TEXT
    if outcome == "rejected":
        ground = func.coalesce(_of_refusal("ground"), literal("other"))
        note = _of_refusal("ground_note")
    return of_nominations(
        standing,
        local_date(Case.ended_at).label("day"),
        note.label("note"),
        NO_AMOUNT.label("amount"),
        ground.label("ground"),
        *counted,
    ).where(Case.outcome == outcome)


def _of_refusal(name: str) -> ColumnElement[Any]:
    """What the last form that refused the case on a ground says."""
    named = json_member(FormEntry.data, literal("ground")).is_not(None)
    return (
        select(json_member(FormEntry.data, literal(name)))
        .where(FormEntry.case_id == Case.id, named)
        .order_by(FormEntry.id.desc())
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )
