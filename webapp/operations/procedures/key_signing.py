"""A decision signed as a file: by the authority's key, then number, date and seal by that of the body.

Drawing and signing take a second, and a service of time stamps may take ten: all of it is done before the transaction,
which keeps the file only if the paper would still say the same.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from webapp.documents import render
from webapp.documents.formats import document_number, long_day
from webapp.follow_codes import new_code
from webapp.models import Case, Decision, Paper
from webapp.operations import hooks
from webapp.operations.hooks import Completing, Readying
from webapp.operations.papers import Drawn, file_store, keep_document
from webapp.operations.pens import CHANGED, Pen, pen_of
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.signing_capacity import refuse_capacity
from webapp.operations.transaction import Transaction
from webapp.queries.decisions import decision_of
from webapp.queries.facts import seat_name
from webapp.queries.signed_papers import coded, document_of, facts_to_sign, same_facts, says_the_same
from webapp.queries.signing_keys import KEY, is_usable, seal_of
from webapp.queries.task_forms import OFFICE_SEAL
from workflows.events import PaperAdded
from workflows.forms import Fault
from workflows.signing_events import PaperSigned
from workflows.values import local_day

PROCESS = "decision_signing"
SIGNER, NUMBER, SEAL = "ChuKy", "SoNgay", "ConDau"
TENTHS = 10
SEAL_WIDTH = 36.0
"""Millimetres, where nobody has brought a picture of the seal."""


@dataclass(frozen=True)
class Signed:
    """A file that was signed: with which key, in which places, and the SHA-256 of what it was ``made_of``."""

    key: str
    certificate: str
    stamped: bool
    pdf: bytes = field(repr=False)
    places: list[str]
    made_of: str
    drawn: Drawn | None = None

    @classmethod
    def by(cls, pen: Pen, pdf: bytes, places: list[str], made_of: str, drawn: Drawn | None = None) -> Signed:
        """What was signed with this pen."""
        return cls(pen.key, pen.certificate, pen.clock is not None, pdf, places, made_of, drawn)


def _by_key(form: Mapping[str, Any]) -> bool:
    signature = form.get("signature")
    return isinstance(signature, Mapping) and signature.get("method") == KEY


def _sealed(form: Mapping[str, Any]) -> bool:
    return OFFICE_SEAL in form


@hooks.readying(PROCESS, "sign_decision", _by_key)
def sign(readying: Readying) -> Signed:
    """Draw the decision as this person signs it, and sign it in the place of the signature."""
    session, case = readying.session, readying.task.case
    decision = decision_of(session, case)
    person, day = readying.actor.public_id, local_day(readying.now.at)
    refuse_capacity(session, decision, person, day, readying.form)
    facts = facts_to_sign(session, decision, person, day, readying.form)
    facts = coded(facts, new_code(), current_app.config["SETTINGS"].public_url)
    document = document_of(decision)
    paper = render(document, facts)
    drawn = Drawn(document, f"Quyết định {case.code}.pdf", paper, facts, kind=document)
    with pen_of(readying, "signature") as pen:
        hand = _content(pen.hand) if pen.hand else None
        pdf = pen.sign(paper.pdf, SIGNER, "Ký ban hành", seal=_seal(session, decision)[0], picture=hand)
    return Signed.by(pen, pdf, [SIGNER], drawn.facts_digest, drawn)


@hooks.keeping(PROCESS, "sign_decision")
def keep_signed(completing: Completing) -> None:
    """The decision is signed as this file, unless it would say something else by now."""
    if not _by_key(completing.form):
        return
    made, transaction = _made(completing, "/signature/method"), completing.transaction
    decision = decision_of(transaction.session, completing.case)
    assert made.drawn is not None
    person, form = transaction.actor.public_id, completing.form
    now = facts_to_sign(transaction.session, decision, person, transaction.day, form)
    if not same_facts(dict(made.drawn.facts), now):
        raise NotNow(CHANGED)
    unsigned = keep_document(transaction, completing.case, made.drawn)
    _keep_signed(transaction, decision, unsigned, made)


@hooks.readying(PROCESS, "number_decision", _sealed)
def number(readying: Readying) -> Signed:
    """Put number and date on what the authority has signed, and the seal: two signatures of the body's key."""
    decision, form = decision_of(readying.session, readying.task.case), readying.form
    paper = decision.signed_paper
    assert paper is not None
    width, picture = _seal(readying.session, decision)
    said = (
        document_number(form["number"], form["symbol"]),
        f"{seat_name(decision.unit)}, {long_day(form['dated_on'])}",
    )
    with pen_of(readying, OFFICE_SEAL) as pen:
        numbered = pen.number(_content(paper.sha256), NUMBER, "Vào số, ghi ngày ban hành", said)
        pdf = pen.sign(numbered, SEAL, "Đóng dấu cơ quan", seal=width, picture=picture)
    return Signed.by(pen, pdf, [NUMBER, SEAL], paper.sha256)


