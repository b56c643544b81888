"""What was voted in a round, nominee by nominee: open votes, opened secret ballots, paper ballots, written opinions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import (
    BallotRound,
    CouncilSession,
    CountedBallot,
    OpenVote,
    PaperCount,
    SessionElector,
)
from webapp.queries.profiles import thawed_profile
from webapp.queries.recusals import recusals
from webapp.queries.rounds import lines_of
from workflows.rules.groups import Group, Mark, as_counted
from workflows.rules.recount import Heap
from workflows.rules.voting import Choice, Counts
from workflows.values import local_day

WRITTEN = ("agree", "disagree", "abstain")
Known = Mapping[int, Mapping[int, Mark]]
"""Membership → agenda item → mark."""


@dataclass(frozen=True)
class Heaps:
    """The marks on each nominee, by agenda item id."""

    members: int
    present: int
    heaps: Mapping[int, Heap]

    def counts(self) -> dict[int, Counts]:
        """The heaps as numbers. Raises ValueError for more votes than members who may vote."""
        return {one: self._counts(heap) for one, heap in self.heaps.items()}

    def _counts(self, heap: Heap) -> Counts:
        room, written = Counter(heap.room), Counter(heap.written)
        return Counts(
            members=self.members,
            summoned=self.members,
            present=self.present,
            agree=room["agree"],
            disagree=room["disagree"],
            abstain=room["abstain"],
            invalid=room["invalid"],
            blank=room["blank"],
            written_agree=written["agree"],
            written_disagree=written["disagree"],
            written_abstain=written["abstain"],
            recused=heap.aside,
            present_recused=heap.aside_present,
            chair=heap.chair,
        )


def heaps_of(
    session: Session,
    council_session: CouncilSession,
    found: BallotRound,
    groups: Iterable[Group[int]],
    on_paper: PaperCount | None,
) -> Heaps:
    """The heaps of a round whose ballots are opened; a fixed number of statements."""
    profile = thawed_profile(council_session.profile)
    groups = list(groups)
    known = {who: as_counted(profile, groups, sheet) for who, sheet in _known(session, found).items()}
    secret = _secret(session, found)
    written = {marker.membership_id for marker in found.markers if marker.via == "written"}
    aside = _Aside(session, council_session, found, known)
    chair = next((e.membership_id for e in council_session.voters if e.membership.position == "chair"), None)
    heaps = {}
    for item in lines_of(found):
        if not item.votable:
            continue
        marks = {who: sheet[item.id] for who, sheet in known.items() if item.id in sheet}
        room = [mark for who, mark in marks.items() if who not in written and mark != "recused"]
        room += secret[item.id] + _on_paper(on_paper, item.id)
        heaps[item.id] = Heap(
            room=room,
            written=[mark for who, mark in marks.items() if who in written and mark in WRITTEN],
            aside=len(found_aside := aside.of(item.id, item.nomination_id)),
            aside_present=sum(elector.present for elector in found_aside),
            chair=_choice(marks.get(chair)) if chair else None,
        )
    present = sum(elector.present for elector in council_session.voters)
    return Heaps(len(council_session.voters), present, heaps)


class _Aside:
    """Who stands aside for whom: as their ballot says, or, where no ballot says it, as computed."""

    def __init__(
        self, session: Session, council_session: CouncilSession, found: BallotRound, known: Known
    ) -> None:
        self.known = known
        self.voters = council_session.voters
        unknown = [e.membership for e in self.voters if e.membership_id not in known]
        nominations = [item.nomination for item in lines_of(found)]
        day = local_day(found.closed_at or found.opened_at)
        self.barred = recusals(session, unknown, nominations, day)

    def of(self, item_id: int, nomination_id: int) -> list[SessionElector]:
        return [
            elector
            for elector in self.voters
            if self.known.get(elector.membership_id, {}).get(item_id) == "recused"
            or (elector.membership_id, nomination_id) in self.barred
        ]


def _known(session: Session, found: BallotRound) -> Known:
    rows = session.execute(
        select(OpenVote.membership_id, OpenVote.agenda_item_id, OpenVote.choice).where(
            OpenVote.round_id == found.id
        )
    )
    sheets: defaultdict[int, dict[int, Any]] = defaultdict(dict)
    for membership_id, item_id, choice in rows:
        sheets[membership_id][item_id] = choice
    return sheets


def _secret(session: Session, found: BallotRound) -> Mapping[int, list[Any]]:
    rows = session.execute(
        select(CountedBallot.agenda_item_id, CountedBallot.choice).where(CountedBallot.round_id == found.id)
    )
    marks: defaultdict[int, list[Any]] = defaultdict(list)
    for item_id, choice in rows:
        marks[item_id].append(choice)
    return marks


def _on_paper(count: PaperCount | None, item_id: int) -> list[Any]:
    numbers = count.counts.get(str(item_id), {}) if count else {}
    return [mark for mark, number in numbers.items() for _ in range(number)]


def _choice(mark: Mark | None) -> Choice | None:
    return mark if mark in ("agree", "disagree", "abstain") else None
