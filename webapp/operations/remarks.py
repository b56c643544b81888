"""What people write to each other about a case, and what they take back."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from sqlalchemy import select

from webapp import eventlog
from webapp.models import Case, Remark
from webapp.models.types import new_public_id
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.notices import tell
from webapp.operations.refusals import CaseEnded, Forbidden, InvalidForm, NotFound
from webapp.operations.transaction import Transaction, write
from webapp.queries.remarks import Mentionable, mentioned_in, readers, sides_of
from webapp.queries.standing import may_see
from webapp.text import lines
from workflows.forms import Fault
from workflows.remark_events import RemarkWithdrawn, RemarkWritten

LIMIT = 4000


def write_remark(
    code: str, side: str, text: str, key: str, mentioned: Collection[str] = (), *, actor: Actor, now: Now
) -> str:
    """Write a remark on a case, internal or shared; returns its public id.

    Whoever is mentioned, by public id or behind an @ in the text, and may read the remark gets a notice and an e-mail.
    The same words under the same ``key`` are written once. Raises NotFound, Forbidden where the side is not open to the
    actor, CaseEnded, InvalidForm without text or above the limit.
    """
    text = _checked(text)
    key = hashlib.sha256("\0".join((key, code, side, text)).encode()).hexdigest()
    with write(actor, now) as transaction:
        case = _readable(transaction, code, side)
        if (known := _written_before(transaction, key)) is not None:
            return known
        if case.state == "ended":
            raise CaseEnded
        people = readers(transaction.session, case, (side,), transaction.day)[side]
        told = _told(people, text, mentioned, actor)
        remark = Remark(
            public_id=new_public_id(),
            case_id=case.id,
            side=side,
            author_id=actor.person_id,
            written_under=key,
            text=text,
            mentioned=sorted(told),
            written_at=now.at,
        )
        names = sorted(each.public_id for each in people if each.row_id in told)
        written = RemarkWritten(remark=remark.public_id, side=side, mentioned=names)
        remark.event_id = transaction.log_case(case, written, private={"text": text}).id
        transaction.session.add(remark)
        tell(transaction, case, told, "mentioned")
        return remark.public_id


def withdraw_remark(public_id: str, *, actor: Actor, now: Now) -> str:
    """Take one's own remark back: its words are erased, that it was written stays; returns the code of its case.

    Taken back already, nothing changes. Raises NotFound, for the remark of somebody else, too.
    """
    with write(actor, now) as transaction:
        found = transaction.session.execute(
            select(Remark.case_id, Remark.author_id).where(Remark.public_id == public_id)
        ).first()
        if found is None or found.author_id != actor.person_id:
            raise NotFound
        case = transaction.lock_case(found.case_id)
        remark = transaction.session.execute(
            select(Remark).where(Remark.public_id == public_id).execution_options(populate_existing=True)
        ).scalar_one()
        if remark.withdrawn_at is None:
            remark.text, remark.withdrawn_at = None, now.at
            eventlog.erase_private(transaction.session, remark.event_id)
            transaction.log_case(case, RemarkWithdrawn(remark=public_id, side=remark.side))
        return case.code


def _readable(transaction: Transaction, code: str, side: str) -> Case:
    """The case, locked, when the actor may know of it and the side is open to them."""
    session, standing = transaction.session, acting_standing(transaction)
    case_id = session.scalar(select(Case.id).where(Case.code == code))
    if case_id is None or not may_see(session, standing, case_id):
        raise NotFound
    case = transaction.lock_case(case_id)
    if side not in sides_of(session, standing, case):
        raise Forbidden
    return case


def _written_before(transaction: Transaction, key: str) -> str | None:
    own = Remark.author_id == transaction.actor.person_id, Remark.written_under == key
    found: str | None = transaction.session.scalar(select(Remark.public_id).where(*own))
    return found


def _told(people: Collection[Mentionable], text: str, mentioned: Collection[str], actor: Actor) -> set[int]:
    """Ids of those who are mentioned beside the actor; of several with one name those that were chosen."""
    chosen = {each.row_id for each in people if each.public_id in mentioned}
    named = {each.name for each in people if each.row_id in chosen}
    found = mentioned_in(text, (each for each in people if each.name not in named))
    return {each for each in chosen | found if each != actor.person_id}


def _checked(text: str) -> str:
    text = lines(text)
    if not text:
        raise InvalidForm([Fault("/text", "required")])
    if len(text) > LIMIT:
        raise InvalidForm([Fault("/text", "too_long", {"limit": LIMIT})])
    return text
