"""What the table of nominations can be narrowed to, as conditions on cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from webapp.models import (
    NOMINATIONS,
    AwardRound,
    Campaign,
    Case,
    Nomination,
    Nominee,
    Person,
    Strand,
    Task,
    Unit,
)
from webapp.queries.open_tasks import open_task
from webapp.queries.standing import Standing, actable
from webapp.queries.stuck import stuck
from webapp.queries.tracking_words import matching_cases
from webapp.text import search_key
from workflows.values import VIETNAM, local_day

Sort = Literal["code", "name", "unit", "strand", "award", "phase", "outcome", "holder", "since", "due"]
SORTS: tuple[Sort, ...] = get_args(Sort)
PHASE_ORDER = (
    "draft",
    "commune",
    "submission",
    "district",
    "province",
    "council",
    "decision",
    "awarded",
    "closed",
)  # fmt: skip -- a word list
_DECISION = PHASE_ORDER.index("decision")
PHASE_GROUPS: Mapping[str, tuple[str, ...]] = {
    "pending": PHASE_ORDER[:_DECISION],
    "handed_in": PHASE_ORDER[1:],
    "proposed": PHASE_ORDER[1 : PHASE_ORDER.index("closed")],
    "eligible": PHASE_ORDER[PHASE_ORDER.index("council") : PHASE_ORDER.index("closed")],
    "passed": PHASE_ORDER[_DECISION : PHASE_ORDER.index("closed")],
}
"""Phases that are counted together.

