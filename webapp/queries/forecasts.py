"""When an open nomination can be expected to end, from how long ended ones of the same way took from the same stage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Case, StageForecast
from workflows.values import local_day

RULE: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("forecasts.yaml").read_text("utf-8"))
LEAST: int = RULE["least_cases"]
"""From so many ended cases on something is said."""


@dataclass(frozen=True)
class Expected:
    """The day by which half of such cases had ended, and four of five; of how many. ``passed``: that day is over."""

    day: dt.date
    later: dt.date
    cases: int
    passed: bool


@dataclass(frozen=True)
class Forecasts:
    """What is known of each way and stage."""

    known: Mapping[tuple[str, str], StageForecast]

    def of_row(self, row: Any, now: dt.datetime) -> Expected | None:
        """Of a row of the tracking table."""
        return self._of(way_of(row.process, row.route), row.state, row.stage, row.since, now)

    def of_case(self, case: Case, route: str, now: dt.datetime) -> Expected | None:
        """Of the case of a nomination that takes this route."""
        return self._of(way_of(case.process, route), case.state, case.stage, case.stage_since, now)

    def _of(
        self, way: str, state: str, stage: str | None, since: dt.datetime | None, now: dt.datetime
    ) -> Expected | None:
        found = self.known.get((way, stage or ""))
        if state != "active" or since is None or found is None or found.cases < LEAST:
            return None
        begun, today = local_day(since), local_day(now)
        day = begun + dt.timedelta(days=found.median)
        later = begun + dt.timedelta(days=found.later)
        return Expected(day, later, found.cases, passed=later < today)


def way_of(process: str, route: str) -> str:
    """Which cases are alike: those of one process that take one route, through a commune, directly, or found here."""
    return f"{process}/{route}"


def forecasts(session: Session) -> Forecasts:
    """Everything that is known, in one statement over some dozens of rows."""
    found = session.scalars(select(StageForecast))
    return Forecasts({(each.way, each.stage): each for each in found})
