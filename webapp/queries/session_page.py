"""One council session: its agenda with ceilings, who is there and has voted, and after the close how they voted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import (
    AgendaItem,
    BallotMarker,
    Case,
    CouncilSession,
    Task,
)
from webapp.queries.agendas import Group, grouped, loaded_session
from webapp.queries.council_sessions import State, is_few, state_of
from webapp.queries.known_votes import declared_by, open_votes
from webapp.queries.points_to_note import points_to_note
from webapp.queries.profiles import thawed_profile
from webapp.queries.rounds import PAPER
from webapp.queries.session_forms import session_forms
from webapp.queries.session_nominees import question_counts
from webapp.queries.session_rounds import ShownRound, shown_rounds
from webapp.queries.vote_rules import quorum_needed

COUNTED = frozenset({"tied", "minutes", "concluded"})


@dataclass(frozen=True)
class Elector:
    """A member as summoned. ``waiting``: their ballot is open; ``via`` how they have voted: electronic or written."""

    membership: str
    person_id: int
    name: str
    position: str
    attendance: str
    present: bool
    on_paper: bool
    via: str | None
    waiting: bool

    @property
    def voted(self) -> bool:
        return self.via is not None

    @property
    def marks_paper(self) -> bool:
        """Votes on paper, where nobody knows afterwards how."""
        return self.on_paper and self.present and not self.voted


@dataclass(frozen=True)
class Item:
    """A nomination on the agenda, with how many points there are to note and how many questions were asked.

    ``count`` holds the numbers of the outcome, ``votes`` choices by membership.
    """

    code: str
    name: str
    kind: str
    unit: str
    award: str
    case_state: str
    outcome: str | None
    result: str | None
    count: Mapping[str, Any] | None
    votes: Mapping[str, str]
    points: int = 0
    questions: int = 0


@dataclass(frozen=True)
class SessionPage:
    """A session; ``votes`` in the items are filled only when the vote is over and was an open one.

    ``declared``: codes of the nominations to which the reader has declared a relation.
    """

    case: Case
    row_id: int
    number: int
    year: int
    council: str
    state: State
    subject: str
    mode: str | None
    note: str | None
    held_at: dt.datetime | None
    place: str | None
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    concluded_at: dt.datetime | None
    vote_closes: dt.datetime | None
    presided_by: str | None
    profile: Mapping[str, Any]
    quorum: int
    rounds: tuple[ShownRound, ...]
    electors: tuple[Elector, ...]
    groups: tuple[Group[Item], ...]
    declared: frozenset[str]

    @property
    def counted(self) -> bool:
        """Whether there are results."""
        return any(item.result for item in self.items)

    @property
    def present(self) -> int:
        """Members in the room."""
        return sum(elector.present for elector in self.electors)

    @property
    def voted(self) -> int:
        """Members whose ballot is cast."""
        return sum(elector.voted for elector in self.electors)

    @property
    def handed_in(self) -> int:
        """Ballots cast, and those on paper as far as the counting team agrees on how many came back."""
        return self.voted + (self.round.returned or 0 if self.round else 0)

    @property
    def paper_to_come(self) -> bool:
        """Whether members vote on paper, and how many of these ballots came back is not known yet."""
        return self.round is not None and self.round.medium in PAPER and self.round.returned is None

    @property
    def tells_on_voters(self) -> bool:
        """Whether the vote is meant to be secret, and so few have voted that its result tells how each did."""
        return self.round is not None and self.round.secret and is_few(self.voted) and not self.paper_to_come

    @property
    def round(self) -> ShownRound | None:
        """The round that counts: the newest that was not voided."""
        return next((found for found in reversed(self.rounds) if found.voided_at is None), None)

    @property
    def voided(self) -> tuple[ShownRound, ...]:
        """Rounds that were voided."""
        return tuple(found for found in self.rounds if found.voided_at is not None)

    @property
    def written(self) -> bool:
        """Whether the members vote by correspondence."""
        return self.mode == "written"

    @property
    def in_writing(self) -> tuple[Elector, ...]:
        """Absent members whose written opinion may be entered."""
        if not self.profile["rule"]["written_opinions"] or self.written:
            return ()
        paper = self.round is not None and self.round.medium == "paper" and self.state == "paper_count"
        return tuple(e for e in self.electors if not e.present and (e.waiting or (paper and not e.voted)))

    @property
    def waited_for(self) -> tuple[Elector, ...]:
        """Members in the room who have not voted yet; by correspondence all who have not replied."""
        return tuple(e for e in self.electors if e.waiting and (e.present or self.written))

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for group in self.groups for item in group.lines)

    @property
    def passed(self) -> int:
        return sum(item.result in ("passed", "passed_higher") for item in self.items)

    @property
    def shows_votes(self) -> bool:
        """Whether each member's votes can be read."""
        return any(item.votes for item in self.items)


