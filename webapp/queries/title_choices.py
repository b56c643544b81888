"""Emulation titles (danh hiệu thi đua) a campaign offers to aim at: those of its plan, by kind of nominee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, Nominee, Registration, RegistrationChange
from webapp.queries.law import rule_set_for
from webapp.queries.nomination_choices import Choice
from webapp.queries.plans import plan_of
from workflows.law_entries import Award
from workflows.values import local_day
from workflows.vocabulary import NomineeKind

Titles = Mapping[str, frozenset[NomineeKind]]
"""The kinds of nominee each title is for, by its code."""


def title_choices(session: Session, campaign: Campaign, case: Case | None) -> Sequence[Choice]:
    """Titles for the nominee a case is about; where no nominee is known yet, all the campaign offers."""
    kind = _kind(session, case) if case else None
    return [
        (title.code, title.name)
        for title in _titles(session, campaign, case)
        if kind is None or kind in title.kinds
    ]


def titles_by_kind(session: Session, campaign: Campaign) -> Titles:
    """The titles of the campaign."""
    return {title.code: frozenset(title.kinds) for title in _titles(session, campaign, None)}


def _titles(session: Session, campaign: Campaign, case: Case | None) -> list[Award]:
    """The titles the plan names, in its order, by the rules of the day a case was opened; else of the beginning."""
    day = local_day(case.opened_at) if case else campaign.starts_on
    rules = rule_set_for(session, day, campaign.unit_id)
    known = {award.code: award for award in rules.awards if award.family == "title" and award.in_force(day)}
    named = dict.fromkeys(ref.award for ref in plan_of(session, campaign).awards)
    return [known[code] for code in named if code in known]


def _kind(session: Session, case: Case) -> str | None:
    """The kind of nominee whose registration a case is, or asks to change."""
    changed = select(RegistrationChange.registration_id).where(RegistrationChange.case_id == case.id)
    query = select(Nominee.kind).join(Registration, Registration.nominee_id == Nominee.id)
    return session.scalar(query.where(or_(Registration.case_id == case.id, Registration.id.in_(changed))))
