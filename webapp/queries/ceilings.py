"""Ceilings of an award round beside what is proposed in it and what has been given."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Award, AwardRound, Campaign, Nomination, Nominee, Strand
from webapp.queries.plans import plan_of
from workflows.rules.quotas import Place, quota_board
from workflows.vocabulary import NomineeKind


@dataclass(frozen=True)
class PoolUse:
    """One ceiling of a strand: at most so many, so many given elsewhere, so many proposed here."""

    pool: str
    at_most: int
    given: int
    proposed: int

    @property
    def over(self) -> int:
        """How many are too many, never below 0."""
        return max(0, self.given + self.proposed - self.at_most)


@dataclass(frozen=True)
class StrandUse:
    """The ceilings of one strand in one round."""

    round: str
    strand: str
    pools: tuple[PoolUse, ...]


Uses = Mapping[tuple[int, int], StrandUse]
"""(round id, strand id) → use of its ceilings."""


@dataclass(frozen=True)
class _Named:
    """A strand in a round."""

    round_code: str
    round: str
    strand_code: str
    strand: str


def ceiling_uses(
    session: Session, campaign: Campaign, nominations: Collection[Nomination], decision_id: int | None = None
) -> Uses:
    """The ceilings the nominations fall under, with what awards outside ``decision_id`` have used of them.

    Awards of drafts count as given: two drafts must not both use the last place. Two statements.
    """
    proposed: defaultdict[tuple[int, int], list[NomineeKind]] = defaultdict(list)
    for nomination in nominations:
        proposed[nomination.round_id, nomination.strand_id].append(nomination.nominee.kind)
    listed = [nomination.id for nomination in nominations]
    given = _given(session, {round_id for round_id, _ in proposed}, listed, decision_id)
    names = _names(session, campaign)
    return {
        key: StrandUse(
            names[key].round, names[key].strand, _pools(session, campaign, names[key], kinds, given[key])
        )
        for key, kinds in proposed.items()
    }


def _pools(
    session: Session,
    campaign: Campaign,
    named: _Named,
    proposed: Iterable[NomineeKind],
    given: Iterable[NomineeKind],
) -> tuple[PoolUse, ...]:
    """The pools of one strand that it can use, or that somebody stands in."""
    strand = named.strand_code
    plan = plan_of(session, campaign)
    names = {pool.code: pool.name for pool in plan.pools}
    here, before = (
        _of_strand(quota_board(plan, named.round_code, Counter((strand, kind) for kind in kinds)), strand)
        for kinds in (proposed, given)
    )
    return tuple(
        PoolUse(names[code], place.at_most, before[code].used, place.used)
        for code, place in here.items()
        if place.usable or place.used or before[code].used
    )


def _of_strand(board: Iterable[Place], strand: str) -> dict[str, Place]:
    return {place.pool: place for place in board if place.strand == strand}


def _given(
    session: Session, rounds: Collection[int], listed: Collection[int], decision_id: int | None
) -> Mapping[tuple[int, int], list[NomineeKind]]:
    rows = session.execute(
        select(Nomination.round_id, Nomination.strand_id, Nominee.kind)
        .select_from(Award)
        .join(Nomination, Nomination.id == Award.nomination_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .where(
            Nomination.round_id.in_(rounds),
            Nomination.id.not_in(listed),
            Award.decision_id != (decision_id or 0),
        )
    )
    given: defaultdict[tuple[int, int], list[NomineeKind]] = defaultdict(list)
    for round_id, strand_id, kind in rows:
        given[round_id, strand_id].append(kind)
    return given


def _names(session: Session, campaign: Campaign) -> dict[tuple[int, int], _Named]:
    """Codes and titles by (round id, strand id)."""
    rows = session.execute(
        select(AwardRound.id, Strand.id, AwardRound.code, AwardRound.title, Strand.code, Strand.title)
        .join(Strand, Strand.campaign_id == AwardRound.campaign_id)
        .where(AwardRound.campaign_id == campaign.id)
    )
    return {(row[0], row[1]): _Named(*row[2:]) for row in rows}
