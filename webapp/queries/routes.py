"""The ways cases took: how often each, what was passed, what sent back, and how long each step waited."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, func, select, type_coerce
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.models import Case, CaseRoute, SystemFact, TakenRoute, Unit
from webapp.queries.dialects import local_date
from webapp.queries.numbers_time import nearest_rank
from webapp.queries.standing import Standing
from webapp.queries.working_days import WorkingDays, working_days
from workflows.routes import Part, collapsed

READ_UP_TO = "routes_read"
OVERLAP = 1_000
"""Events looked at again: one that was written meanwhile may have a lower number than one that was read."""

Cases = Sequence[ColumnElement[bool]]
"""Conditions on Case: which cases are asked about."""


@dataclass(frozen=True)
class Changed:
    """Cases in which something happened: the last number in each stream, and the event up to which was looked."""

    numbers: Mapping[str, int]
    up_to: int


def read_up_to(session: Session) -> int:
    """The id of the event up to which the ways have been read; 0 before the first time."""
    fact = session.get(SystemFact, READ_UP_TO)
    return int(fact.value) if fact else 0


def changed_cases(session: Session, since: int, most: int) -> Changed:
    """Streams of cases with events after ``since``, of so many events at most; those already read are left out."""
    place = eventlog.places()
    last = session.scalar(
        select(func.max(place.c.id)).where(
            place.c.id.in_(select(place.c.id).where(place.c.id > since).order_by(place.c.id).limit(most))
        )
    )
    if last is None:
        return Changed({}, since)
    moved = select(place.c.stream).where(place.c.id > since - OVERLAP, place.c.id <= last)
    newest = (
        select(place.c.stream, func.max(place.c.number).label("number"))
        .where(place.c.stream.in_(moved), place.c.stream.startswith(eventlog.case_stream("")))
        .group_by(place.c.stream)
    )
    numbers = dict(session.execute(newest).all())
    codes = {stream.removeprefix(eventlog.case_stream("")) for stream in numbers}
    kept = select(Case.code, CaseRoute.number).join(CaseRoute, CaseRoute.case_id == Case.id)
    read = {
        eventlog.case_stream(code): number
        for code, number in session.execute(kept.where(Case.code.in_(codes)))
    }
    return Changed({stream: number for stream, number in numbers.items() if read.get(stream) != number}, last)


@dataclass(frozen=True)
class Variant:
    """So many cases went through the same steps. ``days``: median working days of those that have ended, if any."""

    code: str
    parts: tuple[Part, ...]
    steps: int
    cases: int
    ended: int
    days: int | None


@dataclass(frozen=True)
class Passed:
    """How often each place and each flow was passed, and each step sent back; and in how many cases each place."""

    cases: int
    places: Mapping[str, int]
    in_cases: Mapping[str, int]
    flows: Mapping[str, int]
    returns: Mapping[str, int]
    variants: Sequence[tuple[str, int]]


def passed(session: Session, wanted: Cases) -> Passed:
    """What some cases passed; one statement. Variants by how many cases took each, the most first."""
    counted = select(CaseRoute.route_id, func.count().label("cases")).join(Case, Case.id == CaseRoute.case_id)
    of_routes = counted.where(*wanted).group_by(CaseRoute.route_id).subquery()  # texts are not sorted with it
    query = select(TakenRoute.variant, TakenRoute.drawn, of_routes.c.cases)
    rows = session.execute(query.join(of_routes, of_routes.c.route_id == TakenRoute.id))
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for variant, drawn, count in rows:
        sums["variants"][variant] += count
        for kind in ("places", "flows", "returns"):
            for name, times in drawn[kind].items():
                sums[kind][name] += times * count
                sums[f"{kind} in"][name] += count
    return Passed(
        cases=sums["variants"].total(),
        places=sums["places"],
        in_cases=sums["places in"],
        flows=sums["flows"],
        returns=sums["returns"],
        variants=sorted(sums["variants"].items(), key=lambda each: (-each[1], each[0])),
    )


def variants(
    session: Session, standing: Standing, wanted: Cases, shown: Sequence[tuple[str, int]]
) -> list[Variant]:
    """These variants in their order, each with its steps and how long it took; three statements."""
    codes = [code for code, _count in shown]
    steps: dict[str, Any] = dict(
        session.execute(
            select(TakenRoute.variant, TakenRoute.drawn).where(TakenRoute.variant.in_(codes))
        ).all()
    )
    ended = TakenRoute.variant, local_date(Case.opened_at), local_date(Case.ended_at)
    query = (
        select(*ended, func.count())
        .join(CaseRoute, CaseRoute.route_id == TakenRoute.id)
        .join(Case, Case.id == CaseRoute.case_id)
        .where(*wanted, TakenRoute.variant.in_(codes), Case.ended_at.is_not(None))
        .group_by(*ended)
    )
    spans: defaultdict[str, Counter[tuple[dt.date, dt.date]]] = defaultdict(Counter)
    for code, opened, over, cases in session.execute(query):
        spans[code][opened, over] += cases
    every = [span for counted in spans.values() for span in counted]
    working = _working(session, standing, every)
    made = []
    for code, count in shown:
        names = [name for name, _place in steps[code]["steps"]]
        took = _lengths(spans[code].items(), working)
        median = nearest_rank(took, 50) if took else None
        made.append(Variant(code, tuple(collapsed(names)), len(names), count, took.total(), median))
    return made


@dataclass(frozen=True)
class Waiting:
    """Working days for which a step was open: of so many times. ``unit`` is the id of whose task it was, or None."""

    place: str
    unit: int | None
    times: int
    median: int
    ninth: int
    longest: int


def waits(session: Session, standing: Standing, wanted: Cases) -> tuple[list[Waiting], list[Waiting]]:
    """How long steps waited: each step, and each step in each unit; by place. Three statements."""
    rows = select(CaseRoute.route_id, CaseRoute.waits).join(Case, Case.id == CaseRoute.case_id).where(*wanted)
    of_routes: defaultdict[int, Counter[tuple[int, int, int, int]]] = defaultdict(Counter)
    for route, found in session.execute(rows):
        of_routes[route].update(map(tuple, found))
    taken = select(CaseRoute.route_id).join(Case, Case.id == CaseRoute.case_id).where(*wanted)
    query = select(TakenRoute.id, TakenRoute.drawn).where(TakenRoute.id.in_(taken))
    counted: Counter[tuple[str, int, int, int]] = Counter()
    for route, drawn in session.execute(query):
        names = list(drawn["places"])
        for (place, unit, opened, done), times in of_routes[route].items():
            counted[names[place], unit, opened, done] += times
    days = [(opened, done) for _place, _unit, opened, done in counted]
    spans = [(dt.date.fromordinal(opened), dt.date.fromordinal(done)) for opened, done in days]
    working = _working(session, standing, spans)
    whole: defaultdict[tuple[str, int | None], Counter[int]] = defaultdict(Counter)
    for ((name, unit, _opened, _done), times), span in zip(counted.items(), spans, strict=True):
        length = working.between(*span)
        whole[name, None][length] += times
        if unit:
            whole[name, unit][length] += times
    made = [
        Waiting(place, unit, took.total(), nearest_rank(took, 50), nearest_rank(took, 90), max(took))
        for (place, unit), took in whole.items()
    ]
    made.sort(key=lambda each: (-each.median, -each.ninth, each.place, each.unit or 0))
    return [each for each in made if each.unit is None], [each for each in made if each.unit is not None]


def unit_names(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """Names of units by their ids; one statement."""
    return dict(session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(set(ids)))).all())


def went(variant: str = "", place: str = "", sent_back: str = "") -> Iterable[ColumnElement[bool]]:
    """Conditions on Case: it went the way of a variant, passed a place, was sent back by one. Empty: any."""
    route = select(CaseRoute.case_id).join(TakenRoute, TakenRoute.id == CaseRoute.route_id)
    drawn = type_coerce(TakenRoute.drawn, Text)
    if variant:
        yield Case.id.in_(route.where(TakenRoute.variant == variant))
    if place:
        yield Case.id.in_(route.where(drawn.contains(f'"{place}":', autoescape=True)))
    if sent_back:  # "returns" is the last member
        yield Case.id.in_(route.where(drawn.like(f'%"returns":{{%"{_plain(sent_back)}":%', escape="/")))


def _plain(text: str) -> str:
    return text.replace("/", "//").replace("%", "/%").replace("_", "/_")


def _working(session: Session, standing: Standing, spans: Sequence[tuple[dt.date, dt.date]]) -> WorkingDays:
    first = min((began for began, _ended in spans), default=dt.date(2000, 1, 1))
    return working_days(session, standing, first, max((ended for _began, ended in spans), default=first))


def _lengths(spans: Iterable[tuple[tuple[dt.date, dt.date], int]], working: WorkingDays) -> Counter[int]:
    took: Counter[int] = Counter()
    for (began, ended), times in spans:
        took[working.between(began, ended)] += times
    return took
