"""Checkpoints on demand and by e-mail."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import eventlog, mail_server
from webapp.as_it_lies import KeptCheckpoint
from webapp.eventlog import Recorded
from webapp.extensions import db
from webapp.models import CheckpointMail, Person, SystemFact
from webapp.operations.acting import SYSTEM, Actor, Now
from webapp.operations.audit import (
    SYSTEM_STREAM,
    MadeCheckpoint,
    sign_checkpoint,
    write_out_checkpoints,
)
from webapp.operations.mails import CHECKPOINTS, Letter, words_of
from webapp.operations.transaction import write
from webapp.queries.checkpoints import DEMAND, body_of, fingerprint
from webapp.queries.people import holding
from webapp.queries.self_tests import last_self_test
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
    """Write and send the fingerprints of checkpoints made since the last e-mail; returns how many e-mails went out.

    To CHECKPOINT_MAIL, else to auditors with an address. A server that fails is tried again the next time, by e-mails
    with the same id, so that whoever has one already sees it once.
    """
    if not current_app.config["SETTINGS"].mail_url:
        return 0
    _write_mails(now)
    waiting = select(CheckpointMail).where(CheckpointMail.sent_at.is_(None)).order_by(CheckpointMail.id)
    sent: Counter[tuple[str, ...]] = Counter()
    for mail in db.session.scalars(waiting).all():
        if not _send(mail, now):
            break
        sent[tuple(mail.checkpoints)] += 1
    if sent:
        with write(SYSTEM, now) as transaction:
            for prints, receivers in sent.items():
                told = CheckpointsMailed(checkpoints=list(prints), receivers=receivers)
                transaction.log(SYSTEM_STREAM, told)
    return sent.total()


def _write_mails(now: Now) -> None:
    """Write the e-mails about checkpoints that none was written about yet."""
    settings = current_app.config["SETTINGS"]
    with write(SYSTEM, now) as transaction:
        session = transaction.session
        fact = session.get(SystemFact, MAILED)
        last = int(fact.value) if fact else 0
        made = [kept for kept in eventlog.checkpoints(session) if kept.id > last]
        made = made if fact else made[-1:]  # whoever sets a server up need not read of years
        receivers = list(_receivers(session, settings.checkpoint_mail, now)) if made else []
        if not receivers:
            return
        session.add_all(_written(receiver, made, last_self_test(session), now) for receiver in receivers)
        session.merge(SystemFact(name=MAILED, value=str(made[-1].id)))


def _send(mail: CheckpointMail, now: Now) -> bool:
    """Send one, and note how it fared."""
    message = mail_server.Message(
        id=mail.message_id,
        name=mail.name,
        address=mail.address,
        subject=mail.subject,
        body=mail.body,
        locale=mail.locale,
        written_at=now.wall,
    )
    fault = None
    try:
        mail_server.send(current_app.config["SETTINGS"], message)
    except OSError as refused:
        _log.exception("the fingerprints of checkpoints cannot be mailed")
        fault = f"{type(refused).__name__}: {refused}"
    with write(SYSTEM, now) as transaction:
        kept = transaction.session.get_one(CheckpointMail, mail.id)
        kept.fault, kept.sent_at = fault, None if fault else now.wall
    return fault is None


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


def _written(
    receiver: Receiver, made: Sequence[KeptCheckpoint], test: Recorded | None, now: Now
) -> CheckpointMail:
    told = [
        {"fingerprint": fingerprint(kept.body), "made_at": kept.made_at, "signature": kept.signature}
        | {name: body.get(name, "") for name in ("why", "about", "events", "streams", "key")}
        for kept, body in ((kept, body_of(kept)) for kept in made)
    ]
    letter = Letter(
        name=receiver.name,
        locale=receiver.locale,
        template=CHECKPOINTS,
        process="",
        code="",
        title="",
        about={"checkpoints": told, "self_test": test},
    )
    words = words_of(letter)
    known = "\n".join([receiver.address, *(kept.signature for kept in made)])
    return CheckpointMail(
        message_id=hashlib.sha256(known.encode()).hexdigest()[:32],
        name=receiver.name,
        address=receiver.address,
        locale=receiver.locale,
        subject=words.subject,
        body=words.body,
        checkpoints=[each["fingerprint"] for each in told],
        created_at=now.at,
    )
