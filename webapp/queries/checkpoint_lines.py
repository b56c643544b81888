"""The line of checkpoints as a page shows it: what each says, and whether it holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.as_it_lies import KeptCheckpoint
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


@dataclass(frozen=True)
class CheckpointPage:
    """Some checkpoints, the newest first. ``total``: how many there are; ``newest`` is the id of the newest (0: none),
    ``signed`` how many events it covers."""

    rows: list[CheckpointLine]
    total: int
    newest: int
    signed: int


def checkpoint_lines(
    session: Session, data_dir: Path, witness: Path | None, first: int, count: int
) -> CheckpointPage:
    """So many checkpoints behind the ``first`` newest: the root of each takes a look at every stream."""
    kept = eventlog.checkpoints(session)
    last = max(0, len(kept) - first)
    shown = kept[max(0, last - count) : last]
    _history, wrong = read(kept, key_of(data_dir), {one.id for one in shown})
    faulty = {finding.place for finding in wrong}
    folder, there = lying_in(data_dir / CHECKPOINTS), lying_in(witness) if witness else None
    before = {after.id: _count(one, "events") for one, after in pairwise(kept) if after in shown}
    lines: list[CheckpointLine] = []
    for one in shown:
        body = body_of(one)
        events = _count(one, "events")
        line = CheckpointLine(
            id=one.id,
            made_at=one.made_at,
            why=str(body.get("why", "")),
            about=str(body.get("about", "")),
            streams=_count(one, "streams"),
            events=events,
            more=events - before.get(one.id, 0),
            fingerprint=fingerprint(one.body),
            previous=str(body.get("previous") or ""),
            holds=f"checkpoint {one.id}" not in faulty,
            in_folder=folder.get(file_name(one)) == file_text(one),
            in_witness=None if there is None else there.get(file_name(one)) == file_text(one),
        )
        lines.append(line)
    newest = kept[-1] if kept else None
    signed = _count(newest, "events") if newest else 0
    return CheckpointPage(lines[::-1], len(kept), newest.id if newest else 0, signed)


def _count(kept: KeptCheckpoint, of: str) -> int:
    """How many it says there are; 0 where it was falsified beyond reading, which the verification names."""
    said = body_of(kept).get(of)
    return said if isinstance(said, int) else 0
