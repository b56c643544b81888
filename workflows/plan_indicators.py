"""Indicators of a plan: what is measured, for which units, and the target of each year, group and unit."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a target is measured from; ``value`` is None where the source does not say it."""

    at: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units that a plan sets targets for together.

    ``units`` names them by their codes. Where the source does not say which they are (“communes with more than 20 %
    of poor households”), they are some of the group ``within``, and each unit of that group says itself whether it
    is one.
    """

    code: str
    name: str
    units: tuple[str, ...] = ()
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What some units must reach in some years (none named: all).

    ``units`` are codes of units, ``groups`` those of groups; with either it is a target for each of these units, not
    for all together.
    """

    target: Decimal
    target_to: Decimal | None = None
    years: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measurable target (chỉ tiêu), never an award ceiling; ``wording`` is the source's own.

    ``target`` must be reached; ``target_to`` is the better end where the source gives a range. ``targets`` are
    those of single years, groups and units that differ. ``groups`` report it; none named: all units.
    """

    code: str
    name: str
    wording: str
    operator: Literal["at_least", "at_most"]
    target: Decimal
    unit: str
    per: Literal["year", "whole_period"]
    years: tuple[int, ...]
    for_whom: str
    roll_up: Literal["average", "weighted_average", "sum", "latest"]
    target_to: Decimal | None = None
    weight: str | None = None
    baseline: Baseline | None = None
    strand: str | None = None
    groups: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()

    def target_for(
        self, year: int | None, unit: str | None = None, groups: Collection[str] = frozenset()
    ) -> Target:
        """What a unit of some groups (None: all units together) must reach in a year (None: in the whole period).

        The line of the plan that names the unit goes before one that names its group, and that before one that names
        only the year.
        """
        fitting = [
            each
            for each in self.targets
            if (not each.years or year in each.years)
            and (not each.units or unit in each.units)
            and (not each.groups or not set(each.groups).isdisjoint(groups))
        ]
        closest = max(
            fitting,
            key=lambda each: (bool(each.units), bool(each.groups), bool(each.years)),
            default=None,
        )
        return closest or Target(self.target, self.target_to)
