"""Append, read and verify the log; nothing else knows its table."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from webapp.models.event import Checkpoint, Event, EventPrivate
from workflows.events import Happening
from workflows.record import GENESIS, canonical, chained, merkle_root, salted

BODY_VERSION = 1
GUARDS = {"event_no_update", "event_no_delete", "event_no_replace"}


@dataclass(frozen=True)
class Written:
    """An event as just written: its row id and its place in the stream."""

    id: int
    number: int


@dataclass(frozen=True)
class Recorded:
    """An event as read back. ``private`` is the plain content, or None where there is none or it was erased."""

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
class Break:
    """The first place where a stream does not hold."""

    stream: str
    number: int
    fault: str


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

    The body is hashed as the exact text that is stored. Personal values go into ``private``; the body has only their
    HMAC under a salt of their own.
    """
    _lock_stream(session, stream)
    tail = session.execute(
        select(Event.number, Event.hash).where(Event.stream == stream).order_by(Event.number.desc()).limit(1)
    ).first()
    number, previous = (tail.number + 1, tail.hash) if tail else (1, GENESIS)
    salt = secrets.token_bytes(16)
    content = canonical(private) if private is not None else None
    body = canonical(
        {
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
    )
    event = Event(
        stream=stream,
        number=number,
        type=happening.type(),
        actor=actor,
        at=at,
        recorded_at=recorded_at,
        body=body.decode(),
        previous_hash=previous,
        hash=chained(previous, body),
    )
    session.add(event)
    session.flush()
    if content is not None:
        session.add(EventPrivate(event_id=event.id, salt=salt, content=content.decode()))
    return Written(event.id, number)


def _lock_stream(session: Session, stream: str) -> None:
    """One writer per stream. SQLite's write transaction is the only one anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:stream, 0))"), {"stream": stream})


def read_stream(session: Session, stream: str, *, after: int = 0, limit: int | None = None) -> list[Recorded]:
    """Events of a stream in order, from the one after number ``after``."""
    query = (
        select(Event, EventPrivate)
        .outerjoin(EventPrivate, EventPrivate.event_id == Event.id)
        .where(Event.stream == stream, Event.number > after)
        .order_by(Event.number)
        .limit(limit)
    )
    return [_recorded(event, private) for event, private in session.execute(query)]


def read_latest(
    session: Session, *, limit: int, before: int | None = None, prefix: str = "", type: str | None = None
) -> list[Recorded]:
    """The newest events first, over all streams that begin with ``prefix``, for paging by row id."""
    query = (
        select(Event, EventPrivate)
        .outerjoin(EventPrivate, EventPrivate.event_id == Event.id)
        .order_by(Event.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(Event.id < before)
    if prefix:
        query = query.where(Event.stream.startswith(prefix, autoescape=True))
    if type is not None:
        query = query.where(Event.type == type)
    return [_recorded(event, private) for event, private in session.execute(query)]


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


def verify_stream(session: Session, stream: str) -> Break | None:
    """The first break of a stream's chain, numbering, columns or private parts; None when it holds."""
    previous, expected = GENESIS, 1
    query = (
        select(Event, EventPrivate)
        .outerjoin(EventPrivate, EventPrivate.event_id == Event.id)
        .where(Event.stream == stream)
        .order_by(Event.number)
    )
    for event, private in session.execute(query.execution_options(yield_per=500)):
        if fault := _fault(event, private, expected, previous):
            return Break(stream, event.number, fault)
        previous, expected = event.hash, expected + 1
    return None


def _fault(event: Event, private: EventPrivate | None, expected: int, previous: str) -> str | None:
    body = json.loads(event.body)
    if event.number != expected or body["number"] != expected or body["stream"] != event.stream:
        return "number"
    if event.previous_hash != previous or chained(previous, event.body.encode()) != event.hash:
        return "hash"
    columns = (event.type, event.actor, event.at.isoformat(), event.recorded_at.isoformat())
    if columns != (body["type"], body["actor"], body["at"], body["recorded_at"]):
        return "columns"
    if private is not None and salted(private.salt, private.content.encode()) != body["private"]:
        return "private"
    return None


def missing_guards(session: Session) -> set[str]:
    """Names of the triggers that should protect the table and are not there."""
    if session.get_bind().dialect.name == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE tgrelid = 'event'::regclass AND NOT tgisinternal AND tgenabled <> 'D'"
        wanted = GUARDS | {"event_no_truncate"}
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
        wanted = GUARDS
    return wanted - set(session.execute(text(query)).scalars())


def checkpoint_body(session: Session, made_at: dt.datetime) -> dict[str, Any]:
    """What a checkpoint says: Merkle root over all stream heads, with counts."""
    heads = list(streams(session))
    return {
        "v": BODY_VERSION,
        "made_at": made_at.astimezone(dt.UTC).isoformat(),
        "streams": len(heads),
        "events": sum(number for _, number, _ in heads),
        "root": merkle_root([f"{stream} {number} {head}" for stream, number, head in heads]),
        "heads": [[stream, number, head] for stream, number, head in heads],
    }


def store_checkpoint(session: Session, body: bytes, signature: str, made_at: dt.datetime) -> None:
    """Keep a signed checkpoint."""
    session.add(Checkpoint(made_at=made_at, body=body.decode(), signature=signature))


def checkpoints(session: Session) -> list[Checkpoint]:
    """All checkpoints, oldest first."""
    return list(session.scalars(select(Checkpoint).order_by(Checkpoint.id)))
