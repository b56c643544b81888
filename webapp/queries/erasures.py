"""Cases whose personal data may be erased by law, what is in the way, what goes and what stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from webapp.models import (
    LIVE_STATES,
    NOMINATIONS,
    Case,
    Erasure,
    Introduction,
    Nomination,
    Registration,
    RegistrationChange,
    Replication,
    Unit,
)
from webapp.queries.erasure_hindrances import lasting
from webapp.queries.retention import Term, term_of
from webapp.queries.standing import Standing, at_or_below
from workflows.values import VIETNAM, local_day

SUBJECTS = (*NOMINATIONS, "registration", "exemplar")
"""Cases about one nominee. With a registration go its changes, with an exemplar what units do to apply it."""

KEEPERS = ("specialist", "clerk", "officer")
DECIDERS = ("head", "authority", "commune_chair")
"""Held in the unit that organises the campaign: that of a district or province, or a commune with one of its own."""


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
    """The case, and what goes at once with it. In the order in which cases are locked."""
    changes = (
        select(RegistrationChange.case_id)
        .join(Registration, Registration.id == RegistrationChange.registration_id)
        .where(Registration.case_id == case.id)
    )
    applied = (
        select(Replication.case_id)
        .join(Introduction, Introduction.id == Replication.introduction_id)
        .where(Introduction.case_id == case.id)
    )
    mine = or_(Case.id == case.id, Case.id.in_(changes), Case.id.in_(applied))
    query = select(Case).where(mine).order_by(Case.id)
    return list(session.scalars(query))


def term_of_case(session: Session, case: Case) -> Term:
    """How long the file of a case is kept; nothing is said of one that has not ended."""
    if case.ended_at is None:
        return Term()
    award = session.scalar(select(Nomination.award).where(Nomination.case_id == case.id))
    return term_of(session, case.organiser, award, local_day(case.ended_at))


def live_erasure(session: Session, case: Case) -> Erasure | None:
    """The erasure of a case that is proposed or done."""
    return session.scalar(select(Erasure).where(Erasure.case_id == case.id, Erasure.state.in_(LIVE_STATES)))


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
    live = exists().where(Erasure.case_id == Case.id, Erasure.state.in_(LIVE_STATES))
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
        .where(*(~condition for condition in lasting().values()))
        .where(known_file(standing, *KEEPERS, *DECIDERS, "auditor"), *_narrowing(wanted))
        .order_by(Case.ended_at, Case.id)
    )


def _narrowing(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.process:
        yield Case.process == wanted.process
    if wanted.year:
        yield Case.ended_at >= dt.datetime(wanted.year, 1, 1, tzinfo=VIETNAM)
        yield Case.ended_at < dt.datetime(wanted.year + 1, 1, 1, tzinfo=VIETNAM)
