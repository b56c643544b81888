"""How a round is voted, as the form that opens it says: by which ballots, until when, counted by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from webapp.models import CouncilSession
from webapp.operations.hooks import Completing
from webapp.operations.refusals import InvalidForm
from webapp.operations.rounds import Terms
from workflows.forms import Fault
from workflows.values import VIETNAM

DEFAULT_SPAN = dt.timedelta(days=1)
FEWEST_SECRET = 3
"""Ballots of one kind below which the count tells how each member has voted."""


def instant_of(text: str) -> dt.datetime:
    """A date-time of a form; without an offset it is Vietnamese time."""
    instant = dt.datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=VIETNAM)


def refuse_unfit_ballots(council_session: CouncilSession, form: Mapping[str, Any]) -> None:
    """Paper ballots need two who count, and a vote of the chair that the rule asks for must be known."""
    medium = form.get("ballots", "electronic")  # forms of deployments from before do not ask
    paper = {e.membership.public_id for e in council_session.voters if e.on_paper}
    here = {e.membership.public_id for e in council_session.voters if e.present}
    if medium == "mixed":
        _refuse_unfit_mix(council_session, paper, here)
    if medium != "electronic" and not set(form["counters"]) <= here:
        raise InvalidForm([Fault("/counters", "counter_not_present")])
    chair = next((e for e in council_session.voters if e.membership.position == "chair"), None)
    if council_session.profile["rule"]["chair_yes_required"] and chair and chair.on_paper:
        raise InvalidForm([Fault("/ballots", "chair_on_paper")])


def _refuse_unfit_mix(council_session: CouncilSession, paper: set[str], here: set[str]) -> None:
    """Who votes on paper is there; of a secret vote neither kind of ballot is so few that it tells whose it is."""
    if not paper:
        raise InvalidForm([Fault("/paper_voters", "required")])
    if not paper <= here:
        raise InvalidForm([Fault("/paper_voters", "paper_voter_absent")])
    secret = council_session.profile["rule"]["ballot"] == "secret"
    if secret and min(len(paper), len(here - paper)) < FEWEST_SECRET:
        raise InvalidForm([Fault("/paper_voters", "too_few_for_secret", {"least": FEWEST_SECRET})])


def terms_of(completing: Completing, medium: str, counters: Iterable[str] = ()) -> Terms:
    """The terms a form sets. Raises InvalidForm when the vote would be over already."""
    now, closes = completing.transaction.now.at, completing.form.get("vote_closes")
    limit = instant_of(closes) if closes else now + DEFAULT_SPAN
    if limit <= now:
        raise InvalidForm([Fault("/vote_closes", "in_the_past")])
    return Terms(medium, limit, tuple(counters))


def voting_times(now: dt.datetime, terms: Terms) -> dict[str, str]:
    """When the vote closes, and the reminder half-way to it."""
    reminder = now + (terms.closes - now) / 2
    return {"vote_closes": terms.closes.isoformat(), "vote_reminder": reminder.isoformat()}
