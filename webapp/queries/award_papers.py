"""Facts of a decision."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.documents.formats import document_number, long_day
from webapp.models import AgendaItem, Case, CouncilSession, Decision, FormEntry, Person
from webapp.queries.awardee_lists import BY_AWARD, acts_of, award_groups
from webapp.queries.decision_texts import blocks_of
from webapp.queries.facts import (
    CHAIRMAN,
    OFFICE_HEADS,
    award_names,
    committee_name,
    day_text,
    legal_bases,
    letterhead,
    lines,
    phrase,
    recipients,
    signature,
    signed_here,
)
from webapp.queries.founding_papers import plan_basis
from webapp.queries.latest_entries import latest_entries, latest_entry
from webapp.queries.law import rule_set_for
from webapp.queries.signing_capacity import IN_PLACE, position_of, signer_position, with_permit
from webapp.queries.units import standing_level
from workflows.values import local_day
from workflows.vocabulary import Level

DRAFT = "award_issuance/draft_decision"
SIGN = ("decision_signing/sign_decision", "award_issuance/sign_decision")
"""The form by which a decision is signed here; in cases of older diagrams it is of their own process."""
SUBMITTED, CHECKED = (
    tuple(f"{process}/{element}" for process in ("award_issuance", "decision_signing"))
    for element in ("submit_decision", "check_decision")
)
"""Forms by whose completion a draft is initialled, of older diagrams as well."""
SYMBOL = "QĐ-UBND"


def decision_facts(session: Session, decision: Decision) -> dict[str, Any]:
    """Facts of the decision. Without number and date it is the draft, by the rules of the day it was begun."""
    draft = latest_entry(session, decision.case, DRAFT)
    on = decision.dated_on or local_day(decision.case.opened_at)
    rules = rule_set_for(session, on, decision.unit_id)
    level, grouping = standing_level(session, decision.unit), draft.get("grouping", BY_AWARD)
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
        **acts_of(rules, {award.nomination.award for award in decision.awards}, on, decision.unit),
        "reason": phrase(draft.get("achievement") or decision.title),
        "fund": fund_sentence(draft.get("prize_source")),
        "blocks": blocks_of(draft, level),
        "initials": initials_of(session, decision.case),
        "grouping": grouping,
        "groups": award_groups(
            session,
            [(award.nomination, award.prize) for award in decision.awards],
            award_names(rules, decision.unit),
            grouping,
        ),
        "signature": decision_signature(session, decision, on),
        "recipients": recipients(draft.get("copies_to")),
        "code": None,
    }


def mentioned_decision(decision: Decision) -> str:
    """A decision as others cite it: ``Quyết định số 08/QĐ-UBND ngày … của Chủ tịch …``."""
    number = document_number(decision.number, decision.symbol or SYMBOL)
    day = long_day(decision.dated_on.isoformat() if decision.dated_on else None)
    return f"Quyết định số {number} {day} của {CHAIRMAN} {committee_name(decision.unit)}"


def fund_sentence(typed: str | None) -> str | None:
    """Where the money comes from, as a sentence: ``Nguồn chi: Quỹ thi đua, khen thưởng của huyện``."""
    if not typed or typed.startswith(("Nguồn", "Kinh phí", "Trích")):
        return typed or None
    return f"Nguồn chi: {typed}"


def initials_of(session: Session, case: Case) -> list[str]:
    """Ký nháy: the initials of who submitted and who checked the newest draft, in that order."""
    return list(dict.fromkeys(initials(name) for _form, name in initialled_by(session, case)))


def initialled_by(session: Session, case: Case) -> list[tuple[str, str]]:
    """(form, name) of each person who submitted or checked the newest draft."""
    drafted = select(func.max(FormEntry.id)).where(FormEntry.case_id == case.id, FormEntry.form == DRAFT)
    entries = session.execute(
        select(FormEntry.form, Person.name, FormEntry.data)
        .join(Person, Person.id == FormEntry.person_id)
        .where(
            FormEntry.case_id == case.id,
            FormEntry.form.in_((*SUBMITTED, *CHECKED)),
            FormEntry.id > drafted.scalar_subquery(),
        )
        .order_by(FormEntry.id)
    )
    return [(form, name) for form, name, data in entries if data.get("decision") in ("submit", "approve")]


def initials(name: str) -> str:
    """``Nguyễn Thị Ượng`` → ``NTƯ``."""
    return "".join(word[0].upper() for word in name.split())


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
