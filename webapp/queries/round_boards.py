"""Award rounds of a campaign with the use of their ceilings, strand by strand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import AwardRound, Campaign, Case, Nomination, Nominee, Strand
from webapp.queries.place_use import place_use
from workflows.plan import Plan
from workflows.rules.quotas import Place, quota_board
from workflows.vocabulary import NomineeKind


@dataclass(frozen=True)
class CeilingUse:
    """One ceiling of a round: awards given, nominations passed that wait for their decision, others under way."""

    place: Place
    strand: str
    pool: str
    awarded: int
    deciding: int
    pending: int


@dataclass(frozen=True)
class RoundBoard:
    """An award round with the use of its ceilings; ``state``: planned, open or closed."""

    code: str
    title: str
    state: str
    rows: tuple[CeilingUse, ...]

    @property
    def pools(self) -> list[str]:
        """Names of the pools, in the order of the rows."""
        return list(dict.fromkeys(row.pool for row in self.rows))

    @property
    def by_strand(self) -> list[tuple[str, dict[str, CeilingUse]]]:
        """Each strand with its ceilings by the name of their pool."""
        found: dict[str, dict[str, CeilingUse]] = {}
        for row in self.rows:
            found.setdefault(row.strand, {})[row.pool] = row
        return list(found.items())

    @property
    def at_most(self) -> int:
        """Places of the round that some nominee can take."""
        return sum(row.place.at_most for row in self.rows if row.place.usable)

    @property
    def used(self) -> int:
        return sum(row.place.used for row in self.rows)


Taken = tuple[str, str, NomineeKind]
"""(round, strand, kind of nominee)."""


def round_boards(session: Session, campaign: Campaign, plan: Plan) -> list[RoundBoard]:
    """Every round with the use of its ceilings, over the whole campaign; two statements."""
    query = select(AwardRound.code, AwardRound.state).where(AwardRound.campaign_id == campaign.id)
    states = dict(session.execute(query).all())
    counts = _taken(session, campaign)
    return [
        RoundBoard(each.code, each.name, states.get(each.code, "planned"), _board(plan, each.code, counts))
        for each in plan.rounds
    ]


def _board(plan: Plan, code: str, counts: Mapping[str, Counter[Taken]]) -> tuple[CeilingUse, ...]:
    strands = {strand.code: strand.name for strand in plan.strands}
    pools = {pool.code: pool.name for pool in plan.pools}
    awarded, deciding, pending = (
        quota_board(plan, code, _of_round(counts[name], code)) for name in ("awarded", "deciding", "pending")
    )
    used = quota_board(plan, code, _of_round(counts["awarded"] + counts["deciding"], code))
    return tuple(
        CeilingUse(place, strands[place.strand], pools[place.pool], a.used, d.used, p.used)
        for place, a, d, p in zip(used, awarded, deciding, pending, strict=True)
    )


def _of_round(counts: Counter[Taken], code: str) -> dict[tuple[str, NomineeKind], int]:
    return {(strand, kind): number for (round_, strand, kind), number in counts.items() if round_ == code}


def _taken(session: Session, campaign: Campaign) -> Mapping[str, Counter[Taken]]:
    """Nominations that use or may come to use a place."""
    rows = session.execute(
        select(place_use.label("bucket"), AwardRound.code, Strand.code, Nominee.kind, func.count())
        .select_from(Nomination)
        .join(Case, Case.id == Nomination.case_id)
        .join(AwardRound, AwardRound.id == Nomination.round_id)
        .join(Strand, Strand.id == Nomination.strand_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .where(Nomination.campaign_id == campaign.id)
        .group_by("bucket", AwardRound.code, Strand.code, Nominee.kind)
    )
    counts: dict[str, Counter[Taken]] = {name: Counter() for name in ("awarded", "deciding", "pending")}
    for name, round_, strand, kind, number in rows:
        if name in counts:
            counts[name][round_, strand, kind] = number
    return counts
