"""Facts of the submission with which a body asks the one above for the awards that one gives, after a session."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models import AgendaItem, Campaign, Case, CouncilSession, Nomination, Nominee
from webapp.queries.awardee_lists import BY_AWARD, acts_of, award_groups
from webapp.queries.councils import council_of
from webapp.queries.facts import (
    award_names,
    committee_name,
    heads_signature,
    legal_bases,
    letterhead,
    symbol_of,
)
from webapp.queries.founding_papers import plan_basis
from webapp.queries.law import rule_set_for
from webapp.queries.submission_of_decision import vote_told
from workflows.values import local_day

HIGHER = "passed_higher"


def has_higher(session: Session, case: Case) -> bool:
    """Whether the council passed somebody in this session for an award of the level above."""
    query = select(AgendaItem.id).join(CouncilSession, CouncilSession.id == AgendaItem.session_id)
    found = query.where(CouncilSession.case_id == case.id, AgendaItem.result == HIGHER).limit(1)
    return session.scalar(found) is not None


def higher_submission_facts(session: Session, held: CouncilSession) -> dict[str, Any]:
    """Facts of the submission of a session; whoever signs it, its number and its day are left to be written."""
    case, unit = held.case, held.council.unit
    campaign = session.get_one(Campaign, case.campaign_id)
    day = local_day(held.opened_at or case.opened_at)
    rules, nominations = rule_set_for(session, day, unit.id), _nominations(session, held)
    above = unit.parent or unit
    council = council_of(session, above.id)
    return {
        "letterhead": letterhead(unit, symbol_of("TTr", unit), None, None),
        "abstract": f"Về việc đề nghị khen thưởng trong {campaign.title}",
        "addressees": [f"Chủ tịch {committee_name(above)}", *([council.name] if council else [])],
        "bases": [*legal_bases(rules), plan_basis(session, campaign)],
        "process": [vote_told(held, len(nominations))],
        **acts_of(rules, {each.award for each in nominations}, day, unit),
        "reason": f"đã có thành tích trong {campaign.title}",
        "fund": None,
        "grouping": BY_AWARD,
        "groups": award_groups(
            session, [(each, None) for each in nominations], award_names(rules, unit), BY_AWARD
        ),
        "attachments": [f"Biên bản Phiên họp số {held.number:02d}/{held.year}", "Hồ sơ của từng trường hợp"],
        "signature": heads_signature(unit, None, signed=False),
        "initials": [],
        "recipients": ["Như trên", "Lưu: VT"],
    }


def _nominations(session: Session, held: CouncilSession) -> list[Nomination]:
    query = (
        select(Nomination)
        .join(AgendaItem, AgendaItem.nomination_id == Nomination.id)
        .where(AgendaItem.session_id == held.id, AgendaItem.result == HIGHER)
        .options(
            joinedload(Nomination.strand),
            joinedload(Nomination.case),
            joinedload(Nomination.nominee).joinedload(Nominee.unit),
        )
        .order_by(AgendaItem.position)
    )
    return list(session.scalars(query))
