"""What a person needs on signing in: what waits for them by kind, what is over-due by unit, sessions, places left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import case, exists, func, literal, select, union_all
from sqlalchemy.orm import Session

from webapp.models import (
    NOMINATIONS,
    AwardRound,
    Campaign,
    Case,
    Council,
    CouncilSession,
    Nomination,
    Task,
    Unit,
)
from webapp.queries.council_sessions import session_state
from webapp.queries.inbox import Tab, listed
from webapp.queries.place_use import TAKEN, place_use
from webapp.queries.plans import plans_of
from webapp.queries.standing import Standing, actable, visible, visible_among
from webapp.queries.tracking_filters import overdue

FEW = 8
TABS: tuple[Tab, ...] = ("mine", "common")


@dataclass(frozen=True)
class Waiting:
    """Tasks of one kind: one's own, those to take, and how many of each are over-due.

    ``kind`` is process.element; ``due``: that of the first.
    """

    kind: str
    name: str
    mine: int
    common: int
    mine_late: int
    common_late: int
    due: dt.datetime | None


@dataclass(frozen=True)
class LateUnit:
    """A unit with over-due dossiers."""

    code: str
    name: str
    number: int


@dataclass(frozen=True)
class SessionAhead:
    """A session that is not over; ``mine``: the reader's ballot is open."""

    code: str
    number: int
    year: int
    council: str
    held_at: dt.datetime | None
    state: str
    mine: bool


@dataclass(frozen=True)
class PlacesLeft:
    """Ceilings of a round that is open: places of the plan, and those taken."""

    campaign: str
    campaign_title: str
    round: str
    round_title: str
    places: int
    taken: int

    @property
    def left(self) -> int:
        """Never below 0."""
        return max(0, self.places - self.taken)


def waiting_tasks(session: Session, standing: Standing, now: dt.datetime) -> list[Waiting]:
    """What stands in the person's lists of open tasks, by kind, the first due first. One statement."""
    kind = (Task.process + "." + Task.element).label("kind")
    late = func.sum(case((Task.due < now, 1), else_=0))
    lists = (
        select(
            literal(tab).label("tab"),
            kind,
            func.max(Task.name).label("name"),
            func.count().label("number"),
            late.label("late"),
            func.min(Task.due).label("due"),
        )
        .where(listed(standing, tab))
        .group_by(kind)
        for tab in TABS
    )
    found: dict[str, Waiting] = {}
    for tab, code, name, number, overdue_ones, due in session.execute(union_all(*lists)):
        before = found.get(code, Waiting(code, name, 0, 0, 0, 0, None))
        found[code] = replace(
            before,
            mine=before.mine + (number if tab == "mine" else 0),
            common=before.common + (number if tab == "common" else 0),
            mine_late=before.mine_late + (overdue_ones if tab == "mine" else 0),
            common_late=before.common_late + (overdue_ones if tab == "common" else 0),
            due=min(filter(None, (before.due, due)), default=None),
        )
    return sorted(found.values(), key=lambda each: (each.due is None, each.due or now, each.kind))


def case_states(session: Session, standing: Standing) -> dict[str, int]:
    """How many cases of every procedure the person may know of are active, frozen, ended. One statement."""
    query = select(Case.state, func.count()).where(visible_among(standing)).group_by(Case.state)
    return dict(session.execute(query).all())


def late_units(session: Session, standing: Standing, now: dt.datetime) -> list[LateUnit]:
    """The units with most over-due dossiers, a few. One statement."""
    number = func.count()
    query = (
        select(Unit.code, Unit.name, number)
        .select_from(Case)
        .join(Unit, Unit.id == Case.unit_id)
        .where(Case.process.in_(NOMINATIONS), overdue(now), visible_among(standing))
        .group_by(Unit.code, Unit.name, Unit.sort_key)
        .order_by(number.desc(), Unit.sort_key)
        .limit(FEW)
    )
    return [LateUnit(*row) for row in session.execute(query)]


def sessions_ahead(session: Session, standing: Standing) -> list[SessionAhead]:
    """Sessions that are not over, the next first, a few. One statement."""
    mine = exists().where(
        Task.case_id == Case.id, Task.element == "cast_vote", Task.status == "open", actable(standing)
    )
    state = session_state()
    query = (
        select(
            Case.code,
            CouncilSession.number,
            CouncilSession.year,
            Council.name,
            CouncilSession.held_at,
            state,
            mine,
        )
        .join(CouncilSession, CouncilSession.case_id == Case.id)
        .join(Council, Council.id == CouncilSession.council_id)
        .where(Case.state != "ended", CouncilSession.concluded_at.is_(None), visible(standing))
        .order_by(CouncilSession.held_at.is_(None), CouncilSession.held_at, Case.id)
        .limit(FEW)
    )
    return [SessionAhead(*row) for row in session.execute(query)]


def places_left(session: Session, standing: Standing) -> list[PlacesLeft]:
    """Rounds that are open in campaigns of the person's dossiers, with the places that can be used. Three statements.

    Places are the whole round's: the council chooses among all units.
    """
    campaigns = select(Case.campaign_id).where(Case.process.in_(NOMINATIONS), visible_among(standing))
    rounds = session.execute(
        select(AwardRound.id, AwardRound.code, Campaign.code, Campaign.title, Campaign.plan_version_id)
        .join(Campaign, Campaign.id == AwardRound.campaign_id)
        .where(AwardRound.state == "open", Campaign.id.in_(campaigns))
        .order_by(AwardRound.on_date, AwardRound.id)
        .limit(FEW)
    ).all()
    plans = plans_of(session, (row[4] for row in rounds))
    taken = _taken(session, [row[0] for row in rounds])
    found = []
    for key, code, campaign, title, version in rounds:
        plan = plans[version]
        places = sum(each.at_most for each in plan.ceilings(code) if plan.usable(each))
        found.append(PlacesLeft(campaign, title, code, plan.round(code).name, places, taken.get(key, 0)))
    return [each for each in found if each.places]


def _taken(session: Session, rounds: Collection[int]) -> dict[int, int]:
    """How many places of each round are taken."""
    query = (
        select(Nomination.round_id, func.count())
        .join(Case, Case.id == Nomination.case_id)
        .where(Nomination.round_id.in_(rounds), place_use.in_(TAKEN))
        .group_by(Nomination.round_id)
    )
    return dict(session.execute(query).all())
