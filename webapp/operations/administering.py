"""What an administrator may act on; the system itself (commands, the demo) may act on everything."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, true

from webapp.models import Person, Unit
from webapp.operations.refusals import Forbidden, NotFound
from webapp.operations.transaction import Transaction
from webapp.queries.administered import ADMIN, known, may_look_after
from webapp.queries.standing import Standing, at_or_below, standing_of


def standing_in(transaction: Transaction) -> Standing | None:
    """What the actor holds on the day of the act; None for the system itself."""
    if transaction.actor.person_id is None:
        return None
    actor = transaction.session.get_one(Person, transaction.actor.person_id)
    return standing_of(transaction.session, actor, transaction.day)


def acting_standing(transaction: Transaction) -> Standing:
    """What the person who acts holds. Raises NotFound for the system itself."""
    standing = standing_in(transaction)
    if standing is None:
        raise NotFound
    return standing


def unit_in_reach(transaction: Transaction, code: str) -> Unit:
    """The unit of a code. Raises NotFound without one, and for one the actor does not administer."""
    standing = standing_in(transaction)
    rule = true() if standing is None else at_or_below(standing, ADMIN)
    unit = transaction.session.scalar(select(Unit).where(Unit.code == code, rule))
    if unit is None:
        raise NotFound
    return unit


def people_in_reach(transaction: Transaction, public_ids: Sequence[str]) -> dict[str, Person]:
    """People by public id. Raises NotFound when one does not belong to the units the actor administers."""
    standing = standing_in(transaction)
    rule = true() if standing is None else known(standing, transaction.day)
    found = transaction.session.scalars(select(Person).where(Person.public_id.in_(public_ids), rule))
    people = {person.public_id: person for person in found}
    if people.keys() != set(public_ids):
        raise NotFound
    return people


def person_in_reach(transaction: Transaction, public_id: str) -> Person:
    """One of them, held until the end of the transaction."""
    person = people_in_reach(transaction, [public_id])[public_id]
    transaction.hold(Person, person.id)
    transaction.session.refresh(person)
    return person


def account_in_reach(transaction: Transaction, public_id: str) -> Person:
    """A person whose account the actor looks after, held. Raises Forbidden when others look after it, too."""
    person = person_in_reach(transaction, public_id)
    standing = standing_in(transaction)
    if standing is None or may_look_after(transaction.session, standing, person, transaction.day):
        return person
    raise Forbidden
