"""As it was at an instant: which tasks were open, in whose hands they were, when they were due, which cases rested.

That a task was open its row tells (`open_within`); what has been changed on the row since then is read from the log.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import Session, aliased

from webapp import eventlog
from webapp.eventlog import Narrowing, Recorded, case_stream
from webapp.models import BulkItem, Task
from workflows.rules.deadlines import end_of_day

HANDS = frozenset({"task_taken", "task_given_back", "task_assigned", "task_handed_over"})
PAUSES = frozenset({"case_frozen", "case_resumed"})
DEADLINES = frozenset({"deadline_moved", "timers_shifted"})
MOVED = frozenset({"case_moved"})

_undone = aliased(Task)

Told = Mapping[str, Sequence[Recorded]]
"""Events by the code of their case, the oldest first."""


@dataclass(frozen=True)
class Span:
    """From ``first`` to ``last``, both included; an instant is a span of no length."""

    first: dt.datetime
    last: dt.datetime


@dataclass(frozen=True)
class Hand:
    """Who had taken a task (a public id), in whose name, and since when."""

    holder: str
    principal: str | None
    since: dt.datetime


def open_within(span: Span) -> ColumnElement[bool]:
    """Condition on Task: it was open at some instant of the span; at an instant, after the steps of that instant.

    A task that came back because a decision was undone is opened, by its row, when the one before it was: it was not
    there before the undoing.
    """
    came_back_later = exists().where(
        _undone.case_id == Task.case_id,
        _undone.element == Task.element,
        _undone.opened_at == Task.opened_at,
        _undone.id < Task.id,
        BulkItem.task_id == _undone.id,
        BulkItem.undone_at > span.last,
    )
    still = or_(Task.closed_at.is_(None), Task.closed_at > span.first)
    return and_(Task.opened_at <= span.last, still, ~came_back_later.correlate(Task))


def told_of(session: Session, codes: Collection[str], types: Collection[str]) -> Told:
    """The events of these types of some cases; one statement."""
    streams = [case_stream(code) for code in codes]
    narrow = Narrowing(lambda stream, _actor: stream.in_(streams), types=types)
    return _by_case(eventlog.read_latest(session, narrow, limit=None))


def told_of_all(session: Session, types: Collection[str]) -> Told:
    """The events of these types of all cases, for types that are rare; one statement."""
    narrow = Narrowing(lambda stream, _actor: stream.startswith(case_stream("")), types=types)
    return _by_case(eventlog.read_latest(session, narrow, limit=None))


def _by_case(newest_first: Sequence[Recorded]) -> Told:
    found: dict[str, list[Recorded]] = defaultdict(list)
    for event in reversed(newest_first):
        found[event.stream.removeprefix(case_stream(""))].append(event)
    return found


def hand_at(events: Iterable[Recorded], task: str, at: dt.datetime) -> Hand | None:
    """Who had taken a task (its public id) at an instant; None: nobody."""
    hand: Hand | None = None
    for event in events:
        if event.type not in HANDS or event.fields["task"] != task or event.at > at:
            continue
        taker = {"task_taken": event.actor, "task_given_back": ""}.get(event.type)
        if taker is None:
            taker = event.fields["taker" if event.type == "task_handed_over" else "person"]
        principal = event.principal if event.type == "task_taken" else None
        hand = Hand(taker, principal, event.at) if taker else None
    return hand


def named_at(events: Iterable[Recorded], task: str, now: str, at: dt.datetime) -> str:
    """Whom alone a task was for at an instant; ``now`` is the public id on its row."""
    later = (event for event in events if event.type == "task_handed_over" and event.at > at)
    return next((event.fields["person"] for event in later if event.fields["task"] == task), now)


def due_at(
    events: Sequence[Recorded], task: str, now: dt.datetime | None, at: dt.datetime, until: dt.datetime | None
) -> dt.datetime | None:
    """When a task was due as of an instant: the time on its row, with all later moves taken back.

    ``until`` is when the task was closed: what moved after that moved without it.
    """
    due = now
    for event in reversed(events):
        if due is None or event.at <= at or (until is not None and event.at > until):
            continue
        if event.type == "timers_shifted":
            due = _before_shift(event, due)
        elif event.type == "deadline_moved" and event.fields["task"] == task:
            due = _before_move(event, due)
    return due


def _before_shift(event: Recorded, due: dt.datetime) -> dt.datetime:
    """Where the time stood before the case rested; one that was over by then has not moved."""
    if due <= event.at or event.input is None:
        return due
    given = event.input["data"]
    for moves in given.get("clocks", {}).values():
        for before, after in moves.items():
            if dt.datetime.fromisoformat(after) == due:
                return dt.datetime.fromisoformat(before)
    return due - dt.timedelta(seconds=given["seconds"])


def _before_move(event: Recorded, due: dt.datetime) -> dt.datetime:
    """Where the time stood before somebody set it to another day."""
    instants = event.input["data"]["instants"] if event.input is not None else {}
    for before, after in instants.items():
        if dt.datetime.fromisoformat(after) == due:
            return dt.datetime.fromisoformat(before)
    return end_of_day(dt.date.fromisoformat(event.fields["before_date"]))


def frozen_at(events: Iterable[Recorded], at: dt.datetime) -> dt.datetime | None:
    """Since when a case rested at an instant; None: it did not."""
    pauses = [event for event in events if event.type in PAUSES and event.at <= at]
    return pauses[-1].at if pauses and pauses[-1].type == "case_frozen" else None


def moved_after(told: Told, at: dt.datetime) -> dict[str, str]:
    """The cases that went over to another unit after an instant, with the code of the unit they lay in."""
    found = {}
    for code, events in told.items():
        later = (event for event in events if event.type == "case_moved" and event.at > at)
        if event := next(later, None):
            found[code] = event.fields["predecessor"]
    return found
