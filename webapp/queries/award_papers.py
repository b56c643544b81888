"""Facts of a decision."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.documents.formats import document_number, long_day
from webapp.models import AgendaItem, Award, CouncilSession, Decision, Person
from webapp.queries.facts import (
    CHAIRMAN,
    OFFICE_HEADS,
    act_of,
    award_names,
    by_strand,
    committee_name,
    day_text,
    legal_bases,
    letterhead,
    lines,
    nominee,
    phrase,
    recipients,
    signature,
    signed_here,
)
from webapp.queries.founding_papers import plan_basis
from webapp.queries.latest_entries import dossiers, latest_entries, latest_entry
from webapp.queries.law import rule_set_for
from webapp.queries.signing_capacity import IN_PLACE, position_of, signer_position, with_permit
from webapp.queries.units import standing_level
from workflows.law import RuleSet
from workflows.values import local_day
from workflows.vocabulary import Level

DRAFT = "award_issuance/draft_decision"
SIGN = ("decision_signing/sign_decision", "award_issuance/sign_decision")
"""The form by which a decision is signed here; in cases of older diagrams it is of their own process."""
SYMBOL = "QĐ-UBND"
EXECUTORS: dict[Level, tuple[str, ...]] = {
    "commune": ("Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", OFFICE_HEADS["commune"]),
    "district": (
        "Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện",
        OFFICE_HEADS["district"],
        "Trưởng phòng Tài chính - Kế hoạch",
        "Thủ trưởng các cơ quan, đơn vị có liên quan",
    ),
    "province": (
        "Chánh Văn phòng Ủy ban nhân dân tỉnh",
        OFFICE_HEADS["province"],
        "Thủ trưởng các cơ quan, đơn vị có liên quan",
    ),
}


def decision_facts(session: Session, decision: Decision) -> dict[str, Any]:
    """Facts of the decision. Without number and date it is the draft, by the rules of the day it was begun."""
    draft = latest_entry(session, decision.case, DRAFT)
    on = decision.dated_on or local_day(decision.case.opened_at)
    rules = rule_set_for(session, on, decision.unit_id)
    level = standing_level(session, decision.unit)
    return {
        "letterhead": letterhead(
            decision.unit, decision.symbol or SYMBOL, decision.number, decision.dated_on
        ),
        "issuer": f"{CHAIRMAN} {committee_name(decision.unit)}",
        "abstract": decision.title,
        "bases": with_permit(
            _bases(session, decision, lines(draft.get("legal_bases")) or legal_bases(rules), level),
            decision.permit_number,
        ),
        **_acts(decision, rules, on),
        "reason": phrase(draft.get("achievement") or decision.title),
        "fund": fund_sentence(draft.get("prize_source")),
        "executors": list(EXECUTORS[level]),
        "groups": _groups(session, decision, award_names(rules, decision.unit)),
        "signature": decision_signature(session, decision, on),
        "recipients": recipients(draft.get("copies_to")),
        "code": None,
    }


def mentioned_decision(decision: Decision) -> str:
    """A decision as others cite it: ``Quyết định số 08/QĐ-UBND ngày … của Chủ tịch …``."""
    number = document_number(decision.number, decision.symbol or SYMBOL)
    day = long_day(decision.dated_on.isoformat() if decision.dated_on else None)
    return f"Quyết định số {number} {day} của {CHAIRMAN} {committee_name(decision.unit)}"


def _acts(decision: Decision, rules: RuleSet, day: dt.date) -> dict[str, Any]:
    """What the decision does in a word, and award by award, in the order of the rule set."""
    codes = {award.nomination.award for award in decision.awards}
    names = award_names(rules, decision.unit)
    ordered = [*(code for code in names if code in codes), *sorted(codes - set(names))]
    return {
        "act": act_of(rules, codes, day, decision.unit),
        "acts": [
            {"act": act_of(rules, [code], day, decision.unit), "award": names.get(code, code)}
            for code in ordered
        ],
    }


def fund_sentence(typed: str | None) -> str | None:
    """Where the money comes from, as a sentence: ``Nguồn chi: Quỹ thi đua, khen thưởng của huyện``."""
    if not typed or typed.startswith(("Nguồn", "Kinh phí", "Trích")):
        return typed or None
    return f"Nguồn chi: {typed}"


def _groups(session: Session, decision: Decision, names: dict[str, str]) -> list[dict[str, Any]]:
    told = dossiers(session, [award.nomination.case_id for award in decision.awards])

    def line(award: Award) -> dict[str, Any]:
        return {
            "nominee": nominee(award.nomination.nominee, told[award.nomination.case_id]),
            "award": names.get(award.nomination.award, award.nomination.award),
            "prize": award.prize or 0,
        }

    pairs = [(award.nomination, line(award)) for award in decision.awards]
    return [{"title": title, "lines": found} for title, found in by_strand(pairs)]


def _bases(session: Session, decision: Decision, laws: list[str], level: Level) -> list[str]:
    """Law, plan, the sessions of the council that passed the nominations, and who proposes; nothing typed already."""
    sessions = session.scalars(
        select(CouncilSession)
        .where(
            CouncilSession.id.in_(
                select(AgendaItem.session_id).where(
                    AgendaItem.nomination_id.in_([award.nomination_id for award in decision.awards]),
                    AgendaItem.result == "passed",
                )
            )
        )
        .order_by(CouncilSession.id)
    )
    passed = [
        f"Căn cứ kết quả biểu quyết tại Phiên họp số {each.number:02d}/{each.year} ngày "
        f"{day_text(each.opened_at or each.case.opened_at)} của {each.council.name}"
        for each in sessions
    ]
    plan = [plan_basis(session, decision.campaign)] if decision.campaign else []
    proposed = [f"Theo đề nghị của {OFFICE_HEADS[level]}"]
    typed = " ".join(laws).lower()
    known = {"kế hoạch": plan, "phiên họp": passed, "đề nghị của": proposed}
    laws = [*laws, *([f"Căn cứ {mentioned_decision(decision.original)}"] if decision.original else [])]
    return [*laws, *(basis for word, found in known.items() if word not in typed for basis in found)]


def decision_signature(session: Session, decision: Decision, day: dt.date) -> dict[str, Any]:
    """A recorded signature prints (Đã ký); a signed scan is itself the signed paper."""
    name = session.scalar(select(Person.name).where(Person.public_id == decision.signer))
    if decision.signer_position:
        lead, position = position_of(deputy=decision.signer_position.startswith(IN_PLACE))
    else:
        lead, position = signer_position(session, decision.unit, decision.signer or "", day)
    entries = latest_entries(session, [decision.case_id], SIGN).values()
    signed = decision.signed_at is not None and any(signed_here(entry.data) for entry in entries)
    return signature(lead, position, name, signed=signed)
