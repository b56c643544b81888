"""The nominees of a session who compete for the same places: sheets with too many agrees, and the cut by a quota.

Source of the rule: the vote profile's own citation. A quota is a ceiling of the plan; whether it cuts is the profile's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Generic, Literal, TypeVar

from workflows.rules.quotas import cut
from workflows.rules.voting import Counts, Outcome, Reason, Result, VoteProfile, outcome

Id = TypeVar("Id")
Mark = Literal["agree", "disagree", "abstain", "recused", "blank", "invalid"]


@dataclass(frozen=True, slots=True)
class Group(Generic[Id]):
    """Nominees of one strand and pool of kinds, and the places left for them; None where the plan sets no ceiling."""

    nominees: tuple[Id, ...]
    places: int | None


def as_counted(profile: VoteProfile, groups: Iterable[Group[Id]], sheet: Mapping[Id, Mark]) -> dict[Id, Mark]:
    """The marks of one member's sheet as they count.

    Under a ballot limit a sheet that agrees to more of a group than there are places is invalid for that group;
    where the member stood aside they still did.
    """
    marks = dict(sheet)
    for group in groups if profile.ballot_limit else ():
        given = [one for one in group.nominees if one in marks]
        agreed = sum(marks[one] == "agree" for one in given)
        if group.places is not None and agreed > group.places:
            marks |= {one: "invalid" for one in given if marks[one] != "recused"}
    return marks


def session_outcomes(
    profile: VoteProfile,
    groups: Iterable[Group[Id]],
    counts: Mapping[Id, Counts],
    chosen: Mapping[Id, bool] = MappingProxyType({}),
) -> dict[Id, Outcome]:
    """The outcome of every nominee counted: by the threshold, then by the places of its group where these cut.

    ``chosen`` is what the chair decided of those that were equal, where the rule leaves it to the chair.
    """
    outcomes = {one: outcome(profile, numbers) for one, numbers in counts.items()}
    for group in groups if profile.quota == "cuts" else ():
        passed = {
            one: outcomes[one].agree for one in group.nominees if one in outcomes and outcomes[one].passed
        }
        if group.places is None:
            continue
        found = cut(group.places, passed)
        for one in found.beyond:
            outcomes[one] = replace(outcomes[one], result="not_passed", reason="beyond_quota")
        for one in found.tied:
            outcomes[one] = replace(outcomes[one], result=profile.quota_tie, reason="quota_tie")
    for one, yes in chosen.items():
        if outcomes[one].result == "chair_decides":
            result: Result = "passed" if yes else "not_passed"
            reason: Reason = "tie" if outcomes[one].reason == "tie" else "chair_decided"
            outcomes[one] = replace(outcomes[one], result=result, reason=reason)
    return outcomes
