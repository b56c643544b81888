"""Writes bundles of evidence: a signed zip file that proves itself, of a case, a session or a campaign."""

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
from webapp.checkpoint_key import CheckpointKey, key_of
from webapp.documents import alone, render
from webapp.eventlog import Stored
from webapp.extensions import db
from webapp.files import CHUNK
from webapp.models import Case
from webapp.operations.access import record_access
from webapp.operations.acting import SYSTEM, Actor, Now
from webapp.operations.audit import make_checkpoint
from webapp.operations.handing_out import verifier
from webapp.operations.papers import file_store
from webapp.queries.bundles import Wanted, case_of, cases_in, paper_count, proofs, streams_of
from webapp.queries.checkpoints import EXPORT, file_name, file_text
from webapp.queries.handed_out import deployed_files, document_path, event_line, private_line
from webapp.queries.papers import papers_of, readable_of
from workflows.export_events import BundleExported
from workflows.record import canonical
from workflows.values import VIETNAM

DOCUMENT = "case_file"
WHAT = "thidua-bundle"
README = Path(__file__).parent.parent / "documents" / "bundle_readme.txt"

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
    """What the events of a bundle name: digests of papers by public id, and of deployments."""

    papers: dict[str, str] = field(default_factory=dict)
    deployments: set[str] = field(default_factory=set)

    def note(self, event: Stored) -> None:
        """Take in one event, unless it cannot be read: whoever checks the bundle will be told."""
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
    papers = paper_count(db.session(), cases)
    return BundleExported(scope=wanted.scope, of=wanted.of, cases=len(cases), papers=papers)


def record_bundle(wanted: Wanted, *, actor: Actor, now: Now) -> int:
    """Note that a bundle is taken; returns of how many cases. Raises UnknownCase."""
    told = told_of(wanted)
    record_access(told, actor=actor, now=now)
    return told.cases


def write_bundle(wanted: Wanted, told: Told, file: BinaryIO, *, now: Now) -> Generator[int]:
    """Fill the file; yields how many cases are in it. Raises UnknownCase where the reader may know of none.

    A checkpoint is made first: the bundle shows of each of its streams that this checkpoint signs it.
    """
    codes = [case.code for case in cases_in(db.session(), wanted)]
    make_checkpoint(actor=SYSTEM, now=now, occasion=EXPORT)
    key = key_of(current_app.config["SETTINGS"].data_dir)
    with zipfile.ZipFile(file, "w") as made:
        bundle = _Zip(made, now.at.astimezone(VIETNAM))
        seen = _write_streams(bundle, cases_in(db.session(), wanted))
        kept_back: list[str] = []
        for count, code in enumerate(codes, 1):
            case = case_of(db.session(), code)  # between the steps the session of the one before is closed
            _write_case_file(bundle, case, told(case))
            kept_back += _write_papers(bundle, wanted, case, seen.papers)
            yield count
        for path, content in deployed_files(db.session(), seen.deployments):
            bundle.add(path, content)
        bundle.add("keys.txt", ("\n".join(sorted(key.trusted())) + "\n").encode())
        bundle.add("verify.py", verifier().encode())
        bundle.add("README.txt", _readme(wanted, codes, bundle.at, key))
        _sign(bundle, wanted, key, sorted(kept_back))


def _write_streams(bundle: _Zip, cases: Sequence[Case]) -> _Events:
    """The events of the cases and their personal parts, the checkpoint, and the proofs that it signs them."""
    session, seen = db.session(), _Events()
    streams = streams_of(session, cases)
    kept = eventlog.checkpoints(session)
    point = kept[-1]
    bundle.add(f"checkpoints/{file_name(point)}", (file_text(point) + "\n").encode())
    proof = {"v": 1, "checkpoint": file_name(point), "streams": proofs(kept, streams)}
    bundle.add("proof.json", canonical(proof))
    with tempfile.TemporaryFile() as private:

        def lines() -> Generator[bytes]:
            for event in (each for stream in streams for each in eventlog.stored(session, stream)):
                seen.note(event)
                if personal := private_line(event):
                    private.write(personal.encode() + b"\n")
                yield event_line(event).encode() + b"\n"

        bundle.copy("events.jsonl", lines())
        private.seek(0)
        bundle.copy("private.jsonl", _chunks(private))
    return seen


def _write_case_file(bundle: _Zip, case: Case, facts: Facts) -> None:
    bundle.add(f"case_files/{case.code}.pdf", render(DOCUMENT, facts).pdf)
    bundle.add(f"case_files/{case.code}.html", alone(DOCUMENT, facts).encode())


def _write_papers(bundle: _Zip, wanted: Wanted, case: Case, logged: Mapping[str, str]) -> list[str]:
    """The papers the reader may read, each as it lies now under the digest of the log; digests of the others.

    The file of an erased paper may lie here still, until it is swept away or because another case has the same.
    """
    session = db.session()
    readable = readable_of(session, wanted.standing, case.id)
    for paper in (each for each in readable if each.erased_at is None):
        digest = logged.get(paper.public_id, paper.sha256)
        try:
            with file_store().open(paper.sha256) as file:
                bundle.copy(document_path(digest, paper.filename), _chunks(file))
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


def _readme(wanted: Wanted, codes: Sequence[str], at: datetime, key: CheckpointKey) -> bytes:
    text = README.read_text("utf-8")
    made = {"of": wanted.of, "cases": len(codes), "at": f"{at:%d/%m/%Y %H:%M}", "key": key.public}
    return text.format(**made).encode()


def _sign(bundle: _Zip, wanted: Wanted, key: CheckpointKey, kept_back: list[str]) -> None:
    """The list of all files with their digests, and the signature over its exact text."""
    manifest = canonical(
        {
            "v": 1,
            "what": WHAT,
            "scope": wanted.scope,
            "of": wanted.of,
            "made_at": bundle.at.isoformat(),
            "key": key.public,
            "kept_back": kept_back,
            "files": bundle.digests,
        }
    )
    bundle.add("MANIFEST.json", manifest)
    bundle.add("MANIFEST.sig", (key.sign(manifest) + "\n").encode())
