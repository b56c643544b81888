"""A campaign's plan as a typed value, read from YAML (`plans/*.yaml`, format in `docs/plans.md`)."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, Literal

from workflows import plan_rounds
from workflows.plan_checks import plan_faults
from workflows.plan_indicators import Baseline, Indicator, Target, UnitGroup
from workflows.plan_rounds import AwardRef, AwardRound, Ceiling, CeilingLine, Milestone, Pool, Review
from workflows.typed_yaml import SourceFaults, build, check, read
from workflows.vocabulary import AppraisalQuestion, CampaignKind, DocumentKind, Level, NomineeKind

SHIPPED_PLANS: Final = Path(__file__).with_name("plans")
SCHEMA: Final[dict[str, Any]] = json.loads((SHIPPED_PLANS / "schema.json").read_text("utf-8"))


__all__ = [
    "Acknowledgement",
    "AddressedUnit",
    "Assumption",
    "AwardRef",
    "AwardRound",
    "Baseline",
    "Ceiling",
    "CeilingLine",
    "Duty",
    "ExemplarWork",
    "FoundingDocument",
    "Indicator",
    "Milestone",
    "Plan",
    "PlanFaults",
    "Pool",
    "Reference",
    "RegistrationWindow",
    "Review",
    "Strand",
    "Target",
    "TargetGroup",
    "UnitGroup",
    "parse_plan",
]


class PlanFaults(SourceFaults):
    """The text is not a plan; ``faults`` lists line, path, problem and remedy of each fault."""


@dataclass(frozen=True, slots=True)
class FoundingDocument:
    """The paper that founds the campaign; None stands where the source does not say it."""

    kind: DocumentKind
    state: Literal["issued", "draft"]
    issuer: str
    source: str
    number: str | None = None
    issued: date | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A higher plan, programme or movement this plan stands on or carries out."""

    kind: Literal["plan", "programme", "resolution", "movement"]
    title: str
    issuer: str | None = None
    number: str | None = None
    issued: date | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """Who a strand is for; ``kinds`` are the kinds of nominee it can have."""

    code: str
    name: str
    kinds: tuple[NomineeKind, ...]


@dataclass(frozen=True, slots=True)
class Strand:
    """A sub-movement (nội dung thi đua) with its own target groups."""

    code: str
    name: str
    target_groups: tuple[TargetGroup, ...]
    honours: str | None = None
    contents: tuple[str, ...] = ()
    appraisal: tuple[AppraisalQuestion, ...] = ()

    @property
    def kinds(self) -> frozenset[NomineeKind]:
        """The kinds of nominee of all its target groups."""
        return frozenset(kind for group in self.target_groups for kind in group.kinds)


