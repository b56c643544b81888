"""Judges a council's vote by its vote profile: working rules differ per council, award and date."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Final, Literal

from workflows.vocabulary import DecidingLevel, Level

Choice = Literal["agree", "disagree", "abstain"]
Result = Literal["passed", "not_passed", "second_ballot", "chair_decides"]
Reason = Literal[
    "threshold",
    "no_quorum",
    "chair_not_in_favour",
    "tie",
    "beyond_quota",
    "quota_tie",
    "beyond_cap",
    "cap_tie",
    "not_eligible",
    "chair_decided",
]
NominationResult = Literal["passed", "passed_higher", "not_passed", "deferred"]

DECIDING_ORDER: Final[tuple[DecidingLevel, ...]] = ("unit", "commune", "district", "province", "state")


@dataclass(frozen=True, slots=True)
class VoteProfile:
    """How one council decides one kind of award. Legal thresholds are usually counted on all members.

    ``abstentions`` and ``invalid`` say whether such ballots stay in the base; they matter to the bases
    ``present`` and ``valid`` only (an invalid ballot is never a valid one). ``rounding`` applies to
    threshold x base: 80 % of 11 members is 9 votes ``exact`` or ``nearest``, 8 ``down``. Where the ``quota`` of a group
    cuts, the highest counts of those over the threshold pass, and ``quota_tie`` says what equal ones at the edge lead
    to; with a ``ballot_limit`` a sheet that agrees to more of a group than there are places is invalid for it. Of an
    open vote the minutes may say who voted how (``named_in_minutes``); a chair whose yes is required votes openly.
    """

    quorum: Fraction
    quorum_base: Literal["all", "summoned"]
    ballot: Literal["secret", "open"]
    threshold: Fraction
    comparison: Literal["at_least", "more_than"]
    base: Literal["all", "present", "valid"]
    chair_yes_required: bool = False
    written_opinions: bool = False
    recused_in_base: bool = True
    abstentions: Literal["in_base", "not_in_base"] = "in_base"
    invalid: Literal["in_base", "not_in_base"] = "in_base"
    blank: Literal["invalid", "abstain"] = "invalid"
    tie: Literal["not_passed", "chair_decides", "second_ballot"] = "not_passed"
    rounding: Literal["exact", "nearest", "down"] = "exact"
    quota: Literal["informs", "cuts"] = "informs"
    quota_tie: Literal["chair_decides", "second_ballot"] = "second_ballot"
    ballot_limit: bool = False
    named_in_minutes: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """One nominee's numbers. ``present`` are members in the room; ``present_recused`` of them may not vote.

    ``agree``, ``disagree``, ``abstain``, ``invalid`` and ``blank`` are ballots cast in the room; the
    ``written_`` numbers come from absent members. ``chair`` is the chair's choice, None where not known.
    """

    members: int
    present: int
    agree: int
    disagree: int = 0
    abstain: int = 0
    invalid: int = 0
    blank: int = 0
    written_agree: int = 0
    written_disagree: int = 0
    written_abstain: int = 0
    recused: int = 0
    present_recused: int = 0
    summoned: int | None = None
    chair: Choice | None = None

    def __post_init__(self) -> None:
        cast = self.agree + self.disagree + self.abstain + self.invalid + self.blank
        written = self.written_agree + self.written_disagree + self.written_abstain
        absent = self.members - self.present
        absent_recused = self.recused - self.present_recused
        numbers = (cast, written, absent, absent_recused, self.present_recused, self.agree, self.disagree)
        if (
            min(numbers) < 0
            or cast > self.present - self.present_recused
            or written > absent - absent_recused
        ):
            raise ValueError("more votes than members who may vote")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the numbers say: ``agree`` of ``base``, ``needed`` to pass, ``margin`` in votes."""

    result: Result
    reason: Reason
    agree: int
    base: int
    needed: int
    quorate: bool

    @property
    def passed(self) -> bool:
        """Whether the nominee passed; a tie still to be broken has not."""
        return self.result == "passed"

    @property
    def margin(self) -> int:
        """Votes above (or, negative, below) what was needed."""
        return self.agree - self.needed

    @property
    def share(self) -> Fraction:
        """Agreeing share of the base; 0 of an empty base."""
        return Fraction(self.agree, self.base) if self.base else Fraction(0)


