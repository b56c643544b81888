"""What a member of an inspection sees while it lasts: the one rule, beside that of roles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, select

from webapp.models import Case, InspectionFinding, Unit
from workflows.values import VIETNAM

FINDING = "finding"
"""The process in which a finding is answered."""


@dataclass(frozen=True)
class Inspecting:
    """A unit that the person inspects, with all below it: the cases of one period, of one campaign if it is named.

    ``code`` is that of the inspection.
    """

    inspection_id: int
    code: str
    unit_code: str
    since: dt.date
    until: dt.date
    campaign_id: int | None


def inspected(inspections: Iterable[Inspecting], case: type[Case] = Case) -> ColumnElement[bool]:
    """Condition on Case (or an alias of it): one of the inspections covers it, or a finding of one is answered in it.

    Covered is what ran on a day of the period, opened before or in it, in or below one of the units.
    """
    rows = tuple(inspections)
    raised = select(InspectionFinding.case_id).where(
        InspectionFinding.inspection_id.in_({each.inspection_id for each in rows})
    )
    covered = or_(false(), *(_covered(each, case) for each in rows))
    return or_(and_(case.process != FINDING, covered), case.id.in_(raised))


def covers(inspections: Iterable[Inspecting], case: Case) -> bool:
    """The same rule for one case at hand, without the findings."""
    return case.process != FINDING and any(_covers(each, case) for each in inspections)


def _covers(each: Inspecting, case: Case) -> bool:
    codes = (case.unit.code, case.organiser.code)
    within = any(code == each.unit_code or code.startswith(f"{each.unit_code}/") for code in codes)
    opened = case.opened_at < midnight(each.until + dt.timedelta(days=1))
    ran_on = case.ended_at is None or case.ended_at >= midnight(each.since)
    return within and opened and ran_on and each.campaign_id in (None, case.campaign_id)


def _covered(each: Inspecting, case: type[Case]) -> ColumnElement[bool]:
    units = select(Unit.id).where(below([each.unit_code]))
    conditions = [
        or_(case.unit_id.in_(units), case.organiser_id.in_(units)),
        case.opened_at < midnight(each.until + dt.timedelta(days=1)),
        or_(case.ended_at.is_(None), case.ended_at >= midnight(each.since)),
    ]
    if each.campaign_id is not None:
        conditions.append(case.campaign_id == each.campaign_id)
    return and_(*conditions)


def midnight(day: dt.date) -> dt.datetime:
    """When a day begins in Việt Nam."""
    return dt.datetime.combine(day, dt.time(), VIETNAM)


def below(codes: Iterable[str]) -> ColumnElement[bool]:
    """Condition on Unit: it has one of the codes, or lies below such a unit."""
    wanted = sorted(set(codes))
    within = (or_(Unit.code == code, Unit.code.startswith(code + "/", autoescape=True)) for code in wanted)
    return or_(false(), *within)
