"""Takes over a list of registrations or nominations: checked whole, then opened row by row by the worker.

Each row is one transaction, so that the list can be left, cancelled, and goes on after a kill where it stood; a row is
opened once. Whoever sent the list is the actor of every row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from webapp.models import Campaign, Case, FormDraft, Paper, Person, RowImport, RowImportLine, Task
from webapp.operations.acting import Actor, Now
from webapp.operations.long_work import ItemWork
from webapp.operations.refusals import Forbidden, NotFound, NotNow
from webapp.operations.starts import may_start, start_in
from webapp.operations.tasks import complete_in
from webapp.operations.transaction import Transaction, write
from webapp.queries.standing import standing_of
from webapp.text import nfc
from workflows.events import PaperAdded
from workflows.history_events import RowsImported, RowsImportEnded

FILLING = {"registration": "fill_on_behalf", "nomination": "prepare_on_behalf"}
"""The task a row fills in: a registration is handed in, a dossier is kept as a draft until its report is there."""


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
        return ROWS.begin(transaction, made, [_line(line) for line in new.lines])


def _line(line: NewLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "name": line.name[:500],
        "start": dict(line.start),
        "form": dict(line.form),
    }


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


def _open(transaction: Transaction, made: RowImport, line: RowImportLine, _prepared: None) -> None:
    line.case_code = start_in(transaction, made.process, made.campaign.code, line.start)
    _fill(transaction, made, line, line.case_code)


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


def _begun(made: RowImport, rows: int) -> RowsImported:
    return RowsImported(
        process=made.process, campaign=made.campaign.code, batch=made.public_id, sha256=made.sha256, rows=rows
    )


def _ended(made: RowImport, state: str, opened: int, failed: int) -> RowsImportEnded:
    return RowsImportEnded(batch=made.public_id, state=state, opened=opened, failed=failed)


ROWS = ItemWork(
    made=RowImport,
    over="list_ended",
    item=RowImportLine,
    of=RowImportLine.import_id,
    stream="imports",
    begun=_begun,
    ended=_ended,
    do=_open,
    person=lambda made: made.person,
)
"""Lists whose rows are opened, as work that can be left."""
