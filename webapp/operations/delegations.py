"""Proposes, answers, revokes and ends delegations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from webapp.extensions import db
from webapp.models import Campaign, DelegatedRole, Delegation, Person
from webapp.operations.acting import Actor, Now
from webapp.operations.notices import tell_person
from webapp.operations.refusals import InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.delegations import LIVING, delegable, may_stand_in, overlapping
from webapp.queries.standing import Held, standing_of
from webapp.text import nfc
from workflows.delegation_events import (
    DelegationAccepted,
    DelegationDeclined,
    DelegationEnded,
    DelegationProposed,
    DelegationRevoked,
)
from workflows.forms import Fault
from workflows.values import local_day


@dataclass(frozen=True)
class Proposal:
    """A delegation to propose. ``delegate`` is a public id, ``roles`` are (role, code of the unit) of the actor."""

    delegate: str
    roles: tuple[tuple[str, str], ...]
    from_date: dt.date
    to_date: dt.date
    reason: str
    campaign: str | None = None
    kinds: tuple[str, ...] = ()


def propose(proposal: Proposal, *, actor: Actor, now: Now) -> str:
    """Ask somebody to act for the actor; returns the public id. It holds once they have accepted.

    Raises InvalidForm with what is wrong: only roles one holds oneself can be delegated, to somebody at work in the
    same unit, above or below it, and to one person at a time.
    """
    with write(actor, now) as transaction:
        session = transaction.session
        principal = session.get_one(Person, actor.person_id)
        transaction.hold(Person, principal.id)
        held = _roles(transaction, principal, proposal)
        delegate = _delegate(transaction, principal, proposal, held)
        campaign = session.scalar(select(Campaign).where(Campaign.code == proposal.campaign))
        if proposal.campaign and campaign is None:
            raise InvalidForm([Fault("/campaign", "oneOf")])
        made = Delegation(
            principal_id=principal.id,
            delegate_id=delegate.id,
            from_date=proposal.from_date,
            to_date=proposal.to_date,
            campaign_id=campaign.id if campaign else None,
            kinds=sorted(proposal.kinds),
            reason=nfc(proposal.reason),
            proposed_at=now.at,
            changed_at=now.at,
            roles=[DelegatedRole(role=each.role, unit_id=each.unit_id) for each in held],
        )
        if overlapping(session, made):
            raise InvalidForm([Fault("/from_date", "delegated_already")])
        session.add(made)
        session.flush()
        _log_proposal(transaction, made, delegate, proposal)
        tell_person(transaction, delegate.id, "delegation_proposed", principal.name)
        return made.public_id


def _roles(transaction: Transaction, principal: Person, proposal: Proposal) -> list[Held]:
    """The roles to delegate, as the actor holds them; those delegated to the actor are none of them."""
    held = delegable(standing_of(transaction.session, principal, transaction.day))
    found = [each for each in held if (each.role, each.unit_code) in proposal.roles]
    if not found or len(found) != len(set(proposal.roles)):
        raise InvalidForm([Fault("/roles", "not_yours")])
    return found


def _delegate(
    transaction: Transaction, principal: Person, proposal: Proposal, held: Collection[Held]
) -> Person:
    if proposal.from_date < transaction.day:
        raise InvalidForm([Fault("/from_date", "day_over")])
    if proposal.to_date < proposal.from_date:
        raise InvalidForm([Fault("/to_date", "before_beginning", {"day": proposal.from_date})])
    rule = may_stand_in(principal.id, [each.unit_code for each in held], transaction.day)
    query = select(Person).where(Person.public_id == proposal.delegate, rule)
    found: Person | None = transaction.session.scalar(query)
    if found is None:
        raise InvalidForm([Fault("/delegate", "no_delegate")])
    return found


def _log_proposal(transaction: Transaction, made: Delegation, delegate: Person, proposal: Proposal) -> None:
    happening = DelegationProposed(
        delegation=made.public_id,
        person=delegate.public_id,
        roles=[list(each) for each in proposal.roles],
        campaign=proposal.campaign,
        kinds=list(made.kinds),
        from_date=made.from_date.isoformat(),
        to_date=made.to_date.isoformat(),
    )
    transaction.log(_stream(transaction), happening, private={"reason": made.reason})


def accept(public_id: str, *, actor: Actor, now: Now) -> None:
    """Take on to act for the principal. Raises NotFound for others' delegations, NotNow("delegation_answered")."""
    _answer(public_id, "accepted", actor, now)


