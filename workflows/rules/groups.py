"""The nominees of a session who compete for the same places: sheets with too many agrees, and the cut by a quota.

Source of the rule: the vote profile's own citation. A quota is a ceiling of the plan; whether it cuts is the profile's.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Generic, Literal, TypeVar

from workflows.rules.quotas import cut
from workflows.rules.voting import Counts, Outcome, Reason, Result, VoteProfile, outcome

Id = TypeVar("Id")
Mark = Literal["agree", "disagree", "abstain", "recused", "blank", "invalid"]

AT_THE_EDGE: Final[frozenset[Reason]] = frozenset({"cap_tie", "quota_tie"})
"""Reasons of those that are level for the last places and wait."""


@dataclass(frozen=True, slots=True)
class Group(Generic[Id]):
    """Nominees of one strand and pool of kinds, and the places left for them; None where the plan sets no ceiling.

    With the code of a ``condition`` it is those whom a cap of the rule set holds together, whatever their strand.
    """

    nominees: tuple[Id, ...]
    places: int | None
    condition: str = ""


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
    barred: Collection[Id] = (),
) -> dict[Id, Outcome]:
    """The outcome of every nominee counted: by the threshold, then by the places of its groups where these cut.

    ``chosen`` is what the chair decided of those that were equal, where the rule leaves it to the chair. Whom a
    condition bars (``barred``) passes by no vote and takes no place. Groups cut in the order given; who waits at the
    edge of one competes for the places of the next.
    """
    outcomes = {one: outcome(profile, numbers) for one, numbers in counts.items()}
    for one in barred:
        if one in outcomes and outcomes[one].result != "not_passed":
            outcomes[one] = replace(outcomes[one], result="not_passed", reason="not_eligible")
    for group in groups if profile.quota == "cuts" else ():
        _cut_group(profile, group, outcomes)
    for one, yes in chosen.items():
        if outcomes[one].result == "chair_decides":
            result: Result = "passed" if yes else "not_passed"
            reason: Reason = "tie" if outcomes[one].reason == "tie" else "chair_decided"
            outcomes[one] = replace(outcomes[one], result=result, reason=reason)
    return outcomes


def _cut_group(profile: VoteProfile, group: Group[Id], outcomes: dict[Id, Outcome]) -> None:
    """Take from those of a group that passed, or wait at another edge, who is beyond its places.

    Whether those who wait will need a place is open. So somebody is beyond only if the others that passed fill the
    places, has one only if it is there with all that wait, and is level between the two.
    """
    if group.places is None:
        return
    standing = {
        one: outcomes[one].agree
        for one in group.nominees
        if one in outcomes and (outcomes[one].passed or outcomes[one].reason in AT_THE_EDGE)
    }
    firm = {one: votes for one, votes in standing.items() if outcomes[one].passed}
    beyond: Reason = "beyond_cap" if group.condition else "beyond_quota"
    level: Reason = "cap_tie" if group.condition else "quota_tie"
    within = cut(group.places, standing).within
    for one in standing.keys() - within:
        if one in cut(group.places, firm | {one: standing[one]}).beyond:
            outcomes[one] = replace(outcomes[one], result="not_passed", reason=beyond)
        else:
            outcomes[one] = replace(outcomes[one], result=profile.quota_tie, reason=level)
