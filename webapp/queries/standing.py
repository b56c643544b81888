"""What a person holds today, and what that lets them see and do: the one place, for pages and API."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    and_,
    bindparam,
    exists,
    false,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from webapp.models import Campaign, Case, Person, RoleHolding, Task, Unit, UnitSuccession

AT_SUBMITTER = frozenset({"officer", "commune_chair"})
AT_AUTHORITY = frozenset(
    {"specialist", "head", "secretary", "member", "presiding", "office", "authority", "clerk"}
)

# Made once: an alias copies every column of its table when it is first used.
_touched = aliased(Task)
_past = aliased(Unit)
_plan_case, _plan_task = aliased(Case), aliased(Task)


@dataclass(frozen=True)
class Held:
    """A role held in a unit."""

    role: str
    unit_id: int
    unit_code: str


@dataclass(frozen=True)
class Standing:
    """A person with the roles held on a day.

    ``past``: the same roles in the units that went over into those: who holds it now sees and does what they left.
    """

    person_id: int
    roles: tuple[Held, ...]
    past: tuple[Held, ...] = ()

    @property
    def every(self) -> tuple[Held, ...]:
        """Where something can be seen or done: the roles, and those in units that are no more."""
        return self.roles + self.past

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
        """True when one of the roles is held anywhere."""
        return any(held.role in roles for held in self.roles)


_HOLDINGS = (
    select(RoleHolding, Unit.code, _past.id.label("past_id"), _past.code.label("past_code"))
    .join(Unit, Unit.id == RoleHolding.unit_id)
    .outerjoin(UnitSuccession, UnitSuccession.successor_id == Unit.id)
    .outerjoin(_past, _past.id == UnitSuccession.predecessor_id)
    .where(RoleHolding.person_id == bindparam("person"))
    .order_by(RoleHolding.id, UnitSuccession.id)
)


def standing_of(session: Session, person: Person, day: dt.date) -> Standing:
    """What ``person`` holds on ``day``."""
    rows = [row for row in session.execute(_HOLDINGS, {"person": person.id}) if row[0].holds_on(day)]
    held = dict.fromkeys((row.id, Held(row.role, row.unit_id, code)) for row, code, _id, _code in rows)
    past = [Held(row.role, id_, past) for row, _code, id_, past in rows if id_ is not None]  # type: ignore[redundant-expr]  # outer join
    return Standing(person.id, tuple(each for _id, each in held), tuple(dict.fromkeys(past)))


def takable(standing: Standing, task: type[Task] = Task) -> ColumnElement[bool]:
    """Condition on Task (or an alias of it): it is for everybody with a role in a unit, and the person holds it."""
    by_role = (
        and_(task.role == held.role, task.unit_id == held.unit_id, task.person_id.is_(None))
        for held in standing.every
    )
    return or_(false(), *by_role)


def actable(standing: Standing, task: type[Task] = Task) -> ColumnElement[bool]:
    """Condition on Task (or an alias of it): the person may act on it. A task for one person is nobody else's."""
    return or_(task.person_id == standing.person_id, takable(standing, task))


def may_act(standing: Standing, task: Task) -> bool:
    """The same rule for one task at hand."""
    if task.person_id is not None:
        return task.person_id == standing.person_id
    return any(held.role == task.role and held.unit_id == task.unit_id for held in standing.every)


def visible(standing: Standing) -> ColumnElement[bool]:
    """Condition on Case: the person may know of it. For one case, or the first few of a list.

    The registrant sees their own; the submitting unit its own; the authorities whatever passes through their unit; an
    auditor whatever lies in or below the unit audited; and whoever has or had a task in a case sees that case.
    """
    # The dearest condition stands last: databases stop at the first one that holds.
    own = or_(_touched.closed_by_id == standing.person_id, actable(standing, _touched))
    had_a_task = select(_touched.id).where(_touched.case_id == Case.id, own).correlate(Case).exists()
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
        conditions += [
            Case.organiser_id.in_(deciding),
            Case.district_id.in_(deciding),
            Case.province_id.in_(deciding),
        ]
    if standing.holds("auditor"):
        audited = select(Unit.id).where(at_or_below(standing, "auditor"))
        conditions += [Case.unit_id.in_(audited), Case.organiser_id.in_(audited)]
    return conditions


def _had_tasks(standing: Standing) -> CompoundSelect[int]:
    """Ids of the cases in which the person has or had a task, each part out of an index."""
    own = (Task.closed_by_id == standing.person_id, Task.person_id == standing.person_id)
    held = (
        and_(Task.role == held.role, Task.unit_id == held.unit_id, Task.person_id.is_(None))
        for held in standing.every
    )
    return union_all(*(select(Task.case_id).where(condition) for condition in (*own, *held)))


def at_or_below(standing: Standing, *roles: str) -> ColumnElement[bool]:
    """Condition on Unit: it is, or lies below, a unit in which one of the roles is held."""
    codes = {held.unit_code for held in standing.every if held.role in roles}
    return or_(
        false(),
        *(
            or_(Unit.code == code, Unit.code.startswith(code + "/", autoescape=True))
            for code in sorted(codes)
        ),
    )


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