Not decided yet, ever handed in, handed in and not refused or withdrawn, found eligible, passed by the council.
"""
AWARDED = ("awarded", "awarded_higher")
WAITING_EVENTS = {"submission": "await_submission", "council": "await_council", "decision": "await_decision"}
"""Where a nomination stands in which nobody has a task, by its stage."""


@dataclass(frozen=True)
class Wanted:
    """Which nominations; empty: all. Values are codes.

    ``phase`` is one of PHASE_ORDER or PHASE_GROUPS, ``kinds`` are those of nominees, ``only`` is one of ONLY, ``age``
    one of AGES: days for which it has stood in its phase, ``due`` one of DUES, for an open task of it;
    ``holder`` is ``me``, ``nobody``, ``role:<role>`` or ``person:<public id>`` of whoever has an open task; ``step`` is
    ``process.element`` of where it waits in its diagram.
    """

    q: str = ""
    campaign: str = ""
    round: str = ""
    strand: str = ""
    kinds: tuple[str, ...] = ()
    unit: str = ""
    phase: str = ""
    holder: str = ""
    outcome: str = ""
    only: str = ""
    award: str = ""
    age: str = ""
    due: str = ""
    step: str = ""


AGES = ("7", "14", "30", "60", "90")
DUES = ("overdue", "today", "week", "later", "none")
ONLY = ("overdue", "returned", "frozen", "stuck")

SUPPLEMENTS = (
    "supplement_dossier",
    "supplement_for_district",
    "supplement_for_province",
    "supplement_by_submitter",
    "correct_line",
)
phase_column = case(
    (Case.state != "ended", func.coalesce(Case.stage, "draft")),
    (Case.outcome.in_(AWARDED), "awarded"),
    else_="closed",
)
phase_rank = case(
    {phase: rank for rank, phase in enumerate(PHASE_ORDER)}, value=phase_column, else_=len(PHASE_ORDER)
)


def narrowed(wanted: Wanted, standing: Standing, now: dt.datetime) -> list[ColumnElement[bool]]:
    """Conditions on a nomination and what hangs on it: it fits the filters."""
    equal = {
        Campaign.code: wanted.campaign,
        AwardRound.code: wanted.round,
        Strand.code: wanted.strand,
        Unit.code: wanted.unit,
        Case.outcome: wanted.outcome,
        Nomination.award: wanted.award,
    }
    conditions: list[ColumnElement[bool]] = [column == value for column, value in equal.items() if value]
    if wanted.phase:
        conditions.append(phase_column.in_(phases_of(wanted.phase)))
    if wanted.kinds:
        conditions.append(Nominee.kind.in_(wanted.kinds))
    if wanted.holder:
        conditions.append(_held_by(wanted.holder, standing))
    if wanted.only:
        conditions.append(_asking_for(wanted.only, now))
    if wanted.age:
        conditions += waiting_for(int(wanted.age), now)
    if wanted.due:
        conditions.append(due_within(wanted.due, now))
    if wanted.step:
        conditions.append(_waits_at(*wanted.step.partition(".")[::2]))
    if words := search_key(wanted.q):
        conditions.append(Case.id.in_(matching_cases(words)))
    return conditions


def _asking_for(only: str, now: dt.datetime) -> ColumnElement[bool]:
    kinds = {"overdue": lambda: overdue(now), "frozen": frozen, "returned": returned, "stuck": stuck}
    return kinds[only]()


def phases_of(phase: str) -> tuple[str, ...]:
    """The phases a filter stands for."""
    return PHASE_GROUPS.get(phase, (phase,))


def overdue(now: dt.datetime) -> ColumnElement[bool]:
    """Condition on Case: an open task of it is past its due time, and its clocks run."""
    late = select(Task.case_id).where(Task.status == "open", Task.due < now)
    return and_(Case.state == "active", Case.id.in_(late))


def waiting_for(days: int, now: dt.datetime) -> list[ColumnElement[bool]]:
    """Conditions on Case: it has stood in its phase for so many days."""
    return [Case.state != "ended", Case.stage_since < now - dt.timedelta(days=days)]


def due_within(when: str, now: dt.datetime) -> ColumnElement[bool]:
    """Condition on Case: it is under way, and an open task of it is due then (one of DUES; days are those of here)."""
    if when == "overdue":
        return overdue(now)
    open_tasks = select(Task.case_id).where(Task.status == "open")
    if when == "none":
        return and_(Case.state == "active", Case.id.not_in(open_tasks.where(Task.due.is_not(None))))
    morrow = dt.datetime.combine(local_day(now) + dt.timedelta(days=1), dt.time(), VIETNAM)
    week = morrow + dt.timedelta(days=6)
    spans = {
        "today": (Task.due >= now, Task.due < morrow),
        "week": (Task.due >= now, Task.due < week),
        "later": (Task.due >= week,),
    }
    return and_(Case.state == "active", Case.id.in_(open_tasks.where(*spans[when])))


def frozen() -> ColumnElement[bool]:
    """Condition on Case: it is suspended."""
    return Case.state == "frozen"


def returned() -> ColumnElement[bool]:
    """Condition on Case: it waits for a supplement."""
    asked = select(Task.case_id).where(Task.status == "open", Task.element.in_(SUPPLEMENTS))
    return and_(Case.state != "ended", Case.id.in_(asked))


def _held_by(holder: str, standing: Standing) -> ColumnElement[bool]:
    """Condition on Case: whoever is named has an open task in it."""
    kind, _, name = holder.partition(":")
    if kind == "me":
        return open_task(lambda task: actable(standing, task))
    if kind == "nobody":
        return and_(Case.state != "ended", ~open_task())
    if kind == "role":
        return and_(Case.state == "active", open_task(lambda task: task.role == name))
    person = select(Person.id).where(Person.public_id == name).scalar_subquery()
    return open_task(lambda task: func.coalesce(task.holder_id, task.person_id) == person)


def _waits_at(process: str, element: str) -> ColumnElement[bool]:
    """Condition on Case: a nomination under way that waits there, as the map of waiting counts it."""
    task = open_task(lambda task: and_(task.process == process, task.element == element))
    told = [stage for stage, event in WAITING_EVENTS.items() if event == element]
    at_event = and_(Case.stage.in_(told), ~open_task())
    return and_(Case.process == "nomination", Case.state == "active", or_(task, at_event) if told else task)


def cases_of(wanted: Wanted, *columns: Any, sort: Sort = "code") -> Select[Any]:
    """Of the cases of nominations, joined with what the filters and the order look at, and with nothing else."""
    nominee = bool(wanted.kinds) or sort == "name"
    strand = bool(wanted.strand) or sort == "strand"
    award = bool(wanted.award) or sort == "award"
    joins: list[tuple[bool, type[Any], ColumnElement[bool]]] = [
        (nominee or strand or award or bool(wanted.round), Nomination, Nomination.case_id == Case.id),
        (nominee, Nominee, Nominee.id == Nomination.nominee_id),
        (strand, Strand, Strand.id == Nomination.strand_id),
        (bool(wanted.round), AwardRound, AwardRound.id == Nomination.round_id),
        (bool(wanted.campaign), Campaign, Campaign.id == Case.campaign_id),
        (bool(wanted.unit) or sort == "unit", Unit, Unit.id == Case.unit_id),
    ]
    query = select(*columns).select_from(Case).where(Case.process.in_(NOMINATIONS))
    for needed, entity, condition in joins:
        query = query.join(entity, condition) if needed else query
    return query
