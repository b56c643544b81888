"""The tracking table as its address describes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.extensions import db
from webapp.i18n import content
from webapp.models import NOMINATIONS
from webapp.queries.forecasts import Forecasts, forecasts
from webapp.queries.rule_names import rule_names
from webapp.queries.saved_views import chosen_columns
from webapp.queries.tracking import (
    PAGE_SIZE,
    NominationRow,
    PhaseCount,
    count_nominations,
    phase_counts,
    tracking_rows,
    waiting_on,
)
from webapp.queries.tracking_choices import Narrowings, campaign_with_plan, narrowings
from webapp.queries.tracking_filters import AGES, PHASE_ORDER, SORTS, Wanted, phases_of
from webapp.tracking.asked import FILTERS, USUAL, order_of, wanted_of
from webapp.tracking.columns import COLUMNS, Column, columns_of
from webapp.tracking.filter_words import step_names
from webapp.ui.access import standing
from webapp.ui.case_states import OUTCOMES
from webapp.ui.clock import business_now
from webapp.ui.listing import LONGEST, Listing, listing, pages_of
from webapp.ui.roles import role_name

HOLDERS = ("registrant", "officer", "commune_chair", "specialist", "head", "secretary")
PAGE = "tracking.show_tracking"
KEEPER_OF_STUCK = "secretary"
COUNTED = ("overdue", "returned", "frozen")


@dataclass(frozen=True)
class Narrowed:
    """The filters of a view of the nominations, and what they can be set to.

    ``waiting`` counts by role whom those under way wait for; ``awards`` are names by code.
    """

    asked: Listing
    total: int
    phases: tuple[tuple[str, PhaseCount], ...]
    attention: Mapping[str, int]
    waiting: Mapping[str, int]
    choices: Narrowings
    awards: Mapping[str, str]

    @property
    def holders(self) -> list[tuple[str, str]]:
        """Whom a nomination can wait for: me, nobody here, a role, a person."""
        fixed = [("me", _("Me")), ("nobody", _("Nobody: it waits for a batch, the council or a decision"))]
        roles = [(f"role:{role}", role_name(role)) for role in HOLDERS]
        return [*fixed, *roles, *((f"person:{code}", name) for code, name in self.choices.holders)]

    @property
    def step_name(self) -> str:
        """What the step is called to which the list is narrowed."""
        step = self.asked["step"]
        return content(dict(step_names(db.session())).get(step, step)) if step else ""

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        return [(code, str(name)) for code, name in OUTCOMES["nomination"].items()]

    @property
    def award_choices(self) -> list[tuple[str, str]]:
        return list(self.awards.items())

    @property
    def ages(self) -> list[tuple[str, str]]:
        """For how long a nomination has stood in its phase."""
        return [(days, ngettext("at least %(num)s day", "at least %(num)s days", int(days))) for days in AGES]

    @property
    def dues(self) -> list[tuple[str, str]]:
        """When an open task of a nomination is due."""
        return [
            ("overdue", _("Over-due")),
            ("today", _("Due today")),
            ("week", _("Due within seven days")),
            ("later", _("Due later")),
            ("none", _("Without a due date")),
        ]


@dataclass(frozen=True)
class ShownTracking(Narrowed):
    """One page of the table with all that stands around it."""

    rows: list[NominationRow]
    columns: tuple[str, ...]

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE_SIZE)

    @property
    def all_columns(self) -> Mapping[str, Column]:
        return COLUMNS

    @cached_property
    def forecasts(self) -> Forecasts:
        """How long such dossiers take; asked for where the column is shown."""
        return forecasts(db.session())


def shown_tracking() -> ShownTracking:
    """The table this request asks for. A page beyond the end is the last one."""
    session, now = db.session(), business_now()
    named = request.args.get("cols", "")[:LONGEST]
    around = narrowed_by(cols=named or None)
    page = min(around.asked.page, pages_of(around.total, PAGE_SIZE))
    wanted, order = wanted_of(session, around.asked.values), order_of(request.args)
    return ShownTracking(
        **{**around.__dict__, "asked": replace(around.asked, page=page)},
        rows=tracking_rows(session, standing(), wanted, now, order, page),
        columns=columns_of(named or chosen_columns(session, standing(), PAGE)),
    )


def narrowed_by(**parameters: str | None) -> Narrowed:
    """The filters this request sets, with the counts under them; ``parameters`` stay in every address."""
    session, now = db.session(), business_now()
    kept = {name: value for name, value in parameters.items() if value}
    asked = listing(FILTERS, SORTS, usual=USUAL, **kept)
    wanted = wanted_of(session, asked.values)
    counts = phase_counts(session, standing(), wanted, now)
    campaign = campaign_with_plan(session, asked["campaign"])
    attention = {name: _sum(counts, name, wanted) for name in COUNTED}
    if standing().holds(KEEPER_OF_STUCK):
        alike = replace(wanted, only="stuck")
        attention["stuck"] = count_nominations(session, standing(), alike, now)
    return Narrowed(
        asked=asked,
        total=_total(counts, wanted, now),
        phases=tuple((phase, counts.get(phase, PhaseCount())) for phase in PHASE_ORDER),
        attention=attention,
        waiting=waiting_on(session, standing(), wanted, now),
        choices=narrowings(session, standing(), NOMINATIONS, campaign),
        awards=rule_names(session).awards,
    )


def _total(counts: Mapping[str, PhaseCount], wanted: Wanted, now: dt.datetime) -> int:
    """How many fit: those counted by phase, unless a filter narrows further than they do."""
    if wanted.outcome or wanted.only:
        return count_nominations(db.session(), standing(), wanted, now)
    return _sum(counts, "total", wanted)


def _sum(counts: Mapping[str, PhaseCount], name: str, wanted: Wanted) -> int:
    """The sum of one of the counts: over the phases that are shown, or over all."""
    phases = phases_of(wanted.phase) if wanted.phase else tuple(counts)
    return sum(getattr(counts.get(phase, PhaseCount()), name) for phase in phases)
