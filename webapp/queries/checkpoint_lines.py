"""The line of checkpoints as a page shows it: what each says, and whether it holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.checkpoint_key import key_of
from webapp.queries.checkpoints import body_of, file_name, file_text, fingerprint, lying_in, read
from webapp.queries.proof import CHECKPOINTS


@dataclass(frozen=True)
class CheckpointLine:
    """A checkpoint: why it was made (empty where none was noted) and about which case, what it covers.

    ``more`` is how many events came since the one before. ``holds``: signature, link to the one before and root;
    ``in_folder``: the folder has it, too, and the same; ``in_witness`` likewise, None without such a folder.
    """

    id: int
    made_at: dt.datetime
    why: str
    about: str
    streams: int
    events: int
    more: int
    fingerprint: str
    previous: str
    holds: bool
    in_folder: bool
    in_witness: bool | None


def checkpoint_lines(session: Session, data_dir: Path, witness: Path | None = None) -> list[CheckpointLine]:
    """All checkpoints, the newest first."""
    kept = eventlog.checkpoints(session)
    _history, wrong = read(kept, key_of(data_dir))
    faulty = {finding.place for finding in wrong}
    folder, there = lying_in(data_dir / CHECKPOINTS), lying_in(witness) if witness else None
    lines: list[CheckpointLine] = []
    for one in kept:
        body = body_of(one)
        events = body.get("events", 0)
        line = CheckpointLine(
            id=one.id,
            made_at=one.made_at,
            why=body.get("why", ""),
            about=body.get("about", ""),
            streams=body.get("streams", 0),
            events=events,
            more=events - (lines[-1].events if lines else 0),
            fingerprint=fingerprint(one.body),
            previous=body.get("previous") or "",
            holds=f"checkpoint {one.id}" not in faulty,
            in_folder=folder.get(file_name(one)) == file_text(one),
            in_witness=None if there is None else there.get(file_name(one)) == file_text(one),
        )
        lines.append(line)
    return lines[::-1]
