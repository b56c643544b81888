"""Answers that are given once and repeated: what an ``Idempotency-Key`` promises."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from webapp.models import IdempotencyKey, Person
from webapp.operations.acting import Actor, Now
from webapp.operations.refusals import NotNow
from webapp.operations.transaction import Transaction, joined, write
from workflows.record import digest

LONGEST = 200


def once(
    key: str,
    request: Any,
    act: Callable[[Transaction], Mapping[str, Any]],
    *,
    actor: Actor,
    now: Now,
) -> Mapping[str, Any]:
    """Do ``act`` in one transaction with the note that it was done; a repetition gets the first answer.

    Requests of one person stand in line: one that comes while the first is still at work gets its answer, too.
    Only what succeeded is kept, so a refused act may be tried again under its key. Raises NotNow("key_reused")
    when the key was used for another request, and NotNow("key_too_long").
    """
    if len(key) > LONGEST:
        raise NotNow("key_too_long")
    wanted = digest(request)
    with write(actor, now) as transaction:
        transaction.hold(Person, actor.person_id)
        known = transaction.session.get(IdempotencyKey, (actor.person_id, key))
        if known is not None:
            if known.request_digest != wanted:
                raise NotNow("key_reused")
            answer: Mapping[str, Any] = json.loads(known.body)
            return answer
        answer = act(transaction)
        transaction.session.add(
            IdempotencyKey(
                person_id=actor.person_id,
                key=key,
                request_digest=wanted,
                body=json.dumps(answer),
                created_at=now.wall,
            )
        )
        return answer


def once_done(
    key: str, request: Any, act: Callable[[], Mapping[str, Any]], *, actor: Actor, now: Now
) -> Mapping[str, Any]:
    """As once, for one operation that opens its own transaction: note and act are committed together.

    Without a key it is done each time.
    """
    if not key:
        return act()

    def within(transaction: Transaction) -> Mapping[str, Any]:
        with joined(transaction):
            return act()

    return once(key, request, within, actor=actor, now=now)
