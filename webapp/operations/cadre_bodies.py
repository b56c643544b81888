"""Names the party body that manages the cadres of a unit."""

from __future__ import annotations

from sqlalchemy import select

from webapp.models import Unit
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import unit_in_reach
from webapp.operations.refusals import InvalidForm
from webapp.operations.transaction import write
from webapp.queries.cadre_bodies import bodies_for
from workflows.forms import Fault
from workflows.office_events import CadreBodySet


def set_cadre_body(unit: str, body: str | None, *, actor: Actor, now: Now) -> None:
    """Name the party body (codes of both), or none any more; appraisals from now on go by it.

    Naming the same again does nothing. Raises NotFound for a unit the actor does not administer, InvalidForm for
    what is no party body directly below the unit or a unit above it.
    """
    with write(actor, now) as transaction:
        session = transaction.session
        place = unit_in_reach(transaction, unit)
        transaction.hold(Unit, place.id)
        if body is not None and body not in dict(bodies_for(session, place)):
            raise InvalidForm([Fault("/cadre_body", "not_a_choice")])
        chosen = session.scalar(select(Unit.id).where(Unit.code == body)) if body else None
        if chosen == place.cadre_body_id:
            return
        named = select(Unit.code).where(Unit.id == place.cadre_body_id)
        before = session.scalar(named) or ""
        place.cadre_body_id = chosen
        transaction.log("units", CadreBodySet(unit=unit, body=body or "", before=before))
