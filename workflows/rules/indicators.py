"""Indicators of a plan at a review: what is asked, how reports of units become one figure, whether it is enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from workflows.plan import Indicator, Plan, Target
from workflows.plan_rounds import Review

WEIGHTED = "weighted_average"
PERIOD = "period"
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number a unit reports: an indicator in a ``year``, or in the whole period (None)."""

    indicator: Indicator
    year: int | None

    @property
    def code(self) -> str:
        """``giam-ho-ngheo/2018``, ``thu-nhap-ho-ngheo/period``."""
        return f"{self.indicator.code}/{self.year or PERIOD}"

    @property
    def weighted(self) -> bool:
        return self.indicator.roll_up == WEIGHTED

    @property
    def base(self) -> str:
        """What a weighted figure is averaged by in its period: ``số hộ dân/2018``, one number for all that share it."""
        return (
            f"{self.indicator.weight or self.indicator.code}/{self.year or PERIOD}" if self.weighted else ""
        )

    def target_for(self, plan: Plan, unit: str | None = None) -> Target:
        """What a unit must reach by a plan; None: all units together."""
        groups = plan.groups_of(unit) if unit else frozenset[str]()
        return self.indicator.target_for(self.year, unit, groups)


@dataclass(frozen=True, slots=True)
class Reported:
    """What one unit reported: its ``actual`` value, what it counts (``weight``), and on which day."""

    actual: Decimal
    weight: Decimal | None
    on: dt.date


@dataclass(frozen=True, slots=True)
class RolledUp:
    """All reports as one figure; ``left_out`` had no weight and could not be counted. No report: no value."""

    value: Decimal | None
    counted: int
    left_out: int = 0


def figures_of(plan: Plan, unit: str | None = None) -> tuple[Figure, ...]:
    """Every figure of a plan; with a unit (by its code) those of the indicators that concern it."""
    return tuple(
        Figure(indicator, year)
        for indicator in plan.indicators
        if unit is None or plan.concerns(indicator, unit)
        for year in (indicator.years if indicator.per == "year" else (None,))
    )


def asked(plan: Plan, review: Review, unit: str | None = None) -> tuple[Figure, ...]:
    """The figures a review asks for: of each year that has begun, at a final review of all years of the plan.

    A target for the whole period is asked for in the years it names, and at a final review. With a unit (by its code)
    those it is asked for.
    """
    until = review.due.year
    return tuple(
        figure
        for figure in figures_of(plan, unit)
        if review.kind == "final"
        or (figure.year <= until if figure.year else until in figure.indicator.years)
    )


def rolled_up(indicator: Indicator, reports: Iterable[Reported]) -> RolledUp:
    """The figure of all units, as the indicator says it is made of theirs.

    A weighted average counts only reports with a weight above zero; ``latest`` is what was reported last.
    """
    known = list(reports)
    counted = [each for each in known if each.weight] if indicator.roll_up == WEIGHTED else known
    left_out = len(known) - len(counted)
    return RolledUp(_value(indicator.roll_up, counted), len(counted), left_out)


def _value(roll_up: str, reports: Sequence[Reported]) -> Decimal | None:
    if not reports:
        return None
    if roll_up == "sum":
        return sum((each.actual for each in reports), Decimal(0))
    if roll_up == "latest":
        return max(reports, key=lambda each: each.on).actual
    weights = [each.weight or Decimal(0) if roll_up == WEIGHTED else Decimal(1) for each in reports]
    total = sum((each.actual * weight for each, weight in zip(reports, weights, strict=True)), Decimal(0))
    return total / sum(weights)


def reached(indicator: Indicator, value: Decimal, target: Target) -> bool:
    """Whether a value is at least (or at most) the target; of a range, the end that must be reached."""
    return value >= target.target if indicator.operator == "at_least" else value <= target.target


def share_reached(indicator: Indicator, value: Decimal, target: Target) -> Decimal | None:
    """How much of a target is reached, in per cent; None where a share says nothing: of a limit, of zero or less."""
    if indicator.operator == "at_most" or target.target <= 0:
        return None
    return value / target.target * 100


def told_share(share: Decimal) -> Decimal:
    """A share as it is shown, with one decimal at most: below the target it is never rounded up to 100."""
    return share.quantize(TENTH, ROUND_DOWN).normalize() + 0
