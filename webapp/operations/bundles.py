"""Writes bundles of evidence: a signed zip file that proves itself, of a case, a session, a campaign or a sample."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO

from flask import current_app

from webapp import eventlog
from webapp.as_it_lies import Stored
from webapp.checkpoint_key import CheckpointKey, key_of
from webapp.documents import alone, render
from webapp.extensions import db
from webapp.files import CHUNK
from webapp.models import Case
from webapp.operations.access import record_access
from webapp.operations.acting import SYSTEM, Actor, Now
from webapp.operations.audit import make_checkpoint
from webapp.operations.handing_out import verifier
from webapp.operations.papers import file_store
from webapp.queries.bundles import (
    Wanted,
    case_of,
    cases_in,
    papers_in,
    proofs,
    sample_in,
    streams_of,
)
from webapp.queries.checkpoints import EXPORT, file_name, file_text
from webapp.queries.handed_out import deployed_files, document_path, event_line, private_line
from webapp.queries.papers import papers_of, readable_of
from webapp.queries.remarks import UNREAD
from workflows.export_events import BundleExported
from workflows.record import canonical
from workflows.values import VIETNAM

DOCUMENT = "case_file"
WHAT = "thidua-bundle"
README, SAMPLE_README = (
    Path(__file__).parent.parent / "documents" / name for name in ("bundle_readme.txt", "sample_readme.txt")
)
DRAWN_FROM = "drawn_from.txt"

Facts = Mapping[str, Any]
Told = Callable[[Case], Facts]
"""A case as the facts of its case file; in which words is known to the page the bundle was asked for on."""


@dataclass
class _Zip:
    """A zip file in the making; ``digests`` are those of the files in it, by their path."""

    zip: zipfile.ZipFile
    at: datetime
    digests: dict[str, str] = field(default_factory=dict)

    def add(self, path: str, content: bytes) -> None:
        """Write a file."""
        self.copy(path, [content])

    def copy(self, path: str, chunks: Iterable[bytes]) -> None:
        """Write a file chunk by chunk; of a path that is there already nothing."""
        if path in self.digests:
            return
        entry = zipfile.ZipInfo(path, self.at.timetuple()[:6])
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        digest = hashlib.sha256()
        with self.zip.open(entry, "w", force_zip64=True) as file:
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
        self.digests[path] = digest.hexdigest()


@dataclass
class _Events:
    """The events of a bundle and their personal parts, line by line; and what they name: digests of papers by public
    id, and of deployments. ``withheld`` are the events (stream, number) whose personal part no auditor reads."""

    lines: IO[bytes]
    private: IO[bytes]
    papers: dict[str, str] = field(default_factory=dict)
    deployments: set[str] = field(default_factory=set)
    withheld: list[tuple[str, int]] = field(default_factory=list)

    def read(self, stream: str) -> None:
        """Take in a stream as it is now."""
        for event in eventlog.stored(db.session(), stream):
            self._note(event)
            self.lines.write(event_line(event).encode() + b"\n")
            personal = private_line(event)
            if personal and event.type in UNREAD:
                self.withheld.append((event.stream, event.number))
            elif personal:
                self.private.write(personal.encode() + b"\n")

    def _note(self, event: Stored) -> None:
        """What an event names, unless it cannot be read: whoever checks the bundle will be told."""
        try:
            body = json.loads(event.body)
            if event.type == "paper_added":
                self.papers[body["fields"]["paper"]] = body["fields"]["sha256"]
            if event.type == "deployment_made":
                self.deployments.add(body["fields"]["digest"])
            if body["deployment"]:
                self.deployments.add(body["deployment"])
        except (ValueError, KeyError, TypeError):
            return


def told_of(wanted: Wanted) -> BundleExported:
    """What the log is told of a bundle. Raises UnknownCase where the reader may know of none of its cases."""
    cases = cases_in(db.session(), wanted)
    papers, _size = papers_in(db.session(), wanted)
    return BundleExported(scope=wanted.scope, of=wanted.of, cases=len(cases), papers=papers)


def record_bundle(wanted: Wanted, *, actor: Actor, now: Now) -> int:
    """Note that a bundle is taken; returns of how many cases. Raises UnknownCase."""
    told = told_of(wanted)
    record_access(told, actor=actor, now=now)
    return told.cases


def write_bundle(wanted: Wanted, told: Told, file: BinaryIO, *, now: Now) -> Generator[int]:
    """Fill the file; yields how many cases are in it. Raises UnknownCase where the reader may know of none.

    A checkpoint is made first: the bundle shows of each of its streams that this checkpoint signs it. What goes on in
    a case meanwhile is in its case file, its events and its papers alike: they are read one after the other.
    """
    cases = cases_in(db.session(), wanted)
    codes, streams = [case.code for case in cases], streams_of(cases, wanted)
    make_checkpoint(actor=SYSTEM, now=now, occasion=EXPORT)
    key = key_of(current_app.config["SETTINGS"].data_dir)
    with (
        zipfile.ZipFile(file, "w") as made,
        tempfile.TemporaryFile() as lines,
        tempfile.TemporaryFile() as private,
    ):
        bundle, seen = _Zip(made, now.at.astimezone(VIETNAM)), _Events(lines, private)
        _write_proof(bundle, streams)
        kept_back: list[str] = []
        for count, (code, stream) in enumerate(zip(codes, streams, strict=False), 1):
            case = case_of(db.session(), code)  # between the steps the session of the one before is closed
            _write_case_file(bundle, case, told(case))
            seen.read(stream)
            kept_back += _write_papers(bundle, wanted, case, seen.papers)
            yield count
        for stream in streams[len(codes) :]:
            seen.read(stream)
        _write_events(bundle, seen)
        bundle.add("keys.txt", ("\n".join(sorted(key.trusted())) + "\n").encode())
        bundle.add("verify.py", verifier().encode())
        _write_readme(bundle, wanted, codes, key)
        _sign(bundle, wanted, key, {"kept_back": sorted(kept_back), "withheld": seen.withheld})


def _write_proof(bundle: _Zip, streams: Sequence[str]) -> None:
    """The checkpoint, and the proofs that it signs these streams."""
    kept = eventlog.checkpoints(db.session())
    point = kept[-1]
    bundle.add(f"checkpoints/{file_name(point)}", (file_text(point) + "\n").encode())
    proof = {"v": 1, "checkpoint": file_name(point), "streams": proofs(kept, streams)}
    bundle.add("proof.json", canonical(proof))


def _write_events(bundle: _Zip, seen: _Events) -> None:
    """The events, their personal parts, and the diagrams they name."""
    for name, file in (("events.jsonl", seen.lines), ("private.jsonl", seen.private)):
        file.seek(0)
        bundle.copy(name, _chunks(file))
    for path, content in deployed_files(db.session(), seen.deployments):
        bundle.add(path, content)


def _write_case_file(bundle: _Zip, case: Case, facts: Facts) -> None:
    bundle.add(f"case_files/{case.code}.pdf", render(DOCUMENT, facts).pdf)
    bundle.add(f"case_files/{case.code}.html", alone(DOCUMENT, facts).encode())


def _write_papers(bundle: _Zip, wanted: Wanted, case: Case, logged: Mapping[str, str]) -> list[str]:
    """The papers of the log that the reader may read, each as it lies now; digests of the others.

    The file of an erased paper may lie here still, until it is swept away or because another case has the same.
    """
    session = db.session()
    readable = readable_of(session, wanted.standing, case.id)
    for paper in readable:
        if paper.erased_at or paper.public_id not in logged:  # the latter came after the events were read
            continue
        try:
            with file_store().open(paper.sha256) as file:
                bundle.copy(document_path(logged[paper.public_id], paper.filename), _chunks(file))
        except FileNotFoundError:  # whoever checks the bundle is told that it is lost
            continue
    ids = {paper.public_id for paper in readable}
    return [
        logged[paper.public_id]
        for paper in papers_of(session, case.id)
        if paper.public_id not in ids and paper.public_id in logged
    ]


def _chunks(file: IO[bytes]) -> Generator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _write_readme(bundle: _Zip, wanted: Wanted, codes: Sequence[str], key: CheckpointKey) -> None:
    """What is in it and how it is checked; of a sample also what it was drawn from, and how it is drawn again."""
    text = README.read_text("utf-8")
    made = {"of": wanted.of, "cases": len(codes), "at": f"{bundle.at:%d/%m/%Y %H:%M}", "key": key.public}
    if draw := sample_in(db.session(), wanted):
        bundle.add(DRAWN_FROM, "".join(f"{code}\n" for code in draw.of).encode())
        text += SAMPLE_README.read_text("utf-8")
        made |= {
            "size": len(draw.drawn),
            "all": len(draw.of),
            "drawn": "\n".join(f"    {code}" for code in draw.drawn),
        }
        made |= {"event": draw.line.event.number, "digest": draw.line.event.fields["digest"]}
    bundle.add("README.txt", text.format(**made).encode())


def _sign(bundle: _Zip, wanted: Wanted, key: CheckpointKey, left_out: Facts) -> None:
    """The list of all files with their digests, and the signature over its exact text."""
    manifest = canonical(
        {
            "v": 1,
            "what": WHAT,
            "scope": wanted.scope,
            "of": wanted.of,
            "made_at": bundle.at.isoformat(),
            "key": key.public,
            **left_out,
            "files": bundle.digests,
        }
    )
    bundle.add("MANIFEST.json", manifest)
    bundle.add("MANIFEST.sig", (key.sign(manifest) + "\n").encode())
