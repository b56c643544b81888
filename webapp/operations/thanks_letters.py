"""Letters of thanks beside a decision: no award, no number of the register, printed and checked like certificates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from webapp.documents.certificates import certificate_type, laid_out
from webapp.documents.errors import LetterMissingError, UnprintableError
from webapp.models import Certificate, Decision
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.refusals import InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.operations.verifications import issue_letter_code
from webapp.queries.blanks import printing_places
from webapp.queries.certificate_facts import LETTER, letter_texts
from webapp.queries.print_runs import printable
from webapp.text import nfc
from workflows.award_events import LetterEntered, LetterTakenBack
from workflows.forms import Fault

PLACES = {"bearer": "/name", "address": "/address", "achievement": "/reason"}
"""Where in the form stands what is printed in a field."""


@dataclass(frozen=True)
class NewLetter:
    """Who is thanked, their address if it is to stand there, and what for."""

    name: str
    address: str
    reason: str


def enter_letter(code: str, new: NewLetter, *, actor: Actor, now: Now) -> str:
    """Make a letter of thanks beside a numbered decision; returns its public id, of one that says the same already.

    Raises NotFound, NotNow("no_letters_yet"), InvalidForm where a text cannot be printed.
    """
    with write(actor, now) as transaction:
        found = printable(transaction.session, acting_standing(transaction), code)
        if found is None:
            raise NotFound
        case = transaction.lock_case(found.case.id)
        if found.decision.number is None:
            raise NotNow("no_letters_yet")
        thanked = {"bearer": nfc(new.name), "address": nfc(new.address), "achievement": nfc(new.reason)}
        printed = letter_texts(transaction.session, found.decision, thanked, transaction.day)
        _check(printed)
        if known := _same(transaction, found.decision, printed):
            return known
        letter = Certificate(
            decision=found.decision,
            type=LETTER,
            size=certificate_type(LETTER).sheet,
            printed=printed,
            made_at=now.at,
            made_by_id=actor.person_id,
        )
        transaction.session.add(letter)
        transaction.session.flush()
        transaction.log_case(case, LetterEntered(letter=letter.public_id), private=thanked)
        issue_letter_code(transaction, letter)
        return letter.public_id


def _same(transaction: Transaction, decision: Decision, printed: Mapping[str, str]) -> str | None:
    """The public id of a letter that holds and says the same: the form was sent twice."""
    query = select(Certificate).where(
        Certificate.decision_id == decision.id, Certificate.type == LETTER, Certificate.state == "valid"
    )
    found = transaction.session.scalars(query)
    return next((each.public_id for each in found if each.printed == printed), None)


def _check(printed: dict[str, str]) -> None:
    """Whoever types sees at once what does not fit on the sheet."""
    kind = certificate_type(LETTER)
    try:
        laid_out(kind, kind.own_size, printed)
    except UnprintableError as fault:
        letter = fault.letter if isinstance(fault, LetterMissingError) else ""
        raise InvalidForm([Fault(PLACES.get(fault.field, ""), fault.code, {"letter": letter})]) from fault


def take_letter_back(public_id: str, *, actor: Actor, now: Now) -> str:
    """Let a letter of thanks hold no more; returns the code of the decision. Raises NotFound, NotNow."""
    with write(actor, now) as transaction:
        letter = _held(transaction, public_id)
        if letter.state != "valid":
            raise NotNow("letter_taken_back")
        letter.state = "revoked"
        case = letter.decision.case
        transaction.log_case(case, LetterTakenBack(letter=letter.public_id))
        return case.code


def _held(transaction: Transaction, public_id: str) -> Certificate:
    query = select(Certificate).join(Decision, Decision.id == Certificate.decision_id)
    places = printing_places(acting_standing(transaction))
    mine = query.where(
        Certificate.public_id == public_id, Certificate.type == LETTER, Decision.unit_id.in_(places)
    )
    letter = transaction.session.scalar(mine)
    if letter is None:
        raise NotFound
    transaction.lock_case(letter.decision.case_id)
    transaction.session.refresh(letter)
    return letter
