"""Reads the ways of cases out of the log: derived, kept by the worker, and made anew from the log at any time."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.eventlog import case_stream
from webapp.extensions import db
from webapp.models import Case, CaseRoute, SystemFact, TakenRoute, Unit
from webapp.models.route import WAIT
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.transaction import write
from webapp.queries.mined import mined_among
from webapp.queries.routes import READ_UP_TO, changed_cases, read_up_to
from workflows.mined import MinedCase
from workflows.record import digest
from workflows.routes import Route, route_of

EVENTS = 2_000
"""So many events of the log are looked through in one go; each case they belong to is read once, as a whole."""
AT_MOST = 2_000
"""Cases read before other work has its turn."""

_log = logging.getLogger(__name__)


def read_routes(now: Now, most: int = AT_MOST) -> int:
    """Read the cases in which something has happened since the last time; returns how many were read.

    A case that cannot be read is named in the worker's log and holds up no other: it is read with its next event.
    """
    read = 0
    while read < most:
        since = read_up_to(db.session())
        changed = changed_cases(db.session(), since, EVENTS)
        if changed.up_to == since:
            break
        found = _routes(changed.numbers)
        with write(SYSTEM, now) as transaction:
            units = dict(transaction.session.execute(select(Unit.code, Unit.id)).all())
            for case_id, number, case, route in found:
                _keep(transaction.session, case_id, number, case, route, units)
            transaction.session.merge(SystemFact(name=READ_UP_TO, value=str(changed.up_to)))
        db.session.expunge_all()
        read += len(found)
    return read


def _routes(numbers: Mapping[str, int]) -> list[tuple[int, int, MinedCase, Route]]:
    """(id, number of its last event, case, way) of the cases of these streams."""
    session = db.session()
    codes = {stream.removeprefix(case_stream("")): number for stream, number in numbers.items()}
    ids = dict(session.execute(select(Case.code, Case.id).where(Case.code.in_(codes))).all())
    found = []
    for code, case_id in ids.items():
        try:
            [case] = mined_among(session, [case_id])
            found.append((case_id, codes[code], case, route_of(case)))
        except Exception:  # noqa: BLE001 -- whatever a damaged log raises is the matter of this case
            _log.exception("the way of case %s cannot be read out of the log", code)
            session.rollback()
    return found


def _keep(
    session: Session, case_id: int, number: int, case: MinedCase, route: Route, units: Mapping[str, int]
) -> None:
    drawn = _drawn(route)
    taken = _taken(session, case.process, route, drawn)
    places = list(drawn["places"])
    kept = session.get(CaseRoute, case_id) or CaseRoute(case_id=case_id)
    kept.route_id, kept.number = taken.id, number
    kept.waits = b"".join(
        WAIT.pack(
            places.index(wait.place),
            units.get(wait.unit, 0),
            wait.opened.toordinal(),
            wait.done.toordinal(),
        )
        for wait in route.waits
    )
    session.add(kept)


def _taken(session: Session, process: str, route: Route, drawn: Mapping[str, Any]) -> TakenRoute:
    """The row of all that went the same way."""
    own = digest({"process": process, **drawn})
    taken = session.scalar(select(TakenRoute).where(TakenRoute.digest == own))
    if taken is None:
        variant = digest({"process": process, "steps": list(route.variant)})
        taken = TakenRoute(process=process, digest=own, variant=variant, drawn=drawn)
        session.add(taken)
        session.flush()
    return taken


def _drawn(route: Route) -> dict[str, Any]:
    places = Counter(place for _name, place in route.steps)
    return {
        "steps": [list(step) for step in route.steps],
        "places": _ordered(places.items()),
        "flows": _ordered(route.flows.items()),
        "returns": _ordered(route.returns.items()),
    }


def _ordered(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    return dict(sorted(counts))
