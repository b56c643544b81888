"""Where exemplars come from and where they are applied: counts by commune, for each organiser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from webapp.models import Case, Introduction, Replication, Unit
from webapp.queries.introductions import introduced, introduced_so_far
from webapp.queries.replications import counted
from webapp.queries.standing import Standing, visible_among


@dataclass(frozen=True)
class Commune:
    """One commune: exemplars it has introduced, exemplars it applies, and of these those with confirmed results.

    ``code`` is empty for what lies in no commune: offices and bodies of the organiser. A place is in degrees.
    """

    code: str
    name: str
    latitude: float | None
    longitude: float | None
    introduced: int = 0
    applied: int = 0
    results: int = 0

    @property
    def idle(self) -> bool:
        return not (self.introduced or self.applied)


@dataclass(frozen=True)
class Area:
    """The communes of one organiser."""

    code: str
    name: str
    communes: tuple[Commune, ...]


Reading = Callable[..., Select[Any]]
"""A statement about the introductions that are counted, with their case and unit, for the columns named."""


def areas_seen(session: Session, standing: Standing, campaign: str = "") -> list[Area]:
    """The areas of those organisers whose exemplars the person may know of: what was introduced so far, in a campaign
    where one is named."""
    query = select(Case.organiser_id).where(Case.process == "exemplar", visible_among(standing)).distinct()
    organisers = list(session.scalars(query))
    return _areas(session, lambda *columns: introduced_so_far(*columns, campaign=campaign), organisers)


def areas(session: Session, now: dt.datetime) -> list[Area]:
    """Every organiser that introduces something now; four statements."""
    return _areas(session, lambda *columns: introduced(*columns, now=now))


def _areas(session: Session, reading: Reading, organisers: Collection[int] | None = None) -> list[Area]:
    shown = reading(Case.organiser_id)
    if organisers is not None:
        shown = shown.where(Case.organiser_id.in_(organisers))
    units = session.scalars(select(Unit).where(Unit.id.in_(shown)).order_by(Unit.sort_key)).all()
    if not units:
        return []
    counts = _counts(session, reading)
    communes = _communes(session, [unit.code for unit in units])
    return [
        Area(unit.code, unit.name, tuple(_filled(unit.id, unit.code, communes, counts))) for unit in units
    ]


Counts = dict[tuple[int, str], tuple[int, int, int]]
"""(organiser, unit) → introduced, applied, with results."""


def _counts(session: Session, reading: Reading) -> Counts:
    of_unit = Case.organiser_id, Unit.code
    found: Counts = {}
    shown: Iterable[Any] = session.execute(reading(*of_unit, func.count()).group_by(*of_unit))
    for organiser, unit, count in shown:
        found[organiser, unit] = (count, 0, 0)
    applied = (
        select(Case.organiser_id, Unit.code, func.count(), func.count(Replication.results_at))
        .select_from(Replication)
        .join(Case, Case.id == Replication.case_id)
        .join(Unit, Unit.id == Replication.unit_id)
        .where(counted(), Replication.introduction_id.in_(reading(Introduction.id)))
        .group_by(Case.organiser_id, Unit.code)
    )
    for organiser, unit, count, results in session.execute(applied):
        found[organiser, unit] = (found.get((organiser, unit), (0,))[0], count, results)
    return found


def _communes(session: Session, organisers: Iterable[str]) -> list[Commune]:
    below = or_(*(Unit.code.startswith(f"{code}/", autoescape=True) for code in organisers))
    query = select(Unit.code, Unit.name, Unit.latitude, Unit.longitude).where(
        below, Unit.level == "commune", Unit.kind == "committee"
    )
    return [Commune(*row) for row in session.execute(query.order_by(Unit.sort_key))]


def _filled(organiser: int, code: str, communes: Iterable[Commune], counts: Counts) -> list[Commune]:
    """The communes below an organiser with their counts; at the end what lies in none of them, where there is any."""
    own = {one.code: one for one in communes if one.code.startswith(f"{code}/")}
    other = Commune("", "", None, None)
    for (of, unit), numbers in counts.items():
        if of != organiser:
            continue
        home = next((each for each in own if f"{unit}/".startswith(f"{each}/")), "")
        if home:
            own[home] = _added(own[home], numbers)
        else:
            other = _added(other, numbers)
    return [*own.values(), *([] if other.idle else [other])]


def _added(one: Commune, numbers: tuple[int, int, int]) -> Commune:
    shown, applied, results = numbers
    return replace(
        one,
        introduced=one.introduced + shown,
        applied=one.applied + applied,
        results=one.results + results,
    )
