"""The quota board of a round: strand by kind of nominee, how many are proposed, eligible, passed, and places left."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import AwardRound, Campaign, Case, Nomination, Nominee, Strand
from webapp.queries.eligibility import SHARES, Checked, check_nominations
from webapp.queries.law import rule_sets
from webapp.queries.place_use import TAKEN, place_use
from webapp.queries.tracking_filters import phase_column, phases_of
from workflows.law import Condition
from workflows.plan import Plan
from workflows.rules.eligibility import Finding
from workflows.vocabulary import NomineeKind

MOST_CHECKED = 300
"""How many dossiers of a round are checked for a page; more are for a list."""

GROUPS = {"handed_in": "handed_in", "refused": "closed", "proposed": "proposed"}
GROUPS |= {"eligible": "eligible", "passed": "passed"}
"""What is counted of a line, with the phase or group of phases whose rows the tracking table shows."""

HIGHER_PHASES = frozenset({"awarded"})
"""Who was awarded without a place of the round has an award of a level above."""

Counts = Mapping[tuple[str, NomineeKind], Counter[str]]
"""(strand, kind) → numbers by group of phases."""


@dataclass(frozen=True)
class QuotaLine:
    """One strand and pool of kinds; ``at_most`` None where the plan sets no ceiling.

    Of all ``handed_in``, ``refused`` were refused, did not pass or were withdrawn; the other ``proposed`` still stand.
    Not ``usable`` where the strand has no such nominees; ``assumed`` is what the plan's source does not say. ``used``
    are the places taken: an award of a higher level has passed and takes none; ``higher`` are those of them.
    """

    strand: str
    strand_name: str
    pool: str
    pool_name: str
    kinds: tuple[NomineeKind, ...]
    at_most: int | None
    usable: bool
    assumed: str
    handed_in: int
    refused: int
    proposed: int
    eligible: int
    passed: int
    used: int
    higher: int

    @property
    def left(self) -> int | None:
        """Places still free, never below 0; None without a ceiling."""
        return None if self.at_most is None else max(0, self.at_most - self.used)

    @property
    def crowded(self) -> bool:
        """Whether more still stand than there are places: the council will choose."""
        return self.at_most is not None and self.usable and self.proposed > self.at_most

    @property
    def over(self) -> int:
        """How many have a place that is none."""
        return 0 if self.at_most is None else max(0, self.used - self.at_most)


@dataclass(frozen=True)
class PoolTotal:
    """A pool over all strands: places of the plan, those of them that can be used, and the numbers of its lines."""

    pool_name: str
    planned: int
    at_most: int
    handed_in: int
    refused: int
    eligible: int
    passed: int
    left: int


@dataclass(frozen=True)
class ConditionLine:
    """A condition of the rule set, and how many of the dossiers checked it bars or warns of.

    Of one with a share ``shares`` are the findings, one for each number it is a share of, by where it was counted.
    """

    condition: Condition
    barred: int
    warned: int
    shares: tuple[Finding, ...]


@dataclass(frozen=True)
class QuotaBoard:
    """One round; ``checked`` of ``eligible`` dossiers were checked for the conditions."""

    code: str
    name: str
    state: str
    lines: tuple[QuotaLine, ...]
    conditions: tuple[ConditionLine, ...]
    excluded: tuple[str, ...]
    checked: int
    eligible: int

    @property
    def totals(self) -> list[PoolTotal]:
        """Each pool that has ceilings, in the order of the lines."""
        pools = dict.fromkeys((line.pool, line.pool_name) for line in self.lines if line.at_most is not None)
        return [_total(name, [line for line in self.lines if line.pool == pool]) for pool, name in pools]

    @property
    def is_assumed(self) -> bool:
        """Whether some ceiling stands on an assumption."""
        return any(line.assumed for line in self.lines)


def _total(name: str, lines: list[QuotaLine]) -> PoolTotal:
    usable = [line for line in lines if line.usable]
    return PoolTotal(
        pool_name=name,
        planned=sum(line.at_most or 0 for line in lines),
        at_most=sum(line.at_most or 0 for line in usable),
        handed_in=sum(line.handed_in for line in lines),
        refused=sum(line.refused for line in lines),
        eligible=sum(line.eligible for line in lines),
        passed=sum(line.passed for line in lines),
        left=sum(line.left or 0 for line in usable),
    )


def quota_board_of(
    session: Session, campaign: Campaign, plan: Plan, code: str, day: dt.date
) -> QuotaBoard | None:
    """The board of a round of the campaign; None for an unknown code."""
    row = session.scalar(
        select(AwardRound).where(AwardRound.campaign_id == campaign.id, AwardRound.code == code)
    )
    if row is None:
        return None
    counts = _counts(session, row.id)
    checked = _eligible(session, row.id)
    found = check_nominations(session, campaign, checked, "agenda", day)
    verdicts = Counter((each.code, each.verdict) for one in found for each in one.findings)
    round_ = plan.round(code)
    return QuotaBoard(
        code=code,
        name=round_.name,
        state=row.state,
        lines=tuple(_lines(plan, code, counts)),
        conditions=tuple(
            ConditionLine(
                each, verdicts[each.code, "bar"], verdicts[each.code, "warning"], _shares(found, each.code)
            )
            for each in _conditions(session, campaign, plan, day)
        ),
        excluded=tuple(plan.round(each).name for each in round_.not_awarded_in),
        checked=len(checked),
        eligible=sum(numbers["eligible"] for numbers in counts.values()),
    )


def _shares(checked: Iterable[Checked], code: str) -> tuple[Finding, ...]:
    """What a condition found that holds a share, the same base once."""
    findings = [each for one in checked for each in one.findings if each.code == code and each.rule in SHARES]
    by_base = {(each.values.get("unit", ""), each.values["base"]): each for each in findings}
    return tuple(by_base[base] for base in sorted(by_base, key=lambda base: (base[0], base[1] or 0)))


def _counts(session: Session, round_id: int) -> Counts:
    phase, use = phase_column.label("phase"), place_use.label("use")
    rows = session.execute(
        select(Strand.code, Nominee.kind, phase, use, func.count())
        .select_from(Nomination)
        .join(Case, Case.id == Nomination.case_id)
        .join(Strand, Strand.id == Nomination.strand_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .where(Nomination.round_id == round_id)
        .group_by(Strand.code, Nominee.kind, phase, use)
    )
    counts: defaultdict[tuple[str, NomineeKind], Counter[str]] = defaultdict(Counter)
    for strand, kind, in_phase, used, number in rows:
        for group, phase_ in GROUPS.items():
            counts[strand, kind][group] += number if in_phase in phases_of(phase_) else 0
        counts[strand, kind]["used"] += number if used in TAKEN else 0
        above = in_phase in HIGHER_PHASES and used == "none"
        counts[strand, kind]["higher"] += number if above else 0
    return counts


def _lines(plan: Plan, code: str, counts: Counts) -> Iterable[QuotaLine]:
    pools = {pool.code: pool for pool in plan.pools}
    names = {strand.code: strand.name for strand in plan.strands}
    assumption = plan.assumption_at
    for ceiling in plan.ceilings(code):
        pool = pools[ceiling.pool]
        numbers = _summed(counts, ceiling.strand, pool.kinds)
        assumed = assumption(f"pools/{pool.code}") or assumption(f"rounds/{code}/ceilings")
        yield QuotaLine(
            ceiling.strand,
            names[ceiling.strand],
            pool.code,
            pool.name,
            pool.kinds,
            ceiling.at_most,
            plan.usable(ceiling),
            assumed.text if assumed else "",
            **numbers,
        )
    ceilings = {
        (ceiling.strand, kind) for ceiling in plan.ceilings(code) for kind in pools[ceiling.pool].kinds
    }
    for strand, kind in sorted(set(counts) - ceilings):
        numbers = _summed(counts, strand, (kind,))
        yield QuotaLine(strand, names[strand], "", "", (kind,), None, True, "", **numbers)


def _summed(counts: Counts, strand: str, kinds: Iterable[NomineeKind]) -> dict[str, int]:
    found = [counts[strand, kind] for kind in kinds if (strand, kind) in counts]
    return {group: sum(each[group] for each in found) for group in (*GROUPS, "used", "higher")}


def _eligible(session: Session, round_id: int) -> list[Nomination]:
    query = (
        select(Nomination)
        .join(Case, Case.id == Nomination.case_id)
        .where(Nomination.round_id == round_id, phase_column.in_(("council", "decision")))
        .options(
            joinedload(Nomination.case),
            joinedload(Nomination.nominee),
            joinedload(Nomination.round),
            joinedload(Nomination.strand),
        )
        .order_by(Nomination.id)
        .limit(MOST_CHECKED)
    )
    return list(session.scalars(query))


def _conditions(session: Session, campaign: Campaign, plan: Plan, day: dt.date) -> list[Condition]:
    """The conditions on the awards that the plan allows to propose."""
    wanted = {each.award for each in plan.awards}
    rules = next(
        (each for each in rule_sets(session, campaign.unit_id) if each.starts <= day <= (each.ends or day)),
        None,
    )
    return [
        each
        for each in (rules.conditions if rules else ())
        if each.in_force(day) and (not each.awards or wanted & set(each.awards))
    ]
