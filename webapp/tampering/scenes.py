"""A copy of the record open to whoever falsifies it, and what is aimed at there."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from sqlalchemy import Select, Table, delete, func, select, update
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.as_it_lies import Stored
from webapp.checkpoint_key import key_of
from webapp.extensions import Model
from webapp.queries.chains import Finding
from webapp.queries.checkpoints import read
from webapp.tampering.copies import Copy

AIMS = 500
"""Events that are looked through for one to aim at."""


class NothingToFalsify(LookupError):
    """The record has nothing that could be falsified in this way: no paper, no task with a decision."""


@dataclass(frozen=True)
class Deed:
    """What was done: the place where it has to be found; what stood there and stands there now, where that is text."""

    place: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Scene:
    """A copy open for writing, its guards taken away, and the event that is aimed at."""

    session: Session
    copy: Copy
    stream: str
    number: int
    made_at: dt.datetime

    @cached_property
    def events(self) -> list[Stored]:
        """The stream as it lies."""
        return list(eventlog.stored(self.session, self.stream))

    @property
    def event(self) -> Stored:
        return next(event for event in self.events if event.number == self.number)

    @property
    def log(self) -> Table:
        return table("event")

    def place(self, number: int) -> str:
        return f"{self.stream} #{number}"

    def change(self, number: int, /, **values: Any) -> None:
        """Overwrite columns of an event."""
        here = self.log.c.stream == self.stream, self.log.c.number == number
        self.session.execute(update(self.log).where(*here).values(**values))

    def drop(self, *numbers: int) -> None:
        """Delete events with their personal parts."""
        private = table("event_private")
        here = self.log.c.stream == self.stream, self.log.c.number.in_(numbers)
        mine = select(self.log.c.id).where(*here)
        self.session.execute(delete(private).where(private.c.event_id.in_(mine)))
        self.session.execute(delete(self.log).where(*here))

    def renumber(self, first: int, by: int) -> None:
        """Give the events from a number on other numbers; by way of negative ones, for none may stand twice."""
        numbers = self.log.c.number
        moved = update(self.log).where(self.log.c.stream == self.stream)
        self.session.execute(moved.where(numbers >= first).values(number=-(numbers + by)))
        self.session.execute(moved.where(numbers < 0).values(number=-numbers))

    def other_decision(self) -> str:
        """The text of the event with another decision; one that its form knows, else one that was never offered."""
        body = json.loads(self.event.body)
        taken, fields = body["fields"]["decision"], body["fields"]
        if taken is None:
            raise NothingToFalsify
        offered = self._offered(body["deployment"], f"forms/{fields['process']}/{fields['element']}.json")
        other = next((each for each in offered if each != taken), "none")
        return self.event.body.replace(f'"decision":"{taken}"', f'"decision":"{other}"')

    def _offered(self, deployment: str, form: str) -> list[str]:
        deployments, files = table("deployment"), table("deployed_file")
        manifest = self.session.scalar(
            select(deployments.c.manifest).where(deployments.c.digest == deployment)
        )
        content = self.session.scalar(
            select(files.c.content).where(files.c.digest == (manifest or {}).get(form, ""))
        )
        decision = json.loads(content or b"{}").get("properties", {}).get("decision", {})
        return [each["const"] for each in decision.get("oneOf", [])]

    def sealed_from(self, number: int) -> str:
        """The first place from a number on that a checkpoint names: what it saw there is known for good."""
        history, _wrong = read(eventlog.checkpoints(self.session), key_of(self.copy.folder))
        return self.place(min(n for stream, n in history.named if stream == self.stream and n >= number))


def table(name: str) -> Table:
    """A table, by its name."""
    return Model.metadata.tables[name]


def sound_aim(session: Session, faults: Iterable[Finding]) -> tuple[str, int] | None:
    """An event worth falsifying in a stream in which nothing is wrong already; None when there is none."""
    faulty = {fault.place.partition(" #")[0] for fault in faults}
    return next((aim for aim in aims(session, AIMS) if aim[0] not in faulty), None)


def aims(session: Session, most: int, stream: str = "") -> list[tuple[str, int]]:
    """Events worth falsifying, the newest first: a task with a decision, with something before and behind it."""
    log = table("event")
    last = select(log.c.stream, func.max(log.c.number).label("last")).group_by(log.c.stream).subquery()
    query: Select[Any] = (
        select(log.c.stream, log.c.number, log.c.body)
        .join(last, last.c.stream == log.c.stream)
        .where(log.c.type == "task_completed", log.c.number > 1, log.c.number < last.c.last - 1)
        .order_by(log.c.id.desc())
    )
    query = query.where(log.c.stream == stream) if stream else query
    found = (row for row in session.execute(query.execution_options(yield_per=50)) if _decided(row.body))
    return [(row.stream, row.number) for row in islice(found, most)]


def _decided(body: str) -> bool:
    try:
        return json.loads(body)["fields"]["decision"] is not None
    except (KeyError, TypeError, ValueError):  # what somebody has falsified before us
        return False
