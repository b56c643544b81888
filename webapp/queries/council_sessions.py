"""Council sessions as a list: when, of which council, how far, with which results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from webapp.models import (
    AgendaItem,
    AwardRound,
    BallotMarker,
    BallotRound,
    Campaign,
    Case,
    Council,
    CouncilMembership,
    CouncilSession,
    SessionElector,
    Task,
)
from webapp.queries.profiles import thawed_profile
from webapp.queries.standing import Standing, visible
from webapp.queries.vote_rules import quorum_needed

PAGE_SIZE = 25
FEW = 3
State = Literal[
    "preparing",
    "invited",
    "adjourned",
    "voting",
    "paper_count",
    "counting",
    "tied",
    "minutes",
    "concluded",
    "cancelled",
]
STATES: tuple[State, ...] = get_args(State)
ELEMENTS: dict[str, State] = {
    "prepare_agenda": "preparing",
    "open_session": "invited",
    "open_correspondence": "invited",
    "reconvene": "adjourned",
    "cast_vote": "voting",
    "enter_count": "paper_count",
    "decide_ties": "tied",
    "open_second_ballot": "tied",
    "draft_minutes": "minutes",
    "sign_minutes": "minutes",
}
"""What a session is doing while a task of this element is open."""


@dataclass(frozen=True)
class SessionRow:
    """One session. ``voted`` of ``electors`` have cast; ``passed`` of ``items`` nominations have passed."""

    code: str
    number: int
    year: int
    council: str
    campaign: str
    held_at: dt.datetime | None
    place: str | None
    state: State
    items: int
    passed: int
    electors: int
    voted: int


@dataclass(frozen=True)
class SessionTerms:
    """What is fixed before a session opens: how many members, how many make a quorum, whether they vote in secret.

    ``seats``: position by membership (public id).
    """

    members: int
    quorum: int
    secret: bool
    seats: Mapping[str, str]

    @property
    def few(self) -> bool:
        """Whether so few may vote that the result tells how each did."""
        return self.secret and is_few(self.quorum)


@dataclass(frozen=True)
class Opening:
    """A campaign in which the reader may open a session."""

    campaign: str
    title: str


def session_rows(session: Session, standing: Standing, year: int | None, page: int) -> list[SessionRow]:
    """One page of the sessions the reader may know of, the newest first, in one statement."""
    query: Select[*tuple[Any, ...]] = (
        select(
            Case.code,
            CouncilSession.number,
            CouncilSession.year,
            Council.name,
            Campaign.title,
            CouncilSession.held_at,
            CouncilSession.place,
            session_state(),
            _count(AgendaItem),
            _count(AgendaItem, AgendaItem.result.in_(("passed", "passed_higher"))),
            _count(SessionElector, SessionElector.attendance != "relieved"),
            _voted(),
        )
        .join(CouncilSession, CouncilSession.case_id == Case.id)
        .join(Council, Council.id == CouncilSession.council_id)
        .join(Campaign, Campaign.id == Case.campaign_id)
        .where(visible(standing), *_of_year(year))
        .order_by(CouncilSession.year.desc(), CouncilSession.number.desc(), Case.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [SessionRow(*row) for row in session.execute(query)]


def session_count(session: Session, standing: Standing, year: int | None) -> int:
    """How many sessions the list has."""
    query = (
        select(func.count())
        .select_from(Case)
        .join(CouncilSession, CouncilSession.case_id == Case.id)
        .where(visible(standing), *_of_year(year))
    )
    return session.scalar(query) or 0


def session_years(session: Session, standing: Standing) -> list[int]:
    """Years in which there were sessions, the newest first."""
    query = (
        select(CouncilSession.year)
        .join(Case, Case.id == CouncilSession.case_id)
        .where(visible(standing))
        .distinct()
        .order_by(CouncilSession.year.desc())
    )
    return list(session.scalars(query))


def openings(session: Session, standing: Standing) -> list[Opening]:
    """Campaigns of the reader's unit with an open award round and a council: there a session can be opened."""
    units = standing.units("secretary")
    query = (
        select(Campaign.code, Campaign.title)
        .where(
            Campaign.unit_id.in_(units),
            exists().where(AwardRound.campaign_id == Campaign.id, AwardRound.state == "open"),
            exists().where(Council.unit_id == Campaign.unit_id),
        )
        .order_by(Campaign.starts_on.desc(), Campaign.id)
    )
    return [Opening(*row) for row in session.execute(query)]


def is_few(voters: int) -> bool:
    """Whether a secret vote of so many hides nothing: whoever differs from two others is known to them."""
    return voters <= FEW


def session_terms(session: Session, code: str) -> SessionTerms:
    """The terms of the session of this code; two statements."""
    found = session.execute(
        select(CouncilSession).join(Case, Case.id == CouncilSession.case_id).where(Case.code == code)
    ).scalar_one()
    members = select(CouncilMembership.public_id, CouncilMembership.position)
    seats = session.execute(
        members.join(SessionElector, SessionElector.membership_id == CouncilMembership.id).where(
            SessionElector.session_id == found.id, SessionElector.attendance != "relieved"
        )
    )
    positions: dict[str, str] = dict(seats.all())
    return SessionTerms(
        members=len(positions),
        quorum=quorum_needed(thawed_profile(found.profile), len(positions)),
        secret=found.profile["rule"]["ballot"] == "secret",
        seats=positions,
    )


def session_state() -> ColumnElement[str]:
    """The state of a session in a query on Case and CouncilSession; between tasks the count is under way."""
    doing = [(_open_task(element), state) for element, state in ELEMENTS.items()]
    return case(
        (Case.outcome == "cancelled", "cancelled"),
        (or_(CouncilSession.concluded_at.is_not(None), Case.state == "ended"), "concluded"),
        *doing,
        else_="counting",
    )


def state_of(session: Session, case: Case) -> State:
    """The state of the session of a case."""
    state: State = session.scalar(
        select(session_state())
        .select_from(Case)
        .join(CouncilSession, CouncilSession.case_id == Case.id)
        .where(Case.id == case.id)
    )
    return state


def campaign_code(session: Session, case: Case) -> str:
    """The code of the campaign a session belongs to."""
    return session.scalars(select(Campaign.code).where(Campaign.id == case.campaign_id)).one()


def _open_task(element: str) -> ColumnElement[bool]:
    return exists().where(and_(Task.case_id == Case.id, Task.element == element, Task.status == "open"))


def _count(rows: type[AgendaItem] | type[SessionElector], *conditions: ColumnElement[bool]) -> Any:
    query = select(func.count()).where(rows.session_id == CouncilSession.id, *conditions)
    return query.correlate(CouncilSession).scalar_subquery()


def _voted() -> Any:
    """How many have voted in the newest round that has not been voided."""
    newest = (
        select(func.max(BallotRound.id))
        .where(BallotRound.session_id == CouncilSession.id, BallotRound.voided_at.is_(None))
        .correlate(CouncilSession)
        .scalar_subquery()
    )
    return (
        select(func.count())
        .where(BallotMarker.round_id == newest)
        .correlate(CouncilSession)
        .scalar_subquery()
    )


def _of_year(year: int | None) -> list[ColumnElement[bool]]:
    return [] if year is None else [CouncilSession.year == year]