def session_page(
    session: Session, case: Case, rule_names: Mapping[str, str], reader_id: int | None = None
) -> SessionPage:
    """The session of a case the reader may know of; a fixed number of statements. ``rule_names`` are awards'."""
    found = loaded_session(session, case)
    state = state_of(session, case)
    told = session_forms(session, case)
    rounds = shown_rounds(session, found)
    running = next((each for each in reversed(rounds) if each.voided_at is None), None)
    electors = _electors(session, found, running)
    votes = open_votes(session, found) if state in COUNTED and running else {}
    return SessionPage(
        case=case,
        row_id=found.id,
        number=found.number,
        year=found.year,
        council=found.council.name,
        state=state,
        subject=told.subject,
        mode=found.mode,
        note=told.note,
        held_at=found.held_at,
        place=found.place,
        opened_at=found.opened_at,
        closed_at=found.closed_at,
        concluded_at=found.concluded_at,
        vote_closes=running.closes_at if running else None,
        presided_by=told.presided_by if found.opened_at else None,
        profile=found.profile,
        quorum=quorum_needed(thawed_profile(found.profile), len(electors)),
        rounds=rounds,
        electors=electors,
        groups=_groups(session, found, rule_names, votes),
        declared=declared_by(session, found, reader_id),
    )


def _groups(
    session: Session,
    found: CouncilSession,
    names: Mapping[str, str],
    votes: Mapping[int, Mapping[str, str]],
) -> tuple[Group[Item], ...]:
    points, questions = points_to_note(session, found, names), question_counts(session, found.id)

    def item(each: AgendaItem) -> Item:
        noted, asked = points.get(each.nomination_id, ()), questions.get(each.nomination_id, (0, 0))
        shown = _item(each, names, votes.get(each.id, {}))
        return replace(shown, points=len(noted), questions=asked[0])

    return grouped(session, found.case.campaign_id, found.agenda, item)


def _electors(session: Session, found: CouncilSession, running: ShownRound | None) -> tuple[Elector, ...]:
    """Members as summoned; who was relieved is none."""
    waiting = set(
        session.scalars(
            select(Task.membership_id).where(
                Task.case_id == found.case_id, Task.element == "cast_vote", Task.status == "open"
            )
        )
    )
    voted = select(BallotMarker.membership_id, BallotMarker.via).where(
        BallotMarker.round_id == (running.id if running else 0)
    )
    ways: dict[int, str] = dict(session.execute(voted).all())
    return tuple(
        Elector(
            membership=each.membership.public_id,
            person_id=each.membership.person_id,
            name=each.membership.person.name,
            position=each.membership.position,
            attendance=each.attendance,
            present=each.present,
            on_paper=each.on_paper,
            via=ways.get(each.membership_id),
            waiting=each.membership_id in waiting,
        )
        for each in found.voters
    )


def _item(item: AgendaItem, names: Mapping[str, str], votes: Mapping[str, str]) -> Item:
    nomination = item.nomination
    return Item(
        code=nomination.case.code,
        name=nomination.nominee.name,
        kind=nomination.nominee.kind,
        unit=nomination.nominee.unit.name,
        award=names.get(nomination.award, nomination.award),
        case_state=nomination.case.state,
        outcome=nomination.case.outcome,
        result=item.result,
        count=_told_of(item),
        votes=votes,
    )


def _told_of(item: AgendaItem) -> Mapping[str, Any] | None:
    """The numbers of an outcome; None for what the written opinions of a secret vote were: few of them name a voter."""
    if item.count is None or item.session.profile["rule"]["ballot"] == "open":
        return item.count
    return {name: None if name.startswith("written_") else number for name, number in item.count.items()}
