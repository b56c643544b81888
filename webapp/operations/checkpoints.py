"""Checkpoints on demand and by e-mail."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import eventlog, mail_server
from webapp.eventlog import KeptCheckpoint
from webapp.extensions import db
from webapp.models import Person, SystemFact
from webapp.operations.acting import SYSTEM, Actor, Now
from webapp.operations.audit import (
    SYSTEM_STREAM,
    MadeCheckpoint,
    sign_checkpoint,
    write_out_checkpoints,
)
from webapp.operations.mails import CHECKPOINTS, Letter, words_of
from webapp.operations.transaction import write
from webapp.queries.checkpoints import DEMAND, fingerprint
from webapp.queries.people import holding
from workflows.inspection_events import CheckpointsMailed
from workflows.values import local_day

MAILED = "checkpoints_mailed"
"""The fact that says up to which checkpoint e-mails went out."""

_log = logging.getLogger(__name__)


def checkpoint_on_demand(after: int, *, actor: Actor, now: Now) -> MadeCheckpoint | None:
    """Sign a checkpoint, unless one was made since the page was shown whose newest was ``after`` (0: none)."""
    with write(actor, now) as transaction:
        transaction.hold(Person, actor.person_id)  # of two clicks the second sees what the first has made
        newest = max((kept.id for kept in eventlog.checkpoints(transaction.session)), default=0)
        made = sign_checkpoint(transaction, DEMAND) if newest == after else None
    if made is not None:
        write_out_checkpoints()
    return made


@dataclass(frozen=True)
class Receiver:
    """Who gets the fingerprints."""

    name: str
    address: str
    locale: str


def mail_checkpoints(now: Now) -> int:
    """Send the fingerprints of checkpoints made since the last e-mail; returns how many e-mails went out.

    To CHECKPOINT_MAIL, else to auditors with an address. A server that fails is tried again the next time, by e-mails
    with the same id, so that whoever has one already sees it once.
    """
    settings, session = current_app.config["SETTINGS"], db.session()
    fact = session.get(SystemFact, MAILED)
    last = int(fact.value) if fact else 0
    made = [kept for kept in eventlog.checkpoints(session) if kept.id > last]
    made = made if fact else made[-1:]  # whoever sets a server up need not read of years
    receivers = list(_receivers(session, settings.checkpoint_mail, now)) if made and settings.mail_url else []
    if not receivers:
        return 0
    try:
        for receiver in receivers:
            mail_server.send(settings, _message(receiver, made, now))
    except OSError:
        _log.exception("the fingerprints of checkpoints cannot be mailed")
        return 0
    with write(SYSTEM, now) as transaction:
        transaction.session.merge(SystemFact(name=MAILED, value=str(made[-1].id)))
        prints = [fingerprint(kept.body) for kept in made]
        transaction.log(SYSTEM_STREAM, CheckpointsMailed(checkpoints=prints, receivers=len(receivers)))
    return len(receivers)


def _receivers(session: Session, addresses: Iterable[str], now: Now) -> Iterator[Receiver]:
    if addresses:
        yield from (Receiver("", address, "vi") for address in addresses)
        return
    auditors = (
        select(Person)
        .where(
            Person.id.in_(holding(("auditor",), local_day(now.at))),
            Person.active,
            Person.email.is_not(None),
            Person.email != "",
        )
        .order_by(Person.id)
    )
    for person in session.scalars(auditors):
        yield Receiver(person.name, person.email or "", person.locale)


def _message(receiver: Receiver, made: Sequence[KeptCheckpoint], now: Now) -> mail_server.Message:
    bodies = [json.loads(kept.body) for kept in made]
    told = [
        {"fingerprint": fingerprint(kept.body), "made_at": kept.made_at, "signature": kept.signature}
        | {name: body.get(name, "") for name in ("why", "about", "events", "streams", "key")}
        for kept, body in zip(made, bodies, strict=True)
    ]
    letter = Letter(
        name=receiver.name,
        locale=receiver.locale,
        template=CHECKPOINTS,
        process="",
        code="",
        title="",
        about={"checkpoints": told},
    )
    words = words_of(letter)
    known = "\n".join([receiver.address, *(kept.signature for kept in made)])
    return mail_server.Message(
        id=hashlib.sha256(known.encode()).hexdigest()[:32],
        name=receiver.name,
        address=receiver.address,
        subject=words.subject,
        body=words.body,
        locale=receiver.locale,
        written_at=now.wall,
    )
