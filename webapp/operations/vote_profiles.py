"""Vote profiles of a council: drafted by its secretary, approved or discarded by its chairman."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from webapp.models import Council, CouncilMembership, Notice, Person, Unit, VoteProfileVersion
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.councils import council_of
from webapp.queries.standing import standing_of
from webapp.queries.vote_profiles import may_decide, may_draft
from workflows.council_events import VoteProfileDecided, VoteProfileDrafted
from workflows.forms import Fault
from workflows.record import digest


@dataclass(frozen=True)
class NewProfile:
    """A profile to draft; ``profile`` as it is frozen into a session, no ``awards`` means all others."""

    profile: Mapping[str, Any]
    awards: tuple[str, ...]
    from_date: dt.date
    to_date: dt.date | None = None


def draft_profile(unit: str, new: NewProfile, *, actor: Actor, now: Now) -> str:
    """Enter a draft for the council of a unit; returns its public id.

    Raises NotFound without a council, Forbidden for others than its secretary, InvalidForm for an end that comes first.
    """
    if new.to_date is not None and new.to_date < new.from_date:
        raise InvalidForm([Fault("/to_date", "before_beginning", {"day": new.from_date})])
    with write(actor, now) as transaction:
        council = _council(transaction, unit)
        person = transaction.session.get(Person, actor.person_id)
        if person is None:
            raise Forbidden
        if not may_draft(standing_of(transaction.session, person, transaction.day), council):
            raise Forbidden
        row = VoteProfileVersion(
            council_id=council.id,
            profile=dict(new.profile),
            awards=list(new.awards),
            from_date=new.from_date,
            to_date=new.to_date,
            drafted_by_id=person.id,
            drafted_at=now.at,
        )
        transaction.session.add(row)
        transaction.session.flush()
        drafted = VoteProfileDrafted(
            unit=unit,
            profile=row.public_id,
            digest=digest(row.profile),
            awards=row.awards,
            from_date=new.from_date.isoformat(),
        )
        transaction.log(f"council/{unit}", drafted)
        _tell(transaction, council, _chairs(transaction, council), "vote_rule_drafted")
        return row.public_id


def decide_profile(public_id: str, *, approve: bool, actor: Actor, now: Now) -> None:
    """Approve a draft, or discard it. What is approved is never changed; a newer version takes its place.

    Raises NotFound, Forbidden for others than the council's chairman (to discard: and its secretary),
    NotNow("profile_decided").
    """
    with write(actor, now) as transaction:
        session = transaction.session
        row = session.scalar(select(VoteProfileVersion).where(VoteProfileVersion.public_id == public_id))
        if row is None:
            raise NotFound
        transaction.hold(Unit, row.council.unit_id)
        session.refresh(row)
        standing = acting_standing(transaction)
        takes_back = not approve and may_draft(standing, row.council)
        if not takes_back and not may_decide(session, row.council, actor.public_id, transaction.day):
            raise Forbidden
        if row.status != "draft":
            raise NotNow("profile_decided")
        row.status = "approved" if approve else "discarded"
        row.decided_by_id, row.decided_at = actor.person_id, now.at
        unit = row.council.unit.code
        decided = VoteProfileDecided(
            unit=unit, profile=public_id, status=row.status, digest=digest(row.profile)
        )
        transaction.log(f"council/{unit}", decided)
        _tell(transaction, row.council, {row.drafted_by_id}, f"vote_rule_{row.status}")


def _chairs(transaction: Transaction, council: Council) -> set[int]:
    """Who is its chairman now."""
    query = select(CouncilMembership).where(
        CouncilMembership.council_id == council.id, CouncilMembership.position == "chair"
    )
    return {each.person_id for each in transaction.session.scalars(query) if each.sits_on(transaction.day)}


def _tell(transaction: Transaction, council: Council, people: set[int], template: str) -> None:
    values = {"code": council.unit.code, "title": council.name}
    transaction.session.add_all(
        Notice(person_id=each, template=template, values=values, created_at=transaction.now.at)
        for each in sorted(people - {transaction.actor.person_id or 0})
    )


def _council(transaction: Transaction, unit: str) -> Council:
    place = transaction.session.scalar(select(Unit).where(Unit.code == unit))
    council = council_of(transaction.session, place.id) if place else None
    if place is None or council is None:
        raise NotFound
    transaction.hold(Unit, place.id)
    return council
