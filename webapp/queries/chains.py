"""Whether the log holds: chains, numbers, columns, private parts, as they lie in the database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import Stored
from workflows.record import GENESIS, chained, salted

Body = Mapping[str, Any]
Watch = Callable[[Stored, Body], None]


@dataclass(frozen=True)
class Finding:
    """Something that does not hold. ``kind`` is from a closed list, ``place`` says where, ``detail`` what.

    Kinds: guard, unreadable, number, hash, columns, private, lost, checkpoint, cut_off, paper, gap.
    """

    kind: str
    place: str
    detail: str = ""


class _BrokenError(Exception):
    """An event that does not hold; ``kind`` is that of its finding."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass
class _Chain:
    """Walks along one stream: knows where it stands and what the next event must build on."""

    stream: str
    number: int = 0
    hash: str = GENESIS

    def take(self, event: Stored) -> Body:
        """The body of the next event. Raises _BrokenError; the walk may go on behind it."""
        expected, previous = self.number + 1, self.hash
        self.number, self.hash = event.number, event.hash
        if event.number != expected:
            raise _BrokenError("number")
        if event.previous_hash != previous or chained(previous, event.body.encode()) != event.hash:
            raise _BrokenError("hash")
        try:
            return _agreeing(event, json.loads(event.body))
        except (ValueError, KeyError, TypeError) as fault:
            raise _BrokenError("unreadable") from fault


def _agreeing(event: Stored, body: Body) -> Body:
    """The hashed text, when the other columns and the private part say the same."""
    if (body["stream"], body["number"]) != (event.stream, event.number):
        raise _BrokenError("number")
    columns = (event.type, event.actor, event.at.isoformat(), event.recorded_at.isoformat())
    if columns != (body["type"], body["actor"], body["at"], body["recorded_at"]):
        raise _BrokenError("columns")
    if event.content is not None and salted(event.salt or b"", event.content.encode()) != body["private"]:
        raise _BrokenError("private")
    return body


def walk(events: Iterable[Stored], watch: Watch = lambda _event, _body: None) -> Iterator[Finding]:
    """Findings of events that come in the order of streams and numbers; ``watch`` sees those that hold.

    After a fault the walk goes on from the event as it lies, so that one change gives one finding.
    """
    chain = _Chain("")
    try:
        for event in events:
            if event.stream != chain.stream:
                chain = _Chain(event.stream)
            try:
                body = chain.take(event)
            except _BrokenError as broken:
                yield Finding(broken.kind, f"{event.stream} #{event.number}")
            else:
                watch(event, body)
    except ValueError as fault:  # a column that cannot even be read
        yield Finding("unreadable", f"after {chain.stream} #{chain.number}", str(fault))


def broken_at(session: Session, stream: str) -> Finding | None:
    """The first finding of one stream; None when it holds."""
    return next(walk(eventlog.stored(session, stream)), None)
