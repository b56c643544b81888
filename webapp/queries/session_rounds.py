"""The rounds of a session as its page tells them: running, counted, voided; where the counting team differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.models import AgendaItem, BallotRound, BallotTracker, CouncilSession, PaperCount
from webapp.queries.rounds import PAPER, agreed_count, paper_counts


@dataclass(frozen=True)
class Difference:
    """Two numbers of the counting team that are not alike; ``name`` is empty for the ballots as a whole."""

    name: str
    number: str
    first: int
    second: int


@dataclass(frozen=True)
class RoundLine:
    """What came of a nominee in a round."""

    name: str
    result: str | None
    count: Mapping[str, Any] | None


@dataclass(frozen=True)
class ShownRound:
    """One vote of a session; ``trackers`` are those of a secret one that is counted.

    ``returned`` is how many paper ballots came back, as soon as both counters agree.
    ``digests`` are of who votes, of what with its dossiers, and by which rule.
    """

    id: int
    number: int
    kind: str
    medium: str
    secret: bool
    digests: Mapping[str, str]
    opened_at: dt.datetime
    closes_at: dt.datetime | None
    closed_at: dt.datetime | None
    counted_at: dt.datetime | None
    refused: str | None
    voided_at: dt.datetime | None
    void_reason: str | None
    lines: tuple[RoundLine, ...]
    trackers: tuple[str, ...]
    attempts: int
    returned: int | None
    differences: tuple[Difference, ...]


def shown_rounds(session: Session, found: CouncilSession) -> tuple[ShownRound, ...]:
    """All rounds of a session, the first first; ``found`` has its agenda loaded. A fixed number of statements."""
    rounds = session.scalars(
        select(BallotRound)
        .where(BallotRound.session_id == found.id)
        .order_by(BallotRound.number)
        .options(selectinload(BallotRound.items))
    ).all()
    agenda = {item.id: item for item in found.agenda}
    trackers: dict[int, list[str]] = {}
    query = select(BallotTracker.round_id, BallotTracker.tracker).where(
        BallotTracker.round_id.in_([each.id for each in rounds])
    )
    for round_id, tracker in session.execute(query.order_by(BallotTracker.tracker)):
        trackers.setdefault(round_id, []).append(tracker)
    newest = rounds[-1] if rounds else None
    counts = paper_counts(session, newest.id) if newest and newest.medium in PAPER else {}
    return tuple(
        _shown(each, agenda, tuple(trackers.get(each.id, ())), counts if each is newest else {})
        for each in rounds
    )


def _shown(
    each: BallotRound,
    agenda: Mapping[int, AgendaItem],
    trackers: tuple[str, ...],
    counts: Mapping[int, list[PaperCount]],
) -> ShownRound:
    whole = {attempt: entries for attempt, entries in counts.items() if len(entries) > 1}
    agreed = agreed_count(counts)
    differ = whole[max(whole)] if whole and agreed is None else []
    items = sorted(each.items, key=lambda item: agenda[item.agenda_item_id].position)
    return ShownRound(
        id=each.id,
        number=each.number,
        kind=each.kind,
        medium=each.medium,
        secret=each.secret,
        digests={
            "electorate": each.electorate_digest,
            "agenda": each.agenda_digest,
            "rule": each.profile_digest,
        },
        opened_at=each.opened_at,
        closes_at=each.closes_at,
        closed_at=each.closed_at,
        counted_at=each.counted_at,
        refused=each.refused,
        voided_at=each.voided_at,
        void_reason=each.void_reason,
        lines=tuple(RoundLine(_name(agenda[item.agenda_item_id]), item.result, item.count) for item in items),
        trackers=trackers,
        attempts=len(whole),
        returned=agreed.returned if agreed else None,
        differences=tuple(_differences(differ, agenda)),
    )


def _name(item: AgendaItem) -> str:
    return item.nomination.nominee.name


def _differences(entries: list[PaperCount], agenda: Mapping[int, AgendaItem]) -> list[Difference]:
    if not entries:
        return []
    first, second = entries[:2]
    found = [
        Difference("", number, getattr(first, number), getattr(second, number))
        for number in ("issued", "returned")
        if getattr(first, number) != getattr(second, number)
    ]
    for key, numbers in first.counts.items():
        others = second.counts.get(key, {})
        found += [
            Difference(_name(agenda[int(key)]), number, value, others.get(number, 0))
            for number, value in numbers.items()
            if value != others.get(number, 0)
        ]
    return found
