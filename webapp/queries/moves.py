"""Dossiers that go over to the successors of units: how far, and which could not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Case, MovedCase, Unit, UnitChange, UnitSuccession
from webapp.queries.administered import ADMIN
from webapp.queries.long_work import Progress, progress_of
from webapp.queries.standing import Standing, at_or_below

SHOWN = 50
UNMOVED = ("waiting", "failed")


@dataclass(frozen=True)
class Move:
    """The dossiers that go over by one change of ``unit``; ``failed``: the first SHOWN that could not."""

    change: str
    unit: Unit
    progress: Progress
    failed: Sequence[MovedCase]

    @property
    def over(self) -> bool:
        """Nothing more is to be seen of it."""
        return not self.progress.running and not self.progress.failed


def move_of(session: Session, standing: Standing, unit: Unit) -> Move | None:
    """The dossiers that go over, or went, by the last change of a unit that let any; three statements at most.

    Only of changes of units administered: one of a unit above moves what lies beside, too.
    """
    changes = select(UnitSuccession.change_id).where(
        or_(UnitSuccession.predecessor_id == unit.id, UnitSuccession.successor_id == unit.id)
    )
    own = select(UnitChange.id).where(UnitChange.id.in_(changes), _administered(standing))
    moved = select(MovedCase.change_id).where(MovedCase.change_id.in_(own))
    found = _moves(session, UnitChange.id.in_(moved.order_by(MovedCase.change_id.desc()).limit(1)))
    return found[0] if found else None


def moves_unfinished(session: Session, standing: Standing) -> list[Move]:
    """Changes of the units administered by which dossiers have yet to go over; three statements."""
    unmoved = select(MovedCase.change_id).where(MovedCase.state.in_(UNMOVED))
    return _moves(session, UnitChange.id.in_(unmoved), _administered(standing))


def _administered(standing: Standing) -> ColumnElement[bool]:
    """Condition on UnitChange: it is of a unit administered."""
    return UnitChange.unit_id.in_(select(Unit.id).where(at_or_below(standing, ADMIN)))


def _moves(session: Session, *which: ColumnElement[bool]) -> list[Move]:
    changes = session.scalars(
        select(UnitChange).where(*which).options(joinedload(UnitChange.unit)).order_by(UnitChange.id)
    ).all()
    if not changes:
        return []
    ids = [change.id for change in changes]
    of_them = MovedCase.change_id.in_(ids)
    counts: dict[int, dict[str, int]] = {change_id: {} for change_id in ids}
    columns = (MovedCase.change_id, MovedCase.state)
    for change_id, state, number in session.execute(
        select(*columns, func.count()).where(of_them).group_by(*columns)
    ):
        counts[change_id][state] = number
    failed = session.scalars(
        select(MovedCase)
        .where(of_them, MovedCase.state == "failed")
        .options(joinedload(MovedCase.case).joinedload(Case.unit))
        .order_by(MovedCase.id)
        .limit(SHOWN)
    ).all()
    return [
        Move(
            change.public_id,
            change.unit,
            progress_of(change.state, counts[change.id]),
            [item for item in failed if item.change_id == change.id],
        )
        for change in changes
    ]
