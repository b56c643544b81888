"""Prize money: multiple x factor x base salary on the day of the decision, rounded as the rule set says."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from workflows.law import Prize, Rounding, RuleSet
from workflows.vocabulary import DecidingLevel, NomineeKind


@dataclass(frozen=True, slots=True)
class PrizeMoney:
    """An amount in đồng and what it was made of; ``rule`` carries citation and mark."""

    amount: int
    exact: Fraction
    base_salary: int
    rule: Prize
    rounding: Rounding


def prize_money(
    rule_set: RuleSet, award: str, kind: NomineeKind, level: DecidingLevel, decided_on: dt.date
) -> PrizeMoney | None:
    """The prize of one awardee; None where the award brings no money for this kind of nominee.

    The rule set, like the base salary, is the one of the day of decision. Raises NoRule.
    """
    rule = rule_set.prize(award, kind, level, decided_on)
    if rule is None:
        return None
    salary, rounding = rule_set.base_salary(decided_on), rule_set.rounding(decided_on)
    exact = rule.multiple * rule.factor * salary
    return PrizeMoney(rounded(exact, rounding), exact, salary, rule, rounding)


def rounded(exact: Fraction, rounding: Rounding) -> int:
    """Round to a multiple of ``rounding.to`` đồng; half of it rounds up with ``nearest``."""
    steps = exact / rounding.to
    if rounding.direction == "up":
        return ceil(steps) * rounding.to
    if rounding.direction == "down":
        return floor(steps) * rounding.to
    return floor(steps + Fraction(1, 2)) * rounding.to
