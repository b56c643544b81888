"""What a member reads of the nominees of a session: all of a strand side by side, or one with its way here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import (
    AgendaItem,
    Case,
    CouncilMembership,
    CouncilSession,
    Nomination,
    SessionQuestion,
    Task,
)
from webapp.queries.agendas import grouped, loaded_session
from webapp.queries.ceilings import PoolUse
from webapp.queries.council_sessions import State, state_of
from webapp.queries.findings import Finding, findings
from webapp.queries.latest_entries import dossiers
from webapp.queries.points_to_note import Point, points_to_note
from webapp.queries.recusals import recusals
from webapp.queries.seats import is_elector, keeps, summoned_to
from webapp.queries.standing import Standing, visible
from workflows.rules.conflicts import Reason


@dataclass(frozen=True)
class Place:
    """A nominee in the order of the agenda; ``number`` from 1. ``aside`` says why the reader stands aside, if so."""

    number: int
    item: AgendaItem
    round: str
    strand: str
    pools: tuple[PoolUse, ...]
    aside: tuple[Reason, ...]

    @property
    def nomination(self) -> Nomination:
        return self.item.nomination

    @property
    def code(self) -> str:
        return self.item.nomination.case.code

    @property
    def address(self) -> str:
        """The strand of the round in an address: short, and the same for all who compete there."""
        return f"{self.nomination.round_id}.{self.nomination.strand.code}"


@dataclass(frozen=True)
class ReadSession:
    """A session as it is read before the vote. ``ballot`` is the reader's open ballot task, ``member``: they vote."""

    case: Case
    held: CouncilSession
    state: State
    member: bool
    ballot: str | None
    places: tuple[Place, ...]

    def at(self, code: str) -> Place | None:
        """The nominee of a code."""
        return next((place for place in self.places if place.code == code), None)


@dataclass(frozen=True)
class NomineeColumn:
    """One nominee beside others: its dossier, what each level found, points to note.

    ``questions`` is how many were asked, ``unanswered`` how many of them wait for an answer.
    """

    place: Place
    dossier: Mapping[str, Any]
    findings: tuple[Finding, ...]
    points: tuple[Point, ...]
    questions: int
    unanswered: int


def read_session(session: Session, standing: Standing, code: str, day: dt.date) -> ReadSession | None:
    """The session of a code with its agenda, for whoever sits in it, keeps or leads it, or inspects it; else None.

    A fixed number of statements.
    """
    case = session.scalar(
        select(Case)
        .where(
            Case.code == code,
            Case.process == "council_vote",
            or_(visible(standing), summoned_to(standing)),
        )
        .options(joinedload(Case.organiser))
    )
    if case is None:
        return None
    member = is_elector(session, case.id, standing.person_id)
    if not member and not keeps(standing, case):
        return None
    held = loaded_session(session, case)
    return ReadSession(
        case=case,
        held=held,
        state=state_of(session, case),
        member=member,
        ballot=_open_ballot(session, case, standing.person_id),
        places=_places(session, held, _aside(session, held, standing.person_id, day)),
    )


def nominee_columns(
    session: Session, read: ReadSession, places: Collection[Place], names: Mapping[str, str]
) -> tuple[NomineeColumn, ...]:
    """These nominees with what is compared; ``names`` are awards'. A fixed number of statements."""
    nominations = [place.nomination for place in places]
    told = dossiers(session, [nomination.case_id for nomination in nominations])
    found = findings(session, [nomination.case_id for nomination in nominations])
    points = points_to_note(session, read.held, names, nominations)
    questions = question_counts(session, read.held.id)
    return tuple(
        NomineeColumn(
            place,
            told[place.nomination.case_id],
            found[place.nomination.case_id],
            points.get(place.nomination.id, ()),
            *questions.get(place.nomination.id, (0, 0)),
        )
        for place in places
    )


def question_counts(session: Session, session_id: int) -> dict[int | None, tuple[int, int]]:
    """Questions by nomination id (None: on the session), and how many of them are not answered; one statement."""
    rows = session.execute(
        select(SessionQuestion.nomination_id, func.count(), func.count(SessionQuestion.answered_at))
        .where(SessionQuestion.session_id == session_id)
        .group_by(SessionQuestion.nomination_id)
    )
    return {nomination_id: (asked, asked - answered) for nomination_id, asked, answered in rows}


def _places(
    session: Session, held: CouncilSession, aside: Mapping[int, tuple[Reason, ...]]
) -> tuple[Place, ...]:
    """The agenda numbered as the pages of the session and the ballot sheet number it."""
    if not held.agenda:
        return ()
    groups = grouped(session, held.case.campaign_id, held.agenda, lambda item: item)
    found: list[Place] = []
    for group in groups:
        for item in group.lines:
            reasons = aside.get(item.nomination_id, ())
            found.append(Place(len(found) + 1, item, group.round, group.strand, group.pools, reasons))
    return tuple(found)


def _aside(
    session: Session, held: CouncilSession, person_id: int, day: dt.date
) -> dict[int, tuple[Reason, ...]]:
    """Why the reader stands aside, by nomination id; nothing for who has no vote here."""
    own: list[CouncilMembership] = [
        elector.membership
        for elector in held.electors
        if elector.membership.person_id == person_id and elector.attendance != "relieved"
    ]
    if not own:
        return {}
    found = recusals(session, own, [item.nomination for item in held.agenda], day)
    return {nomination_id: reasons for (_membership, nomination_id), reasons in found.items()}


def _open_ballot(session: Session, case: Case, person_id: int) -> str | None:
    if case.state != "active":
        return None
    return session.scalar(
        select(Task.public_id).where(
            Task.case_id == case.id,
            Task.element == "cast_vote",
            Task.status == "open",
            Task.person_id == person_id,
        )
    )
