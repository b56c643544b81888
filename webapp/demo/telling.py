"""Tells many stories at once: each act happens at its own instant, whichever story it belongs to.

A story is a generator. It yields the instant of its next act and is resumed when business time has come there; what
lies beyond the demo's date is simply not told, so that one script serves every date.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Callable, Generator, Iterable
from itertools import count
from zlib import crc32

from webapp.demo.stage import Stage
from webapp.queries.office_days import calendar_around
from workflows.rules.deadlines import add_working_days
from workflows.values import VIETNAM, local_day

Story = Generator[dt.datetime, None, None]

OPENS, CLOSES = 7 * 60 + 30, 16 * 60 + 30
PATIENCE = dt.timedelta(days=60)
A_MINUTE = dt.timedelta(minutes=1)
LUNCH = (11 * 60 + 30, 13 * 60)


def tell(stage: Stage, stories: Iterable[Story], until: dt.datetime, told: Callable[[], None]) -> None:
    """Play the stories in the order of their acts, up to and without ``until``; ``told`` after each act."""
    order = count()
    waiting: list[tuple[dt.datetime, int, Story]] = []
    for story in stories:
        _resume(waiting, order, story)
    while waiting and waiting[0][0] < until:
        instant, _, story = heapq.heappop(waiting)
        stage.go(instant)
        _resume(waiting, order, story)
        told()
    stage.go(until)


def _resume(waiting: list[tuple[dt.datetime, int, Story]], order: count[int], story: Story) -> None:
    """Put a story in its turn. No two of them act in the same minute: one person may be in both."""
    instant = next(story, None)
    if instant is not None:
        taken = {each for each, _number, _story in waiting}
        while instant in taken:
            instant += A_MINUTE
        heapq.heappush(waiting, (instant, next(order), story))


def on(day: dt.date, key: str) -> dt.datetime:
    """An instant of the working hours of a day, always the same for the same key."""
    minute = OPENS + crc32(f"{key}/{day}".encode()) % (CLOSES - OPENS)
    if LUNCH[0] <= minute < LUNCH[1]:
        minute += LUNCH[1] - LUNCH[0]
    return at_minute(day, minute)


def at(text: str, key: str = "") -> dt.datetime:
    """An instant as the script writes it: ``2019-12-09T14:00`` in Việt Nam, or a day only."""
    if "T" not in text:
        return on(dt.date.fromisoformat(text), key)
    return dt.datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def at_minute(day: dt.date, minute: int) -> dt.datetime:
    """The instant so many minutes after midnight in Việt Nam."""
    return dt.datetime.combine(day, dt.time(minute // 60, minute % 60), VIETNAM)


def later(stage: Stage, days: int, key: str) -> dt.datetime:
    """An instant so many working days on; with 0 a little later on the same day, with less at once."""
    if days < 0:
        return stage.at + dt.timedelta(seconds=8)
    if days == 0:
        return stage.at + dt.timedelta(minutes=10 + crc32(key.encode()) % 40)
    today = local_day(stage.at)
    return on(add_working_days(today, days, calendar_around(today.year)), key)


def look(stage: Stage, since: dt.datetime, key: str) -> dt.datetime:
    """When to look again for what somebody waits for: each working day, after two months every other week."""
    return later(stage, 1 if stage.at - since < PATIENCE else 10, f"{key}/look")


def pick(options: tuple[str, ...] | list[str], key: str) -> str:
    """One of the options, always the same for the same key."""
    return options[crc32(key.encode()) % len(options)]


def number(low: int, high: int, key: str) -> int:
    """A whole number between the two, always the same for the same key."""
    return low + crc32(f"n/{key}".encode()) % (high - low + 1)
