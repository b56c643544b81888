"""Open nominations by phase: the ones that wait longest of each, as the board shows them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import Case
from webapp.queries.standing import Standing, visible_among
from webapp.queries.tracking import NominationRow, rows_in
from webapp.queries.tracking_filters import PHASE_ORDER, Wanted, cases_of, narrowed, phase_column

OPEN_PHASES = PHASE_ORDER[: PHASE_ORDER.index("awarded")]
CARDS = 15


def board_rows(
    session: Session, standing: Standing, wanted: Wanted, now: dt.datetime
) -> dict[str, list[NominationRow]]:
    """The first CARDS of each phase, the longest waiting first; one statement."""
    place = func.row_number().over(partition_by=phase_column, order_by=(Case.stage_since, Case.id))
    numbered = (
        cases_of(wanted, Case.id, place.label("place"))
        .where(Case.state != "ended", visible_among(standing), *narrowed(wanted, standing, now))
        .subquery()
    )
    cut = select(numbered.c.id).where(numbered.c.place <= CARDS).subquery()
    found: dict[str, list[NominationRow]] = {phase: [] for phase in OPEN_PHASES}
    for row in rows_in(session, cut, Case.stage_since, Case.id):
        found.setdefault(row.stage or OPEN_PHASES[0], []).append(row)
    return found
