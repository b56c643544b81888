"""Gives papers the codes by which anybody can check them: signed once, when a decision is numbered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app

from webapp.documents.codes import certificate_fields, certificate_kind, decision_fields, without_code
from webapp.documents.render import composed
from webapp.follow_codes import new_code
from webapp.models import Certificate, Decision, Verification
from webapp.operations.transaction import Transaction
from webapp.queries.certificate_facts import certificate_facts
from webapp.queries.decision_kinds import facts_of
from webapp.queries.decisions import decision_of
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
        certificate = Certificate(
            decision=decision,
            award=award,
            type=one["type"],
            size=one["sheet"],
            printed=one["printed"],
            made_at=transaction.now.at,
        )
        _sign_certificate(transaction, signer, certificate, {**facts, "certificates": [one]})


def issue_copy_code(transaction: Transaction, certificate: Certificate) -> None:
    """The code of a certificate that replaces another one."""
    signer = verification_key_of(current_app.config["SETTINGS"].data_dir).signer()
    dated, printed = certificate.decision.dated_on, certificate.printed
    sheet = {"type": certificate.type, "sheet": certificate.size, "printed": printed}
    facts = {"date": dated.isoformat() if dated else None, "issuer": printed["issuer"]}
    _sign_certificate(transaction, signer, certificate, {**facts, "certificates": [sheet]})


def _sign_certificate(
    transaction: Transaction, signer: Signer, certificate: Certificate, facts: Mapping[str, Any]
) -> None:
    printed = certificate.printed
    kind, fields = certificate_kind(printed), certificate_fields(printed)
    _sign(transaction, signer, new_code(), kind, fields, facts, certificate=certificate)


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
