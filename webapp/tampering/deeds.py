"""What somebody with full access to the machine does to the log of a copy, in plain SQL, past the guards."""

from __future__ import annotations

import datetime as dt
import json

from sqlalchemy import insert, select

from webapp.tampering.scenes import Deed, NothingToFalsify, Scene
from workflows.record import canonical, chained

MONTH = dt.timedelta(days=30)


def changed_value(scene: Scene) -> Deed:
    """Another decision than the one that was taken."""
    scene.change(scene.number, body=scene.other_decision())
    return Deed(scene.place(scene.number))


def changed_time(scene: Scene) -> Deed:
    """A month earlier than it was."""
    scene.change(scene.number, at=scene.event.at - MONTH)
    return Deed(scene.place(scene.number))


def changed_actor(scene: Scene) -> Deed:
    """By somebody else than it was."""
    log = scene.log
    others = select(log.c.actor).where(log.c.actor != scene.event.actor)
    colleagues_first = log.c.type != "task_completed", log.c.id.desc()
    other = scene.session.scalar(others.order_by(*colleagues_first).limit(1))
    if other is None:
        raise NothingToFalsify
    scene.change(scene.number, actor=other)
    return Deed(scene.place(scene.number))


def deleted_middle(scene: Scene) -> Deed:
    """One event out of the middle of its stream."""
    scene.drop(scene.number)
    return Deed(scene.place(scene.number + 1))


def deleted_tail(scene: Scene) -> Deed:
    """All that came behind an event."""
    gone = range(scene.number + 1, len(scene.events) + 1)
    scene.drop(*gone)
    return Deed(scene.sealed_from(scene.number + 1))


def deleted_stream(scene: Scene) -> Deed:
    """A stream as a whole."""
    scene.drop(*range(1, len(scene.events) + 1))
    return Deed(scene.stream)


def inserted(scene: Scene) -> Deed:
    """An event between two, its hash computed as it should be, and those behind it numbered on."""
    number = scene.number + 1
    body = json.loads(scene.other_decision()) | {"number": number, "private": None}
    exact = canonical(body)
    scene.renumber(number, 1)
    row = {name: body[name] for name in ("stream", "number", "type", "actor")}
    row |= {"at": scene.event.at, "recorded_at": scene.event.recorded_at, "body": exact.decode()}
    row |= {"previous_hash": scene.event.hash, "hash": chained(scene.event.hash, exact)}
    scene.session.execute(insert(scene.log).values(row))
    return Deed(scene.place(number + 1))


def reordered(scene: Scene) -> Deed:
    """Two events that follow one another, exchanged."""
    first, second = scene.number, scene.number + 1
    scene.change(first, number=-first)
    scene.change(second, number=first)
    scene.change(-first, number=second)
    return Deed(scene.place(first))


def recomputed(scene: Scene) -> Deed:
    """Another decision, and every hash from there to the end computed anew: the chain is whole again."""
    previous = scene.event.previous_hash
    for event in scene.events[scene.number - 1 :]:
        body = scene.other_decision() if event.number == scene.number else event.body
        head = chained(previous, body.encode())
        scene.change(event.number, body=body, previous_hash=previous, hash=head)
        previous = head
    return Deed(scene.sealed_from(scene.number))