@dataclass(frozen=True, slots=True)
class AddressedUnit:
    """A unit that must acknowledge the plan; ``own_plan`` whether it files its own."""

    unit: str
    own_plan: bool = True


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Until when addressed units answer, and when they are reminded."""

    reminder: date
    due: date

    @property
    def lead(self) -> timedelta:
        """How long before the deadline the reminder comes."""
        return self.due - self.reminder


@dataclass(frozen=True, slots=True)
class RegistrationWindow:
    """When units, persons and households register; ``confirm_higher`` whether the organiser confirms."""

    opens: date
    closes: date
    confirm_higher: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """What one group has to do for the exemplars."""

    group: str
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExemplarWork:
    """Finding, fostering, introducing and replicating good examples (điển hình tiên tiến)."""

    steps: tuple[Literal["find", "foster", "select", "introduce", "replicate", "commend"], ...]
    priority: str | None = None
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something the source does not say: where it stands in the plan, what was assumed and why."""

    concerns: tuple[str, ...]
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan. Unit codes are those of the unit register, award codes those of the rule sets."""

    code: str
    title: str
    short_title: str
    document: FoundingDocument
    level: Level
    chain: tuple[Level, ...]
    campaign_kind: CampaignKind
    starts: date
    ends: date
    purposes: tuple[str, ...]
    requirements: tuple[str, ...]
    strands: tuple[Strand, ...]
    acknowledgement: Acknowledgement
    addressed_units: tuple[AddressedUnit, ...]
    registration: RegistrationWindow
    fictitious: bool = False
    references: tuple[Reference, ...] = ()
    unit_groups: tuple[UnitGroup, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    reviews: tuple[Review, ...] = ()
    pools: tuple[Pool, ...] = ()
    rounds: tuple[AwardRound, ...] = ()
    awards: tuple[AwardRef, ...] = ()
    exemplars: ExemplarWork | None = None
    assumptions: tuple[Assumption, ...] = ()

    def strand(self, code: str) -> Strand:
        """The strand of this code. Raises KeyError."""
        return {strand.code: strand for strand in self.strands}[code]

    def round(self, code: str) -> AwardRound:
        """The award round of this code; those of extraordinary merit stand in no plan. Raises KeyError."""
        if plan_rounds.is_extraordinary(code):
            return plan_rounds.extraordinary_round(int(code.removeprefix(plan_rounds.EXTRAORDINARY)))
        return {round_.code: round_ for round_ in self.rounds}[code]

    def review(self, code: str) -> Review:
        """The review of this code. Raises KeyError."""
        return {review.code: review for review in self.reviews}[code]

    def milestone_name(self, code: str) -> str:
        """What the review or round of this code is called; empty for any other code."""
        names = {review.code: review.name for review in self.reviews}
        return (names | {round_.code: round_.name for round_ in self.rounds}).get(code, "")

    def groups_of(self, unit: str) -> frozenset[str]:
        """Codes of the groups that a unit (by its code) is named in."""
        return frozenset(group.code for group in self.unit_groups if unit in group.units)

    def concerns(self, indicator: Indicator, unit: str) -> bool:
        """Whether a unit reports an indicator: all do, or those that its groups name or may turn out to hold."""
        groups = {group.code: group for group in self.unit_groups}
        asked = [groups[code] for code in indicator.groups]
        named = self.groups_of(unit)
        return not asked or any(not named.isdisjoint({group.code, group.within}) for group in asked)

    def pool_of(self, kind: NomineeKind) -> Pool | None:
        """The pool a kind of nominee counts in; None where the plan sets no ceiling for it."""
        return next((pool for pool in self.pools if kind in pool.kinds), None)

    def ceilings(self, round_code: str) -> tuple[Ceiling, ...]:
        """Every ceiling of a round, one for each strand and pool, in the order of the plan."""
        return tuple(
            Ceiling(strand.code, line.pool, line.at_most)
            for strand in self.strands
            for line in self.round(round_code).ceilings
            if not line.strands or strand.code in line.strands
        )

    def usable(self, ceiling: Ceiling) -> bool:
        """Whether the strand's target groups have a kind of nominee the ceiling's pool counts."""
        pool = next(pool for pool in self.pools if pool.code == ceiling.pool)
        return not self.strand(ceiling.strand).kinds.isdisjoint(pool.kinds)

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """Reviews and award rounds in the order of their dates."""
        chosen = {r.review: r.code for r in self.rounds if r.review is not None}
        reviews = [
            Milestone(r.code, "review", r.opens, r.reminder, r.due, chosen.get(r.code)) for r in self.reviews
        ]
        rounds = [Milestone(r.code, "round", r.opens) for r in self.rounds if r.review is None]
        return tuple(sorted(reviews + rounds, key=lambda milestone: (milestone.date, milestone.code)))

    def assumption_at(self, path: str) -> Assumption | None:
        """The assumption that covers a place (``rounds/nam-2019/opens``); None where the source speaks."""
        return next(
            (a for a in self.assumptions for place in a.concerns if f"{path}/".startswith(f"{place}/")), None
        )


def parse_plan(text: str, unit_codes: Collection[str] | None = None) -> Plan:
    """Read a plan. Raises PlanFaults with every fault of syntax, of schema, or else of meaning.

    With ``unit_codes`` (the register's) unknown issuers and addressed units are faults as well.
    """
    try:
        document = read(text)
        faults = check(document, SCHEMA) or plan_faults(document, unit_codes)
    except SourceFaults as error:
        raise PlanFaults(error.faults) from error
    if faults:
        raise PlanFaults(faults)
    return build(Plan, document.data)
