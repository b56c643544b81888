"""Eligibility: each condition of a rule set or a plan, checked on a nominee: passed, a warning, or a bar.

Source of the rules: the conditions of the rule set and the rounds of the plan, each with its own citation. Quotas
inform at proposal and appraisal, warn on the agenda and bind only outcome and decision. What is known only by what the
nominee says, or of somebody who may be another, is a warning: it must be looked at, and nobody is barred by a guess.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import Any, Final, Literal

from workflows.law import Condition
from workflows.vocabulary import NomineeKind

Point = Literal["proposal", "appraisal", "agenda", "outcome", "decision"]
Verdict = Literal["pass", "warning", "bar"]
Movement = Literal["regular", "thematic", "extraordinary", "devotion", "seniority", "external"]

SEVERITY: Final[Mapping[Verdict, int]] = {"pass": 0, "warning": 1, "bar": 2}
UNCOUNTED: Final[frozenset[Movement]] = frozenset({"thematic", "extraordinary"})
"""Awards that do not count towards a higher regular one, where the rule set says so."""

OF_PLAN: Final = ("earlier_round", "ceiling")
"""Codes of the findings that come from the plan, not from a condition of the rule set."""

_QUOTA: Final[Mapping[Point, Verdict]] = {
    "proposal": "pass",
    "appraisal": "pass",
    "agenda": "warning",
    "outcome": "bar",
    "decision": "bar",
}


@dataclass(frozen=True, slots=True)
class PastAward:
    """An award given before; ``certain``: on record, and surely this nominee's."""

    award: str
    year: int
    movement: Movement = "regular"
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Other:
    """Another nomination in the same round of the same nominee, or of who may be: not ``certain``."""

    code: str
    awarded: bool
    certain: bool = True


@dataclass(frozen=True, slots=True)
class EarlierRound:
    """An award in an earlier round of the campaign, which the plan excludes from this one."""

    name: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Share:
    """How many there are with this nominee, and of how many; ``base`` None where nobody knows.

    ``where`` says where the base was counted: the name of a ``unit``, a ``year``, a ``round``.
    """

    used: int
    base: int | None
    where: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Room:
    """The plan's ceiling for this nominee's strand and kind: at most so many, so many with this one."""

    at_most: int
    used: int


@dataclass(frozen=True, slots=True)
class ClusterUse:
    """A cluster the nomination comes from, and how many of its year there are for the award with this one."""

    name: str
    used: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a nominee when it is checked; ``shares`` and ``clusters`` by the code of their condition."""

    award: str
    kind: NomineeKind
    year: int
    past: tuple[PastAward, ...] = ()
    pending: bool = False
    others: tuple[Other, ...] = ()
    earlier: tuple[EarlierRound, ...] = ()
    shares: Mapping[str, Share] = field(default_factory=dict)
    clusters: Mapping[str, tuple[ClusterUse, ...]] = field(default_factory=dict)
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What one condition found; ``values`` are numbers, years and codes for the sentence."""

    code: str
    rule: str
    verdict: Verdict
    values: Mapping[str, Any] = field(default_factory=dict)


def check(conditions: Sequence[Condition], candidate: Candidate, point: Point) -> tuple[Finding, ...]:
    """Every condition on a candidate at a point of the procedure, the gravest first."""
    lenient = any(each.rule == "thematic_not_counted" for each in conditions)
    found = [_finding(each, candidate, point, lenient) for each in conditions]
    found += _of_plan(candidate, point)
    return tuple(sorted(found, key=lambda finding: -SEVERITY[finding.verdict]))


def worst(findings: Iterable[Finding]) -> Verdict:
    """The gravest verdict; "pass" where there is none."""
    return max((each.verdict for each in findings), key=SEVERITY.__getitem__, default="pass")


def _finding(condition: Condition, candidate: Candidate, point: Point, thematic_out: bool) -> Finding:
    match condition.rule:
        case "ladder":
            verdict, values = _ladder(condition, candidate, thematic_out)
        case "interval":
            verdict, values = _interval(condition, candidate)
        case "share_of_title" | "share_of_units" | "share_of_eligible":
            verdict, values = _cap(condition, candidate.shares.get(condition.code, Share(0, None)), point)
        case "share_of_members":
            verdict, values = _members(condition, candidate.shares.get(condition.code, Share(0, None)))
        case "per_cluster":
            verdict, values = _per_cluster(condition, candidate.clusters.get(condition.code, ()), point)
        case "one_award":
            verdict, values = _one_award(condition, candidate)
        case "no_pending_matter":
            verdict, values = (condition.effect if candidate.pending else "pass"), {}
        case _:  # a principle: it forbids nothing, and says what does not count
            verdict, values = "pass", {}
    return Finding(condition.code, condition.rule, verdict, values)


