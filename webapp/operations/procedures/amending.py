"""What corrections and revocations share: a decision of its own kind about another one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from webapp.documents.formats import document_number
from webapp.models import Case, Decision, Unit
from webapp.operations.cases import open_case
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.starts import Start
from webapp.operations.transaction import Transaction
from webapp.queries.amendments import PROCESSES, amending
from webapp.queries.units import places_of
from webapp.text import nfc
from workflows.forms import Fault

TITLES = {"correction": "Đính chính", "revocation": "Hủy bỏ khen thưởng theo"}


def open_amendment(start: Start, kind: str) -> Case:
    """Open a decision about the one named on the form, which has a number and lies in the same book."""
    transaction, session = start.transaction, start.transaction.session
    original = session.execute(
        select(Decision).join(Case, Case.id == Decision.case_id).where(Case.code == start.form["original"])
    ).scalar_one()
    title = f"{TITLES[kind]} Quyết định số {document_number(original.number, original.symbol or '')}"
    case = open_case(
        transaction,
        PROCESSES[kind],
        title=title,
        places=places_of(session, start.campaign, original.unit),
        campaign_id=start.campaign.id,
        data={},
        private=dict(start.form),
    )
    session.add(
        Decision(
            case_id=case.id,
            unit_id=original.unit_id,
            campaign_id=original.campaign_id,
            title=title,
            kind=kind,
            original_id=original.id,
        )
    )
    return case


def held_amendment(transaction: Transaction, case: Case) -> Decision:
    """The decision of the case; nobody else changes awards of its unit meanwhile."""
    transaction.hold(Unit, case.organiser_id)
    return amending(transaction.session, case)


def word_draft(case: Case, decision: Decision, form: Any) -> None:
    """Title and signer as drafted."""
    decision.title = case.title = nfc(form["title"])
    decision.signer = form["signer"]


def refuse_numbered(transaction: Transaction, case: Case) -> None:
    """What has a number stands in the book: it is not given up any more."""
    if amending(transaction.session, case).number is not None:
        raise NotNow("decision_numbered")


def fault(row: int, rows: str, field: str, code: str, **params: Any) -> InvalidForm:
    """One fault in a row of a list."""
    return InvalidForm([Fault(f"/{rows}/{row}/{field}", code, params)])
