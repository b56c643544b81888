"""A month of deadlines as its address describes it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from flask import request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from webapp.extensions import db
from webapp.i18n import DEFAULT, content, language
from webapp.queries import deadline_calendar as found
from webapp.ui.access import standing
from webapp.ui.cases import case_name, case_url
from webapp.ui.clock import today
from webapp.ui.formats import clock
from webapp.ui.timelines import dates_of
from workflows.rules.deadlines import Calendar, public_holidays
from workflows.values import local_day

WEEK = [dt.date(2024, 1, day) for day in range(1, 8)]
"""A Monday and the days after it, for their names."""
SHOWN = 3
"""So many lines stand in the cell of a day."""


@dataclass(frozen=True)
class Item:
    """Something on a day: a task, a session, a day of a plan. ``about`` says of what case or campaign."""

    kind: str
    text: str
    about: str
    url: str
    late: bool = False


@dataclass(frozen=True)
class Day:
    """A day of the month. ``lines`` are its items, alike ones as one; ``name`` says why it is off or worked."""

    date: dt.date
    inside: bool
    today: bool
    works: bool
    name: str
    items: tuple[Item, ...]
    lines: tuple[tuple[Item, int], ...]

    @property
    def more(self) -> int:
        return len(self.lines) - SHOWN


@dataclass(frozen=True)
class ShownMonth:
    """A month of weeks of days; ``chosen`` is the day whose items are listed."""

    first: dt.date
    own: bool
    weeks: Sequence[Sequence[Day]]
    chosen: Day | None

    week = WEEK
    shown = SHOWN

    @property
    def title(self) -> str:
        """The month and its year as one says them."""
        return format_date(self.first, "LLLL/yyyy" if language() == DEFAULT else "LLLL yyyy")

    @property
    def days(self) -> list[Day]:
        """The days of the month that something falls on, or that are not as their weekday says."""
        return [day for week in self.weeks for day in week if day.inside and (day.items or day.name)]

    def url(self, months: int = 0, **changes: str) -> str:
        """The address of another month, reach or day."""
        index = self.first.year * 12 + self.first.month - 1 + months
        at = {
            "month": f"{index // 12:04d}-{index % 12 + 1:02d}",
            "whose": "" if self.own else "unit",
        } | changes
        kept: dict[str, Any] = {name: value for name, value in at.items() if value}
        return url_for("tracking.show_deadlines", **kept)


def shown_month() -> ShownMonth:
    """The month the address names, or else this one."""
    first = _month(request.args.get("month", ""))
    own = request.args.get("whose") != "unit"
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    start, end = weeks[0][0], weeks[-1][-1]
    works = found.calendar_for(db.session(), standing(), first.year)
    names = dict(public_holidays(start.year, _names()) + public_holidays(end.year, _names()))
    items: defaultdict[dt.date, list[Item]] = defaultdict(list)
    for day, item in _items(start, end, own):
        items[day].append(item)
    days = [[_day(day, first, works, names, items[day]) for day in week] for week in weeks]
    named = request.args.get("day", "")
    chosen = next((day for week in days for day in week if day.date.isoformat() == named), None)
    return ShownMonth(first, own, days, chosen)


def _month(text: str) -> dt.date:
    """The first day of a month written as 2019-12; of this one for anything else."""
    if re.fullmatch(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])", text, re.ASCII):
        return dt.date(int(text[:4]), int(text[5:]), 1)
    return today().replace(day=1)


def _names() -> Literal["vi", "en_US"]:
    return "vi" if language() == DEFAULT else "en_US"


def _day(
    day: dt.date, first: dt.date, works: Calendar, names: dict[dt.date, str | None], items: list[Item]
) -> Day:
    ordered = sorted(items, key=lambda each: each.kind == "task")
    return Day(
        date=day,
        inside=day.month == first.month,
        today=day == today(),
        works=works.is_working_day(day),
        name=_day_name(day, works, names),
        items=tuple(ordered),
        lines=tuple(_alike(ordered)),
    )


def _day_name(day: dt.date, works: Calendar, names: dict[dt.date, str | None]) -> str:
    """Why a day is not as its weekday says; empty for all others."""
    weekday = day.weekday() < calendar.SATURDAY
    if works.is_working_day(day) == weekday:
        return ""
    if not weekday:
        return _("Worked in exchange for a day off")
    return names.get(day) or _("Day off of the office")


def _alike(items: Sequence[Item]) -> Iterator[tuple[Item, int]]:
    """Tasks of one name as one line with their number."""
    groups: dict[tuple[str, str, bool], list[Item]] = {}
    for item in items:
        groups.setdefault((item.kind, item.text, item.late), []).append(item)
    for group in groups.values():
        yield (group[0] if len(group) == 1 else replace(group[0], url="", about="")), len(group)


def _items(start: dt.date, end: dt.date, own: bool) -> Iterator[tuple[dt.date, Item]]:
    session = db.session()
    for held_at, number, code in found.sessions_between(session, standing(), start, end):
        name = _("%(time)s %(name)s", time=clock(held_at), name=case_name("council_vote", number))
        yield local_day(held_at), Item("session", name, code, case_url("council_vote", code))
    for code, plan, closes in found.running_plans(session, standing(), start, end):
        url = url_for("campaigns.show_campaign", code=code)
        for day, text, kind, _path in dates_of(plan, local_day(closes) if closes else None):
            if start <= day <= end:
                yield day, Item(kind, text, content(plan.short_title), url)
    for task in found.due_tasks(session, standing(), start, end, own=own):
        about = " · ".join(
            filter(None, (case_name(task.process, task.title), content(task.unit or ""), task.code))
        )
        day = local_day(task.due)
        late = day < today()
        url = url_for("inbox.show_task", task_id=task.public_id)
        yield day, Item("task", content(task.name), about, url, late)
