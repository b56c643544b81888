"""Facts of a decision and of its certificates."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Case, Decision, FormEntry, Person
from webapp.queries.facts import (
    by_strand,
    committee_name,
    letterhead,
    nominee,
    recipients,
    seat_name,
    signature,
)
from webapp.queries.law import rule_set_for
from workflows.values import local_day

CHAIRMAN = "Chủ tịch"


def latest_entry(session: Session, case: Case, form: str) -> dict[str, Any]:
    """The data of the last completed entry on a form of a case; empty when there is none."""
    query = select(FormEntry).where(FormEntry.case_id == case.id, FormEntry.form == form)
    entry = session.scalar(query.order_by(FormEntry.id.desc()).limit(1))
    return dict(entry.data) if entry else {}


def decision_facts(session: Session, decision: Decision) -> dict[str, Any]:
    """Facts of the decision: with number and date when they are given, a draft until then."""
    draft = latest_entry(session, decision.case, "award_issuance/draft_decision")
    names = award_names(session, decision)
    return {
        "letterhead": letterhead(
            decision.unit, decision.symbol or "QĐ-UBND", decision.number, decision.dated_on
        ),
        "issuer": f"{CHAIRMAN} {committee_name(decision.unit)}",
        "abstract": decision.title,
        "bases": _lines(draft.get("legal_bases")),
        "act": "Khen thưởng",
        "reason": draft.get("achievement") or decision.title,
        "fund": draft.get("prize_source"),
        "executors": [f"Văn phòng HĐND và {committee_name(decision.unit)}", "Phòng Nội vụ"],
        "groups": [
            {"title": title, "lines": lines}
            for title, lines in by_strand(
                (
                    award.nomination,
                    {
                        "nominee": nominee(award.nomination),
                        "award": names.get(award.nomination.award, award.nomination.award),
                        "prize": award.prize or 0,
                    },
                )
                for award in decision.awards
            )
        ],
        "signature": _signature(session, decision),
        "recipients": recipients(draft.get("copies_to")),
    }


def certificate_facts(session: Session, decision: Decision) -> dict[str, Any]:
    """Facts of all certificates of a decision, one page each."""
    names = award_names(session, decision)
    return {
        "page": "A4",
        "issuer": f"{CHAIRMAN} {committee_name(decision.unit)}",
        "place": seat_name(decision.unit),
        "decision": {
            "number": decision.number,
            "symbol": decision.symbol or "QĐ-UBND",
            "date": decision.dated_on.isoformat() if decision.dated_on else None,
        },
        "certificates": [
            {
                "nominee": nominee(award.nomination),
                "award": names.get(award.nomination.award, award.nomination.award),
                "achievement": (award.nomination.achievement or decision.title)[:400],
                "register_number": award.register_number,
            }
            for award in decision.awards
        ],
        "signature": _signature(session, decision),
    }


def award_names(session: Session, decision: Decision) -> dict[str, str]:
    """Names of awards by code, in the rule set of the day of decision."""
    day = decision.dated_on or local_day(decision.case.opened_at)
    return {award.code: award.name for award in rule_set_for(session, day).awards}


def _signature(session: Session, decision: Decision) -> dict[str, Any]:
    signer = session.scalar(select(Person).where(Person.public_id == decision.signer))
    return signature(
        decision.unit, CHAIRMAN, signer.name if signer else None, signed=decision.signed_at is not None
    )


def _lines(text: str | None) -> list[str]:
    return [line.strip(" ;-") for line in (text or "").splitlines() if line.strip()]
