"""Whether the log holds: chains, numbers, columns, private parts, as they lie in the database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.as_it_lies import Stored
from workflows.record import GENESIS, chained, salted

Body = Mapping[str, Any]
Watch = Callable[[Stored, Body], None]


@dataclass(frozen=True)
class Finding:
    """Something that does not hold. ``kind`` is from a closed list, ``place`` says where, ``detail`` what.

    Kinds: damaged, guard, unreadable, number, chain, hash, columns (``detail`` names them), private, lost, returned,
    checkpoint, restored, cut_off, replaced, stream, law, case, paper, diagram, gap.
    """

    kind: str
    place: str
    detail: str = ""


class _BrokenError(Exception):
    """An event that does not hold; ``kind`` is that of its finding."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(kind)
        self.kind, self.detail = kind, detail


@dataclass
class _Chain:
    """Walks along one stream: knows where it stands and what the next event must build on.

    ``shift`` is by how much the numbers of the rows differ from those in the texts since the last fault.
    """

    stream: str
    number: int = 0
    hash: str = GENESIS
    shift: int = 0

    def take(self, event: Stored) -> Body:
        """The body of the next event. Raises _BrokenError; the walk may go on behind it."""
        expected, previous, shift = self.number + 1, self.hash, self.shift
        self.number, self.hash = event.number, event.hash
        if event.number != expected:
            raise _BrokenError("number")
        if chained(event.previous_hash, event.body.encode()) != event.hash:
            raise _BrokenError("hash")
        try:
            body = json.loads(event.body)
            self.shift = event.number - body["number"]
            if event.previous_hash != previous:
                raise _BrokenError("chain")
            if body["stream"] != event.stream or self.shift != shift:
                raise _BrokenError("number")
            return _agreeing(event, body)
        except (ValueError, KeyError, TypeError) as fault:
            raise _BrokenError("unreadable") from fault


def _agreeing(event: Stored, body: Body) -> Body:
    """The hashed text, when the other columns and the private part say the same."""
    columns = {"type": event.type, "actor": event.actor}
    columns |= {"at": event.at.isoformat(), "recorded_at": event.recorded_at.isoformat()}
    if changed := [name for name, value in columns.items() if value != body[name]]:
        raise _BrokenError("columns", ", ".join(changed))
    if event.content is not None and salted(event.salt or b"", event.content.encode()) != body["private"]:
        raise _BrokenError("private")
    return body


def walk(events: Iterable[Stored], watch: Watch = lambda _event, _body: None) -> Iterator[Finding]:
    """Findings of events that come in the order of streams and numbers; ``watch`` sees those that hold.

    After a fault the walk goes on from the event as it lies, so that one change gives one finding.
    """
    chain = _Chain("")
    for event in events:
        if event.stream != chain.stream:
            chain = _Chain(event.stream)
        try:
            watch(event, chain.take(event))
        except _BrokenError as broken:
            yield Finding(broken.kind, place_of(event.stream, event.number), broken.detail)
        except Exception:  # noqa: BLE001 -- SQLite keeps anything in any column, and a text may be nested without end
            yield Finding("unreadable", place_of(event.stream, event.number))


def place_of(stream: object, number: object) -> str:
    """Where an event stands."""
    return f"{plain(stream)} #{number}"


def plain(name: object) -> str:
    """A name as it is safely told: signs that are not seen, or look alike only, are written out."""
    said = name if isinstance(name, str) else repr(name)
    return said if said.isascii() and said.isprintable() else ascii(said)[1:-1]


def broken_at(session: Session, stream: str) -> Finding | None:
    """The first finding of one stream; None when it holds."""
    return next(walk(eventlog.stored(session, stream)), None)
