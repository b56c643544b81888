"""Gives papers the codes by which anybody can check them: signed once, when a decision is numbered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app

from webapp.documents.certificates import certificate_type
from webapp.documents.codes import certificate_fields, certificate_kind, decision_fields, without_code
from webapp.documents.render import composed
from webapp.follow_codes import new_code
from webapp.models import Award, Certificate, Decision, Verification
from webapp.operations.transaction import Transaction
from webapp.queries.certificate_facts import certificate_facts
from webapp.queries.decision_kinds import facts_of
from webapp.queries.decisions import decision_of
from webapp.queries.print_runs import certificates_kept
from webapp.queries.signed_papers import code_on
from webapp.verification_key import Signer, verification_key_of
from workflows.award_events import CodeIssued
from workflows.paper_codes import signed_bytes


def issue_codes(transaction: Transaction, decision: Decision) -> None:
    """The codes of a decision that has just got its number, and of its certificates.

    From here on their papers are drawn of what is kept here. A decision that was signed as a file bears its
    code already. The codes themselves never stand in the log.
    """
    signer = verification_key_of(current_app.config["SETTINGS"].data_dir).signer()
    found = decision_of(transaction.session, decision.case)
    facts = without_code(composed(facts_of(transaction.session, found)))
    code = code_on(found) or new_code()
    _sign(transaction, signer, code, "decision", decision_fields(facts), facts, decision=found)
    transaction.log_case(decision.case, CodeIssued("decision", 1, signer.id))
    if found.awards:
        _certificates(transaction, signer, found)
        transaction.log_case(decision.case, CodeIssued("certificate", len(found.awards), signer.id))


def _certificates(transaction: Transaction, signer: Signer, decision: Decision) -> None:
    """The first certificate of each award, as its sheet has it."""
    facts = composed(certificate_facts(transaction.session, decision))
    for award, one in zip(decision.awards, facts["certificates"], strict=True):
        certificate = _first(transaction, award, one)
        _sign_certificate(transaction, signer, certificate, {**facts, "certificates": [one]})


def issue_copy_code(transaction: Transaction, certificate: Certificate) -> None:
    """The code of a certificate that replaces another one."""
    signer = verification_key_of(current_app.config["SETTINGS"].data_dir).signer()
    _sign_certificate(transaction, signer, certificate, _facts_of(certificate))


def _facts_of(certificate: Certificate) -> dict[str, Any]:
    """The facts of one certificate alone."""
    dated, printed = certificate.decision.dated_on, certificate.printed
    sheet = {"type": certificate.type, "sheet": certificate.size, "printed": printed}
    return {
        "date": dated.isoformat() if dated else None,
        "issuer": printed["issuer"],
        "certificates": [sheet],
    }


def _sign_certificate(
    transaction: Transaction, signer: Signer, certificate: Certificate, facts: Mapping[str, Any]
) -> None:
    printed = certificate.printed
    kind, fields = certificate_kind(printed), certificate_fields(printed)
    _sign(transaction, signer, new_code(), kind, fields, facts, certificate=certificate)


def _first(transaction: Transaction, award: Award, facts: Mapping[str, Any]) -> Certificate:
    return Certificate(
        decision=award.decision,
        award=award,
        type=facts["type"],
        size=facts["sheet"],
        printed=facts["printed"],
        made_at=transaction.now.at,
    )


def keep_certificates(transaction: Transaction, decision: Decision) -> None:
    """Keep what the certificates of a decision say that got its number before that was done; they have no codes."""
    session = transaction.session
    if not certificates_kept(session, decision.id):
        found = decision_of(session, decision.case)
        facts = composed(certificate_facts(session, found))
        pairs = zip(found.awards, facts["certificates"], strict=True)
        session.add_all(_first(transaction, award, one) for award, one in pairs)
        session.flush()


def issue_letter_code(transaction: Transaction, letter: Certificate) -> None:
    """The code of a letter of thanks, which stands beside the certificates of a decision.

    What it is headed is a part of its ground, and signed like the award of a certificate.
    """
    signer = verification_key_of(current_app.config["SETTINGS"].data_dir).signer()
    heading = next(field for field in certificate_type(letter.type).fields if field.name == "award")
    fields = certificate_fields({**letter.printed, "award": heading.fixed or ""})
    _sign(transaction, signer, new_code(), "certificate", fields, _facts_of(letter), certificate=letter)
    transaction.log_case(letter.decision.case, CodeIssued("certificate", 1, signer.id))


def _sign(
    transaction: Transaction,
    signer: Signer,
    code: str,
    kind: str,
    fields: Mapping[str, str],
    facts: Mapping[str, Any],
    **paper: Decision | Certificate,
) -> None:
    transaction.session.add(
        Verification(
            code=code,
            fields={"signed": fields, "facts": facts},
            key_id=signer.id,
            signature=signer.sign(signed_bytes(code, kind, fields)),
            made_at=transaction.now.at,
            **paper,
        )
    )
