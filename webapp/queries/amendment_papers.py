"""Facts of decisions that correct or revoke another one, and of the submission that asks for a revocation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from webapp.documents.formats import full_name, long_day
from webapp.models import Award, Case, Decision, Revocation, RevokedAward
from webapp.queries.amendments import amending, corrections_of, original_of, revocation_of, written_number
from webapp.queries.award_papers import SYMBOL, decision_signature, mentioned_decision
from webapp.queries.decision_texts import EXECUTORS
from webapp.queries.facts import (
    CHAIRMAN,
    OFFICE_HEADS,
    award_names,
    by_strand,
    committee_name,
    legal_bases,
    letterhead,
    lines,
    nominee,
    office_letterhead,
    paragraphs,
    recipients,
    signature,
    signed_here,
)
from webapp.queries.latest_entries import dossiers, latest_entries, latest_entry
from webapp.queries.law import rule_set_for
from webapp.queries.units import standing_level
from workflows.law import RuleSet
from workflows.values import local_day

DRAFTS = {
    "correction": "award_correction/draft_correction",
    "revocation": "award_revocation/draft_revocation",
}
PREPARE, REVIEW = "award_revocation/prepare_revocation", "award_revocation/review_revocation"
FIELDS = {
    "name": "Họ tên, tên tập thể",
    "address": "Chức vụ, đơn vị, nơi ở",
    "achievement": "Thành tích",
}
"""What can be put right, as the paper calls it."""


def ground_name(session: Session, decision: Decision, found: Revocation) -> str:
    """The ground of a revocation, as the rule set of its day calls it."""
    return _ground(_rules(session, decision), found)


def correction_facts(session: Session, decision: Decision) -> dict[str, Any]:
    """Facts of a decision that puts another one right."""
    original = original_of(decision)
    return {
        **_shared(session, decision),
        "corrections": [
            {
                "who": _named(session, each.award),
                "place": _place(each.award, original),
                "field": FIELDS[each.field],
                "before": each.before,
                "after": each.after,
            }
            for each in corrections_of(session, decision)
        ],
    }


def revocation_facts(session: Session, decision: Decision) -> dict[str, Any]:
    """Facts of a decision that revokes awards."""
    found = _revocation(session, decision)
    rules = _rules(session, decision)
    return {
        **_shared(session, decision),
        "ground": _ground(rules, found),
        "conclusion": _conclusion(found),
        "groups": _groups(session, found, award_names(rules, decision.unit)),
    }


def revocation_submission_facts(session: Session, case: Case) -> dict[str, Any]:
    """Facts of the submission of the head to whoever decides."""
    decision = amending(session, case)
    found, rules, unit = _revocation(session, decision), _rules(session, decision), decision.unit
    entries = latest_entries(session, [case.id], [PREPARE, REVIEW])
    review = entries.get((case.id, REVIEW))
    told: Mapping[str, Any] = review.data if review and review.data["decision"] == "submit" else {}
    number, _sep, symbol = str(told.get("document_number", "")).partition("/")
    day = local_day(review.at) if review and told else None
    known = int(number) if number.isdecimal() and int(number) else None
    level = standing_level(session, unit)
    name = review.name if review and told else None
    return {
        "letterhead": office_letterhead(unit, level, known, day, symbol),
        "abstract": f"Về việc đề nghị hủy bỏ {_act(found, rules)}",
        "addressee": f"{CHAIRMAN} {committee_name(unit)}",
        "original": _original(original_of(decision)),
        "ground": _ground(rules, found),
        "conclusion": _conclusion(found),
        "paragraphs": paragraphs(entries[case.id, PREPARE].data["submission"]),
        "groups": _groups(session, found, award_names(rules, unit)),
        "signature": signature([], OFFICE_HEADS[level], name, signed=bool(told) and signed_here(told)),
        "recipients": ["Như trên", "Lưu: VT"],
    }


def _shared(session: Session, decision: Decision) -> dict[str, Any]:
    """What both kinds of decision say."""
    draft = latest_entry(session, decision.case, DRAFTS[decision.kind])
    on, rules = _day(decision), _rules(session, decision)
    level = standing_level(session, decision.unit)
    original = original_of(decision)
    typed = lines(draft.get("legal_bases")) or legal_bases(rules)
    bases = [*typed, f"Căn cứ {mentioned_decision(original)}", *_conclusion_basis(session, decision)]
    return {
        "letterhead": letterhead(
            decision.unit, decision.symbol or SYMBOL, decision.number, decision.dated_on
        ),
        "issuer": f"{CHAIRMAN} {committee_name(decision.unit)}",
        "abstract": decision.title,
        "bases": [*bases, f"Theo đề nghị của {OFFICE_HEADS[level]}"],
        "original": _original(original),
        "executors": list(EXECUTORS[level]),
        "signature": decision_signature(session, decision, on),
        "recipients": recipients(draft.get("copies_to")),
        "code": None,
    }


def _conclusion_basis(session: Session, decision: Decision) -> list[str]:
    if decision.kind != "revocation":
        return []
    told = _conclusion(_revocation(session, decision))
    return [f"Căn cứ Kết luận số {told['number']} {long_day(told['date'])} của {told['by']}"]


def _original(original: Decision) -> dict[str, Any]:
    return {
        "number": written_number(original),
        "date": original.dated_on.isoformat() if original.dated_on else None,
        "issuer": f"{CHAIRMAN} {committee_name(original.unit)}",
        "abstract": original.title,
    }


def _revocation(session: Session, decision: Decision) -> Revocation:
    found = revocation_of(session, decision)
    assert found is not None
    return found


def _ground(rules: RuleSet, found: Revocation) -> str:
    return next((each.name for each in rules.revocation_grounds if each.code == found.ground), found.ground)


def _conclusion(found: Revocation) -> dict[str, str]:
    return {
        "by": found.concluded_by,
        "number": found.conclusion_number,
        "date": found.concluded_on.isoformat(),
    }


def _act(found: Revocation, rules: RuleSet) -> str:
    """``danh hiệu``, ``hình thức khen thưởng`` or both, as the law tells them apart."""
    titles = {award.code for award in rules.awards if award.family == "title"}
    given = {each.award.nomination.award in titles for each in found.awards}
    words = [
        word
        for title, word in ((True, "danh hiệu thi đua"), (False, "hình thức khen thưởng"))
        if title in given
    ]
    return f"quyết định tặng {', '.join(words)}"


def _groups(session: Session, found: Revocation, names: Mapping[str, str]) -> list[dict[str, Any]]:
    told = dossiers(session, [each.award.nomination.case_id for each in found.awards])

    def line(each: RevokedAward) -> dict[str, Any]:
        award, nomination = each.award, each.award.nomination
        return {
            "nominee": nominee(nomination.nominee, told[nomination.case_id]),
            "award": names.get(nomination.award, nomination.award),
            "register": f"{award.register_number}/{award.register_year}" if award.register_number else None,
            "reason": each.reason,
            "prize": each.amount_due,
        }

    pairs = [(each.award.nomination, line(each)) for each in found.awards]
    return [{"title": title, "lines": rows} for title, rows in by_strand(pairs)]


def _named(session: Session, award: Award) -> str:
    told = dossiers(session, [award.nomination.case_id])[award.nomination.case_id]
    return full_name(nominee(award.nomination.nominee, told))


def _place(award: Award, original: Decision) -> str:
    """Where the original says it: its annex, and the register."""
    register = f", số vào sổ {award.register_number}/{award.register_year}" if award.register_number else ""
    return f"Danh sách kèm theo Quyết định số {written_number(original)}{register}"


def _day(decision: Decision) -> dt.date:
    return decision.dated_on or local_day(decision.case.opened_at)


def _rules(session: Session, decision: Decision) -> RuleSet:
    return rule_set_for(session, _day(decision), decision.unit_id)
