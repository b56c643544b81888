"""Enters what the emulation fund of a body is estimated at for a year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from webapp.models import EmulationFund, Unit
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound
from webapp.operations.transaction import write
from webapp.queries.funds import SETTERS, fund_history
from webapp.text import nfc
from workflows.after_events import FundSet
from workflows.forms import Fault


@dataclass(frozen=True)
class NewEstimate:
    """The estimate of a year in đồng, with number and day of the paper that sets it."""

    unit: str
    year: int
    estimate: int
    paper_number: str
    dated_on: dt.date
    note: str = ""


def set_fund(new: NewEstimate, *, actor: Actor, now: Now) -> None:
    """Enter the estimate of a year; an earlier one is kept, the newest counts. The newest once more changes nothing.

    Raises NotFound, Forbidden for who does not head the office of the unit, InvalidForm for a paper to come.
    """
    with write(actor, now) as transaction:
        unit = transaction.session.scalar(select(Unit).where(Unit.code == new.unit))
        if unit is None:
            raise NotFound
        if unit.id not in acting_standing(transaction).units(*SETTERS):
            raise Forbidden
        if new.dated_on > transaction.day:
            raise InvalidForm([Fault("/dated_on", "in_the_future")])
        said: dict[str, Any] = {
            "estimate": new.estimate,
            "paper_number": nfc(new.paper_number),
            "dated_on": new.dated_on,
            "note": nfc(new.note) or None,
        }
        transaction.hold(Unit, unit.id)
        newest = next(iter(fund_history(transaction.session, unit, new.year)), None)
        if newest is not None and all(getattr(newest, name) == value for name, value in said.items()):
            return
        transaction.session.add(
            EmulationFund(
                unit_id=unit.id,
                year=new.year,
                set_by_id=transaction.actor.person_id,
                set_at=transaction.now.at,
                **said,
            )
        )
        happening = FundSet(
            unit=unit.code,
            year=new.year,
            estimate=new.estimate,
            paper=nfc(new.paper_number),
            paper_date=new.dated_on.isoformat(),
        )
        transaction.log("funds", happening)
