"""One council session: its agenda with ceilings, who is there and has voted, and after the close how they voted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import AgendaItem, Case, CouncilMembership, CouncilSession, OpenVote, Task
from webapp.queries.agendas import Group, grouped, loaded_session
from webapp.queries.council_sessions import State, session_state
from webapp.queries.latest_entries import latest_entries
from webapp.queries.points_to_note import points_to_note
from webapp.queries.profiles import thawed_profile
from webapp.queries.session_nominees import question_counts
from webapp.queries.vote_rules import quorum_needed

PRESENT = frozenset({"present", "late"})
START, AGENDA, OPEN = "council_vote/start", "council_vote/prepare_agenda", "council_vote/open_session"
COUNTED = frozenset({"minutes", "concluded"})


@dataclass(frozen=True)
class Elector:
    """A member as summoned. ``waiting``: their ballot is open."""

    membership: str
    name: str
    position: str
    attendance: str
    voted_at: dt.datetime | None
    waiting: bool

    @property
    def present(self) -> bool:
        return self.attendance in PRESENT


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
    """A session; ``votes`` in the items are filled only when the vote is over and was an open one."""

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
    electors: tuple[Elector, ...]
    groups: tuple[Group[Item], ...]

    @property
    def present(self) -> int:
        """Members in the room."""
        return sum(elector.present for elector in self.electors)

    @property
    def voted(self) -> int:
        """Members whose ballot is cast."""
        return sum(elector.voted_at is not None for elector in self.electors)

    @property
    def waited_for(self) -> tuple[Elector, ...]:
        """Members in the room who have not voted yet."""
        return tuple(elector for elector in self.electors if elector.present and elector.waiting)

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


def session_page(session: Session, case: Case, rule_names: Mapping[str, str]) -> SessionPage:
    """The session of a case the reader may know of; a fixed number of statements. ``rule_names`` are awards'."""
    found = loaded_session(session, case)
    state: State = session.scalar(
        select(session_state())
        .select_from(Case)
        .join(CouncilSession, CouncilSession.case_id == Case.id)
        .where(Case.id == case.id)
    )
    entries = latest_entries(session, [case.id], [START, AGENDA, OPEN])
    start, agenda, opened = (entries.get((case.id, form)) for form in (START, AGENDA, OPEN))
    closes = opened.data.get("vote_closes") if opened else None
    electors = _electors(session, found)
    votes = _votes(session, found, state)
    return SessionPage(
        case=case,
        row_id=found.id,
        number=found.number,
        year=found.year,
        council=found.council.name,
        state=state,
        subject=start.data["subject"] if start else "",
        mode=agenda.data.get("mode") if agenda else None,
        note=agenda.data.get("note") if agenda else None,
        held_at=found.held_at,
        place=found.place,
        opened_at=found.opened_at,
        closed_at=found.closed_at,
        concluded_at=found.concluded_at,
        vote_closes=dt.datetime.fromisoformat(closes) if closes and found.opened_at else None,
        presided_by=opened.name if opened and found.opened_at else None,
        profile=found.profile,
        quorum=quorum_needed(thawed_profile(found.profile), len(electors)),
        electors=electors,
        groups=_groups(session, found, rule_names, votes),
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


def _electors(session: Session, found: CouncilSession) -> tuple[Elector, ...]:
    """Members as summoned; who was relieved is none."""
    waiting = set(
        session.scalars(
            select(Task.membership_id).where(
                Task.case_id == found.case_id, Task.element == "cast_vote", Task.status == "open"
            )
        )
    )
    return tuple(
        Elector(
            membership=each.membership.public_id,
            name=each.membership.person.name,
            position=each.membership.position,
            attendance=each.attendance,
            voted_at=each.voted_at,
            waiting=each.membership_id in waiting,
        )
        for each in found.electors
        if each.attendance != "relieved"
    )


def _votes(session: Session, found: CouncilSession, state: State) -> Mapping[int, Mapping[str, str]]:
    """Choices by agenda item and membership: of an open vote, and only when it is over."""
    if state not in COUNTED or found.closed_at is None or found.profile["rule"]["ballot"] != "open":
        return {}
    rows = session.execute(
        select(OpenVote.agenda_item_id, CouncilMembership.public_id, OpenVote.choice)
        .join(CouncilMembership, CouncilMembership.id == OpenVote.membership_id)
        .where(OpenVote.agenda_item_id.in_([item.id for item in found.agenda]))
    )
    votes: dict[int, dict[str, str]] = {item.id: {} for item in found.agenda}
    for item_id, membership, choice in rows:
        votes[item_id][membership] = choice
    return votes


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
        count=item.count,
        votes=votes,
    )