def _ladder(condition: Condition, candidate: Candidate, thematic_out: bool) -> tuple[Verdict, dict[str, Any]]:
    """So many times the lower title in consecutive years, the last of them this year's or the year before's."""
    wanted = condition.times or 1
    counting = [
        past
        for past in candidate.past
        if past.award == condition.lower and not (thematic_out and past.movement in UNCOUNTED)
    ]
    told = {past.year for past in counting}
    sure = {past.year for past in counting if past.certain}
    run, known = _run(told, candidate.year), _run(sure, candidate.year)
    values = {"lower": condition.lower, "times": wanted, "years": run}
    if len(known) >= wanted:
        return "pass", values
    return ("warning" if len(run) >= wanted else condition.effect), values | {"recorded": known}


def _run(years: set[int], year: int) -> list[int]:
    """The longest unbroken run of years that ends with ``year`` or the year before it, earliest first."""
    last = year if year in years else year - 1
    run = []
    while last in years:
        run.append(last)
        last -= 1
    return run[::-1]


def _interval(condition: Condition, candidate: Candidate) -> tuple[Verdict, dict[str, Any]]:
    """Not the same award again within so many years."""
    since = candidate.year - (condition.years or 1)
    again = [past for past in candidate.past if past.award == candidate.award and past.year > since]
    values = {"within": condition.years, "years": sorted({past.year for past in again})}
    if not again:
        return "pass", values
    return (condition.effect if any(past.certain for past in again) else "warning"), values


def _cap(condition: Condition, share: Share, point: Point) -> tuple[Verdict, dict[str, Any]]:
    """At most a share of a known number: a quota, which binds only outcome and decision."""
    cap = condition.share or Fraction(1)
    values: dict[str, Any] = {
        "share": float(cap),
        "used": share.used,
        "base": share.base,
        "lower": condition.lower,
        **share.where,
    }
    if share.base is None:
        return ("pass" if _QUOTA[point] == "pass" else "warning"), values
    values["at_most"] = floor(cap * share.base)
    if share.used <= values["at_most"]:
        return "pass", values
    return _binding(condition, point), values


def _binding(condition: Condition, point: Point) -> Verdict:
    """What follows when a quota is used up, no graver than the condition itself."""
    binding = _QUOTA[point]
    return "warning" if binding == "bar" and condition.effect == "warning" else binding


def _per_cluster(
    condition: Condition, uses: Sequence[ClusterUse], point: Point
) -> tuple[Verdict, dict[str, Any]]:
    """At most so many of one cluster or block in a year: a quota, too. In several, the fullest one counts."""
    at_most = condition.times or 1
    fullest = max(uses, key=lambda use: use.used, default=None)
    if fullest is None:
        return "pass", {"at_most": at_most, "used": 0, "cluster": None}
    values = {"at_most": at_most, "used": fullest.used, "cluster": fullest.name}
    return ("pass" if fullest.used <= at_most else _binding(condition, point)), values


def _members(condition: Condition, share: Share) -> tuple[Verdict, dict[str, Any]]:
    """A share of the people of a collective hold the title; who does not say how many they are is to be asked."""
    wanted = condition.share or Fraction(1)
    values = {
        "share": float(wanted),
        "used": share.used,
        "base": share.base,
        "lower": condition.lower,
        **share.where,
    }
    if not share.base:
        return "warning", values
    held = Fraction(share.used, share.base)
    met = held > wanted if condition.comparison == "more_than" else held >= wanted
    return ("pass" if met else condition.effect), values


def _one_award(condition: Condition, candidate: Candidate) -> tuple[Verdict, dict[str, Any]]:
    """One achievement, one award; another nomination that is still under way is to be looked at."""
    values = {"codes": [other.code for other in candidate.others if other.certain]}
    if perhaps := [other.code for other in candidate.others if not other.certain]:
        values["perhaps"] = perhaps
    if any(other.awarded and other.certain for other in candidate.others):
        return condition.effect, values
    return ("warning" if candidate.others else "pass"), values


def _of_plan(candidate: Candidate, point: Point) -> Iterable[Finding]:
    """What the plan itself says: who was awarded in an earlier round, and how many places there are."""
    if candidate.earlier:
        certain = any(earlier.certain for earlier in candidate.earlier)
        names = [earlier.name for earlier in candidate.earlier]
        yield Finding("earlier_round", "earlier_round", "bar" if certain else "warning", {"rounds": names})
    if (room := candidate.room) is not None:
        full = room.used > room.at_most
        values = {"at_most": room.at_most, "used": room.used}
        yield Finding("ceiling", "ceiling", _QUOTA[point] if full else "pass", values)
