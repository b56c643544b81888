"""Append to and read the log; nothing else knows its table."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Subquery, Table, bindparam, delete, func, insert, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.as_it_lies import NO_TIME, KeptCheckpoint, Stored, as_it_lies, lying, shown
from webapp.models.event import Checkpoint, Event, EventPrivate
from workflows.happening import Happening
from workflows.record import GENESIS, canonical, chained, salted

BODY_VERSION = 1

_EVENT, _PRIVATE = cast(Table, Event.__table__), cast(Table, EventPrivate.__table__)
_TAIL = (
    select(_EVENT.c.number, _EVENT.c.hash)
    .where(_EVENT.c.stream == bindparam("stream"))
    .order_by(_EVENT.c.number.desc())
    .limit(1)
)


@dataclass(frozen=True)
class Written:
    """An event as just written: its row id and its place in the stream."""

    id: int
    number: int


@dataclass(frozen=True)
class Recorded:
    """An event as read back. ``private`` is the plain content; None where there is none or it was erased."""

    id: int
    stream: str
    number: int
    type: str
    actor: str
    principal: str | None
    at: dt.datetime
    recorded_at: dt.datetime
    fields: Mapping[str, Any]
    input: Mapping[str, Any] | None
    deployment: str | None
    state_hash: str | None
    private: Any
    erased: bool
    hash: str


@dataclass(frozen=True)
class Narrowing:
    """Which events to read: ``condition`` is made of the columns of stream and actor, the rest are filters.

    ``stream`` is the beginning of a stream's name, ``type`` one type and ``types`` some, ``actors`` are public ids of
    people.
    """

    condition: Callable[[InstrumentedAttribute[str], InstrumentedAttribute[str]], ColumnElement[bool]]
    stream: str = ""
    type: str = ""
    types: Collection[str] = ()
    actors: Select[str] | None = None


def case_stream(code: str) -> str:
    """The stream of a case."""
    return f"case/{code}"


def access_stream(day: dt.date) -> str:
    """The stream of reads and refused acts of a day."""
    return f"access/{day.isoformat()}"


def append(
    session: Session,
    stream: str,
    happening: Happening,
    *,
    actor: str,
    principal: str | None,
    at: dt.datetime,
    recorded_at: dt.datetime,
    given: Mapping[str, Any] | None = None,
    deployment: str | None = None,
    state_hash: str | None = None,
    private: Any = None,
) -> Written:
    """Write one event at the end of its stream, in the caller's transaction.

    The body is hashed as the exact text that is stored. Personal values go into ``private``; the body has
    only their HMAC under a salt of their own.
    """
    number, previous = _next_place(session, stream)
    salt = secrets.token_bytes(16)
    content = canonical(private) if private is not None else None
    body = {
        "v": BODY_VERSION,
        "stream": stream,
        "number": number,
        "type": happening.type(),
        "actor": actor,
        "principal": principal,
        "at": at.astimezone(dt.UTC).isoformat(),
        "recorded_at": recorded_at.astimezone(dt.UTC).isoformat(),
        "fields": happening.fields(),
        "input": given,
        "deployment": deployment,
        "state_hash": state_hash,
        "private": salted(salt, content) if content is not None else None,
    }
    return _insert(session, body, previous, (salt, content))


def _insert(
    session: Session, body: Mapping[str, Any], previous: str, private: tuple[bytes, bytes | None]
) -> Written:
    """Add the row of a body: its exact text, and beside it what is asked for often."""
    exact, (salt, content) = canonical(body), private
    row = {name: body[name] for name in ("stream", "number", "type", "actor")} | {
        "at": dt.datetime.fromisoformat(body["at"]),
        "recorded_at": dt.datetime.fromisoformat(body["recorded_at"]),
        "body": exact.decode(),
        "previous_hash": previous,
        "hash": chained(previous, exact),
    }
    connection = session.connection()  # plain rows: nobody keeps or changes them
    event_id: int = connection.execute(insert(_EVENT).returning(_EVENT.c.id), row).scalar_one()
    if content is not None:
        private_row = {"event_id": event_id, "salt": salt, "content": content.decode()}
        connection.execute(insert(_PRIVATE), private_row)
    return Written(event_id, body["number"])


def _next_place(session: Session, stream: str) -> tuple[int, str]:
    """Number and previous hash of the next event; from now on this transaction alone writes the stream."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":  # SQLite's write transaction is the only one anyway
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:stream, 0))")
        connection.execute(lock, {"stream": stream})
    tail = connection.execute(_TAIL, {"stream": stream}).first()
    return (tail.number + 1, tail.hash) if tail else (1, GENESIS)


def read_stream(session: Session, stream: str, *, after: int = 0, limit: int | None = None) -> list[Recorded]:
    """Events of a stream in order, from the one after number ``after``."""
    query = _with_private().where(Event.stream == stream, Event.number > after)
    events = session.execute(query.order_by(Event.number).limit(limit))
    return [_recorded(event, private) for event, private in events]


