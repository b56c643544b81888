"""Facts of the notice that a registration or a nomination is not accepted, with the ground."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.documents.formats import full_name
from webapp.models import (
    AgendaItem,
    Case,
    CouncilSession,
    FormEntry,
    Nomination,
    Registration,
    Submission,
    SubmissionLine,
    Unit,
)
from webapp.queries.council_papers import OPEN, Held, chair_signature, council_letterhead
from webapp.queries.facts import (
    OFFICE_HEADS,
    award_names,
    committee_name,
    heads_signature,
    letterhead,
    nominee,
    phrase,
    signature,
    strand_title,
)
from webapp.queries.latest_entries import dossiers
from webapp.queries.law import rule_set_for
from webapp.queries.vote_rules import shortfall_sentence
from workflows.values import local_day
from workflows.vocabulary import Level

REFUSALS = frozenset({"registration_rejected", "nomination_rejected", "nomination_not_passed"})
"""Templates of notices that go out with this paper."""

SYMBOL, COUNCIL_SYMBOL = "TB-UBND", "TB-HĐTĐKT"
REFUSED = frozenset({"refuse", "reject"})
STAGES: dict[str, Level] = {
    "commune_assessment": "commune",
    "district_assessment": "district",
    "province_assessment": "province",
}


@dataclass(frozen=True)
class Refusal:
    """Where a case was refused, when, by which unit, on which ground."""

    stage: str
    on: dt.date
    unit: Unit
    ground: str
    citation: str | None
    note: str | None


def refusal_notice_facts(session: Session, case: Case, template: str) -> dict[str, Any]:
    """Facts of the notice; ``template`` names the notice it goes with, one of REFUSALS."""
    if template == "nomination_not_passed":
        return _from_council(session, case)
    refusal = _refusal(session, case)
    return {
        "letterhead": letterhead(refusal.unit, SYMBOL, None, refusal.on),
        **_subject(session, case, refusal.stage, committee_name(refusal.unit)),
        "grounds": [{"text": refusal.ground, "citation": refusal.citation}],
        "explanation": refusal.note,
        "signature": _signature(refusal),
    }


def _from_council(session: Session, case: Case) -> dict[str, Any]:
    """The council's own notice, with the numbers of the vote."""
    item = session.scalars(
        select(AgendaItem)
        .join(CouncilSession)
        .join(Nomination, Nomination.id == AgendaItem.nomination_id)
        .where(Nomination.case_id == case.id, AgendaItem.result == "not_passed")
        .order_by(AgendaItem.id.desc())
    ).first()
    if item is None:
        raise LookupError(f"{case.code} was not refused by a council")
    council_session = item.session
    held = Held.of(session, council_session)
    name, seat = held.presiding if OPEN in held.forms else (None, "chair")
    concluded = council_session.concluded_at or council_session.closed_at
    day = local_day(concluded) if concluded else None
    return {
        "letterhead": council_letterhead(council_session, day, COUNCIL_SYMBOL),
        **_subject(session, case, "council", council_session.council.name),
        "grounds": [
            {"text": shortfall_sentence(council_session.profile, item.count or {}), "citation": None}
        ],
        "explanation": None,
        "signature": chair_signature(name, seat, ["TM. Hội đồng"], signed=False),
    }


def _subject(session: Session, case: Case, stage: str, body: str) -> dict[str, Any]:
    """Whom the notice is about, what the dossier asked for, and to whom it goes."""
    found = _nomination_of(session, case)
    told = dossiers(session, [case.id])[case.id]
    nomination = found if isinstance(found, Nomination) else None
    named = nominee(found.nominee, told)
    strand = strand_title(found.strand.title)
    names = award_names(rule_set_for(session, local_day(case.opened_at), case.organiser_id), case.organiser)
    asked = (
        f"đề nghị tặng {names.get(nomination.award, nomination.award)} trong"
        if nomination
        else "đăng ký tham gia"
    )
    return {
        "addressees": _addressees(case, body, named),
        "code": case.code,
        "stage": stage,
        "nominee": named,
        "request": f"{asked} {phrase(strand)}",
        "submitted": _submitted(session, nomination) if nomination else None,
        "received": nomination.received_on.isoformat() if nomination and nomination.received_on else None,
        "contact": None,
        "recipients": ["Như trên", "Lưu: VT"],
    }


