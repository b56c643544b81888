"""Acts of the API that open a transaction of their own, done once under an ``Idempotency-Key``; data of forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from webapp.operations.acting import Actor, Now
from webapp.operations.idempotency import once_done
from webapp.operations.refusals import InvalidForm
from webapp.ui.acting import actor_and_now
from workflows.forms import Schema, relevant, validate

Act = Callable[[Actor, Now], Mapping[str, Any] | None]


def done_once(key: str, request: Mapping[str, Any], act: Act) -> Mapping[str, Any]:
    """Do it; repeated under its key, the answer is the first one. ``request`` is everything that was asked."""
    actor, now = actor_and_now()
    return once_done(key, request, lambda: act(actor, now) or {}, actor=actor, now=now)


def checked(schema: Schema, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The data as far as the form asks for it. Raises InvalidForm."""
    asked: Mapping[str, Any] = relevant(schema, data)
    if faults := validate(schema, asked):
        raise InvalidForm(faults, schema)
    return asked
