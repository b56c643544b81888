"""Makes the demo by acting: from an empty database to a lived-in one, at a business date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from webapp.clock import OFFSET, wall
from webapp.demo.draughtsman import Draughtsman
from webapp.demo.keys import give_keys
from webapp.demo.people import Cast
from webapp.demo.script import campaigns, rounds
from webapp.demo.setting import Place, Setting
from webapp.demo.side_scripts import clusters, history
from webapp.demo.stage import Stage
from webapp.demo.stories.campaigns import campaign, closings, ending, responses
from webapp.demo.stories.clusters import cluster
from webapp.demo.stories.erasures import erasures
from webapp.demo.stories.exemplars import exemplar_stories
from webapp.demo.stories.histories import taken_over
from webapp.demo.stories.inspections import inspection_stories
from webapp.demo.stories.merits import merit_stories
from webapp.demo.stories.pledges import pledges
from webapp.demo.stories.registrations import registrations
from webapp.demo.stories.responses import launches
from webapp.demo.stories.reviews import reviews
from webapp.demo.stories.rounds import round_stories
from webapp.demo.telling import Story, at_minute, tell
from webapp.extensions import db
from webapp.jobs import run
from webapp.models import Campaign, OutboxItem, Person, SystemFact
from webapp.operations import imports
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.clock import set_clock
from webapp.operations.criteria import import_criteria
from webapp.operations.forecasts import count_forecasts
from webapp.operations.red_flags import examine_cases
from webapp.operations.routes import read_routes
from webapp.passwords import hash_password
from webapp.queries.plans import plan_of
from workflows.criteria import SHIPPED_CRITERIA
from workflows.law import SHIPPED_LAW
from workflows.plan import SHIPPED_PLANS
from workflows.units import SHIPPED_UNITS, Unit, parse_units
from workflows.values import local_day

BEGINNING = at_minute(dt.date(2017, 9, 1), 8 * 60)
MORNING = 8 * 60 + 30

Say = Callable[[str], None]


class CannotBuild(Exception):
    """The demo is not made; the message says why and what to do."""


def is_built() -> bool:
    """Whether a demo is there: its last act is to set the clock."""
    return db.session.get(SystemFact, OFFSET) is not None


def build(day: dt.date, password: str, say: Say) -> None:
    """Make the demo as it stands at 08:30 of ``day``. Raises CannotBuild where it would be laid over something."""
    until = at_minute(day, MORNING)
    if until <= BEGINNING:
        raise CannotBuild(f"The demo begins on {BEGINNING:%d/%m/%Y}; choose a later date.")
    if db.session.scalar(select(func.count()).select_from(Person)):
        raise CannotBuild("There are people in this database already; a demo is made in an empty one.")
    stage = Stage(BEGINNING, password)
    units = _bring_in(stage, say)
    cast = Cast(stage, units, hash_password(password))
    cast.enter_accounts()
    cast.form_councils(local_day(stage.at))
    with Draughtsman(current_app._get_current_object()) as stage.draughtsman:  # type: ignore[attr-defined]  # the proxy's
        tell(stage, stories(stage, cast), until, _progress(stage, say))
    stage.draughtsman = None
    run.settle(stage.now)
    count_forecasts(stage.now())
    read_routes(stage.now())
    give_keys(password, stage.now())
    _refuse_failed_effects()
    examine_cases(stage.now())
    set_clock(until, actor=SYSTEM, now=Now(stage.at, wall()))
    say(f"{stage.acts} acts up to {until:%d/%m/%Y %H:%M}")


def stories(stage: Stage, cast: Cast) -> Iterator[Story]:
    """Every story of the script."""
    codes: dict[str, str] = {}
    yield from cast.appointments()
    yield taken_over(stage, cast, history())
    for each in clusters():
        yield cluster(stage, cast, each)
    for script in campaigns():
        row = db.session.execute(select(Campaign).where(Campaign.code == script.code)).scalar_one()
        place = Place(stage, cast, plan_of(db.session(), row), codes)
        played = [round_ for round_ in rounds() if round_.campaign == script.code]
        yield campaign(place, script)
        yield from responses(place, script)
        yield from registrations(place, script, played)
        yield from pledges(place, script)
        yield from erasures(place, script)
        yield from launches(place, script)
        yield from reviews(place, script)
        yield from closings(place, script)
        yield ending(place, script)
        for round_ in played:
            yield from round_stories(Setting(stage, cast, place.plan, codes, round_))
        yield from exemplar_stories(place)
        yield from merit_stories(place)
        yield from inspection_stories(place)


def _bring_in(stage: Stage, say: Say) -> dict[str, Unit]:
    """Units, rule sets, diagrams and plans, as an administrator would load them."""
    by: dict[str, Any] = {"actor": SYSTEM, "now": stage.now()}
    units = [
        unit for file in sorted(SHIPPED_UNITS.glob("*.yaml")) for unit in parse_units(file.read_text("utf-8"))
    ]
    imports.import_units(units, **by)
    for file in sorted(SHIPPED_LAW.glob("*.yaml")):
        imports.import_rule_set(file.read_text("utf-8"), **by)
    for file in sorted(SHIPPED_CRITERIA.glob("*.yaml")):
        import_criteria(file.read_text("utf-8"), **by)
    deployed = imports.deploy_shipped(**by)
    for file in sorted(SHIPPED_PLANS.glob("*.yaml")):
        imports.import_plan(file.read_text("utf-8"), **by)
    say(f"{len(units)} units, rule sets, {deployed} diagrams, plans")
    return {unit.code: unit for unit in units}


def _progress(stage: Stage, say: Say) -> Callable[[], None]:
    """Says each month that has passed in the play."""
    last = [stage.at.date().replace(day=1)]

    def told() -> None:
        month = local_day(stage.at).replace(day=1)
        if month > last[0]:
            last[0] = month
            say(f"{month:%m/%Y}: {stage.acts} acts so far")

    return told


def _refuse_failed_effects() -> None:
    """A promise that was not kept is a fault of the procedure, not to be shown to anybody."""
    faults = db.session.scalars(select(OutboxItem.fault).where(OutboxItem.fault.is_not(None))).all()
    if faults:
        raise CannotBuild("\n".join(str(fault) for fault in faults))
