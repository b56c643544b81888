"""Exemplars (điển hình tiên tiến): found, verified, fostered, selected, introduced with consent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from webapp.models import Campaign, Case
from webapp.operations import hooks
from webapp.operations.cases import open_case
from webapp.operations.hooks import Completing
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.starts import Start
from webapp.queries.plans import plan_of
from webapp.queries.units import places_of, unit_by_code
from workflows.forms import Fault
from workflows.rules.deadlines import end_of_day

YEAR = dt.timedelta(days=366)


@hooks.opening("exemplar")
def open_exemplar(start: Start) -> Case:
    """Open a proposal; only a campaign whose plan has work on exemplars takes one. Raises NotNow("no_exemplars")."""
    transaction, campaign, form = start.transaction, start.campaign, start.form
    if plan_of(transaction.session, campaign).exemplars is None:
        raise NotNow("no_exemplars")
    unit = unit_by_code(transaction.session, form["submitting_unit"])
    return open_case(
        transaction,
        "exemplar",
        title=form["exemplar_name"],
        places=places_of(transaction.session, campaign, unit),
        campaign_id=campaign.id,
        registrant=start.person,
        data={},
        private=dict(form),
    )


@hooks.completing("exemplar", "plan_fostering")
def plan_fostering(completing: Completing) -> Mapping[str, Any]:
    """The selection comes when the days of fostering are over."""
    return {"foster_until": end_of_day(dt.date.fromisoformat(completing.form["foster_date"])).isoformat()}


@hooks.completing("exemplar", "record_fostering")
def record_fostering(completing: Completing) -> Mapping[str, Any]:
    """What goes on goes on to the day its task is due, which a suspension may have moved."""
    due = completing.task.due
    return {"foster_until": due.isoformat()} if due else {}


@hooks.completing("exemplar", "prepare_introduction")
def prepare_introduction(completing: Completing) -> Mapping[str, Any]:
    """How long it is introduced: to the end of the campaign, or a year where that is later.

    The form itself refuses an introduction without a consent.
    """
    until = dt.date.fromisoformat(completing.form["introduced_until_date"])
    campaign = completing.transaction.session.get_one(Campaign, completing.case.campaign_id)
    last = max(campaign.ends_on, completing.transaction.day + YEAR)
    if until > last:
        raise InvalidForm([Fault("/introduced_until_date", "introduced_too_long", {"day": last.isoformat()})])
    return {"introduced_until": end_of_day(until).isoformat()}
