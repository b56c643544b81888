"""What still names a nominee after the erasure of a case: records of many, inspections, other dossiers."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select, union
from sqlalchemy.orm import Session

from webapp.models import (
    AgendaItem,
    Case,
    CouncilSession,
    ExemplarNomination,
    Inspection,
    InspectionFinding,
    InspectionNote,
    Nomination,
    Registration,
    RegistrationList,
    RegistrationListLine,
    RegistrationVersion,
    Submission,
    SubmissionLine,
)


@dataclass(frozen=True)
class Staying:
    """An act whose record may name the nominee and stays."""

    process: str
    code: str
    title: str


def staying(session: Session, case: Case) -> list[Staying]:
    """Submissions, sessions and lists the case stood on, findings and notes about it: not of this case alone."""
    mine = select(Nomination.id).where(Nomination.case_id == case.id)
    submissions = (
        select(Submission.case_id)
        .join(SubmissionLine, SubmissionLine.submission_id == Submission.id)
        .where(SubmissionLine.nomination_id.in_(mine))
    )
    sessions = (
        select(CouncilSession.case_id)
        .join(AgendaItem, AgendaItem.session_id == CouncilSession.id)
        .where(AgendaItem.nomination_id.in_(mine))
    )
    lists = (
        select(RegistrationList.case_id)
        .join(RegistrationListLine, RegistrationListLine.list_id == RegistrationList.id)
        .join(RegistrationVersion, RegistrationVersion.id == RegistrationListLine.version_id)
        .join(Registration, Registration.id == RegistrationVersion.registration_id)
        .where(Registration.case_id == case.id)
    )
    findings = select(InspectionFinding.case_id).where(InspectionFinding.subject_id == case.id)
    query = select(Case.process, Case.code, Case.title).where(
        or_(*(Case.id.in_(some) for some in (submissions, sessions, lists, findings)))
    )
    noted = select(InspectionNote.inspection_id).where(InspectionNote.case_id == case.id)
    inspections = select(Inspection.code, Inspection.title).where(Inspection.id.in_(noted))
    return [Staying(*row) for row in session.execute(query.order_by(Case.id))] + [
        Staying("inspection", *row) for row in session.execute(inspections.order_by(Inspection.id))
    ]


def others_of(session: Session, case: Case) -> list[Case]:
    """Other cases of the same nominee that still name them: each is erased for itself."""
    mine = union(
        *(select(link.nominee_id).where(link.case_id == case.id) for link in (Nomination, Registration))
    )
    theirs = union(
        *(select(link.case_id).where(link.nominee_id.in_(mine)) for link in (Nomination, Registration)),
        select(ExemplarNomination.exemplar_id)
        .join(Nomination, Nomination.id == ExemplarNomination.nomination_id)
        .where(Nomination.case_id == case.id),
    )
    query = select(Case).where(Case.id.in_(theirs), Case.id != case.id).order_by(Case.id)
    return list(session.scalars(query))
