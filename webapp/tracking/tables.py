"""The tracking table as its address describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from flask_babel import gettext as _

from webapp.extensions import db
from webapp.models import NOMINATIONS
from webapp.queries.plans import plan_of
from webapp.queries.rule_names import rule_names
from webapp.queries.tracking import (
    PAGE_SIZE,
    NominationRow,
    Order,
    PhaseCount,
    count_nominations,
    phase_counts,
    tracking_rows,
)
from webapp.queries.tracking_choices import Narrowings, campaign_with_plan, kinds_of_pool, narrowings
from webapp.queries.tracking_filters import PHASE_ORDER, SORTS, Sort, Wanted, phases_of
from webapp.ui.access import standing
from webapp.ui.case_states import OUTCOMES
from webapp.ui.clock import business_now
from webapp.ui.listing import Listing, listing, pages_of
from webapp.ui.roles import role_name

FILTERS = ("q", "campaign", "round", "strand", "pool", "unit", "phase", "holder", "outcome", "only")
HOLDERS = ("registrant", "officer", "commune_chair", "specialist", "head", "secretary")
ONLY = ("overdue", "returned", "frozen")


@dataclass(frozen=True)
class ShownTracking:
    """One page of the table with all that stands around it; ``awards`` are names by code."""

    asked: Listing
    rows: list[NominationRow]
    total: int
    phases: tuple[tuple[str, PhaseCount], ...]
    attention: Mapping[str, int]
    choices: Narrowings
    awards: Mapping[str, str]

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE_SIZE)

    @property
    def holders(self) -> list[tuple[str, str]]:
        """Whom a nomination can wait for: me, nobody here, a role, a person."""
        fixed = [("me", _("Me")), ("nobody", _("Nobody: it waits for a batch, the council or a decision"))]
        roles = [(f"role:{role}", role_name(role)) for role in HOLDERS]
        return [*fixed, *roles, *((f"person:{code}", name) for code, name in self.choices.holders)]

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        return [(code, str(name)) for code, name in OUTCOMES["nomination"].items()]


def shown_tracking() -> ShownTracking:
    """The table this request asks for. A page beyond the end is the last one."""
    session, now = db.session(), business_now()
    asked = listing(FILTERS, SORTS, usual=("code", True))
    campaign = campaign_with_plan(session, asked["campaign"])
    kinds = kinds_of_pool(plan_of(session, campaign), asked["pool"]) if campaign and asked["pool"] else ()
    wanted = _wanted(asked, kinds)
    total = count_nominations(session, standing(), wanted, now)
    page = min(asked.page, pages_of(total, PAGE_SIZE))
    order = Order(cast(Sort, asked.sort), asked.descending)
    counts = phase_counts(session, standing(), wanted, now)
    return ShownTracking(
        asked=_on_page(asked, page),
        rows=tracking_rows(session, standing(), wanted, now, order, page),
        total=total,
        phases=tuple((phase, counts.get(phase, PhaseCount())) for phase in PHASE_ORDER),
        attention={name: _sum(counts, name, asked["phase"]) for name in ONLY},
        choices=narrowings(session, standing(), NOMINATIONS, campaign),
        awards=rule_names(session).awards,
    )


def _wanted(asked: Listing, kinds: tuple[str, ...]) -> Wanted:
    values: dict[str, Any] = {name: asked[name] for name in FILTERS if name != "pool"}
    if values["only"] not in ONLY:
        values["only"] = ""
    return Wanted(**values, kinds=kinds)


def _on_page(asked: Listing, page: int) -> Listing:
    return Listing(**{**asked.__dict__, "page": page})


def _sum(counts: Mapping[str, PhaseCount], name: str, phase: str) -> int:
    """How many ask for this kind of attention: in the phases that are shown, or in all."""
    chosen = [counts.get(each, PhaseCount()) for each in phases_of(phase)] if phase else counts.values()
    return sum(getattr(count, name) for count in chosen)
