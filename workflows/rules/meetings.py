"""What a meeting of the people decides: a hamlet's, or that of an office or organisation.

Source of the rule: the meeting rules of the rule set, each with its own citation.
"""

from math import ceil, floor
from typing import Literal

from workflows.law import MeetingRule

Carried = Literal["carried", "short", "no_quorum"]


def needed_present(rule: MeetingRule, invited: int) -> int:
    """How many of those invited must be present."""
    return ceil(rule.quorum * invited)


def needed_agreeing(rule: MeetingRule, present: int) -> int:
    """How many of those present must agree."""
    share = rule.threshold * present
    return floor(share) + 1 if rule.comparison == "more_than" else ceil(share)


def meeting_result(rule: MeetingRule, invited: int, present: int, agreed: int) -> Carried:
    """Whether the meeting agreed."""
    if present < needed_present(rule, invited):
        return "no_quorum"
    return "carried" if agreed >= needed_agreeing(rule, present) else "short"
