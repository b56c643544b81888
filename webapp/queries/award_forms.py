"""What the forms of a decision begin with and offer: usual texts, who may stand in it, who received what."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Award, AwardRound, Campaign, Case, Decision, Nomination, Nominee, Task
from webapp.queries.award_papers import SYMBOL
from webapp.queries.awardee_lists import BY_AWARD
from webapp.queries.ceilings import ceiling_uses
from webapp.queries.decision_texts import START, standard_texts
from webapp.queries.decisions import decision_of
from webapp.queries.facts import award_names
from webapp.queries.latest_entries import latest_entry
from webapp.queries.law import rule_set_for
from webapp.queries.nomination_choices import Choice, nomination_text
from webapp.queries.signing_capacity import capacity_values
from webapp.queries.summary_papers import ceiling_text
from workflows.values import local_day


def draft_values(session: Session, task: Task) -> dict[str, Any]:
    """The standard texts of a decision, to be worded as the office wants them; afterwards its own words."""
    return {} if task.round > 1 else {"grouping": BY_AWARD, **standard_texts(session, task.case)}


def checked_values(session: Session, task: Task) -> dict[str, Any]:
    """A decision is signed elsewhere unless somebody says otherwise."""
    return {"signing": "elsewhere"}


def record_values(session: Session, task: Task) -> dict[str, Any]:
    """The symbol as it is usual, and the signer as drafted."""
    decision, day = decision_of(session, task.case), local_day(task.opened_at)
    if not decision.signer:
        return {"symbol": SYMBOL}
    capacity = capacity_values(session, decision.unit_id, decision.signer, day)
    return {"symbol": SYMBOL, "signer": decision.signer, **capacity}


def handover_values(session: Session, task: Task) -> dict[str, Any]:
    """A row for each award not handed over yet, with its name; the day is entered.

    Where all that are left were revoked, their rows stay, so that the form can be sent and says why they have no day.
    """
    left = [award for award in decision_of(session, task.case).awards if award.handed_over_on is None]
    valid = [award for award in left if award.revoked_on is None]
    return {
        "recipients": [
            {"recipient": award.nomination.case.code}
            | ({"received_by": award.nomination.case.title} if award.revoked_on is None else {})
            for award in valid or left
        ]
    }


def passed_nominations(session: Session, case: Case) -> Sequence[Choice]:
    """Nominations of the round of the decision that wait for one and stand in no other draft, by list.

    Each with its award, and with what the plan allows at most in its strand.
    """
    found = _waiting(session, case)
    campaign = session.get_one(Campaign, case.campaign_id)
    names = award_names(rule_set_for(session, local_day(case.opened_at), case.organiser_id), case.organiser)
    ceilings = _ceilings(session, campaign, found)
    return [
        (each.case.code, nomination_text(each, names.get(each.award, each.award), ceilings[each.id]))
        for each in found
    ]


def _waiting(session: Session, case: Case) -> Sequence[Nomination]:
    under_way = select(Case.id).where(Case.state != "ended")
    elsewhere = (
        select(Award.nomination_id)
        .join(Award.decision)
        .where(Decision.case_id != case.id, Decision.case_id.in_(under_way))
    )
    query = (
        select(Nomination)
        .join(Case, Case.id == Nomination.case_id)
        .join(AwardRound, AwardRound.id == Nomination.round_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .where(
            Case.stage == "decision",
            Case.state == "active",
            Case.campaign_id == case.campaign_id,
            Nomination.id.not_in(elsewhere),
            AwardRound.code == latest_entry(session, case, START)["round"],
        )
        .options(
            joinedload(Nomination.case),
            joinedload(Nomination.strand),
            joinedload(Nomination.nominee).joinedload(Nominee.unit),
        )
        .order_by(Nomination.strand_id, Nominee.sort_key)
    )
    return session.scalars(query).all()


def _ceilings(
    session: Session, campaign: Campaign, found: Collection[Nomination]
) -> Mapping[int, str | None]:
    """Nomination id → ``tối đa 08 tập thể``; extraordinary merits have no ceiling."""
    uses = ceiling_uses(session, campaign, found)
    return {each.id: ceiling_text(uses[each.round_id, each.strand_id].pools) for each in found}
