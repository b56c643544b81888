"""The overview as the roles of the reader ask for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import current_app

from webapp.clock import wall
from webapp.extensions import db
from webapp.queries.funds import FundYear, funds_of_year
from webapp.queries.health import Check, health
from webapp.queries.overview import (
    LateUnit,
    PlacesLeft,
    SessionAhead,
    Waiting,
    case_states,
    late_units,
    places_left,
    sessions_ahead,
    waiting_tasks,
)
from webapp.queries.standing import AT_AUTHORITY
from webapp.queries.tracking import PhaseCount, phase_counts
from webapp.queries.tracking_filters import PHASE_ORDER, Wanted
from webapp.ui.access import may, standing
from webapp.ui.clock import business_now, today

ATTENTION = ("overdue", "returned", "frozen")


@dataclass(frozen=True)
class ShownOverview:
    """What stands where; a part that is no business of the reader's roles is None."""

    waiting: Sequence[Waiting]
    phases: Sequence[tuple[str, PhaseCount]] | None
    late: Sequence[LateUnit] | None
    sessions: Sequence[SessionAhead] | None
    places: Sequence[PlacesLeft] | None
    states: Mapping[str, int] | None
    checks: Sequence[Check] | None
    funds: Sequence[FundYear] = ()

    @property
    def attention(self) -> list[tuple[str, int]]:
        """How many dossiers ask for attention, by kind."""
        counts = [count for _phase, count in self.phases or ()]
        return [(name, sum(getattr(each, name) for each in counts)) for name in ATTENTION]

    @property
    def dossiers(self) -> int:
        """How many dossiers the reader may know of."""
        return sum(count.total for _phase, count in self.phases or ())


def shown_overview() -> ShownOverview:
    """The parts for this reader; a fixed number of statements whatever there is."""
    session, now, who = db.session(), business_now(), standing()
    counts = phase_counts(session, who, Wanted(), now) if may("see_nominations") else {}
    above = who.holds(*AT_AUTHORITY - {"member"}, "auditor")
    return ShownOverview(
        waiting=waiting_tasks(session, who, now),
        phases=[(phase, counts.get(phase, PhaseCount())) for phase in PHASE_ORDER]
        if may("see_nominations")
        else None,
        late=late_units(session, who, now) if above else None,
        sessions=sessions_ahead(session, who) if may("see_council") else None,
        places=places_left(session, who) if may("see_numbers") else None,
        states=case_states(session, who) if may("see_audit") else None,
        checks=health(session, current_app.config["SETTINGS"].data_dir, wall())
        if may("administer")
        else None,
        funds=funds_of_year(session, who, today()) if may("see_numbers") else (),
    )
