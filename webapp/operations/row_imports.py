"""Takes over a list of registrations or nominations: checked whole, then opened row by row by the worker.

Each row is one transaction, so that the list can be left, cancelled, and goes on after a kill where it stood; a row is
opened once. Whoever sent the list is the actor of every row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update

from webapp.extensions import db
from webapp.models import Campaign, Case, FormDraft, Paper, Person, RowImport, RowImportLine, Task
from webapp.operations.acting import SYSTEM, Actor, Now
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow, Refused
from webapp.operations.starts import may_start, start_in
from webapp.operations.tasks import complete_in
from webapp.operations.transaction import Transaction, write
from webapp.queries.standing import standing_of
from webapp.text import nfc
from workflows.events import PaperAdded
from workflows.history_events import RowsImported, RowsImportEnded

FILLING = {"registration": "fill_on_behalf", "nomination": "prepare_on_behalf"}
"""The task a row fills in: a registration is handed in, a dossier is kept as a draft until its report is there."""

CHUNK = 50


@dataclass(frozen=True)
class NewLine:
    """A row of the list: its number, whom it is about, the start form, and what the officer fills in."""

    number: int
    name: str
    start: Mapping[str, Any]
    form: Mapping[str, Any]


@dataclass(frozen=True)
class Scan:
    """The signed list as it was stored."""

    filename: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class NewImport:
    """A list that has passed its check."""

    process: str
    campaign: str
    file_name: str
    sha256: str
    shared: Mapping[str, Any]
    lines: Sequence[NewLine]
    scan: Scan | None = None


def begin_import(new: NewImport, *, actor: Actor, now: Now) -> str:
    """Take a checked list in; the worker opens its rows. Returns its public id.

    Raises NotFound, Forbidden, NotNow("list_under_way") when the very same file is being taken over.
    """
    with write(actor, now) as transaction:
        campaign = _admitted(transaction, new)
        session = transaction.session
        made = RowImport(
            process=new.process,
            campaign_id=campaign.id,
            person_id=actor.person_id,
            file_name=nfc(new.file_name)[:300],
            sha256=new.sha256,
            shared=dict(new.shared),
            scan=vars(new.scan) if new.scan else {},
            started_at=now.at,
        )
        session.add(made)
        session.flush()
        session.add_all(
            RowImportLine(
                import_id=made.id,
                number=line.number,
                name=line.name[:500],
                start=dict(line.start),
                form=dict(line.form),
                fault={},
            )
            for line in new.lines
        )
        _log_begun(transaction, made, campaign.code, len(new.lines))
        return made.public_id


def _admitted(transaction: Transaction, new: NewImport) -> Campaign:
    """The campaign, held, for who may open such cases for others in it."""
    session, actor = transaction.session, transaction.actor
    campaign = session.scalar(select(Campaign).where(Campaign.code == new.campaign))
    person = session.get(Person, actor.person_id) if actor.person_id else None
    if campaign is None or person is None or new.process not in FILLING:
        raise NotFound
    standing = standing_of(session, person, transaction.day)
    if not standing.holds("officer", "specialist") or not may_start(
        standing, new.process, campaign.unit.code
    ):
        raise Forbidden
    transaction.hold(Campaign, campaign.id)
    same = select(RowImport.id).where(RowImport.campaign_id == campaign.id, RowImport.sha256 == new.sha256)
    if session.scalar(same.where(RowImport.state == "running", RowImport.process == new.process)):
        raise NotNow("list_under_way")
    return campaign


def cancel_import(public_id: str, *, actor: Actor, now: Now) -> None:
    """Open no more rows; what has been opened stays. Raises NotFound, NotNow("list_ended")."""
    with write(actor, now) as transaction:
        made = _own(transaction, public_id)
        if made.state != "running":
            raise NotNow("list_ended")
        _end(transaction, made, "cancelled")


def retry_import(public_id: str, *, actor: Actor, now: Now) -> None:
    """Try the rows again that failed. Raises NotFound, NotNow("nothing_to_retry")."""
    with write(actor, now) as transaction:
        made = _own(transaction, public_id)
        failed = (
            update(RowImportLine)
            .where(RowImportLine.import_id == made.id, RowImportLine.state == "failed")
            .values(state="waiting", fault={})
        )
        if made.state != "done" or not transaction.session.execute(failed).rowcount:  # type: ignore[attr-defined]  # of an update
            raise NotNow("nothing_to_retry")
        made.state, made.ended_at = "running", None
        _log_begun(transaction, made, made.campaign.code, _count(transaction, made, "waiting"))


def _own(transaction: Transaction, public_id: str) -> RowImport:
    query = select(RowImport).where(
        RowImport.public_id == public_id, RowImport.person_id == transaction.actor.person_id
    )
    made = transaction.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if made is None:
        raise NotFound
    return made


def _log_begun(transaction: Transaction, made: RowImport, campaign: str, rows: int) -> None:
    """Log that so many rows are to be opened, and ring for the worker."""
    happening = RowsImported(
        process=made.process, campaign=campaign, batch=made.public_id, sha256=made.sha256, rows=rows
    )
    transaction.log("imports", happening)
    transaction.promised = True


def _end(transaction: Transaction, made: RowImport, state: str) -> None:
    made.state, made.ended_at = state, transaction.now.at
    happening = RowsImportEnded(
        batch=made.public_id,
        state=state,
        opened=_count(transaction, made, "done"),
        failed=_count(transaction, made, "failed"),
    )
    transaction.log("imports", happening)


def _count(transaction: Transaction, made: RowImport, state: str) -> int:
    query = select(func.count(RowImportLine.id)).where(
        RowImportLine.import_id == made.id, RowImportLine.state == state
    )
    return transaction.session.scalar(query) or 0


def carry_imports(now: Now) -> int:
    """Open the next rows of the oldest list that waits; returns how many were tried, 0 when nothing is left."""
    session = db.session()
    made = session.scalar(
        select(RowImport).where(RowImport.state == "running").order_by(RowImport.id).limit(1)
    )
    if made is None:
        return 0
    actor = Actor.of(made.person)
    waiting = select(RowImportLine.id).where(
        RowImportLine.import_id == made.id, RowImportLine.state == "waiting"
    )
    lines = list(session.scalars(waiting.order_by(RowImportLine.id).limit(CHUNK)))
    import_id = made.id
    for line_id in lines:
        _carry(import_id, line_id, actor, now)
    if not lines:
        _finish(import_id, now)
    return len(lines) or 1


def _finish(import_id: int, now: Now) -> None:
    with write(SYSTEM, now) as transaction:
        made = transaction.session.get_one(RowImport, import_id, with_for_update=True, populate_existing=True)
        if made.state == "running":
            _end(transaction, made, "done")


def _carry(import_id: int, line_id: int, actor: Actor, now: Now) -> None:
    """Open one row, or note why it cannot be."""
    try:
        with write(actor, now) as transaction:
            line = _waiting(transaction, line_id)
            made = transaction.session.get_one(RowImport, import_id, populate_existing=True)
            if line is None or made.state != "running":
                transaction.logged += (
                    1  # nothing was changed: somebody else has opened it, or it was cancelled
                )
                return
            code = start_in(transaction, made.process, made.campaign.code, line.start)
            _fill(transaction, made, line, code)
            line.state, line.case_code = "done", code
    except Refused as refusal:
        with write(SYSTEM, now) as transaction:
            line = _waiting(transaction, line_id)
            if line is not None:
                line.state, line.fault = "failed", _fault(refusal)


def _waiting(transaction: Transaction, line_id: int) -> RowImportLine | None:
    """The row, locked, unless somebody else has it or has done it."""
    query = select(RowImportLine).where(RowImportLine.id == line_id, RowImportLine.state == "waiting")
    found: RowImportLine | None = transaction.session.scalar(
        query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    )
    return found


def _fill(transaction: Transaction, made: RowImport, line: RowImportLine, code: str) -> None:
    session = transaction.session
    session.flush()
    case = session.execute(select(Case).where(Case.code == code)).scalar_one()
    wanted = select(Task).where(
        Task.case_id == case.id, Task.element == FILLING[made.process], Task.status == "open"
    )
    task = session.scalar(wanted)
    if task is None:  # a late registration waits for leave first
        return
    data = {**made.shared, **line.form}
    if made.process == "nomination":
        session.add(
            FormDraft(
                task_id=task.id, person_id=made.person_id, data=dict(line.form), saved_at=transaction.now.wall
            )
        )
        return
    complete_in(transaction, task, {**data, "signed_scan": _scan_of(transaction, case, made)})


def _scan_of(transaction: Transaction, case: Case, made: RowImport) -> str:
    """The signed list as a paper of this case; the file itself is kept once."""
    paper = Paper(
        case_id=case.id,
        kind="signed_sheet",
        uploaded_by_id=made.person_id,
        created_at=transaction.now.at,
        **made.scan,
    )
    transaction.session.add(paper)
    transaction.session.flush()
    transaction.log_case(case, PaperAdded(paper=paper.public_id, kind=paper.kind, sha256=paper.sha256))
    return paper.public_id


def _fault(refusal: Refused) -> dict[str, Any]:
    """What a page says of a row that could not be opened."""
    if isinstance(refusal, InvalidForm):
        first = refusal.faults[0]
        return {"pointer": first.pointer, "code": first.code, "params": dict(first.params)}
    return {"refusal": refusal.code}
