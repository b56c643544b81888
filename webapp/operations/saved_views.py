"""Saves views of lists, shares them with a unit, and keeps where somebody begins and which columns they want.

A view is an address and no more: whoever opens it sees what they may see, and nothing else.
"""

from __future__ import annotations

from sqlalchemy import delete, func, select

from webapp.models import ChosenColumns, Person, RoleHolding, SavedView, StartView, Unit
from webapp.operations.acting import Actor, Now
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.saved_views import reachable
from webapp.queries.standing import standing_of
from webapp.text import nfc
from workflows.forms import Fault

MOST, LONGEST_NAME, LONGEST_QUERY = 100, 120, 2000


def save_view(page: str, query: str, name: str, unit: str | None, *, actor: Actor, now: Now) -> str:
    """Save a view; ``unit`` is the code of the unit it is shared with. Returns its public id.

    Raises InvalidForm without a name, Forbidden for a unit the person holds no role in, NotNow("too_many_views").
    """
    with write(actor, now) as transaction:
        session = transaction.session
        mine = select(func.count()).where(SavedView.person_id == _person(transaction).id)
        if (session.scalar(mine) or 0) >= MOST:
            raise NotNow("too_many_views")
        view = SavedView(
            person_id=actor.person_id,
            unit_id=_shared_with(transaction, unit),
            page=page,
            query=query[:LONGEST_QUERY],
            name=_named(name),
            saved_at=now.wall,
        )
        session.add(view)
        session.flush()
        return view.public_id


def change_view(public_id: str, name: str, unit: str | None, *, actor: Actor, now: Now) -> None:
    """Rename an own view, and share it with a unit or with nobody. Raises like `save_view`, and NotFound."""
    with write(actor, now) as transaction:
        view = _own(transaction, public_id)
        view.name, view.unit_id = _named(name), _shared_with(transaction, unit)


def delete_view(public_id: str, *, actor: Actor, now: Now) -> None:
    """Delete an own view; who began there begins at their tasks again. Raises NotFound."""
    with write(actor, now) as transaction:
        view = _own(transaction, public_id)
        transaction.session.execute(delete(StartView).where(StartView.view_id == view.id))
        transaction.session.delete(view)


def begin_at(public_id: str | None, *, actor: Actor, now: Now) -> None:
    """Begin at a view after signing in, an own or a shared one; None: at the tasks. Raises NotFound."""
    with write(actor, now) as transaction:
        session, person = transaction.session, _person(transaction)
        session.execute(delete(StartView).where(StartView.person_id == person.id))
        if public_id is None:
            return
        standing = standing_of(session, person, transaction.day)
        view = session.scalar(select(SavedView).where(SavedView.public_id == public_id, reachable(standing)))
        if view is None:
            raise NotFound
        session.add(StartView(person_id=person.id, view_id=view.id))


def choose_columns(page: str, columns: str, *, actor: Actor, now: Now) -> None:
    """Keep the columns somebody wants in a list."""
    with write(actor, now) as transaction:
        person = _person(transaction)
        transaction.session.merge(ChosenColumns(person_id=person.id, page=page, columns=columns))


def _person(transaction: Transaction) -> Person:
    person = transaction.session.get(Person, transaction.actor.person_id)
    if person is None:
        raise NotFound
    return person


def _own(transaction: Transaction, public_id: str) -> SavedView:
    query = select(SavedView).where(
        SavedView.public_id == public_id, SavedView.person_id == transaction.actor.person_id
    )
    view = transaction.session.scalar(query)
    if view is None:
        raise NotFound
    return view


def _named(name: str) -> str:
    named = nfc(name)[:LONGEST_NAME]
    if not named:
        raise InvalidForm([Fault("/name", "required")])
    return named


def _shared_with(transaction: Transaction, unit: str | None) -> int | None:
    """Id of the unit, for somebody who holds a role in it today."""
    if not unit:
        return None
    query = (
        select(RoleHolding)
        .join(Unit, Unit.id == RoleHolding.unit_id)
        .where(Unit.code == unit, RoleHolding.person_id == transaction.actor.person_id)
    )
    held = next((each for each in transaction.session.scalars(query) if each.holds_on(transaction.day)), None)
    if held is None:
        raise Forbidden
    return held.unit_id
