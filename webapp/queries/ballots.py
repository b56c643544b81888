"""The ballot sheet of a member: every nominee of the session, those to vote on and those to stand aside for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models import (
    AgendaItem,
    BallotRound,
    Campaign,
    Case,
    CouncilMembership,
    CouncilSession,
    SessionElector,
    Task,
)
from webapp.queries.agendas import Group, grouped, loaded_session
from webapp.queries.points_to_note import points_to_note
from webapp.queries.recusals import recusals
from webapp.queries.rounds import last_round, lines_of
from webapp.queries.vote_groups import round_groups
from workflows.rules.conflicts import Reason

NotVoted = Literal["withdrawn", "suspended"]


@dataclass(frozen=True)
class BallotLine:
    """A nominee on the sheet; ``aside`` says why there is no vote of the member, if there is none.

    ``points`` is how many points there are to note.
    """

    code: str
    name: str
    kind: str
    unit: str
    address: str | None
    award: str
    achievement: str
    aside: tuple[Reason | NotVoted, ...]
    points: int = 0


@dataclass(frozen=True)
class BallotSheet:
    """The sheet of one member. ``votable`` are the codes of those to vote on.

    ``limits``: where the rule makes a sheet with too many agrees invalid, the codes of each group and its places.
    """

    task: str
    open: bool
    person_id: int
    case: str
    number: int
    year: int
    council: str
    ballot: str
    closes: dt.datetime | None
    second: bool
    groups: tuple[Group[BallotLine], ...]
    limits: tuple[tuple[tuple[str, ...], int], ...]

    @property
    def lines(self) -> tuple[BallotLine, ...]:
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def votable(self) -> tuple[str, ...]:
        return tuple(line.code for line in self.lines if not line.aside)


def ballot_sheet(
    session: Session, task_id: str, day: dt.date, rule_names: Mapping[str, str]
) -> BallotSheet | None:
    """The sheet that belongs to a task; None when it is no ballot. A fixed number of statements."""
    task = session.scalar(
        select(Task)
        .where(Task.public_id == task_id, Task.element == "cast_vote")
        .options(joinedload(Task.case).joinedload(Case.organiser))
    )
    if task is None or task.membership_id is None:
        return None
    found = loaded_session(session, task.case)
    member = session.get_one(CouncilMembership, task.membership_id)
    return sheet_of(session, found, member, task, day, rule_names)


@dataclass(frozen=True)
class OwnBallot:
    """A member's ballot in the running round: the task that hands it out, or none; ``cast``: it lies in the box."""

    task: str | None
    cast: bool


def own_ballot(session: Session, case_id: int, person_id: int | None) -> OwnBallot | None:
    """The ballot of a person in the session of a case; None for whoever is not summoned to it."""
    seat = session.execute(
        select(CouncilSession.id, SessionElector.membership_id)
        .join(SessionElector, SessionElector.session_id == CouncilSession.id)
        .join(CouncilMembership, CouncilMembership.id == SessionElector.membership_id)
        .where(
            CouncilSession.case_id == case_id,
            CouncilMembership.person_id == person_id,
            SessionElector.attendance != "relieved",
        )
    ).first()
    if seat is None:
        return None
    running = last_round(session, seat.id)
    if running is None:
        return OwnBallot(None, cast=False)
    newest = (
        select(Task.public_id)
        .where(Task.case_id == case_id, Task.element == "cast_vote", Task.membership_id == seat.membership_id)
        .order_by(Task.id.desc())
    )
    return OwnBallot(session.scalar(newest.limit(1)), running.has_vote_of(seat.membership_id))


def opinion_sheet(
    session: Session, case: Case, membership: str, day: dt.date, rule_names: Mapping[str, str]
) -> BallotSheet:
    """The sheet for the written opinion of a member (public id of the seat), with their task if they have one.

    A fixed number of statements.
    """
    member = session.scalars(select(CouncilMembership).where(CouncilMembership.public_id == membership)).one()
    task = session.scalar(
        select(Task).where(
            Task.case_id == case.id,
            Task.element == "cast_vote",
            Task.status == "open",
            Task.membership_id == member.id,
        )
    )
    return sheet_of(session, loaded_session(session, case), member, task, day, rule_names)


def is_ballot(session: Session, task_id: str) -> bool:
    """Whether a task is a member's ballot."""
    return session.scalar(select(Task.element).where(Task.public_id == task_id)) == "cast_vote"


def sheet_of(
    session: Session,
    found: CouncilSession,
    member: CouncilMembership,
    task: Task | None,
    day: dt.date,
    rule_names: Mapping[str, str],
) -> BallotSheet:
    """The sheet of a member in the running round; it is open until their task is done, and without a task."""
    running = last_round(session, found.id)
    agenda = lines_of(running) if running else found.agenda
    barred = recusals(session, [member], [item.nomination for item in agenda], day)
    aside = {nomination_id: reasons for (_member, nomination_id), reasons in barred.items()}
    points = points_to_note(session, found, rule_names)

    def line(item: AgendaItem) -> BallotLine:
        if not item.votable:
            return _line(item, ("withdrawn" if item.withdrawn else "suspended",), rule_names)
        noted = len(points.get(item.nomination_id, ()))
        return _line(item, aside.get(item.nomination_id, ()), rule_names, noted)

    return BallotSheet(
        task=task.public_id if task else "",
        open=task is None or task.status == "open",
        person_id=member.person_id,
        case=found.case.code,
        number=found.number,
        year=found.year,
        council=found.council.name,
        ballot=found.profile["rule"]["ballot"],
        closes=running.closes_at if running else None,
        second=running is not None and running.kind == "second",
        groups=grouped(session, found.case.campaign_id, agenda, line),
        limits=_limits(session, found, running),
    )


def _limits(
    session: Session, found: CouncilSession, running: BallotRound | None
) -> tuple[tuple[tuple[str, ...], int], ...]:
    if running is None or not found.profile["rule"].get("ballot_limit"):
        return ()
    campaign = session.get_one(Campaign, found.case.campaign_id)
    standing = [item for item in found.agenda if item.votable]
    codes = {item.id: item.nomination.case.code for item in standing}
    voted = {each.agenda_item_id for each in running.items}
    return tuple(
        (tuple(codes[one] for one in group.nominees), group.places)
        for group in round_groups(session, campaign, standing, voted)
        if group.places is not None
    )


def _line(
    item: AgendaItem, aside: tuple[Reason | NotVoted, ...], names: Mapping[str, str], points: int = 0
) -> BallotLine:
    nomination = item.nomination
    return BallotLine(
        code=nomination.case.code,
        name=nomination.nominee.name,
        kind=nomination.nominee.kind,
        unit=nomination.nominee.unit.name,
        address=nomination.nominee.address,
        award=names.get(nomination.award, nomination.award),
        achievement=nomination.achievement,
        aside=aside,
        points=points,
    )
