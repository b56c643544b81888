"""The dates of a plan in their order, with today among them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from flask_babel import gettext as _

from webapp.i18n import content
from workflows.plan import Plan
from workflows.plan_rounds import AwardRound, Review

Kind = Literal["period", "registration", "review", "round", "today"]


@dataclass(frozen=True)
class Mark:
    """One date. ``path`` is its place in the plan, for the assumption it may rest on.

    ``share`` is how much of the period lies before it, from 0 to 100; ``past``: the day is over.
    """

    date: dt.date
    text: str
    kind: Kind
    path: str
    share: float
    past: bool


def timeline(plan: Plan, closes: dt.date | None, today: dt.date) -> list[Mark]:
    """Every date of the plan, and today; ``closes`` is the day registration closes where it was set otherwise."""
    found = [(plan.starts, _("The campaign begins"), "period", "starts"), *dates_of(plan, closes)]
    found.append((plan.ends, _("The campaign ends"), "period", "ends"))
    if plan.starts <= today <= plan.ends:
        found.append((today, _("Today"), "today", ""))
    span = max(1, (plan.ends - plan.starts).days)
    return [
        Mark(date, text, kind, path, _share((date - plan.starts).days / span), date < today)
        for date, text, kind, path in sorted(found, key=lambda each: (each[0], each[2] == "today"))
    ]


def _share(part: float) -> float:
    return round(100 * min(1.0, max(0.0, part)), 2)


Dated = tuple[dt.date, str, Kind, str]


def dates_of(plan: Plan, closes: dt.date | None) -> Iterator[Dated]:
    """The dates of a plan but its first and last day: (day, text, kind, path in the plan)."""
    if any(each.unit != plan.document.issuer for each in plan.addressed_units):
        text = _("Units acknowledge the plan by this day")
        yield plan.acknowledgement.due, text, "period", "acknowledgement/due"
    yield plan.registration.opens, _("Registration opens"), "registration", "registration/opens"
    path = "" if closes else "registration/closes"
    yield closes or plan.registration.closes, _("Registration closes"), "registration", path
    for review in plan.reviews:
        yield from _of_review(review)
    for each in plan.rounds:
        yield from _of_round(each)


def _of_review(review: Review) -> Iterator[Dated]:
    name, path = content(review.name), f"reviews/{review.code}"
    yield review.opens, _("%(name)s: reports begin", name=name), "review", f"{path}/opens"
    yield review.due, _("%(name)s: reports are due", name=name), "review", f"{path}/due"
    if review.conference:
        yield review.conference, _("%(name)s: conference", name=name), "review", f"{path}/conference"


def _of_round(each: AwardRound) -> Iterator[Dated]:
    name, path = content(each.name), f"rounds/{each.code}"
    yield each.opens, _("%(name)s: nominations open", name=name), "round", f"{path}/opens"
    yield each.submit_by, _("%(name)s: units submit by this day", name=name), "round", f"{path}/submit_by"
    yield each.decide_by, _("%(name)s: the decision is due", name=name), "round", f"{path}/decide_by"
