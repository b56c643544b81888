"""Erasing the personal data of a case by law: proposed by who keeps the file, decided by somebody else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from webapp.models import Case, Erasure
from webapp.models.types import new_public_id
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.erasing import ERASED_TABLES, erase
from webapp.operations.erasure_records import keep_records
from webapp.operations.interventions import checked_reason
from webapp.operations.purging import purge, want_purge
from webapp.operations.refusals import AlreadyDone, Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.erased_parts import names_of
from webapp.queries.erasure_hindrances import blockers
from webapp.queries.erasures import (
    DECIDERS,
    KEEPERS,
    file_of,
    known_file,
    live_erasure,
    term_of_case,
    whole_of,
)
from webapp.text import nfc, search_key
from workflows.after_events import ErasureDecided, ErasureProposed, ErasureWithdrawn
from workflows.forms import Fault

RETENTION, REQUEST = "retention", "request"
FORMS_OF_ADDRESS = frozenset({"ho", "gia", "dinh", "ong", "ba", "anh", "chi"})
"""Words before a name (“Hộ bà …”), as search keys."""


@dataclass(frozen=True)
class Request:
    """The paper that asks for an erasure or orders it: its number and day, and why."""

    number: str
    dated_on: dt.date
    reason: str


def propose_erasure(code: str, request: Request | None, *, actor: Actor, now: Now) -> str:
    """Propose to erase the personal data of a case: by a paper, or with none because its retention is over.

    Returns the public id; proposed already, it stays as it was. Raises NotFound, InvalidForm for a paper of tomorrow
    and words that name the nominee, NotNow for what is in the way ("erasure_" and its name, "erasure_kept").
    """
    with write(actor, now) as transaction:
        case, cases = _locked(transaction, code)
        if known := live_erasure(transaction.session, case):
            return known.public_id
        _refuse_blocked(transaction, cases)
        row = Erasure(
            public_id=new_public_id(),
            case_id=case.id,
            ground=REQUEST if request else RETENTION,
            state="proposed",
            proposed_by_id=actor.person_id,
            proposed_at=now.at,
        )
        if request is None:
            row.rule = _rule_over(transaction, case)
        else:
            _refuse_naming(transaction, cases, {"number": request.number, "reason": request.reason}, request)
            row.number, row.dated_on = nfc(request.number), request.dated_on
            row.reason = checked_reason(request.reason)
        transaction.session.add(row)
        private = {"reason": row.reason} if row.reason else None
        transaction.log_case(case, _proposed(row), private=private)
        return row.public_id


def decide_erasure(public_id: str, agreed: bool, remark: str, *, actor: Actor, now: Now) -> str:
    """Erase what was proposed, or refuse it with a reason; returns the code of the case.

    Decided so already by the same person, nothing is done again. Raises NotFound, NotNow("erasure_own") for who
    proposed it and for what is in the way by now, AlreadyDone, InvalidForm without a reason to refuse.
    """
    with write(actor, now) as transaction:
        row = _decidable(transaction, public_id)
        case, cases = _locked(transaction, row.case.code, *DECIDERS)
        transaction.session.refresh(row)
        if row.state == "withdrawn":
            raise NotNow("erasure_withdrawn")
        wanted = "done" if agreed else "refused"
        if row.state != "proposed":
            if (row.state, row.decided_by_id) == (wanted, actor.person_id):
                return row.case.code
            assert row.decided_by is not None
            raise AlreadyDone(row.decided_by.name, row.decided_at, own=row.decided_by_id == actor.person_id)
        if row.proposed_by_id == actor.person_id:
            raise NotNow("erasure_own")
        row.state, row.decided_by_id, row.decided_at = wanted, actor.person_id, now.at
        decided = ErasureDecided(erasure=public_id, agreed=agreed)
        if agreed:
            _refuse_blocked(transaction, cases)
            transaction.log_case(case, decided)
            erase(transaction, row, cases)
            want_purge(transaction)
        else:
            _refuse_naming(transaction, cases, {"reason": remark})
            row.remark = checked_reason(remark)
            transaction.log_case(case, decided, private={"reason": row.remark})
        decided_on = case.code
    if agreed:
        purge(*ERASED_TABLES)
        keep_records()
    return decided_on


def withdraw_erasure(public_id: str, *, actor: Actor, now: Now) -> None:
    """Take back what oneself proposed, while nobody has decided; again, nothing is done.

    Raises NotFound, Forbidden for what somebody else proposed, AlreadyDone.
    """
    with write(actor, now) as transaction:
        row: Erasure | None = transaction.session.scalar(
            select(Erasure).where(Erasure.public_id == public_id)
        )
        if row is None:
            raise NotFound
        case, _cases = _locked(transaction, row.case.code)
        transaction.session.refresh(row)
        if row.proposed_by_id != actor.person_id:
            raise Forbidden
        if row.state == "withdrawn":
            return
        if row.decided_by is not None:
            raise AlreadyDone(row.decided_by.name, row.decided_at, own=False)
        row.state = "withdrawn"
        transaction.log_case(case, ErasureWithdrawn(erasure=public_id))


def _locked(transaction: Transaction, code: str, *roles: str) -> tuple[Case, list[Case]]:
    """The case with all that goes with it, locked. Raises NotFound for a file the actor does not keep or decide on."""
    session, standing = transaction.session, acting_standing(transaction)
    found = file_of(session, standing, code, *(roles or KEEPERS))
    if found is None:
        raise NotFound
    cases = [transaction.lock_case(each.id) for each in whole_of(session, found)]
    return next(case for case in cases if case.id == found.id), cases


def _decidable(transaction: Transaction, public_id: str) -> Erasure:
    """Raises NotFound, and Forbidden for who may know of it and not decide on it."""
    session, standing = transaction.session, acting_standing(transaction)
    row: Erasure | None = session.scalar(select(Erasure).where(Erasure.public_id == public_id))
    if row is None:
        raise NotFound
    if session.scalar(select(Case.id).where(Case.id == row.case_id, known_file(standing, *DECIDERS))) is None:
        raise Forbidden
    return row


def _refuse_blocked(transaction: Transaction, cases: list[Case]) -> None:
    transaction.session.flush()
    if found := blockers(transaction.session, cases):
        raise NotNow(f"erasure_{found[0]}")


def _rule_over(transaction: Transaction, case: Case) -> dict[str, object] | None:
    """The rule whose time is over. Raises NotNow("erasure_kept") while the file is kept."""
    term = term_of_case(transaction.session, case)
    if not term.over(transaction.day):
        raise NotNow("erasure_kept")
    return term.facts


def _refuse_naming(
    transaction: Transaction, cases: list[Case], written: Mapping[str, str], request: Request | None = None
) -> None:
    """What is written of an erasure stays for good: it must not say whose data they were. Raises InvalidForm."""
    faults = []
    if request is not None and request.dated_on > transaction.day:
        faults.append(Fault("/dated_on", "in_the_future"))
    names = {_bare(name) for name in names_of(transaction.session, cases)}
    faults += [
        Fault(f"/{field}", "names_nominee")
        for field, text in written.items()
        if any(re.search(rf"\b{re.escape(name)}\b", search_key(text)) for name in names)
    ]
    if faults:
        raise InvalidForm(faults)


def _bare(name: str) -> str:
    """A name as it is searched, without the words before it; at least two words are left."""
    words = search_key(name).split()
    while len(words) > 2 and words[0] in FORMS_OF_ADDRESS:
        del words[0]
    return " ".join(words)


def _proposed(row: Erasure) -> ErasureProposed:
    rule = row.rule or {}
    return ErasureProposed(
        erasure=row.public_id,
        ground=row.ground,
        rule=rule.get("code", ""),
        until_date=rule.get("until", ""),
        number=row.number or "",
        paper_date=row.dated_on.isoformat() if row.dated_on else "",
    )
