"""Writes the log of a campaign or of some cases for programs of process mining, and the diagrams beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from webapp import eventlog
from webapp.documents.event_logs.ocel import write_json, write_sqlite
from webapp.documents.event_logs.table import write_csv
from webapp.documents.event_logs.xes import write_xes
from webapp.extensions import db
from webapp.operations.acting import Actor, Now
from webapp.operations.transaction import write
from webapp.queries.deployments import drawing, load_deployment
from webapp.queries.mined import cases_of, mined_cases, mined_objects
from workflows.export_events import EventLogExported
from workflows.mined import MinedCase, MinedObject
from workflows.values import local_day

Objects = Callable[[], Iterator[MinedObject]]


@dataclass(frozen=True)
class Exported:
    """What was written: cases and events, and the files with the diagrams they ran on."""

    cases: int
    events: int
    diagrams: tuple[Path, ...]


def export_event_log(
    path: Path, form: str, campaign: str | None, codes: Sequence[str], *, actor: Actor, now: Now
) -> Exported:
    """Write a file in a form of `FORMS`, and a folder ``<name>-bpmn`` with the diagrams as they were deployed."""
    session = db.session()
    wanted = cases_of(session, campaign, codes)
    seen: dict[str, str] = {}
    count = 0

    def counted() -> Iterator[MinedCase]:
        nonlocal count
        for case in mined_cases(session, wanted):
            count += 1
            seen[case.deployment] = case.process
            yield case

    path.parent.mkdir(parents=True, exist_ok=True)
    events = FORMS[form](path, counted(), lambda: mined_objects(session, wanted))
    made = tuple(_diagrams(path.with_name(f"{path.stem}-bpmn"), sorted(seen)))
    with write(actor, now) as transaction:
        told = EventLogExported(form=form, campaign=campaign or "", cases=count, events=events)
        transaction.log(eventlog.access_stream(local_day(now.at)), told)
    return Exported(count, events, made)


def _xes(path: Path, cases: Iterator[MinedCase], _objects: Objects) -> int:
    with path.open("wb") as file:
        return write_xes(file, path.stem, cases)


def _csv(path: Path, cases: Iterator[MinedCase], _objects: Objects) -> int:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # spreadsheets look for the mark
        return write_csv(file, cases)


def _ocel(path: Path, cases: Iterator[MinedCase], objects: Objects) -> int:
    return (write_json if path.suffix == ".json" else write_sqlite)(path, cases, objects())


FORMS: dict[str, Callable[[Path, Iterator[MinedCase], Objects], int]] = {
    "xes": _xes,
    "ocel": _ocel,
    "csv": _csv,
}
"""Forms of process mining; of OCEL the name of the file says whether JSON or SQLite is written."""


def _diagrams(folder: Path, digests: Sequence[str]) -> Iterator[Path]:
    """Each version a case ran on, by the beginning of its digest."""
    for digest in digests:
        deployment = load_deployment(db.session(), digest)
        folder.mkdir(exist_ok=True)
        for process, drawn in drawing(deployment).processes.items():
            path = folder / f"{process}-{digest[:12]}.bpmn"
            path.write_bytes(deployment.files[drawn.path])
            yield path