def _addressees(case: Case, body: str, named: Mapping[str, Any]) -> list[str]:
    """The unit that handed the dossier in, unless it is itself who writes, and whom it is about."""
    unit = committee_name(case.unit)
    found = [unit] if unit != body else []
    if named["name"] not in (unit, case.unit.name):
        found.append(full_name(named))
    return found or [unit]


def _submitted(session: Session, nomination: Nomination) -> str | None:
    """The submission by which the dossier came: ``Tờ trình số 21/TTr-LĐTBXH ngày 05/11/2018``."""
    query = (
        select(FormEntry.data)
        .join(Submission, Submission.case_id == FormEntry.case_id)
        .join(SubmissionLine, SubmissionLine.submission_id == Submission.id)
        .where(SubmissionLine.nomination_id == nomination.id, FormEntry.form == "submission/sign_submission")
        .order_by(FormEntry.id.desc())
    )
    signed = session.scalars(query).first() or {}
    if "document_number" not in signed or "issued_on" not in signed:
        return None
    day = dt.date.fromisoformat(signed["issued_on"])
    return f"Tờ trình số {signed['document_number']} ngày {day:%d/%m/%Y}"


def _nomination_of(session: Session, case: Case) -> Nomination | Registration:
    nomination = session.scalar(select(Nomination).where(Nomination.case_id == case.id))
    return nomination or session.scalars(select(Registration).where(Registration.case_id == case.id)).one()


def _refusal(session: Session, case: Case) -> Refusal:
    """The last form that refused the case on a ground; of the day on which somebody above agreed, where that was."""
    rows = session.execute(
        select(FormEntry.form, FormEntry.data, FormEntry.submitted_at)
        .where(FormEntry.case_id == case.id)
        .order_by(FormEntry.id.desc())
    )
    refusing = [row for row in rows if row[1].get("decision") in REFUSED]
    form, data, _at = next(row for row in refusing if "ground" in row[1])
    stage: str = STAGES.get(form.partition("/")[0], "registration")
    ground, citation = _ground(session, data, case, local_day(case.opened_at))
    units = {"district": case.district, "province": case.province}
    return Refusal(
        stage=stage,
        on=local_day(refusing[0][2]),
        unit=units.get(stage) or (case.organiser if stage in units else case.unit),
        ground=ground,
        citation=citation,
        note=data.get("ground_note"),
    )


def refused_on(session: Session, case: Case) -> str:
    """The name of the ground on which a case was refused."""
    return _refusal(session, case).ground


def _ground(session: Session, data: Mapping[str, Any], case: Case, day: dt.date) -> tuple[str, str | None]:
    """Name and citation of the ground; of a citation that nobody has verified the paper says so."""
    grounds = {
        ground.code: ground for ground in rule_set_for(session, day, case.organiser_id).refusal_grounds
    }
    found = grounds.get(data.get("ground", ""))
    if found is None:
        return data.get("ground_note") or "Hồ sơ không đủ điều kiện", None
    if found.citation and found.mark != "verified":
        return found.name, f"{found.citation}; căn cứ chưa được kiểm chứng"
    return found.name, found.citation


def _signature(refusal: Refusal) -> dict[str, Any]:
    """The unit's head signs; above the commune the head of its office, in the chairman's order."""
    match refusal.stage:
        case "district" | "province" as level:
            return signature(["TL. Chủ tịch"], OFFICE_HEADS[level], None, signed=False)
    return heads_signature(refusal.unit, None, signed=False)