@hooks.keeping(PROCESS, "number_decision")
def keep_numbered(completing: Completing) -> None:
    """The decision is issued as this file, unless another one was signed meanwhile."""
    if not _sealed(completing.form):
        return
    made, transaction = _made(completing, f"/{OFFICE_SEAL}/key"), completing.transaction
    decision = decision_of(transaction.session, completing.case)
    paper = decision.signed_paper
    if paper is None or paper.sha256 != made.made_of:
        raise NotNow(CHANGED)
    if not says_the_same(transaction.session, decision):
        raise InvalidForm([Fault("/dated_on", "signed_otherwise")])
    _keep_signed(transaction, decision, paper, made)


def file_to_sign(session: Session, case: Case, day: dt.date) -> bytes:
    """A decision to be signed with a program of the office: with empty fields for signature, number and seal.

    What was signed here already is gone on with; else it is drawn for the signer whom the draft names.
    """
    from webapp.documents.signatures.signing import with_places

    decision = decision_of(session, case)
    if decision.signed_paper is not None and decision.signed_paper.origin_id is not None:
        return _content(decision.signed_paper.sha256)
    facts = facts_to_sign(session, decision, decision.signer or "", day, {})
    return with_places(render(document_of(decision), facts).pdf, _seal(session, decision)[0])


def _seal(session: Session, decision: Decision) -> tuple[float, bytes | None]:
    """How wide the seal of the body is, in millimetres, and its picture."""
    kept = seal_of(session, decision.unit_id)
    return (kept.width / TENTHS, _content(kept.sha256)) if kept else (SEAL_WIDTH, None)


def _content(sha256: str) -> bytes:
    with file_store().open(sha256) as file:
        return file.read()


def _made(completing: Completing, place: str) -> Signed:
    """What was signed before; an act on many tasks signs nothing. Raises InvalidForm, NotNow."""
    made = completing.ready
    if not isinstance(made, Signed):
        raise InvalidForm([Fault(place, "key_one_by_one")])
    if not is_usable(completing.transaction.session, made.key):
        raise NotNow(CHANGED)
    return made


def _keep_signed(transaction: Transaction, decision: Decision, origin: Paper, made: Signed) -> None:
    stored = file_store().put(io.BytesIO(made.pdf), len(made.pdf))
    paper = Paper(
        case_id=decision.case_id,
        kind=origin.kind,
        filename=origin.filename,
        media_type=origin.media_type,
        size=stored.size,
        sha256=stored.sha256,
        document_type=origin.document_type,
        origin_id=origin.id,
        created_at=transaction.now.at,
    )
    transaction.session.add(paper)
    transaction.session.flush()
    decision.signing, decision.signed_paper_id = "here", paper.id
    transaction.log_case(
        decision.case, PaperAdded(paper=paper.public_id, kind=paper.kind, sha256=paper.sha256)
    )
    transaction.log_case(
        decision.case,
        PaperSigned(
            paper=paper.public_id,
            sha256=paper.sha256,
            places=made.places,
            key=made.key,
            certificate=made.certificate,
            stamped=made.stamped,
        ),
    )
