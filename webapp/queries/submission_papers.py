"""Facts of a submission with its list."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Submission
from webapp.queries.award_papers import latest_entry
from webapp.queries.facts import by_strand, committee_name, letterhead, nominee, signature
from webapp.queries.law import rule_set_for
from workflows.values import local_day


def submission_facts(session: Session, submission: Submission) -> dict[str, Any]:
    """Facts of a submission as prepared and signed."""
    prepared = latest_entry(session, submission.case, "submission/prepare_submission")
    signed = latest_entry(session, submission.case, "submission/sign_submission")
    names = {a.code: a.name for a in rule_set_for(session, local_day(submission.case.opened_at)).awards}
    above = committee_name(submission.campaign.unit)
    number, _, symbol = signed.get("document_number", "").partition("/")
    return {
        "letterhead": letterhead(
            submission.unit,
            symbol or "TTr-UBND",
            int(number) if number.isdigit() else None,
            dt.date.fromisoformat(signed["issued_on"]) if signed.get("issued_on") else None,
        ),
        "abstract": prepared["abstract"],
        "addressees": [f"Chủ tịch {above}", "Hội đồng Thi đua - Khen thưởng"],
        "bases": [],
        "process": [line for line in (prepared.get("text") or "").splitlines() if line.strip()],
        "act": "khen thưởng",
        "reason": f"đã có thành tích trong {submission.campaign.title}",
        "attachments": [],
        "groups": [
            {"title": title, "lines": lines}
            for title, lines in by_strand(
                (
                    line.nomination,
                    {
                        "code": line.nomination.case.code,
                        "nominee": nominee(line.nomination),
                        "achievement": line.nomination.achievement or "–",
                        "award": names.get(line.nomination.award, line.nomination.award),
                        "note": None,
                    },
                )
                for line in submission.lines
            )
        ],
        "signature": signature(submission.unit, "Chủ tịch", None, signed=submission.signed_at is not None),
        "recipients": ["Như trên", "Lưu: VT"],
    }
