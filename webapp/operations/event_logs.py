"""Writes the log of some cases for programs of process mining and for spreadsheets, and the diagrams beside it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from sqlalchemy import ColumnElement

from webapp import eventlog
from webapp.documents.event_logs.ocel import Objects, write_json, write_sqlite
from webapp.documents.event_logs.table import HEADS, rows_of, write_csv
from webapp.documents.event_logs.xes import write_xes
from webapp.extensions import db
from webapp.operations.acting import Actor, Now
from webapp.operations.transaction import write
from webapp.queries.deployments import drawing, load_deployment
from webapp.queries.mined import cases_of, in_portions, mined_among, mined_objects
from webapp.sheet_files import Sheet, write_sheet
from workflows.export_events import EventLogExported
from workflows.mined import MinedCase
from workflows.values import local_day

MOST_ROWS = 1_000_000
"""What a sheet can hold, and its head."""


class TooManyRows(ValueError):
    """There are more events than a sheet can hold."""


@dataclass
class EventLog:
    """What is to be written: conditions on Case. ``headings`` are those of a sheet, where other words are wanted.

    While it is written, ``cases`` and ``events`` tell how much of it is, and ``seen`` which deployments it ran on.
    """

    wanted: Sequence[ColumnElement[bool]]
    headings: Sequence[str] = HEADS
    cases: int = 0
    events: int = 0
    seen: set[str] = field(default_factory=set)

    def read(self) -> Iterator[MinedCase]:
        """The cases, some hundreds in memory. Between two of them others may have the session."""
        for some in in_portions(db.session(), self.wanted):
            for case in mined_among(db.session(), some):
                self.cases += 1
                self.events += len(case.events)
                self.seen.add(case.deployment)
                yield case

    @property
    def objects(self) -> Objects:
        return lambda: mined_objects(db.session(), self.wanted)


def write_event_log(path: Path, form: str, log: EventLog) -> Generator[int]:
    """Write a file in a form of `FORMS`, and a folder ``<name>-bpmn`` with the diagrams as they were deployed.

    Yields how many cases are in it, now and then and at the end. Raises TooManyRows for a sheet.
    """
    for _events in FORMS[form](path, log):
        yield log.cases
    for name, content in diagrams(sorted(log.seen)):
        drawn = path.with_name(f"{path.stem}-bpmn") / name
        drawn.parent.mkdir(exist_ok=True)
        drawn.write_bytes(content)
    yield log.cases


def export_event_log(
    path: Path, form: str, campaign: str | None, codes: Sequence[str], *, actor: Actor, now: Now
) -> EventLog:
    """Write the log of a campaign, of these cases or of all, and note it. Raises UnknownCase, TooManyRows."""
    log = EventLog(cases_of(db.session(), campaign, codes))
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=path.parent) as folder:  # a half file never has the name of a whole one
        for _cases in write_event_log(Path(folder) / path.name, form, log):
            pass
        for made in [each for each in Path(folder).rglob("*") if each.is_file()]:
            target = path.parent / made.relative_to(folder)
            target.parent.mkdir(exist_ok=True)
            made.replace(target)
    with write(actor, now) as transaction:
        told = EventLogExported(form=form, campaign=campaign or "", cases=log.cases, events=log.events)
        transaction.log(eventlog.access_stream(local_day(now.at)), told)
    return log


def zip_event_log(file: BinaryIO, name: str, form: str, log: EventLog) -> Generator[int]:
    """Write the same into one zip; ``name`` is that of the file in it. Yields how many cases are in it."""
    with TemporaryDirectory() as folder:
        yield from write_event_log(Path(folder) / name, form, log)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted(Path(folder).rglob("*")):
                packed.write(path, path.relative_to(folder))


def diagrams(digests: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each diagram of some deployments; a name tells the beginning of the digest."""
    for digest in digests:
        deployment = load_deployment(db.session(), digest)
        for process, drawn in drawing(deployment).processes.items():
            yield f"{process}-{digest[:12]}.bpmn", deployment.files[drawn.path]


def _xes(path: Path, log: EventLog) -> Generator[int]:
    with path.open("wb") as file:
        yield from write_xes(file, path.stem, log.read())


def _csv(path: Path, log: EventLog) -> Generator[int]:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # spreadsheets look for the mark
        yield from write_csv(file, log.read())


def _xlsx(path: Path, log: EventLog) -> Generator[int]:
    sheet = Sheet(path.stem, (), [(heading, 18) for heading in log.headings], _rows(log.read()))
    with path.open("wb") as file:
        yield from write_sheet(sheet, file)


def _rows(cases: Iterable[MinedCase]) -> Iterator[list[str]]:
    for number, row in enumerate((row for case in cases for row in rows_of(case)), 1):
        if number > MOST_ROWS:
            raise TooManyRows
        yield row


def _ocel(path: Path, log: EventLog) -> Generator[int]:
    return (write_json if path.suffix == ".json" else write_sqlite)(path, log.read(), log.objects)


FORMS: dict[str, Callable[[Path, EventLog], Generator[int]]] = {
    "xes": _xes,
    "ocel": _ocel,
    "csv": _csv,
    "xlsx": _xlsx,
}
"""Forms of the log; of OCEL the name of the file says whether JSON or SQLite is written."""
