"""What the table of nominations can be narrowed to, as conditions on cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, case, func, or_, select, union_all
from sqlalchemy.orm import aliased

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
from webapp.text import search_key

Sort = Literal["code", "name", "unit", "strand", "phase", "since", "due"]
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


@dataclass(frozen=True)
class Wanted:
    """Which nominations; empty: all. Values are codes.

    ``phase`` is one of PHASE_ORDER or PHASE_GROUPS, ``kinds`` are those of nominees, ``only`` is
    overdue, frozen or returned;
    ``holder`` is ``me``, ``nobody``, ``role:<role>`` or ``person:<public id>`` of whoever has an open task.
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

_called = aliased(Case)


def narrowed(wanted: Wanted, standing: Standing, now: dt.datetime) -> list[ColumnElement[bool]]:
    """Conditions on a nomination and what hangs on it: it fits the filters."""
    equal = {
        Campaign.code: wanted.campaign,
        AwardRound.code: wanted.round,
        Strand.code: wanted.strand,
        Unit.code: wanted.unit,
        Case.outcome: wanted.outcome,
    }
    conditions: list[ColumnElement[bool]] = [column == value for column, value in equal.items() if value]
    if wanted.phase:
        conditions.append(phase_column.in_(phases_of(wanted.phase)))
    if wanted.kinds:
        conditions.append(Nominee.kind.in_(wanted.kinds))
    if wanted.holder:
        conditions.append(_held_by(wanted.holder, standing))
    if wanted.only:
        conditions.append({"overdue": overdue(now), "frozen": frozen(), "returned": returned()}[wanted.only])
    if words := search_key(wanted.q):
        conditions.append(Case.id.in_(_matching_cases(words)))
    return conditions


def phases_of(phase: str) -> tuple[str, ...]:
    """The phases a filter stands for."""
    return PHASE_GROUPS.get(phase, (phase,))


def matching(words: str) -> ColumnElement[bool]:
    """Condition: name of the nominee, unit or code holds the words, which are written without marks."""
    return or_(
        Nominee.search_key.contains(words, autoescape=True),
        Unit.search_key.contains(words, autoescape=True),
        Case.code.contains(words.upper(), autoescape=True),
    )


def _matching_cases(words: str) -> CompoundSelect[int]:
    """Ids of the cases that hold the words in one of the three places, each place read from its own index."""
    named = select(Nominee.id).where(Nominee.search_key.contains(words, autoescape=True))
    of_unit = select(Unit.id).where(Unit.search_key.contains(words, autoescape=True))
    return union_all(
        select(Nomination.case_id).where(Nomination.nominee_id.in_(named)),
        select(_called.id).where(_called.unit_id.in_(of_unit)),
        select(_called.id).where(_called.code.contains(words.upper(), autoescape=True)),
    )


def overdue(now: dt.datetime) -> ColumnElement[bool]:
    """Condition on Case: an open task of it is past its due time, and its clocks run."""
    late = select(Task.case_id).where(Task.status == "open", Task.due < now)
    return and_(Case.state == "active", Case.id.in_(late))


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
        return open_task(lambda task: task.role == name)
    person = select(Person.id).where(Person.public_id == name).scalar_subquery()
    return open_task(lambda task: func.coalesce(task.holder_id, task.person_id) == person)


def cases_of(wanted: Wanted, *columns: Any, sort: Sort = "code") -> Select[Any]:
    """Of the cases of nominations, joined with what the filters and the order look at, and with nothing else."""
    nominee = bool(wanted.kinds) or sort == "name"
    strand = bool(wanted.strand) or sort == "strand"
    joins: list[tuple[bool, type[Any], ColumnElement[bool]]] = [
        (nominee or strand or bool(wanted.round), Nomination, Nomination.case_id == Case.id),
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
