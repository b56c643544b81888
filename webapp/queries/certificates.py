"""Certificates that were issued: one with all its issues, and the newest of each award."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Award, Case, Certificate, Decision, Unit, Verification
from webapp.queries.blanks import blanks_of, printing_places
from webapp.queries.standing import Standing, visible
from workflows.paper_codes import PaperCode


@dataclass(frozen=True)
class Issue:
    """A certificate and the code it bears; one from before there were codes has none."""

    certificate: Certificate
    code: PaperCode | None


@dataclass(frozen=True)
class CertificatePage:
    """A certificate; ``issues``: all of its award, the newest first; ``blanks`` (public id, name) it can stand on."""

    certificate: Certificate
    case: Case
    unit: Unit
    issues: tuple[Issue, ...]
    blanks: tuple[tuple[str, str], ...]
    prints: bool


@dataclass(frozen=True)
class Newest:
    """The newest certificate of an award, by its public id, and how often it was made anew."""

    public_id: str
    copies: int


def is_printer(standing: Standing, unit_id: int) -> bool:
    """Whether somebody prints the certificates of a unit."""
    return unit_id in printing_places(standing)


def certificate_page(session: Session, standing: Standing, public_id: str) -> CertificatePage | None:
    """One certificate of a decision the reader may know of."""
    query = (
        select(Certificate)
        .join(Decision, Decision.id == Certificate.decision_id)
        .join(Case, Case.id == Decision.case_id)
        .where(Certificate.public_id == public_id, visible(standing))
        .options(
            joinedload(Certificate.award).joinedload(Award.revoked_by).joinedload(Decision.case),
            joinedload(Certificate.decision).joinedload(Decision.case),
            joinedload(Certificate.decision).joinedload(Decision.unit),
        )
    )
    found = session.scalar(query)
    if found is None:
        return None
    decision = found.decision
    fitting = [one for one in blanks_of(session, standing) if one.type == found.type]
    blanks = tuple((one.public_id, one.name) for one in fitting if one.unit_id == decision.unit_id)
    prints = is_printer(standing, decision.unit_id)
    return CertificatePage(found, decision.case, decision.unit, _issues(session, found), blanks, prints)


def _issues(session: Session, certificate: Certificate) -> tuple[Issue, ...]:
    same = Certificate.award_id == certificate.award_id
    if certificate.award_id is None:
        same = Certificate.id == certificate.id
    query = (
        select(Certificate, Verification)
        .outerjoin(Verification, Verification.certificate_id == Certificate.id)
        .where(same)
        .options(joinedload(Certificate.made_by))
        .order_by(Certificate.issue.desc())
    )
    return tuple(
        Issue(made, PaperCode(row.code, row.signature) if row else None)
        for made, row in session.execute(query)
    )


def newest_certificates(session: Session, awards: Collection[int]) -> Mapping[int, Newest]:
    """The newest certificate of each of these awards (ids), in one statement."""
    query = (
        select(Certificate.award_id, Certificate.public_id, Certificate.issue)
        .where(Certificate.award_id.in_(awards))
        .order_by(Certificate.award_id, Certificate.issue)
    )
    rows = session.execute(query)
    return {award: Newest(public_id, issue - 1) for award, public_id, issue in rows if award}
