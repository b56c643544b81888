"""Facts of a submission with its list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Submission, SubmissionLine, Unit
from webapp.queries.assessments import assessments, minutes_note
from webapp.queries.councils import council_of
from webapp.queries.declared_papers import held_types
from webapp.queries.facts import (
    act_of,
    award_names,
    by_strand,
    committee_name,
    heads_signature,
    legal_bases,
    letterhead,
    nominee,
    paragraphs,
    phrase,
    signed_here,
    symbol_of,
)
from webapp.queries.founding_papers import plan_basis
from webapp.queries.latest_entries import dossiers, latest_entries
from webapp.queries.law import rule_set_for
from workflows.law import RuleSet
from workflows.values import local_day

PREPARE, SIGN = "submission/prepare_submission", "submission/sign_submission"
SYMBOL, OTHER = "TTr", "other"


def submission_facts(session: Session, submission: Submission) -> dict[str, Any]:
    """Facts of a submission as prepared and signed."""
    case = submission.case
    entries = latest_entries(session, [case.id], [PREPARE, SIGN])
    prepared = entries[case.id, PREPARE].data
    signing = entries.get((case.id, SIGN))
    signed: Mapping[str, Any] = signing.data if signing else {}
    day = local_day(case.opened_at)
    rules, above = rule_set_for(session, day, case.organiser_id), submission.campaign.unit
    return {
        "letterhead": _letterhead(submission, signed),
        "abstract": prepared["abstract"],
        "addressees": _addressees(session, submission),
        "bases": [*legal_bases(rules), plan_basis(session, submission.campaign)],
        "process": paragraphs(prepared.get("text")),
        "act": phrase(act_of(rules, (line.nomination.award for line in submission.lines), day, above)),
        "acts": _acts(submission, rules, day),
        "reason": f"đã có thành tích trong {submission.campaign.title}",
        "attachments": _attachments(session, submission, rules),
        "groups": _groups(session, submission, award_names(rules, above)),
        "signature": heads_signature(
            submission.unit,
            signing.name if signing and submission.signed_at else None,
            signed=submission.signed_at is not None and signed_here(signed),
        ),
        "recipients": ["Như trên", "Lưu: VT"],
    }


def _letterhead(submission: Submission, signed: Mapping[str, Any]) -> dict[str, Any]:
    """Number and symbol are typed as one: ``05/TTr-UBND``."""
    number, _, symbol = signed.get("document_number", "").partition("/")
    issued = signed.get("issued_on")
    return letterhead(
        submission.unit,
        symbol or symbol_of(SYMBOL, submission.unit),
        int(number) if number.isdecimal() and int(number) else None,
        dt.date.fromisoformat(issued) if issued else None,
    )


def receiver_of(submission: Submission) -> Unit:
    """Who takes the submission in: of a commune its district, where the dossiers go through it; else the organiser."""
    passes = any(line.nomination.route == "commune" for line in submission.lines)
    district = submission.case.district if passes else None
    return district or submission.campaign.unit


def _addressees(session: Session, submission: Submission) -> list[str]:
    receiver = receiver_of(submission)
    council = council_of(session, receiver.id)
    return [f"Chủ tịch {committee_name(receiver)}", *([council.name] if council else [])]


def _acts(submission: Submission, rules: RuleSet, day: dt.date) -> list[dict[str, str]]:
    """What is asked of the receiver, award by award: to give it, or to hand on to who gives it."""
    above, names = submission.campaign.unit, award_names(rules, submission.campaign.unit)
    codes = {line.nomination.award for line in submission.lines}
    ordered = [*(code for code in names if code in codes), *sorted(codes - set(names))]
    acts = [
        {"act": phrase(act_of(rules, [code], day, above)), "award": names.get(code, code)} for code in ordered
    ]
    if receiver_of(submission).id != above.id:
        acts[0]["act"] = f"trình Chủ tịch {committee_name(above)} {acts[0]['act']}"
    return acts


def _attachments(session: Session, submission: Submission, rules: RuleSet) -> list[str]:
    """The kinds of paper the dossiers hold, those named in their lists as well, in the order of the rule set."""
    cases = [line.nomination.case_id for line in submission.lines]
    held = set().union(*held_types(session, cases).values())
    return list(dict.fromkeys(paper.name for paper in rules.papers if paper.code in held))


def _groups(session: Session, submission: Submission, names: Mapping[str, str]) -> list[dict[str, Any]]:
    cases = [line.nomination.case_id for line in submission.lines]
    told, judged = dossiers(session, cases), assessments(session, cases)

    def row(line: SubmissionLine) -> dict[str, Any]:
        nomination = line.nomination
        dossier = told[nomination.case_id]
        return {
            "code": nomination.case.code,
            "nominee": nominee(nomination.nominee, dossier),
            "achievement": dossier.get("achievement_summary") or nomination.achievement or "–",
            "award": names.get(nomination.award, nomination.award),
            "note": judged[nomination.case_id].below or minutes_note(dossier),
        }

    pairs = [(line.nomination, row(line)) for line in submission.lines]
    return [{"title": title, "lines": found} for title, found in by_strand(pairs)]