def outcome(profile: VoteProfile, counts: Counts) -> Outcome:
    """The outcome for one nominee. Source of the rule: the profile's own citation."""
    agree, disagree, base = _agree(profile, counts), _disagree(profile, counts), base_of(profile, counts)
    needed = needed_of(profile, base)
    quorate = quorum_met(profile, counts)
    result, reason = _judge(profile, counts, agree, disagree, base, needed)
    if not quorate:
        result, reason = "not_passed", "no_quorum"
    return Outcome(result, reason, agree, base, needed, quorate)


def nomination_result(
    outcome: Outcome, council: Level, deciding: Collection[DecidingLevel]
) -> NominationResult:
    """What the outcome of a vote means for the nomination.

    A council that passes an award which only levels above its own decide has passed it for the higher award
    (khen cao). A vote without a quorum, or a tie that is still to be broken, decides nothing: deferred.
    """
    if outcome.reason == "no_quorum" or outcome.result in ("second_ballot", "chair_decides"):
        return "deferred"
    if not outcome.passed:
        return "not_passed"
    return "passed_higher" if is_higher(council, deciding) else "passed"


def is_higher(council: Level, deciding: Collection[DecidingLevel]) -> bool:
    """Whether an award is decided only by levels above that of a council (khen cao)."""
    above = DECIDING_ORDER[DECIDING_ORDER.index(council) + 1 :]
    return bool(deciding) and all(level in above for level in deciding)


def _judge(
    profile: VoteProfile, counts: Counts, agree: int, disagree: int, base: int, needed: int
) -> tuple[Result, Reason]:
    if _tied(profile, agree, disagree, base):
        return _break_tie(profile, counts), "tie"
    if agree < needed:
        return "not_passed", "threshold"
    if profile.chair_yes_required and counts.chair != "agree":
        return "not_passed", "chair_not_in_favour"
    return "passed", "threshold"


def quorum_met(profile: VoteProfile, counts: Counts) -> bool:
    """Whether enough members are in the room; written opinions do not make a quorum."""
    base = counts.members if profile.quorum_base == "all" else counts.summoned
    if base is None:
        raise ValueError("a quorum of those summoned needs their number")
    return counts.present > 0 and counts.present >= profile.quorum * base


def base_of(profile: VoteProfile, counts: Counts) -> int:
    """The number the threshold is a share of."""
    written = counts.written_agree + counts.written_disagree + counts.written_abstain
    written = written if profile.written_opinions else 0
    if profile.base == "all":
        return counts.members - (0 if profile.recused_in_base else counts.recused)
    abstained, spoilt = _abstained(profile, counts), _spoilt(profile, counts)
    if profile.base == "present":
        base = counts.present + written - (0 if profile.recused_in_base else counts.present_recused)
        base -= spoilt if profile.invalid == "not_in_base" else 0
    else:
        base = counts.agree + counts.disagree + written + abstained - _written_abstained(profile, counts)
    return base - (abstained if profile.abstentions == "not_in_base" else 0)


def needed_of(profile: VoteProfile, base: int) -> int:
    """The least number of agreeing votes that passes, at least one."""
    exact = profile.threshold * base
    if profile.rounding == "nearest":
        exact = Fraction(floor(exact + Fraction(1, 2)))
    elif profile.rounding == "down":
        exact = Fraction(floor(exact))
    return max(1, ceil(exact) if profile.comparison == "at_least" else floor(exact) + 1)


def _tied(profile: VoteProfile, agree: int, disagree: int, base: int) -> bool:
    # Only a base split evenly in two is a tie; four for and four against of ten members is just short.
    return profile.comparison == "more_than" and agree == disagree and agree == profile.threshold * base > 0


def _break_tie(profile: VoteProfile, counts: Counts) -> Result:
    if profile.tie == "not_passed":
        return "not_passed"
    if profile.tie == "second_ballot":
        return "second_ballot"
    if counts.chair is None:
        return "chair_decides"
    return "passed" if counts.chair == "agree" else "not_passed"


def _agree(profile: VoteProfile, counts: Counts) -> int:
    return counts.agree + (counts.written_agree if profile.written_opinions else 0)


def _disagree(profile: VoteProfile, counts: Counts) -> int:
    return counts.disagree + (counts.written_disagree if profile.written_opinions else 0)


def _written_abstained(profile: VoteProfile, counts: Counts) -> int:
    return counts.written_abstain if profile.written_opinions else 0


def _abstained(profile: VoteProfile, counts: Counts) -> int:
    blank = counts.blank if profile.blank == "abstain" else 0
    return counts.abstain + blank + _written_abstained(profile, counts)


def _spoilt(profile: VoteProfile, counts: Counts) -> int:
    return counts.invalid + (counts.blank if profile.blank == "invalid" else 0)
