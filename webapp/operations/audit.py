"""Makes checkpoints of the log and exports it."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.as_it_lies import KeptCheckpoint
from webapp.checkpoint_key import key_of
from webapp.extensions import db
from webapp.models import Paper
from webapp.operations.acting import Actor, Now
from webapp.operations.handing_out import verifier
from webapp.operations.papers import file_store
from webapp.operations.transaction import Transaction, write
from webapp.queries.checkpoints import (
    DEMAND,
    EXPORT,
    Occasion,
    file_name,
    file_text,
    fingerprint,
    next_body,
)
from webapp.queries.handed_out import deployed_files, document_path, event_line, private_line
from webapp.queries.proof import CHECKPOINTS
from workflows.events import CheckpointMade
from workflows.export_events import LogExported
from workflows.record import canonical
from workflows.values import local_day

SYSTEM_STREAM = "system"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class MadeCheckpoint:
    """A checkpoint as made: its root, how many streams and events it covers, its fingerprint."""

    root: str
    streams: int
    events: int
    fingerprint: str


def make_checkpoint(*, actor: Actor, now: Now, occasion: Occasion = DEMAND) -> MadeCheckpoint:
    """Sign the heads of all streams; keep the checkpoint in the database and, apart from it, in folders."""
    with write(actor, now) as transaction:
        made = sign_checkpoint(transaction, occasion)
    write_out_checkpoints()
    return made


def sign_checkpoint(transaction: Transaction, occasion: Occasion) -> MadeCheckpoint:
    """Sign and keep a checkpoint; once it is committed, it is to be written out.

    The event that says so comes behind the heads it names; the next checkpoint covers it.
    """
    key, wall = key_of(current_app.config["SETTINGS"].data_dir), transaction.now.wall
    body = next_body(transaction.session, wall, key.public, occasion)
    text = canonical(body)
    eventlog.keep_checkpoint(transaction.session, text, key.sign(text), wall)
    made = MadeCheckpoint(body["root"], body["streams"], body["events"], fingerprint(text.decode()))
    transaction.log(SYSTEM_STREAM, CheckpointMade(root=made.root, streams=made.streams, events=made.events))
    return made


def write_out_checkpoints() -> None:
    """Write checkpoints that do not lie in the folders yet; a second folder may be away."""
    settings, kept = current_app.config["SETTINGS"], eventlog.checkpoints(db.session())
    _write_out(kept, settings.data_dir / CHECKPOINTS)
    if settings.checkpoint_dir:
        try:
            _write_out(kept, settings.checkpoint_dir)
        except OSError:  # a disk elsewhere: the next checkpoint brings what is missing
            _log.exception("the checkpoints cannot be written to CHECKPOINT_DIR")


def _write_out(kept: Iterable[KeptCheckpoint], folder: Path) -> None:
    """Write checkpoints that do not lie in the folder yet; one that lies there is never touched."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for one in kept:
        if not (folder / file_name(one)).exists():
            _write_whole(folder / file_name(one), [file_text(one)])


def _write_whole(path: Path, lines: Iterable[str]) -> int:
    """Write a file so that it is there as a whole or not at all; returns how many lines."""
    count = 0
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(line + "\n")
            count += 1
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(path)
    return count


def export_log(folder: Path, *, private: bool, actor: Actor, now: Now, documents: bool = False) -> int:
    """Write the log, all checkpoints, the diagrams, the public keys and the verifier to a folder; how many events.

    A checkpoint is made first, so that nothing can be cut off the end unseen. With ``private`` the personal parts and
    their salts go along, with ``documents`` the papers; the export must then be kept like the files of the cases.
    """
    make_checkpoint(actor=actor, now=now, occasion=EXPORT)
    folder.mkdir(parents=True, exist_ok=True)
    session, data_dir = db.session(), current_app.config["SETTINGS"].data_dir
    # before the events: whatever a checkpoint names has been written by then
    _write_out(eventlog.checkpoints(session), folder / CHECKPOINTS)
    _copy_others(data_dir / CHECKPOINTS, folder / CHECKPOINTS)
    events = _write_whole(folder / "events.jsonl", map(event_line, eventlog.stored(session)))
    if private:
        _write_whole(folder / "private.jsonl", filter(None, map(private_line, eventlog.stored(session))))
    for path, content in deployed_files(session):
        _write_file(folder / path, content)
    if documents:
        _write_papers(session, folder)
    _write_whole(folder / "keys.txt", sorted(key_of(data_dir).trusted()))
    _write_file(folder / "verify.py", verifier().encode())
    with write(actor, now) as transaction:
        transaction.log(eventlog.access_stream(local_day(now.at)), LogExported(events=events))
    return events


def _copy_others(kept: Path, folder: Path) -> None:
    """Checkpoints that lie beside the database and not in it, as after an old backup was restored: they go along."""
    for path in kept.glob("*.json"):
        content, same = path.read_bytes(), folder / path.name
        if not same.exists():
            same.write_bytes(content)
        elif same.read_bytes() != content:
            (folder / f"{path.stem}-beside.json").write_bytes(content)


def _write_papers(session: Session, folder: Path) -> None:
    rows = select(Paper.sha256, Paper.filename).where(Paper.erased_at.is_(None)).order_by(Paper.id)
    for sha256, filename in session.execute(rows.execution_options(yield_per=500)):
        with suppress(FileNotFoundError), file_store().open(sha256) as file:  # one that is lost shows as lost
            _write_file(folder / document_path(sha256, filename), file.read())


def _write_file(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