def read_latest(
    session: Session, narrow: Narrowing, *, limit: int | None, before: int | None = None
) -> list[Recorded]:
    """The newest events first that lie within ``narrow``; ``before`` is the row id to page on from."""
    newest = _with_private().order_by(Event.id.desc()).limit(limit)
    query = newest.where(narrow.condition(Event.stream, Event.actor))
    if before is not None:
        query = query.where(Event.id < before)
    if narrow.type:
        query = query.where(Event.type == narrow.type)
    if narrow.types:
        query = query.where(Event.type.in_(narrow.types))
    if narrow.actors is not None:
        query = query.where(Event.actor.in_(narrow.actors))
    if narrow.stream:
        query = query.where(Event.stream.startswith(narrow.stream, autoescape=True))
    return [_recorded(event, private) for event, private in session.execute(query)]


def erase_private(session: Session, event_id: int) -> None:
    """Take the personal part of an event away, with its salt; the chain keeps the code that was made of both."""
    session.connection().execute(delete(_PRIVATE).where(_PRIVATE.c.event_id == event_id))


def last_at(
    session: Session, stream: str, type: str, actor: str, fields: Mapping[str, Any]
) -> dt.datetime | None:
    """When ``actor`` last left this very event in a stream, by the wall clock; None when never."""
    query = select(Event.recorded_at, Event.body).where(
        Event.stream == stream, Event.type == type, Event.actor == actor
    )
    rows = session.execute(query.order_by(Event.number.desc()))
    return next((row.recorded_at for row in rows if json.loads(row.body)["fields"] == fields), None)


def _with_private() -> Select[Event, EventPrivate]:
    return select(Event, EventPrivate).outerjoin(EventPrivate, EventPrivate.event_id == Event.id)


def _recorded(event: Event, private: EventPrivate | None) -> Recorded:
    body = json.loads(event.body)
    return Recorded(
        id=event.id,
        stream=event.stream,
        number=event.number,
        type=event.type,
        actor=event.actor,
        principal=body["principal"],
        at=event.at,
        recorded_at=event.recorded_at,
        fields=body["fields"],
        input=body["input"],
        deployment=body["deployment"],
        state_hash=body["state_hash"],
        private=json.loads(private.content) if private else None,
        erased=private is None and body["private"] is not None,
        hash=event.hash,
    )


def last_number(stream: ColumnElement[str]) -> ColumnElement[int]:
    """In a statement: the number of the newest event of the stream that each of its rows names."""
    newest = select(func.max(Event.number)).where(Event.stream == stream)
    return newest.correlate_except(Event).scalar_subquery()


def streams(session: Session) -> Iterator[tuple[str, int, str]]:
    """(stream, last number, last hash) of every stream, by name."""
    last = select(Event.stream, func.max(Event.number).label("number")).group_by(Event.stream).subquery()
    query = (
        select(Event.stream, Event.number, Event.hash)
        .join(last, (last.c.stream == Event.stream) & (last.c.number == Event.number))
        .order_by(Event.stream)
    )
    for row in session.execute(query):
        yield row.stream, row.number, row.hash


def stored(session: Session, stream: str | None = None) -> Iterator[Stored]:
    """Every event of one stream, or of the whole log, exactly as it lies, by stream and number."""
    columns = [
        lying(getattr(Event, each.name, None) or getattr(EventPrivate, each.name)) for each in fields(Stored)
    ]
    query = (
        select(*columns)
        .outerjoin(EventPrivate, EventPrivate.event_id == Event.id)
        .order_by(Event.stream, Event.number)
    )
    if stream is not None:
        query = query.where(Event.stream == stream)
    with as_it_lies(session):
        yield from (Stored(*row) for row in session.execute(query.execution_options(yield_per=500)))


def places() -> Subquery:
    """Where each event stands (id, stream, number, type, at), for queries that count; what it says stays in the log."""
    return select(Event.id, Event.stream, Event.number, Event.type, Event.at).subquery("place")


def read_some(session: Session, ids: Sequence[int]) -> list[Recorded]:
    """These events in the order of their instants."""
    query = _with_private().where(Event.id.in_(ids)).order_by(Event.at, Event.id)
    return [_recorded(event, private) for event, private in session.execute(query)]


def keep_checkpoint(session: Session, body: bytes, signature: str, made_at: dt.datetime) -> None:
    """Keep a signed checkpoint."""
    session.add(Checkpoint(made_at=made_at, body=body.decode(), signature=signature))


def checkpoints(session: Session) -> list[KeptCheckpoint]:
    """All checkpoints, oldest first; of one that was falsified beyond reading whatever can be shown."""
    made_at = lying(Checkpoint.made_at)
    query = select(Checkpoint.id, made_at, Checkpoint.body, Checkpoint.signature).order_by(Checkpoint.id)
    with as_it_lies(session):
        rows = session.execute(query).all()
    return [
        KeptCheckpoint(id, at if isinstance(at, dt.datetime) else NO_TIME, shown(body), shown(signature))
        for id, at, body, signature in rows
    ]
