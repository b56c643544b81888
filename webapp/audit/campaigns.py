"""A campaign day by day as its page draws it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import abort, render_template, request, url_for
from sqlalchemy import select

from webapp.audit.log_words import COLUMNS
from webapp.extensions import db
from webapp.i18n import content
from webapp.models import Campaign, Case
from webapp.queries.audit import WantedCases, cases_among, count_cases
from webapp.queries.campaign_days import (
    FEW,
    CampaignDays,
    DayEvents,
    Stay,
    campaign_days,
    events_on,
    stays_of_each,
)
from webapp.ui.access import standing
from webapp.ui.clock import today
from webapp.ui.numbers import read_day
from webapp.ui.sentences import sentence

SHOWN = 40
A_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Dot:
    """One case of a campaign of few: where it is found, and the days on which it came into columns."""

    code: str
    name: str
    url: str
    stays: Sequence[Stay]

    def column(self, day: dt.date) -> str:
        """Where it stands at the end of a day; empty before it was opened."""
        here = [each for each in self.stays if each.entered <= day and (each.left is None or each.left > day)]
        return here[-1].column if here else ""


@dataclass(frozen=True)
class ShownCampaign:
    """A campaign as of the end of a day."""

    code: str
    title: str
    cases: int
    days: CampaignDays
    day: dt.date
    dots: Sequence[Dot]

    @property
    def total(self) -> int:
        """How many days there are."""
        return (self.days.last - self.days.first).days + 1

    @property
    def number(self) -> int:
        """Which of them this is, from 1."""
        return (self.day - self.days.first).days + 1

    @property
    def top(self) -> int:
        """The most that ever stood in a column: the whole width of a bar."""
        counts: Counter[str] = Counter()
        most = 1
        for day in self.days.moving:
            for column in self.days.columns:
                came, gone = self.days.moved(day, column)
                counts[column] += came - gone
            most = max(most, *counts.values())
        return most

    @cached_property
    def counts(self) -> Mapping[str, int]:
        return self.days.standing(self.day)

    def moved(self, column: str) -> tuple[int, int]:
        """How many came into a column on this day, and how many left it."""
        return self.days.moved(self.day, column)

    def in_column(self, column: str) -> list[Dot]:
        """The cases that stand there."""
        return [dot for dot in self.dots if dot.column(self.day) == column]

    def url(self, day: dt.date) -> str:
        """Address of another day."""
        return url_for("audit.replay_campaign", code=self.code, day=day.isoformat())

    @property
    def moves(self) -> dict[str, dt.date | None]:
        """Where one can go from here: the ends, a day, and the nearest days on which something moved."""
        first, last, day = self.days.first, self.days.last, self.day
        later = [moved for moved in self.days.moving if moved > day]
        earlier = [moved for moved in self.days.moving if moved < day]
        return {
            "first": first if day > first else None,
            "earlier": earlier[-1] if earlier else None,
            "back": day - dt.timedelta(days=1) if day > first else None,
            "forward": day + dt.timedelta(days=1) if day < last else None,
            "later": later[0] if later else None,
            "last": last if day < last else None,
        }


def shown_campaign(code: str) -> str:
    """The page, or what happened on a day alone."""
    shown = _campaign(code)
    happened = events_on(db.session(), _among(code), shown.day)
    alone = "HX-Request" in request.headers
    template = "audit/parts/day.html" if alone else "audit/replay_campaign.html"
    return render_template(template, shown=shown, **_told(happened), columns=COLUMNS)


def _told(happened: DayEvents) -> dict[str, Any]:
    lines = happened.lines
    told = [
        (line.event.at, line.event.stream.partition("/")[2], line.event.number, sentence(line))
        for line in lines
    ]
    return {"told": told[:SHOWN], "more": max(0, len(told) - SHOWN), "others": happened.more}


def campaign_json(code: str) -> dict[str, Any]:
    """All days at once: as large as there are days and stages, however many cases there are."""
    shown = _campaign(code)
    days, columns = shown.days, shown.days.columns

    def at(day: dt.date) -> int:
        return (day - days.first).days

    return {
        "first": days.first.isoformat(),
        "days": shown.total,
        "columns": columns,
        "top": shown.top,
        "moved": [
            [at(day), *([days.moved(day, each)[way] for each in columns] for way in (0, 1))]
            for day in days.moving
        ],
        "dots": [
            {
                "code": dot.code,
                "name": dot.name,
                "url": dot.url,
                "stays": [
                    [at(each.entered), at(each.left) if each.left else None, columns.index(each.column)]
                    for each in dot.stays
                ],
            }
            for dot in shown.dots
        ],
    }


def _among(code: str) -> list[Any]:
    return cases_among(standing(), WantedCases(campaign=code))


def _campaign(code: str) -> ShownCampaign:
    """The campaign, if the reader may see some case of it; 404 otherwise."""
    session, among = db.session(), _among(code)
    title = session.scalar(select(Campaign.title).where(Campaign.code == code)) or abort(404)
    days = campaign_days(session, among, today()) or abort(404)
    cases = count_cases(session, among)
    dots = _dots(among) if cases <= FEW else ()
    return ShownCampaign(code, content(title), cases, days, _day(days), dots)


def _day(days: CampaignDays) -> dt.date:
    """The day asked for, within those there are; the last one else."""
    try:
        asked = dt.date.fromisoformat(read_day(request.args.get("day", "")))
    except ValueError:
        return days.last
    return min(max(asked, days.first), days.last)


def _dots(among: list[Any]) -> list[Dot]:
    session = db.session()
    stays = stays_of_each(session, among)
    rows = session.execute(select(Case.id, Case.code, Case.title).where(*among).order_by(Case.id))
    return [
        Dot(code, content(title), url_for("audit.show_case", code=code), stays[case_id])
        for case_id, code, title in rows
        if case_id in stays
    ]
