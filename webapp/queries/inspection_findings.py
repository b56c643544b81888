"""Findings of inspections: how they stand and what was written, for those who may know of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, joinedload

from webapp.models import Case, FormEntry, Inspection, InspectionFinding, Person, Task
from webapp.queries.inspecting import FINDING
from webapp.queries.standing import Standing, visible

AWAITING_ANSWER, AWAITING_REVIEW, CLOSED, WITHDRAWN = "answer", "review", "closed", "withdrawn"


@dataclass(frozen=True)
class FindingRow:
    """A finding: about which event of which case, how it stands, and what was written, form after form.

    ``state``: answer or review (waited for), closed, withdrawn. ``result`` is empty before the conclusion.
    """

    code: str
    inspection: str
    subject: str
    subject_process: str
    subject_title: str
    event: int
    severity: str
    state: str
    due: dt.datetime | None
    raised_at: dt.datetime
    raised_by: str
    organiser: str
    texts: tuple[tuple[str, dt.datetime, str, Mapping[str, Any]], ...]

    @property
    def raised(self) -> Mapping[str, Any]:
        """The form it was raised with."""
        return self.texts[0][3]

    @property
    def last(self) -> Mapping[str, Any]:
        """The form that was completed last."""
        return self.texts[-1][3]

    @property
    def result(self) -> str:
        return str(self.last.get("result", ""))


def findings(
    session: Session, standing: Standing, inspection: Inspection, *, member: bool
) -> tuple[FindingRow, ...]:
    """Findings of an inspection: all for its members, for others those they may know of; three statements."""
    query = select(InspectionFinding.case_id).where(InspectionFinding.inspection_id == inspection.id)
    if not member:
        query = query.join(Case, Case.id == InspectionFinding.case_id).where(visible(standing))
    return _rows(session, session.scalars(query).all())


def readable_findings(session: Session, standing: Standing, inspection: Inspection) -> frozenset[str]:
    """Codes of the findings of an inspection whose pages somebody may open."""
    query = select(Case.code).join(InspectionFinding, InspectionFinding.case_id == Case.id)
    return frozenset(
        session.scalars(query.where(InspectionFinding.inspection_id == inspection.id, visible(standing)))
    )


def findings_about(session: Session, standing: Standing, code: str) -> tuple[FindingRow, ...]:
    """Findings about the case of a code, for those who may know of them; one statement where there are none."""
    subject = aliased(Case)
    query = (
        select(InspectionFinding.case_id)
        .join(subject, subject.id == InspectionFinding.subject_id)
        .join(Case, Case.id == InspectionFinding.case_id)
        .where(subject.code == code, visible(standing))
    )
    return _rows(session, session.scalars(query).all())


def list_findings(session: Session, standing: Standing, state: str = "") -> tuple[FindingRow, ...]:
    """All findings somebody may know of, the newest first, of one state if it is named."""
    query = select(Case.id).where(Case.process == FINDING, visible(standing))
    rows = _rows(session, session.scalars(query).all())[::-1]
    return tuple(row for row in rows if state in ("", row.state))


def finding_row(session: Session, case_id: int) -> FindingRow:
    """One finding by its own case, for whoever the caller lets read it."""
    return _rows(session, [case_id])[0]


def _rows(session: Session, case_ids: Sequence[int]) -> tuple[FindingRow, ...]:
    """Three statements, however many findings there are."""
    if not case_ids:
        return ()
    tasks = session.scalars(select(Task).where(Task.case_id.in_(case_ids), Task.status == "open"))
    waiting = {task.case_id: task for task in tasks}
    entries: dict[int, list[tuple[str, dt.datetime, str, Mapping[str, Any]]]] = {}
    written = (
        select(FormEntry.case_id, FormEntry.form, FormEntry.submitted_at, Person.name, FormEntry.data)
        .join(Person, Person.id == FormEntry.person_id)
        .where(FormEntry.case_id.in_(case_ids))
        .order_by(FormEntry.id)
    )
    for case_id, form, at, name, data in session.execute(written):
        entries.setdefault(case_id, []).append((form.partition("/")[2], at, name, data))
    query = (
        select(InspectionFinding)
        .where(InspectionFinding.case_id.in_(case_ids))
        .options(
            joinedload(InspectionFinding.case).joinedload(Case.organiser),
            joinedload(InspectionFinding.subject),
            joinedload(InspectionFinding.inspection),
        )
        .order_by(InspectionFinding.id)
    )
    return tuple(
        _row(row, waiting.get(row.case_id), entries.get(row.case_id, [])) for row in session.scalars(query)
    )


def _row(
    row: InspectionFinding, task: Task | None, texts: list[tuple[str, dt.datetime, str, Mapping[str, Any]]]
) -> FindingRow:
    case, subject = row.case, row.subject
    waits = AWAITING_REVIEW if task is not None and task.element == "review_answer" else AWAITING_ANSWER
    return FindingRow(
        code=case.code,
        inspection=row.inspection.code,
        subject=subject.code,
        subject_process=subject.process,
        subject_title=subject.title,
        event=row.event_number,
        severity=row.severity,
        state=case.outcome or waits,
        due=task.due if task is not None else None,
        raised_at=case.opened_at,
        raised_by=texts[0][2],
        organiser=case.organiser.name,
        texts=tuple(texts),
    )
