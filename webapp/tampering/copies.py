"""Copies of the record to falsify: what the verification reads, in an SQLite file of its own, removed afterwards.

Rows are copied, on SQLite as on PostgreSQL: it needs no right to make databases and no pause of those who work, one
transaction gives one state of the record, and neither passwords nor ballots come along. Files of papers are not copied;
whoever falsifies one lays the false one over it.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import SystemRandom
from typing import BinaryIO

from sqlalchemy import Column, Connection, Engine, MetaData, Select, Table, create_engine, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from webapp import eventlog
from webapp.checkpoint_key import key_of
from webapp.extensions import Model
from webapp.files import Folder
from webapp.queries.checkpoints import file_name, file_text, next_body
from webapp.queries.proof import CHECKPOINTS, Opens, Proof
from webapp.tampering.guards import lay_guards
from workflows.record import canonical

READ: dict[str, tuple[str, ...]] = {
    "event": (),
    "event_private": (),
    "checkpoint": (),
    "deployment": (),
    "deployed_file": (),
    "paper": ("id", "public_id", "sha256", "case_id", "erased_at"),
    "case": ("id", "code"),
    "rule_set_version": ("id", "code", "digest", "status", "content"),
    "award": ("id", "register_unit_id", "register_year", "register_number"),
}
"""Tables that the verification reads, and which columns of them: all where none are named."""
PORTION = 500
NAME, FILE = "copy-", "record.sqlite3"


@dataclass(frozen=True)
class Overlay:
    """The files of papers as a copy sees them: its own over those of the installation, which are only read."""

    below: Opens
    own: Folder

    def open(self, sha256: str) -> BinaryIO:
        """The content, from its beginning. Raises FileNotFoundError."""
        return (self.own if self.own.path(sha256).exists() else self.below).open(sha256)


@dataclass(frozen=True)
class Copy:
    """A copy of the record, whole or of some streams, with its folder of checkpoints, keys and files."""

    engine: Engine
    folder: Path
    files: Overlay
    whole: bool

    def proof(self, session: Session) -> Proof:
        """A verification of the copy, read with a session on it."""
        return Proof(session, self.folder, self.files, whole=self.whole)

    def seal(self, made_at: dt.datetime) -> None:
        """Sign a checkpoint over the copy with a key of its own, as every night, before anything is done to it."""
        with Session(self.engine) as copied, copied.begin():
            self.sign(copied, made_at)

    def sign(self, copied: Session, made_at: dt.datetime) -> str:
        """Sign what ``copied`` sees; the checkpoint lies in the folder under the name that is returned."""
        key = key_of(self.folder)
        text = canonical(next_body(copied, made_at, key.public))
        eventlog.keep_checkpoint(copied, text, key.sign(text), made_at)
        copied.flush()
        kept = eventlog.checkpoints(copied)[-1]
        (self.folder / CHECKPOINTS / file_name(kept)).write_text(file_text(kept) + "\n", "utf-8")
        return file_name(kept)


@dataclass(frozen=True)
class Original:
    """A copy that stays as it is; each deed is done on a copy of it."""

    folder: Path
    files: Opens
    whole: bool

    @contextmanager
    def again(self) -> Iterator[Copy]:
        """Another copy, removed afterwards."""
        with tempfile.TemporaryDirectory(dir=self.folder.parent) as place:
            folder = Path(place) / "copy"
            shutil.copytree(self.folder, folder)
            with opened(folder, self.files, self.whole) as copy:
                yield copy


@contextmanager
def opened(folder: Path, files: Opens, whole: bool) -> Iterator[Copy]:
    """The copy that lies in a folder."""
    engine = create_engine(f"sqlite:///{folder / FILE}", poolclass=NullPool, hide_parameters=True)
    try:
        yield Copy(engine, folder, Overlay(files, Folder(folder / "files")), whole)
    finally:
        engine.dispose()


@contextmanager
def copied(
    source: Engine, data_dir: Path, files: Opens, made_at: dt.datetime, streams: Collection[str] | None = None
) -> Iterator[Original]:
    """Copy the record, all of it or so many streams, and sign a checkpoint over the copy; it is removed afterwards.

    The earlier checkpoints come along with the whole; of some streams they would say too much.
    """
    with tempfile.TemporaryDirectory(prefix=NAME, dir=data_dir) as place:
        folder = Path(place) / "original"
        (folder / "keys").mkdir(parents=True)
        (folder / CHECKPOINTS).mkdir()
        for number, public in enumerate(sorted((data_dir / "keys").glob("*.pub"))):
            shutil.copyfile(public, folder / "keys" / f"office-{number}.pub")
        with opened(folder, files, streams is None) as copy:
            _fill(source, copy.engine, streams)
            if streams is None:
                for path in (data_dir / CHECKPOINTS).glob("*.json"):
                    shutil.copyfile(path, folder / CHECKPOINTS / path.name)
            copy.seal(made_at)
        yield Original(folder, files, streams is None)


def sample(session: Session, most: int, wanted: str = "") -> list[str] | None:
    """Streams drawn at random until they have so many events, ``wanted`` among them; None when all have no more.

    Longer streams than half of it are left out: one of them would be the whole sample.
    """
    lengths = {stream: number for stream, number, _head in eventlog.streams(session)}
    if sum(lengths.values()) <= most:
        return None
    chosen, events = [wanted] if wanted else [], 0
    names = sorted(lengths.keys() - {wanted})
    SystemRandom().shuffle(names)
    for stream in names:
        if lengths[stream] > most // 2:
            continue
        events += lengths[stream]
        if events > most:
            break
        chosen.append(stream)
    return chosen


def _fill(source: Engine, target: Engine, streams: Collection[str] | None) -> None:
    """Copy the rows in one state of the record."""
    metadata = MetaData()
    tables = {name: _narrowed(name, columns, metadata) for name, columns in READ.items()}
    metadata.create_all(target)
    repeatable = {"isolation_level": "REPEATABLE READ"} if source.dialect.name == "postgresql" else {}
    with (
        source.connect().execution_options(yield_per=PORTION, **repeatable) as reading,
        target.begin() as writing,
    ):
        for name, table in tables.items():
            query = _rows(name, tables, streams)
            if query is not None:
                _copy(reading, writing, table, query)
        lay_guards(writing)


def _narrowed(name: str, columns: Collection[str], metadata: MetaData) -> Table:
    whole = Model.metadata.tables[name]
    wanted = [whole.c[column] for column in columns] or list(whole.columns)
    return Table(name, metadata, *(Column(c.name, c.type, primary_key=c.primary_key) for c in wanted))


def _rows(name: str, tables: dict[str, Table], streams: Collection[str] | None) -> Select | None:
    """What is copied of a table; None for nothing."""
    table, event, case = tables[name], tables["event"], tables["case"]
    query = select(table)
    if streams is None:
        return query
    match name:
        case "event":
            return query.where(event.c.stream.in_(streams))
        case "event_private":
            return query.join(event, event.c.id == table.c.event_id).where(event.c.stream.in_(streams))
        case "paper":
            codes = [stream.removeprefix("case/") for stream in streams]
            return query.join(case, case.c.id == table.c.case_id).where(case.c.code.in_(codes))
        case "checkpoint":
            return None
    return query


def _copy(reading: Connection, writing: Connection, table: Table, query: Select) -> None:
    for portion in reading.execute(query).mappings().partitions():
        writing.execute(insert(table), [dict(row) for row in portion])
