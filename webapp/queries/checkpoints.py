"""Checkpoints: what the next one says, and whether those that were made still hold.

A checkpoint names the streams that moved since the one before, links to it by digest, and carries the Merkle
root over the heads of *all* streams. Read in their order they give every head at every checkpoint, and none
can be left out.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.as_it_lies import KeptCheckpoint
from webapp.checkpoint_key import CheckpointKey, is_signed
from webapp.queries.chains import Finding
from workflows.record import canonical, merkle_root

VERSION = 1
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What a checkpoint raises that is none."""
UNKNOWN = "lies in the folder and not in the database"

Heads = Mapping[str, tuple[int, str]]
"""Stream → number and hash of its last event."""


@dataclass
class History:
    """What the checkpoints say, read in their order."""

    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    named: dict[tuple[str, int], tuple[str, str]] = field(default_factory=dict)
    link: str | None = None

    def take(self, body: Mapping[str, Any], text: str) -> list[str]:
        """Go on by one checkpoint; what is wrong with it, in words."""
        wrong = [] if body["previous"] == self.link else ["does not follow the one before"]
        self.follow(body, text)
        if body["root"] != root_of(self.heads):
            wrong.append("its root is not that of the heads it names")
        return wrong

    def follow(self, body: Mapping[str, Any], text: str) -> None:
        """Go on by one checkpoint without judging it."""
        for stream, number, head in body["heads"]:
            self.heads[stream] = (number, head)
            self.named[(stream, number)] = (head, body["made_at"])
        self.link = fingerprint(text)


def root_of(heads: Heads) -> str:
    """Merkle root over all heads, streams in the order of their code points."""
    return merkle_root([f"{stream} {number} {head}" for stream, (number, head) in sorted(heads.items())])


def history_of(kept: Iterable[KeptCheckpoint]) -> History:
    """What these checkpoints say, believed as they lie."""
    history = History()
    for one in kept:
        with suppress(*UNREADABLE):  # the verification names it; who signs goes on behind it
            history.follow(json.loads(one.body), one.body)
    return history


@dataclass(frozen=True)
class Occasion:
    """Why a checkpoint is made: ``night``, ``demand``, ``export`` or ``session``, then with the session's code."""

    why: str
    about: str = ""


NIGHT, DEMAND, EXPORT = Occasion("night"), Occasion("demand"), Occasion("export")


def next_body(
    session: Session, made_at: dt.datetime, public_key: str, occasion: Occasion = NIGHT
) -> dict[str, Any]:
    """What a checkpoint made now says."""
    history = history_of(eventlog.checkpoints(session))
    heads = {stream: (number, head) for stream, number, head in eventlog.streams(session)}
    return {
        "v": VERSION,
        "made_at": made_at.astimezone(dt.UTC).isoformat(),
        "why": occasion.why,
        "about": occasion.about,
        "key": public_key,
        "previous": history.link,
        "streams": len(heads),
        "events": sum(number for number, _ in heads.values()),
        "root": root_of(heads),
        "heads": [[s, *head] for s, head in sorted(heads.items()) if history.heads.get(s) != head],
    }


def fingerprint(body: str) -> str:
    """SHA-256 of the exact text of a checkpoint: what the next one links to, and what is printed and mailed."""
    return hashlib.sha256(body.encode()).hexdigest()


def body_of(kept: KeptCheckpoint) -> dict[str, Any]:
    """What a checkpoint says; nothing where it cannot be read, which the verification names."""
    try:
        body = json.loads(kept.body)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def file_text(kept: KeptCheckpoint) -> str:
    """A checkpoint as it lies outside the database and in an export: the exact text and its signature."""
    return canonical({"body": kept.body, "signature": kept.signature}).decode()


def file_name(kept: KeptCheckpoint) -> str:
    """``000001-20191210T170000Z.json``"""
    return f"{kept.id:06d}-{kept.made_at:%Y%m%dT%H%M%SZ}.json"


def read(
    kept: Iterable[KeptCheckpoint], key: CheckpointKey, judged: Collection[int] | None = None
) -> tuple[History, list[Finding]]:
    """The history that the checkpoints tell, and what is wrong with the signatures, links and roots of some (None: of
    all), by their ids; the others are believed."""
    history, findings, trusted = History(), [], key.trusted()
    for one in kept:
        place = f"checkpoint {one.id}"
        if judged is not None and one.id not in judged:
            with suppress(*UNREADABLE):
                history.follow(json.loads(one.body), one.body)
            continue
        try:
            body = json.loads(one.body)
            if body["key"] not in trusted or not is_signed(body["key"], one.body.encode(), one.signature):
                findings.append(Finding("checkpoint", place, "its signature does not hold"))
                continue
            findings += [Finding("checkpoint", place, wrong) for wrong in history.take(body, one.body)]
        except UNREADABLE:
            findings.append(Finding("checkpoint", place, "it cannot be read"))
    return history, findings


def roots_of(kept: Iterable[KeptCheckpoint]) -> set[str]:
    """The roots that these checkpoints sign, whether they hold or not."""
    roots = set()
    for one in kept:
        with suppress(*UNREADABLE):
            roots.add(json.loads(one.body)["root"])
    return roots


def compared_with_folder(
    kept: Iterable[KeptCheckpoint], folder: Path, unknown: Collection[str] = ()
) -> Iterator[Finding]:
    """Checkpoints that lie in the database and not, or not so, in the folder; and the other way round.

    ``unknown`` are those of the folder that are looked at elsewhere.
    """
    wanted = {file_name(one): file_text(one) for one in kept}
    lying = lying_in(folder)
    for name in sorted((wanted.keys() | lying.keys()) - set(unknown)):
        if name not in lying:
            yield Finding("checkpoint", name, "lies in the database and not in the folder")
        elif name not in wanted:
            yield Finding("checkpoint", name, UNKNOWN)
        elif wanted[name] != lying[name]:
            yield Finding("checkpoint", name, "the folder and the database differ")


def lying_in(folder: Path) -> dict[str, str]:
    """The checkpoints of a folder: the text of each by its name, an empty one for what cannot be read."""
    return {path.name: _text_of(path) for path in folder.glob("*.json")}


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").rstrip("\n")
    except (OSError, UnicodeDecodeError):
        return ""


def unknown_to(
    kept: Iterable[KeptCheckpoint], folder: Path, key: CheckpointKey
) -> dict[str, dict[tuple[str, int], str]]:
    """The checkpoints of a folder that we have signed and the database does not know: the heads each names.

    They are witnesses of what was there: who puts an old backup in the place of the database leaves them behind.
    """
    known, trusted = {file_name(one) for one in kept}, key.trusted()
    found = {}
    for name, text in sorted(lying_in(folder).items()):
        if name in known:
            continue
        try:
            lying = json.loads(text)
            body = json.loads(lying["body"])
            if body["key"] in trusted and is_signed(body["key"], lying["body"].encode(), lying["signature"]):
                found[name] = {(stream, number): head for stream, number, head in body["heads"]}
        except UNREADABLE:
            continue  # whatever cannot be read is no witness; the comparison names it
    return found
