"""Criteria tables: imported; or drafted for a unit, sent to the authority, approved or discarded there."""

from __future__ import annotations

import hashlib

from sqlalchemy import select

from webapp.models import CriteriaVersion, Notice, Person, Unit
from webapp.models.types import new_public_id
from webapp.operations.acting import Actor, Now
from webapp.operations.name_codes import free_code
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.clusters import criteria_of
from webapp.queries.criteria import (
    OPEN,
    current_version,
    may_decide_criteria,
    may_draft_criteria,
    version_of,
)
from webapp.queries.rule_sets import authorities
from webapp.queries.standing import Standing, standing_of
from webapp.text import nfc
from workflows.cluster_events import CriteriaDecided, CriteriaDrafted, CriteriaImported
from workflows.criteria import CriteriaTable, parse_criteria
from workflows.criteria_drafts import TableDraft, row_faults, table_data
from workflows.forms import Fault
from workflows.law_amendments import as_text


def import_criteria(text: str, *, actor: Actor, now: Now) -> bool:
    """Import a criteria table as an approved version; True when it is new. Raises CriteriaFaults."""
    table = parse_criteria(text)
    digest = _digest(text)
    with write(actor, now) as transaction:
        known = select(CriteriaVersion.id).where(
            CriteriaVersion.code == table.code, CriteriaVersion.digest == digest
        )
        if transaction.session.scalar(known.limit(1)) is not None:
            return False
        _enter(transaction, table, text, "approved")
        transaction.log(f"criteria/{table.code}", CriteriaImported(code=table.code, digest=digest))
        return True


def draft_table(unit: str, draft: TableDraft, origin: str | None = None, *, actor: Actor, now: Now) -> str:
    """Draft a new table of a unit, perhaps copied from a version of another; returns the draft's public id.

    Raises NotFound, Forbidden, InvalidForm for faults of its rows and for a name the unit has given already.
    """
    with write(actor, now) as transaction:
        place = _drafting(transaction, unit)
        source = _version(transaction, origin) if origin else None
        known = select(CriteriaVersion.id).where(
            CriteriaVersion.unit_id == place.id,
            CriteriaVersion.name == nfc(draft.name),
            CriteriaVersion.status.in_((*OPEN, "approved")),
        )
        if transaction.session.scalar(known.limit(1)) is not None:
            raise InvalidForm([Fault("/name", "table_exists")])
        code = free_code(transaction.session, CriteriaVersion.code, "criteria", unit, draft.name)
        text, table = _written(draft, code, source)
        return _draft(transaction, table, text, place, source)


def amend_table(upon: str, draft: TableDraft, *, actor: Actor, now: Now) -> str:
    """Go on from a version of a unit's own table: its open draft, or else the one in force; returns the draft's id.

    Raises NotFound, Forbidden, NotNow("criteria_moved") when it is another one by now, InvalidForm for faults of its
    rows and when it says the same.
    """
    with write(actor, now) as transaction:
        version = _version(transaction, upon)
        place = _drafting(transaction, _place(version).code)
        current = current_version(transaction.session, version.code)
        if current is None or current.id != version.id:
            raise NotNow("criteria_moved")
        text, table = _written(draft, version.code, version)
        if table == criteria_of(version.content):
            raise InvalidForm([Fault("", "nothing_amended")])
        if version.status in OPEN:
            version.status = "replaced"
        return _draft(transaction, table, text, place, version)


def submit_criteria(public_id: str, *, actor: Actor, now: Now) -> None:
    """Send a draft to the authority, who is told of it. Raises NotFound, Forbidden, NotNow("criteria_moved")."""
    with write(actor, now) as transaction:
        version = _version(transaction, public_id)
        place = _drafting(transaction, _place(version).code)
        transaction.session.refresh(version)
        if version.status != "draft":
            raise NotNow("criteria_moved")
        _set_status(transaction, version, "submitted")
        transaction.session.add_all(
            Notice(
                person_id=person_id,
                template="criteria_submitted",
                values={"code": version.code, "title": version.name},
                created_at=now.at,
            )
            for person_id in authorities(transaction.session, place, transaction.day)
        )


