"""Award rounds as choices of a form; where several run beside one another, each with its last day to submit."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import AwardRound, Campaign
from webapp.queries.nomination_choices import Choice
from webapp.queries.plans import plan_of
from workflows.plan_rounds import is_extraordinary


def round_choices(session: Session, campaign: Campaign, *states: str) -> list[Choice]:
    """Rounds of the campaign in one of the states, in the order of their days."""
    query = select(AwardRound.code, AwardRound.title).where(
        AwardRound.campaign_id == campaign.id, AwardRound.state.in_(states)
    )
    found = [(code, title) for code, title in session.execute(query.order_by(AwardRound.on_date))]
    planned = [code for code, _title in found if not is_extraordinary(code)]
    if len(planned) == 1:
        return found
    plan = plan_of(session, campaign)
    until = {code: f" – hạn trình {plan.round(code).submit_by:%d/%m/%Y}" for code in planned}
    return [(code, title + until.get(code, "")) for code, title in found]
