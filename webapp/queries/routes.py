"""The ways cases took: how often each, what was passed, what sent back, and how long each step waited."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from sqlalchemy import ColumnElement, Text, func, select, type_coerce
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.models import Case, CaseRoute, SystemFact, TakenRoute, Unit
from webapp.models.route import DAYS_OF_WAIT, WAIT
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
Span = tuple[dt.date, dt.date]


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
    """How often each place and each flow was passed, and each step sent back; and in how many cases each place.

    ``routes``: by the ids of the ways that were taken the places of each, in their order there.
    """

    cases: int
    places: Mapping[str, int]
    in_cases: Mapping[str, int]
    flows: Mapping[str, int]
    returns: Mapping[str, int]
    variants: Sequence[tuple[str, int]]
    routes: Mapping[int, Sequence[str]]


def passed(session: Session, wanted: Cases) -> Passed:
    """What some cases passed; one statement. Variants by how many cases took each, the most first."""
    counted = select(CaseRoute.route_id, func.count().label("cases")).join(Case, Case.id == CaseRoute.case_id)
    of_routes = counted.where(*wanted).group_by(CaseRoute.route_id).subquery()  # texts are not sorted with it
    query = select(TakenRoute.id, TakenRoute.variant, TakenRoute.drawn, of_routes.c.cases)
    rows = session.execute(query.join(of_routes, of_routes.c.route_id == TakenRoute.id))
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    routes = {}
    for route, variant, drawn, count in rows:
        routes[route] = tuple(drawn["places"])
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
        routes=routes,
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
    spans: defaultdict[str, Counter[Span]] = defaultdict(Counter)
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


@dataclass(frozen=True)
class Waits:
    """The waits of some cases: of each route its places and all waits of its cases, packed; and who counts the days."""

    routes: Sequence[tuple[Sequence[str], bytes]]
    working: Callable[[Iterable[Span]], WorkingDays]

    @cached_property
    def at_places(self) -> list[Waiting]:
        """How long each step waited, the slowest first."""
        counted: defaultdict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
        for places, packed in self.routes:
            for (place, *days), times in Counter(DAYS_OF_WAIT.iter_unpack(packed)).items():
                counted[places[place]][days[0], days[1]] += times
        return self._slowest({(place, None): days for place, days in counted.items()})

    def in_units(self, place: str) -> list[Waiting]:
        """How long each unit took at a step, the slowest first."""
        counted: defaultdict[tuple[str, int | None], Counter[tuple[int, int]]] = defaultdict(Counter)
        for places, packed in self.routes:
            here = places.index(place) if place in places else None
            for at, unit, opened, done in WAIT.iter_unpack(packed):
                if at == here and unit:
                    counted[place, unit][opened, done] += 1
        return self._slowest(counted)

    def _slowest(self, counted: Mapping[tuple[str, int | None], Counter[tuple[int, int]]]) -> list[Waiting]:
        spans = {span: _span(*span) for days in counted.values() for span in days}
        working = self.working(spans.values())
        made = []
        for (place, unit), days in counted.items():
            took = _lengths(((spans[span], times) for span, times in days.items()), working)
            median, ninth = nearest_rank(took, 50), nearest_rank(took, 90)
            made.append(Waiting(place, unit, took.total(), median, ninth, max(took)))
        return sorted(made, key=lambda each: (-each.median, -each.ninth, each.place, each.unit or 0))


def waits(session: Session, standing: Standing, wanted: Cases, found: Passed) -> Waits:
    """How long steps waited in some cases, of which ``found`` says what they passed; one statement, and one more each
    time they are counted: places as a whole, or the units at a place."""
    rows = select(CaseRoute.route_id, CaseRoute.waits).join(Case, Case.id == CaseRoute.case_id).where(*wanted)
    packed: defaultdict[int, list[bytes]] = defaultdict(list)
    for route, each in session.execute(rows):
        packed[route].append(each)
    return Waits(
        [(places, b"".join(packed[route])) for route, places in found.routes.items()],
        partial(_working, session, standing),
    )


def _span(opened: int, done: int) -> Span:
    return dt.date.fromordinal(opened), dt.date.fromordinal(done)


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


def _working(session: Session, standing: Standing, spans: Iterable[Span]) -> WorkingDays:
    spans = list(spans)
    first = min((began for began, _ended in spans), default=dt.date(2000, 1, 1))
    return working_days(session, standing, first, max((ended for _began, ended in spans), default=first))


def _lengths(spans: Iterable[tuple[Span, int]], working: WorkingDays) -> Counter[int]:
    took: Counter[int] = Counter()
    for (began, ended), times in spans:
        took[working.between(began, ended)] += times
    return took
