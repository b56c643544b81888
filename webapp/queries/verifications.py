"""What the code of a paper stands for: what was printed, and what has happened to it since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.documents.blocks import with_blocks
from webapp.documents.codes import decision_fields
from webapp.documents.formats import document_number
from webapp.follow_codes import shown_code
from webapp.models import Certificate, Decision, Verification
from webapp.queries.decision_kinds import facts_of
from webapp.queries.signed_papers import code_on
from workflows.paper_codes import PaperCode, address, is_proved

Kind = Literal["decision", "certificate", "reissue"]
Status = Literal["valid", "corrected", "revoked_in_part", "revoked", "replaced"]
STATUSES: dict[str, Status] = {
    "corrected": "corrected",
    "revoked_in_part": "revoked_in_part",
    "revoked": "revoked",
    "replaced": "replaced",
}


@dataclass(frozen=True)
class Change:
    """A later decision about a paper: ``kind`` correction or revocation, its number as it is written, its day."""

    kind: str
    number: str
    dated_on: dt.date


@dataclass(frozen=True)
class Verified:
    """A paper that has a code: ``facts`` are all that it prints, ``fields`` what was signed of them.

    Not ``on_paper``: it was signed outside the software, and its paper bears no code.
    """

    code: str
    kind: Kind
    fields: Mapping[str, str]
    facts: Mapping[str, Any]
    status: Status
    changes: tuple[Change, ...]
    on_paper: bool


@dataclass(frozen=True)
class DecisionCode:
    """The code of a decision, and whether its paper bears it."""

    code: str
    signature: str
    on_paper: bool


def verified(
    session: Session, code: str, signature: str | None, publics: Collection[bytes]
) -> Verified | None:
    """What a code stands for; None for a wrong one, for another signature, and where what is kept does not fit it.

    ``signature``: that of the address; None where only the code was typed.
    """
    query = select(Verification).where(Verification.code == code)
    row = session.scalar(query.options(joinedload(Verification.certificate).joinedload(Certificate.award)))
    if row is None or signature not in (None, row.signature):
        return None
    kind, fields, facts = _kind(row), row.fields["signed"], row.fields["facts"]
    if not is_proved(PaperCode(row.code, row.signature), kind, fields, publics):
        return None
    if kind == "decision" and decision_fields(facts) != fields:
        return None
    return Verified(shown_code(row.code), kind, fields, facts, *_since(session, row), _on_paper(row))


def decision_code(session: Session, case_id: int) -> DecisionCode | None:
    """The code of the decision of a case; None before it has a number, and where it had one before there were codes."""
    row = _row(session, case_id)
    return DecisionCode(row.code, row.signature, _on_paper(row)) if row else None


def _on_paper(row: Verification) -> bool:
    """Of a file that was brought, which nobody drew here, no code is known."""
    decision = row.decision
    return decision is None or decision.signed_paper_id is None or code_on(decision) == row.code


def printed_decision(session: Session, decision: Decision, base: str) -> dict[str, Any]:
    """Facts of the paper of a decision: with a code those that were signed, without one those of now.

    ``base``: the address under which people reach this installation.
    """
    row = _row(session, decision.case_id)
    if row is None:
        return facts_of(session, decision)
    return {**with_blocks(row.fields["facts"]), "code": _printed_code(row, base)}


def printed_certificates(session: Session, ids: Sequence[int], base: str) -> dict[str, Any]:
    """Facts of certificates (ids, in this order) as they were issued, each with its code if it has one."""
    query = (
        select(Certificate, Verification)
        .outerjoin(Verification, Verification.certificate_id == Certificate.id)
        .where(Certificate.id.in_(ids))
        .options(joinedload(Certificate.decision))
    )
    sheets: dict[int, dict[str, Any]] = {}
    for certificate, row in session.execute(query):
        sheet = {"type": certificate.type, "sheet": certificate.size, "printed": certificate.printed}
        sheets[certificate.id] = sheet | ({"code": _printed_code(row, base)} if row else {})
    dated_on = certificate.decision.dated_on
    return {
        "issuer": sheets[ids[0]]["printed"]["issuer"],
        "date": dated_on.isoformat() if dated_on else None,
        "certificates": [sheets[one] for one in ids],
    }


def _row(session: Session, case_id: int) -> Verification | None:
    query = select(Verification).join(Decision, Decision.id == Verification.decision_id)
    return session.scalar(query.where(Decision.case_id == case_id))


def _printed_code(row: Verification, base: str) -> dict[str, str]:
    """What a paper shows of its code."""
    paper = PaperCode(row.code, row.signature, _kind(row), row.fields["signed"])
    page = f"{base.partition('://')[2]}/verify"
    return {"text": shown_code(row.code), "url": address(base, paper), "page": page}


def _kind(row: Verification) -> Kind:
    if row.decision_id:
        return "decision"
    return "certificate" if row.certificate is None or row.certificate.issue == 1 else "reissue"


def _since(session: Session, row: Verification) -> tuple[Status, tuple[Change, ...]]:
    """How a paper stands now, and by which later decisions: of a certificate those about its award alone."""
    if row.certificate is None:
        assert row.decision is not None
        later = select(Decision).where(Decision.original_id == row.decision_id, Decision.number.is_not(None))
        found = session.scalars(later.order_by(Decision.dated_on, Decision.id)).all()
        return STATUSES.get(row.decision.status, "valid"), _changes(found)
    award, state = row.certificate.award, row.certificate.state
    first = row.certificate.issue == 1  # what was made after a correction has the right text
    if award is not None and award.revoked_on is not None:
        state = "revoked"
    elif award is not None and award.corrected_by_id is not None and state == "valid" and first:
        state = "corrected"
    found = [each for each in (award.corrected_by, award.revoked_by) if each] if award else []
    return STATUSES.get(state, "valid"), _changes(found)


def _changes(decisions: Collection[Decision]) -> tuple[Change, ...]:
    return tuple(
        Change(each.kind, document_number(each.number, each.symbol or ""), each.dated_on)
        for each in decisions
        if each.dated_on is not None
    )
