"""Awards that stand on the public pages, campaign by campaign, and nothing else of their cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import Award, AwardConsent, Campaign, Case, Decision, Nomination, Nominee, Unit
from webapp.text import search_key
from workflows.vocabulary import SINGLE_KINDS

YEARS_SHOWN = 2
"""How long an award stands there where nobody has said otherwise, from the day of its decision."""

PAGE_SIZE = 100

_case, _decision_case, _place, _body = aliased(Case), aliased(Case), aliased(Unit), aliased(Unit)


@dataclass(frozen=True)
class AwardedCampaign:
    """A campaign with awards to be read of: by whom, how many, the last on which day."""

    code: str
    title: str
    body: str
    awards: int
    last: dt.date


@dataclass(frozen=True)
class PublicAward:
    """An award as everybody reads it."""

    number: int
    symbol: str | None
    dated_on: dt.date
    abstract: str
    award: str
    name: str
    kind: str
    unit: str


@dataclass(frozen=True)
class PublicDecision:
    """The awards of a decision that may be shown."""

    number: int
    symbol: str | None
    dated_on: dt.date
    abstract: str
    awards: tuple[PublicAward, ...]


def default_until(decided: dt.date) -> dt.date:
    """Until when an award stands there where nobody has said otherwise."""
    return _years_from(decided, YEARS_SHOWN)


def _years_from(day: dt.date, years: int) -> dt.date:
    """The same day of another year; of 29 February the day after, where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def shown_on(day: dt.date) -> ColumnElement[bool]:
    """Condition on Award with its consent and Decision: published, standing, with consent, its last day not over.

    An award of a collective is an official act and needs no consent; it can be taken down all the same.
    """
    given = and_(AwardConsent.given.is_(True), AwardConsent.public_until >= day)
    since = _years_from(day, -YEARS_SHOWN)
    unsaid = and_(AwardConsent.id.is_(None), Nominee.kind.not_in(SINGLE_KINDS), Decision.dated_on >= since)
    return and_(
        Decision.published_at.is_not(None),
        Decision.number.is_not(None),
        Award.revoked_on.is_(None),
        _decision_case.state != "frozen",
        or_(given, unsaid),
    )


def awarded_campaigns(session: Session, day: dt.date) -> list[AwardedCampaign]:
    """The campaigns with awards that may be shown, the newest first; one statement."""
    last = func.max(Decision.dated_on)
    query = (
        _awards(Campaign.code, Campaign.title, _body.name, func.count(), last)
        .where(shown_on(day))
        .group_by(Campaign.id, Campaign.code, Campaign.title, _body.name)
        .order_by(last.desc(), Campaign.id.desc())
    )
    return [AwardedCampaign(*row) for row in session.execute(query)]


def awarded_campaign(session: Session, code: str, day: dt.date) -> AwardedCampaign | None:
    """One of them by its code."""
    return next((each for each in awarded_campaigns(session, day) if each.code == code), None)


def was_awarded(session: Session, code: str) -> bool:
    """Whether a campaign has published decisions, of which nothing may be shown any more."""
    query = _awards(Award.id).where(Campaign.code == code, Decision.published_at.is_not(None))
    return session.scalar(query.limit(1)) is not None


def public_count(session: Session, code: str, words: str, day: dt.date) -> int:
    """How many awards of a campaign fit."""
    query = _awards(func.count()).where(Campaign.code == code, shown_on(day), *_named(words))
    count: int = session.execute(query).scalar_one()
    return count


def public_awards(
    session: Session, code: str, words: str, day: dt.date, page: int, names: Mapping[str, str]
) -> Sequence[PublicDecision]:
    """One page of the awards of a campaign by decision, the newest first; one statement."""
    columns = (
        Decision.number,
        Decision.symbol,
        Decision.dated_on,
        Decision.title,
        Nomination.award,
        _case.title,
        Nominee.kind,
        _place.name,
    )
    query = (
        _awards(*columns)
        .where(Campaign.code == code, shown_on(day), *_named(words))
        .order_by(Decision.dated_on.desc(), Decision.id.desc(), Award.position)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    found = (PublicAward(*row) for row in session.execute(query))
    rows = [replace(row, award=names.get(row.award, row.award)) for row in found]
    groups = groupby(rows, key=lambda row: (row.number, row.symbol, row.dated_on, row.abstract))
    return [PublicDecision(*head, tuple(awards)) for head, awards in groups]


def _awards(*columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns)
        .select_from(Award)
        .join(Decision, Decision.id == Award.decision_id)
        .join(_decision_case, _decision_case.id == Decision.case_id)
        .join(_body, _body.id == Decision.unit_id)
        .join(Campaign, Campaign.id == Decision.campaign_id)
        .join(Nomination, Nomination.id == Award.nomination_id)
        .join(_case, _case.id == Nomination.case_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .join(_place, _place.id == Nominee.unit_id)
        .outerjoin(AwardConsent, AwardConsent.award_id == Award.id)
    )


def _named(words: str) -> list[ColumnElement[bool]]:
    return [
        or_(
            Nominee.search_key.contains(word, autoescape=True),
            _place.search_key.contains(word, autoescape=True),
        )
        for word in search_key(words).split()
    ]