def decide_criteria(public_id: str, *, approve: bool, actor: Actor, now: Now) -> None:
    """Approve what was submitted, or discard it; an open draft may be discarded by who drafts, too.

    What is approved is offered for the years that are prepared from now on; a year keeps the version it has. Raises
    NotFound, Forbidden, NotNow("criteria_moved").
    """
    with write(actor, now) as transaction:
        version = _version(transaction, public_id)
        place, standing = _place(version), _standing(transaction)
        transaction.hold(Unit, place.id)
        transaction.session.refresh(version)
        decides = may_decide_criteria(standing, place)
        if not decides and (approve or not may_draft_criteria(standing, place)):
            raise Forbidden
        if version.status not in (("submitted",) if approve else OPEN):
            raise NotNow("criteria_moved")
        version.decided_by_id, version.decided_at = actor.person_id, now.at
        _set_status(transaction, version, "approved" if approve else "discarded")


def _version(transaction: Transaction, public_id: str) -> CriteriaVersion:
    """The version of a public id. Raises NotFound."""
    found = version_of(transaction.session, public_id)
    if found is None:
        raise NotFound
    return found


def _place(version: CriteriaVersion) -> Unit:
    """The unit of a table. Raises NotFound for one that came with the software or from a file: nobody's to amend."""
    if version.unit is None:
        raise NotFound
    return version.unit


def _standing(transaction: Transaction) -> Standing:
    person = transaction.session.get(Person, transaction.actor.person_id)
    if person is None:
        raise Forbidden
    return standing_of(transaction.session, person, transaction.day)


def _drafting(transaction: Transaction, unit: str) -> Unit:
    """The unit of a code, held, whose tables the actor drafts. Raises NotFound, Forbidden."""
    place = transaction.session.scalar(select(Unit).where(Unit.code == unit))
    if place is None:
        raise NotFound
    if not may_draft_criteria(_standing(transaction), place):
        raise Forbidden
    transaction.hold(Unit, place.id)
    return place


def _written(draft: TableDraft, code: str, source: CriteriaVersion | None) -> tuple[str, CriteriaTable]:
    """The text of a draft, and what it says. Raises InvalidForm."""
    if faults := row_faults(draft.rows):
        raise InvalidForm(faults)
    before = criteria_of(source.content) if source else None
    text = as_text(table_data(draft, code, before))
    return text, parse_criteria(text)


def _draft(
    transaction: Transaction, table: CriteriaTable, text: str, place: Unit, upon: CriteriaVersion | None
) -> str:
    public_id = new_public_id()
    # A draft may go back to what it said before; no two versions of a table are the same file.
    row = _enter(transaction, table, f"# {public_id}\n{text}", "draft", place, public_id)
    transaction.log(
        f"criteria/{row.code}",
        CriteriaDrafted(
            code=row.code,
            unit=place.code,
            version=row.public_id,
            digest=row.digest,
            upon=upon.digest if upon else "",
        ),
    )
    return row.public_id


def _enter(
    transaction: Transaction,
    table: CriteriaTable,
    text: str,
    status: str,
    place: Unit | None = None,
    public_id: str | None = None,
) -> CriteriaVersion:
    row = CriteriaVersion(
        public_id=public_id or new_public_id(),
        code=table.code,
        name=nfc(table.name),
        digest=_digest(text),
        status=status,
        content=text,
        imported_at=transaction.now.at,
        unit_id=place.id if place else None,
        drafted_by_id=transaction.actor.person_id,
    )
    transaction.session.add(row)
    transaction.session.flush()
    return row


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _set_status(transaction: Transaction, version: CriteriaVersion, status: str) -> None:
    version.status = status
    transaction.log(
        f"criteria/{version.code}",
        CriteriaDecided(
            code=version.code,
            unit=_place(version).code,
            version=version.public_id,
            digest=version.digest,
            status=status,
        ),
    )
