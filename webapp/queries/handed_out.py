"""What of the log is handed out to be checked elsewhere: lines of events, deployments, names of documents."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from pathlib import PurePath

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.as_it_lies import Stored
from webapp.models import DeployedFile, Deployment
from workflows.record import canonical

SHOWN = 12
"""So many characters of a digest are in a name."""
LONGEST = 180
"""So many bytes of a name are kept: file systems count bytes, and a letter with two marks has three."""
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def event_line(event: Stored) -> str:
    """One event as it lies: ``body`` is the exact text that was hashed, the columns beside it repeat parts of it."""
    row = {
        "stream": event.stream,
        "number": event.number,
        "type": event.type,
        "actor": event.actor,
        "at": event.at.isoformat(),
        "recorded_at": event.recorded_at.isoformat(),
        "body": event.body,
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }
    return json.dumps(row, ensure_ascii=False)


def private_line(event: Stored) -> str | None:
    """The personal part of an event with its salt; None where there is none or it was erased."""
    if event.content is None or event.salt is None:
        return None
    row = {
        "stream": event.stream,
        "number": event.number,
        "salt": event.salt.hex(),
        "content": event.content,
    }
    return json.dumps(row, ensure_ascii=False)


def deployed_files(session: Session, digests: Collection[str] | None = None) -> Iterator[tuple[str, bytes]]:
    """Path and content of the diagrams and forms of these deployments (None: of all), read from the database anew.

    `manifest.json` of each is the text whose SHA-256 is the digest that events name.
    """
    for deployment in session.scalars(select(Deployment).order_by(Deployment.process, Deployment.digest)):
        if digests is not None and deployment.digest not in digests:
            continue
        folder = f"diagrams/{deployment.process}-{deployment.digest[:SHOWN]}"
        yield (
            f"{folder}/manifest.json",
            canonical({"process": deployment.process, "files": deployment.manifest}),
        )
        rows = select(DeployedFile.digest, DeployedFile.content)
        wanted = DeployedFile.digest.in_(set(deployment.manifest.values()))
        contents = dict(session.execute(rows.where(wanted)).all())
        for path, digest in sorted(deployment.manifest.items()):
            if digest in contents:
                yield f"{folder}/{path}", contents[digest]


def document_path(sha256: str, filename: str) -> str:
    """Where a paper lies among those handed out: ``documents/<beginning of its digest>-<its name>``."""
    name = PurePath(_UNSAFE.sub("_", filename).strip(". ") or "_")
    stem = name.stem.encode()[:LONGEST].decode(errors="ignore")
    return f"documents/{sha256[:SHOWN]}-{stem}{name.suffix[:10]}"
