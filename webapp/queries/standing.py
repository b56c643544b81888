"""What a person holds today, and what that lets them see and do: the one place, for pages and API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    and_,
    exists,
    false,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from webapp.models import Campaign, Case, Person, Task, Unit
from webapp.queries.inspecting import FINDING, Inspecting, below, inspected
from webapp.queries.lending import Lent
from webapp.queries.standings import AWAY, HELD, INSPECTED, INSPECTS, LENT, PAST, PROPOSED, STANDING

AT_SUBMITTER = frozenset({"officer", "commune_chair"})
AT_AUTHORITY = frozenset(
    {"specialist", "head", "secretary", "member", "presiding", "office", "authority", "clerk"}
)

ANSWERING = frozenset({"head", "secretary", "office", "authority"})
"""Who at an organiser knows of findings about its work: those who answer for it, and nobody they may be about."""

INSPECTOR = "inspector"
"""Held by whoever is a member of an inspection that lasts; nobody gives it."""

INSPECTING = ("auditor", INSPECTOR)

FORMER = "former_inspector"
"""Held by whoever is or ever was a member of an inspection; nobody gives it."""

# Made once: an alias copies every column of its table when it is first used.
_touched = aliased(Task)
_plan_case, _plan_task = aliased(Case), aliased(Task)


@dataclass(frozen=True)
class Held:
    """A role held in a unit."""

    role: str
    unit_id: int
    unit_code: str


@dataclass(frozen=True)
class Standing:
    """A person with the roles held on a day, and what others have delegated to them for it.

    ``past``: the same roles in the units that went over into those: who holds it now sees and does what they left.
    ``absent_until`` is the last day of an absence that lasts; ``proposals`` counts delegations they have not answered;
    ``inspected``: they are or were a member of an inspection, whether it lasts or not.
    """

    person_id: int
    roles: tuple[Held, ...]
    past: tuple[Held, ...] = ()
    lent: tuple[Lent, ...] = ()
    absent_until: dt.date | None = None
    proposals: int = 0
    inspections: tuple[Inspecting, ...] = ()
    inspected: bool = False

    @property
    def every(self) -> tuple[Held, ...]:
        """Where something can be seen or done: the roles, and those in units that are no more."""
        return self.roles + self.past

    def alone(self) -> Standing:
        """The same person without what others have delegated to them."""
        return replace(self, lent=(), proposals=0)

    def units(self, *roles: str) -> set[int]:
        """Ids of the units in which one of the roles is held."""
        return {held.unit_id for held in self.every if held.role in roles}

    def acts_for(self, organiser: str) -> set[int]:
        """Ids of the units somebody brings something from, into a campaign of the unit with the code ``organiser``.

        Their own where they register, propose or sign for a unit, or hold roles only below it; else none in particular.
        """
        acting = ("officer", "registrant", "commune_chair")
        own = {held.unit_id for held in self.roles if held.role in acting}
        if own or any(held.unit_code == organiser for held in self.roles):
            return own
        return {held.unit_id for held in self.roles if held.unit_code.startswith(organiser + "/")}

    def holds(self, *roles: str) -> bool:
        """True when one of the roles is held anywhere; those of inspectors come with an inspection."""
        return (
            any(held.role in roles for held in self.roles)
            or (INSPECTOR in roles and bool(self.inspections))
            or (FORMER in roles and self.inspected)
        )


def standing_of(session: Session, person: Person, day: dt.date) -> Standing:
    """What ``person`` holds on ``day``, in one statement."""
    rows = session.execute(STANDING, {"person": person.id, "day": day}).all()
    away = [row.until for row in rows if row.what == AWAY]
    return Standing(
        person.id,
        roles=_held(rows, HELD),
        past=tuple(dict.fromkeys(_held(rows, PAST))),
        lent=tuple(_lent(row, day) for row in rows if row.what == LENT),
        absent_until=max(away, default=None),
        proposals=sum(row.what == PROPOSED for row in rows),
        inspections=tuple(
            Inspecting(row.row, row.name, row.code, row.since, row.until, row.campaign_id)
            for row in rows
            if row.what == INSPECTS
        ),
        inspected=any(row.what == INSPECTED for row in rows),
    )


def _held(rows: Sequence[Row[Any]], what: str) -> tuple[Held, ...]:
    return tuple(Held(row.role, row.unit_id, row.code) for row in rows if row.what == what)


def _lent(row: Row[Any], day: dt.date) -> Lent:
    return Lent(
        role=row.role,
        unit_id=row.unit_id,
        unit_code=row.code,
        delegation_id=row.row,
        principal_id=row.principal_id,
        principal=row.principal,
        name=row.name,
        day=day,
        campaign_id=row.campaign_id,
        kinds=tuple(row.kinds),
    )


def takable(standing: Standing, task: type[Task] = Task) -> ColumnElement[bool]:
    """Condition on Task (or an alias of it): it is for everybody with a role in a unit, and the person holds it."""
    by_role = (
        and_(task.role == held.role, task.unit_id == held.unit_id, task.person_id.is_(None))
        for held in standing.every
    )
    return or_(false(), *by_role)


def own(standing: Standing, task: type[Task] = Task) -> ColumnElement[bool]:
    """Condition on Task (or an alias of it): the person may act on it in their own right."""
    return or_(task.person_id == standing.person_id, takable(standing, task))


def actable(standing: Standing, task: type[Task] = Task) -> ColumnElement[bool]:
    """Condition on Task (or an alias of it): the person may act on it. A task for one person is nobody else's.

    What has been delegated to them opens tasks that are open, and no others.
    """
    if not standing.lent:
        return own(standing, task)
    lent = or_(*(each.opened(task) for each in standing.lent))
    return or_(own(standing, task), and_(task.status == "open", lent))


def may_act(standing: Standing, task: Task) -> bool:
    """The same rule for one task at hand."""
    return _is_own(standing, task) or (
        task.status == "open" and any(each.opens(task) for each in standing.lent)
    )


def acts_by(standing: Standing, task: Task) -> Lent | None:
    """The delegation by which the person would act on a task; None in their own right, or where they may not.

    The own right goes first, unless a principal has taken the task or the person has taken it for one.
    """
    fitting = [each for each in standing.lent if task.status == "open" and each.opens(task)]
    if task.holder_id is None:
        return None if _is_own(standing, task) else next(iter(fitting), None)
    principal = task.principal_id if task.holder_id == standing.person_id else task.holder_id
    return next((each for each in fitting if each.principal_id == principal), None)


def acts_again(standing: Standing, task: Task) -> bool:
    """Whether the person still has the right in which they closed a task: their own, or one lent to them."""
    return _is_own(standing, task) if task.principal_id is None else lent_again(standing, task) is not None


def lent_again(standing: Standing, task: Task) -> Lent | None:
    """The delegation by which the person would act once more for whom they closed a task."""
    fitting = (each for each in standing.lent if each.opens(task))
    return next((each for each in fitting if each.principal_id == task.principal_id), None)


def _is_own(standing: Standing, task: Task) -> bool:
    if task.person_id is not None:
        return task.person_id == standing.person_id
    return any(held.role == task.role and held.unit_id == task.unit_id for held in standing.every)


def visible(standing: Standing) -> ColumnElement[bool]:
    """Condition on Case: the person may know of it. For one case, or the first few of a list.

    The registrant sees their own; the submitting unit its own; the authorities whatever passes through their unit
    (findings only who answers for it); an auditor whatever lies in or below the unit audited; the member of an
    inspection what it covers, while it lasts; and whoever has or had a task in a case sees that case, a delegate while
    the task is open or after they have done it.
    """
    # The dearest condition stands last: databases stop at the first one that holds.
    touched = or_(_touched.closed_by_id == standing.person_id, actable(standing, _touched))
    had_a_task = select(_touched.id).where(_touched.case_id == Case.id, touched).correlate(Case).exists()
    return or_(*_of_units(standing), had_a_task)


def visible_among(standing: Standing) -> ColumnElement[bool]:
    """The same condition, for counting over all cases: what is looked up for each there is gathered once here."""
    return or_(*_of_units(standing), Case.id.in_(_had_tasks(standing)))


def _of_units(standing: Standing) -> list[ColumnElement[bool]]:
    """Conditions on Case, one of which lets the person know of it without a task in it."""
    conditions: list[ColumnElement[bool]] = [Case.registrant_id == standing.person_id]
    if submitting := standing.units(*AT_SUBMITTER):
        conditions.append(Case.unit_id.in_(submitting))
    if deciding := standing.units(*AT_AUTHORITY):
        answering = Case.organiser_id.in_(standing.units(*ANSWERING))
        conditions += [
            and_(Case.organiser_id.in_(deciding), or_(Case.process != FINDING, answering)),
            Case.district_id.in_(deciding),
            Case.province_id.in_(deciding),
        ]
    if standing.holds("auditor"):
        audited = select(Unit.id).where(at_or_below(standing, "auditor"))
        conditions += [Case.unit_id.in_(audited), Case.organiser_id.in_(audited)]
    return conditions + ([inspected(standing.inspections)] if standing.inspections else [])


def _had_tasks(standing: Standing) -> CompoundSelect[int]:
    """Ids of the cases in which the person has or had a task, each part out of an index."""
    mine = (Task.closed_by_id == standing.person_id, Task.person_id == standing.person_id)
    lent = (and_(Task.status == "open", each.opened()) for each in standing.lent)
    held = (
        and_(Task.role == held.role, Task.unit_id == held.unit_id, Task.person_id.is_(None))
        for held in standing.every
    )
    return union_all(*(select(Task.case_id).where(condition) for condition in (*mine, *held, *lent)))


def at_or_below(standing: Standing, *roles: str) -> ColumnElement[bool]:
    """Condition on Unit: it is, or lies below, a unit in which one of the roles is held."""
    return below(held.unit_code for held in standing.every if held.role in roles)


def visible_campaign(standing: Standing) -> ColumnElement[bool]:
    """Condition on Campaign: the person may know of it.

    A plan that has been published is known in its organiser's unit and everywhere below; before that only those who
    decide or act for the organiser's unit, or decide above it, know of it.
    """
    parts = [held.unit_code.split("/") for held in standing.every]
    above = {"/".join(part[: depth + 1]) for part in parts for depth in range(len(part))}
    return or_(
        Campaign.unit_id.in_(select(Unit.id).where(at_or_below(standing, *AT_AUTHORITY, "auditor", "admin"))),
        Campaign.unit_id.in_(standing.units(*AT_SUBMITTER)),
        and_(Campaign.unit_id.in_(select(Unit.id).where(Unit.code.in_(above))), published()),
    )


def published() -> ColumnElement[bool]:
    """Condition on Campaign: its plan has gone out to the units; that of a response when its registration opened."""
    sent = exists().where(
        _plan_case.campaign_id == Campaign.id,
        _plan_case.process == "campaign",
        _plan_task.case_id == _plan_case.id,
        _plan_task.element == "publish_plan",
        _plan_task.status == "done",
    )
    return or_(Campaign.registration != "planned", sent)


def may_see(session: Session, standing: Standing, case_id: int) -> bool:
    """The rule of :func:`visible` for one case."""
    return bool(session.scalar(select(true()).where(exists().where(Case.id == case_id, visible(standing)))))
