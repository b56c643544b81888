"""Cases whose personal data may be erased by law, what is in the way, what goes and what stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select, union
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from webapp.models import (
    NOMINATIONS,
    OWN_PROCESSES,
    AgendaItem,
    Award,
    Case,
    CouncilSession,
    Erasure,
    HigherAward,
    Inspection,
    InspectionFinding,
    Nomination,
    OutboxItem,
    Registration,
    RegistrationChange,
    RegistrationList,
    RegistrationListLine,
    RegistrationVersion,
    Submission,
    SubmissionLine,
    Unit,
)
from webapp.queries.retention import Term, term_of
from webapp.queries.standing import Standing, at_or_below
from workflows.values import VIETNAM, local_day

SUBJECTS = (*NOMINATIONS, "registration")
"""Cases about one nominee. The changes of a registration go with it."""

KEEPERS = ("specialist", "clerk")
DECIDERS = ("head", "authority")

_nominated, _campaign, _finding, _later = aliased(Case), aliased(Case), aliased(Case), aliased(Nomination)


def known_file(standing: Standing, *roles: str) -> ColumnElement[bool]:
    """Condition on Case: its file is kept in a unit where one of the roles is held; of an auditor, at or below it."""
    known: list[ColumnElement[bool]] = [Case.organiser_id.in_(standing.units(*roles))]
    if "auditor" in roles:
        known.append(Case.organiser_id.in_(select(Unit.id).where(at_or_below(standing, "auditor"))))
    return or_(*known)


def file_of(session: Session, standing: Standing, code: str, *roles: str) -> Case | None:
    """The case of a nominee whose file the person keeps, decides on or audits."""
    return session.scalar(
        select(Case).where(Case.code == code, Case.process.in_(SUBJECTS), known_file(standing, *roles))
    )


def whole_of(session: Session, case: Case) -> list[Case]:
    """The case, and of a registration its changes: what goes at once. In the order in which cases are locked."""
    changes = (
        select(RegistrationChange.case_id)
        .join(Registration, Registration.id == RegistrationChange.registration_id)
        .where(Registration.case_id == case.id)
    )
    query = select(Case).where(or_(Case.id == case.id, Case.id.in_(changes))).order_by(Case.id)
    return list(session.scalars(query))


def term_of_case(session: Session, case: Case) -> Term:
    """How long the file of a case is kept; nothing is said of one that has not ended."""
    if case.ended_at is None:
        return Term()
    award = session.scalar(select(Nomination.award).where(Nomination.case_id == case.id))
    return term_of(session, case.organiser, award, local_day(case.ended_at))


def blockers(session: Session, cases: Sequence[Case]) -> list[str]:
    """What is in the way: done, suspended, open, award, higher_award, stands_on, campaign, inspection, promises.

    A registration that was accepted is in force until its campaign has ended.
    """
    ids = [case.id for case in cases]
    mine = select(Nomination.id).where(Nomination.case_id.in_(ids))
    registered = select(Registration.id).where(Registration.case_id.in_(ids))
    standing_on = exists().where(
        Nomination.registration_id.in_(registered),
        Case.id == Nomination.case_id,
        Case.erased_at.is_(None),
    )
    in_force = exists().where(
        Registration.case_id.in_(ids),
        Registration.registered_at.is_not(None),
        _campaign.campaign_id == Registration.campaign_id,
        _campaign.process.in_(OWN_PROCESSES),
        _campaign.state != "ended",
    )
    promised = or_(OutboxItem.case_id.in_(ids), OutboxItem.receiver_id.in_(ids))
    asked = {
        "award": exists().where(Award.nomination_id.in_(mine)),
        "higher_award": exists().where(HigherAward.nomination_id.in_(mine)),
        "stands_on": standing_on,
        "campaign": in_force,
        "inspection": _inspected(InspectionFinding.subject_id.in_(ids)),
        "promises": exists().where(promised, OutboxItem.status.in_(("pending", "leased", "held"))),
    }
    row = session.execute(select(*(condition.label(name) for name, condition in asked.items()))).one()
    states = {
        "done": any(case.erased_at for case in cases),
        "suspended": any(case.state == "frozen" for case in cases),
        "open": any(case.state == "active" for case in cases),
    }
    return [name for name, holds in {**states, **row._mapping}.items() if holds]


@dataclass(frozen=True)
class Staying:
    """A collective act whose record names the nominee and stays."""

    process: str
    code: str
    title: str


def staying(session: Session, case: Case) -> list[Staying]:
    """Submissions, sessions and lists the case stood on: their papers and forms are not of this case alone."""
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
    query = select(Case.process, Case.code, Case.title).where(
        or_(Case.id.in_(submissions), Case.id.in_(sessions), Case.id.in_(lists))
    )
    return [Staying(*row) for row in session.execute(query.order_by(Case.id))]


def others_of(session: Session, case: Case) -> list[Case]:
    """Other cases of the same nominee that still name them: each is erased for itself."""
    mine = union(
        *(select(link.nominee_id).where(link.case_id == case.id) for link in (Nomination, Registration))
    )
    theirs = union(
        *(select(link.case_id).where(link.nominee_id.in_(mine)) for link in (Nomination, Registration))
    )
    query = select(Case).where(Case.id.in_(theirs), Case.id != case.id).order_by(Case.id)
    return list(session.scalars(query))


def live_erasure(session: Session, case: Case) -> Erasure | None:
    """The erasure of a case that is proposed or done."""
    return session.scalar(select(Erasure).where(Erasure.case_id == case.id, Erasure.state != "refused"))


def erasure_for(session: Session, standing: Standing, public_id: str) -> Erasure | None:
    """An erasure by its public id, for who keeps, decides on or audits the file."""
    known = known_file(standing, *KEEPERS, *DECIDERS, "auditor")
    query = select(Erasure).join(Case, Case.id == Erasure.case_id)
    return session.scalar(query.where(Erasure.public_id == public_id, known))


def erasures_in(session: Session, standing: Standing, state: str) -> list[Erasure]:
    """Erasures in a state, the newest first; one statement."""
    query = (
        select(Erasure)
        .join(Erasure.case)
        .options(
            contains_eager(Erasure.case).joinedload(Case.unit),
            joinedload(Erasure.proposed_by),
            joinedload(Erasure.decided_by),
        )
        .where(Erasure.state == state, known_file(standing, *KEEPERS, *DECIDERS, "auditor"))
        .order_by(Erasure.id.desc())
    )
    return list(session.scalars(query))


@dataclass(frozen=True)
class Wanted:
    """Which files; what is empty narrows nothing. ``year``: in which the case ended."""

    process: str = ""
    year: int | None = None


@dataclass(frozen=True)
class DueRow:
    """A case whose time is over, and by which rule."""

    code: str
    process: str
    title: str
    unit: str
    outcome: str | None
    ended_at: dt.datetime
    term: Term


def due(session: Session, standing: Standing, wanted: Wanted, day: dt.date) -> list[DueRow]:
    """Files whose retention is over and that nothing holds, the oldest first; two statements.

    Every ended case is looked at: the rules are read once for each award and day of end.
    """
    terms: dict[tuple[int, str | None, dt.date], Term] = {}
    units = {
        unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_(_organisers(standing))))
    }
    found = []
    for row in session.execute(_candidates(standing, wanted)):
        key = row.organiser_id, row.award, local_day(row.ended_at)
        if key not in terms:
            terms[key] = term_of(session, units[row.organiser_id], *key[1:])
        if terms[key].over(day):
            known = row.code, row.process, row.title, row.unit, row.outcome, row.ended_at
            found.append(DueRow(*known, terms[key]))
    return found


def _organisers(standing: Standing) -> Any:
    return select(Case.organiser_id).where(known_file(standing, *KEEPERS, *DECIDERS, "auditor")).distinct()


def _candidates(standing: Standing, wanted: Wanted) -> Any:
    """Ended cases about a nominee that nothing stands on, and without an erasure under way."""
    awarded = exists().where(Nomination.case_id == Case.id, Award.nomination_id == Nomination.id)
    higher = exists().where(Nomination.case_id == Case.id, HigherAward.nomination_id == Nomination.id)
    later = exists().where(
        Registration.case_id == Case.id,
        _later.registration_id == Registration.id,
        _nominated.id == _later.case_id,
        _nominated.erased_at.is_(None),
    )
    in_force = exists().where(
        Registration.case_id == Case.id,
        Registration.registered_at.is_not(None),
        _campaign.campaign_id == Registration.campaign_id,
        _campaign.process.in_(OWN_PROCESSES),
        _campaign.state != "ended",
    )
    live = exists().where(Erasure.case_id == Case.id, Erasure.state != "refused")
    return (
        select(
            Case.code,
            Case.process,
            Case.title,
            Unit.name.label("unit"),
            Case.outcome,
            Case.ended_at,
            Case.organiser_id,
            Nomination.award,
        )
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(Nomination, Nomination.case_id == Case.id)
        .where(Case.state == "ended", Case.process.in_(SUBJECTS), ~live)
        .where(~awarded, ~higher, ~later, ~in_force, ~_inspected(InspectionFinding.subject_id == Case.id))
        .where(known_file(standing, *KEEPERS, *DECIDERS, "auditor"), *_narrowing(wanted))
        .order_by(Case.ended_at, Case.id)
    )


def _inspected(about: ColumnElement[bool]) -> ColumnElement[bool]:
    """A finding that is not yet answered and closed, or of an inspection that has not ended."""
    running = or_(_finding.state != "ended", Inspection.ended_at.is_(None))
    return exists().where(
        about,
        _finding.id == InspectionFinding.case_id,
        Inspection.id == InspectionFinding.inspection_id,
        running,
    )


def _narrowing(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.process:
        yield Case.process == wanted.process
    if wanted.year:
        yield Case.ended_at >= dt.datetime(wanted.year, 1, 1, tzinfo=VIETNAM)
        yield Case.ended_at < dt.datetime(wanted.year + 1, 1, 1, tzinfo=VIETNAM)
