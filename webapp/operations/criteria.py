"""Criteria tables: imported; or drafted for a unit, sent to the authority, approved or discarded there."""

from __future__ import annotations

from sqlalchemy import select

from webapp.models import CriteriaVersion, Unit
from webapp.models.types import new_public_id
from webapp.operations.acting import Actor, Now
from webapp.operations.drafted_versions import Drafts, digest_of
from webapp.operations.name_codes import free_code
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.clusters import criteria_of
from webapp.queries.criteria import current_version, may_draft_criteria
from webapp.queries.drafted_versions import OPEN
from webapp.text import nfc
from workflows.cluster_events import CriteriaDecided, CriteriaDrafted, CriteriaImported, CriteriaReturned
from workflows.criteria import CriteriaTable, parse_criteria
from workflows.criteria_drafts import TableDraft, row_faults, table_data
from workflows.forms import Fault
from workflows.law_amendments import as_text

DRAFTS = Drafts(
    kind=CriteriaVersion,
    stream="criteria",
    moved="criteria_moved",
    notice="criteria_submitted",
    told_back="criteria_returned",
    title=lambda version: version.name,
    may_draft=may_draft_criteria,
    drafted=CriteriaDrafted,
    decided=CriteriaDecided,
    returned=CriteriaReturned,
)


def import_criteria(text: str, *, actor: Actor, now: Now) -> bool:
    """Import a criteria table as an approved version; True when it is new. Raises CriteriaFaults."""
    table = parse_criteria(text)
    digest = digest_of(text)
    with write(actor, now) as transaction:
        known = select(CriteriaVersion.digest).where(CriteriaVersion.code == table.code)
        versions = transaction.session.scalars(known.order_by(CriteriaVersion.id)).all()
        if digest in versions:
            return False
        transaction.session.add(_row(table, text, "approved", now))
        before = versions[-1] if versions else ""
        imported = CriteriaImported(code=table.code, digest=digest, before=before)
        transaction.log(f"criteria/{table.code}", imported)
        return True


def draft_table(unit: str, draft: TableDraft, origin: str | None = None, *, actor: Actor, now: Now) -> str:
    """Draft a new table of a unit, perhaps copied from a version of another; returns the draft's public id.

    Raises NotFound, Forbidden, InvalidForm for faults of its rows and for a name the unit has given already.
    """
    with write(actor, now) as transaction:
        place = DRAFTS.drafting(transaction, unit)
        source = DRAFTS.version(transaction, origin) if origin else None
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
        version = DRAFTS.version(transaction, upon)
        place = DRAFTS.drafting(transaction, DRAFTS.place(version).code)
        current = current_version(transaction.session, version.code)
        if current is None or current.id != version.id:
            raise NotNow("criteria_moved")
        text, table = _written(draft, version.code, version)
        if table == criteria_of(version.content):
            raise InvalidForm([Fault("", "nothing_amended")])
        return _draft(transaction, table, text, place, version)


def submit_criteria(public_id: str, *, actor: Actor, now: Now) -> None:
    """Send a draft to the authority, who is told of it. Raises NotFound, Forbidden, NotNow("criteria_moved")."""
    with write(actor, now) as transaction:
        DRAFTS.submit(transaction, public_id)


def return_criteria(public_id: str, reason: str, *, actor: Actor, now: Now) -> None:
    """Give what was submitted back to who drafted it, as the authority, with a reason.

    Raises NotFound, Forbidden, InvalidForm for no reason, NotNow("criteria_moved").
    """
    with write(actor, now) as transaction:
        DRAFTS.give_back(transaction, public_id, reason)


def decide_criteria(public_id: str, *, approve: bool, actor: Actor, now: Now) -> None:
    """Approve what was submitted, or discard it; an open draft may be discarded by who drafts, too.

    What is approved is offered for the years that are prepared from now on; a year keeps the version it has. Raises
    NotFound, Forbidden, NotNow("criteria_moved").
    """
    with write(actor, now) as transaction:
        DRAFTS.decide(transaction, public_id, approve=approve)


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
    row = _row(table, f"# {public_id}\n{text}", "draft", transaction.now, public_id)
    return DRAFTS.enter(transaction, row, place, upon)


def _row(
    table: CriteriaTable, text: str, status: str, now: Now, public_id: str | None = None
) -> CriteriaVersion:
    return CriteriaVersion(
        public_id=public_id or new_public_id(),
        code=table.code,
        name=nfc(table.name),
        digest=digest_of(text),
        status=status,
        content=text,
        imported_at=now.at,
    )