def decline(public_id: str, *, actor: Actor, now: Now) -> None:
    """Not take it on. Raises NotFound for others' delegations, NotNow("delegation_answered")."""
    _answer(public_id, "declined", actor, now)


def _answer(public_id: str, state: str, actor: Actor, now: Now) -> None:
    with write(actor, now) as transaction:
        delegation = _held(transaction, public_id)
        if delegation.delegate_id != actor.person_id:
            raise NotFound
        if delegation.state != "proposed" or delegation.to_date < transaction.day:
            raise NotNow("delegation_answered")
        delegation.state, delegation.changed_at = state, now.at
        kind = DelegationAccepted if state == "accepted" else DelegationDeclined
        happening = kind(delegation=public_id, person=delegation.principal.public_id)
        transaction.log(_stream(transaction), happening)
        tell_person(transaction, delegation.principal_id, f"delegation_{state}", delegation.delegate.name)


def revoke(public_id: str, *, actor: Actor, now: Now) -> None:
    """End a delegation at once, as its principal, or give it up as its delegate once accepted.

    What the delegate holds by it stays theirs until it is given back in a transaction of its own, which follows; it
    cannot be completed meanwhile. Raises NotFound for others' delegations, NotNow("delegation_answered").
    """
    with write(actor, now) as transaction:
        delegation = _held(transaction, public_id)
        own = delegation.principal_id == actor.person_id
        if not own and delegation.delegate_id != actor.person_id:
            raise NotFound
        if delegation.state not in (LIVING if own else ("accepted",)):
            raise NotNow("delegation_answered")
        delegation.state, delegation.changed_at = "revoked", now.at
        other = delegation.delegate if own else delegation.principal
        me = delegation.principal if own else delegation.delegate
        happening = DelegationRevoked(delegation=public_id, person=other.public_id)
        transaction.log(_stream(transaction), happening)
        tell_person(transaction, other.id, "delegation_revoked", me.name)


def end_delegations(*, actor: Actor, now: Now) -> None:
    """Note as ended what lies in the past, and what was for or from somebody whose account is closed."""
    day = local_day(now.at)
    principal, delegate = aliased(Person), aliased(Person)
    over = (
        select(Delegation.public_id)
        .join(principal, principal.id == Delegation.principal_id)
        .join(delegate, delegate.id == Delegation.delegate_id)
        .where(
            Delegation.state.in_(LIVING),
            or_(Delegation.to_date < day, principal.active.is_(False), delegate.active.is_(False)),
        )
        .order_by(Delegation.id)
    )
    found = db.session.scalars(over).all()
    if not found:
        return
    with write(actor, now) as transaction:
        for public_id in found:
            delegation = _held(transaction, public_id)
            if delegation.state in LIVING:
                delegation.state, delegation.changed_at = "ended", now.at
                ended = DelegationEnded(delegation=public_id, person=delegation.delegate.public_id)
                transaction.log(f"person/{delegation.principal.public_id}", ended)


def _held(transaction: Transaction, public_id: str) -> Delegation:
    """A delegation, held until the end of the transaction and read after that."""
    session = transaction.session
    found = session.scalar(select(Delegation).where(Delegation.public_id == public_id))
    if found is None:
        raise NotFound
    transaction.hold(Delegation, found.id)
    session.refresh(found)
    return found


def _stream(transaction: Transaction) -> str:
    return f"person/{transaction.actor.public_id}"
