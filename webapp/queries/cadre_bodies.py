"""Whom an appraisal asks for an opinion: bodies of its own level, the party body that manages the cadre first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from webapp.models import Case, Nomination, Nominee, Task, Unit
from webapp.queries.latest_entries import dossiers
from webapp.queries.nomination_choices import Choice
from webapp.queries.units import lineage_codes

ELEMENT = "give_opinion"
OMITTED: Final = "cadre_body_omitted"
"""The field of the appraisal that says why the party body is not asked; a form from before has none."""

MANAGES: Final = " – cấp ủy quản lý cán bộ"
"""After the party body on the list to choose from."""

WITHOUT_CADRES: Final = frozenset({"hamlet", "cluster", "block", "party"})
"""Kinds of unit that are not asked who manages their cadres."""


def opinion_bodies(session: Session, case: Case) -> Sequence[Choice]:
    """Bodies of the level that appraises now: its offices, agencies, party bodies, Front and organisations.

    The party body that manages the cadre comes first, wherever it stands, and is said to be it.
    """
    place = appraising_unit(case, at_province=case.stage == "province")
    body = cadre_body_of(session, case)
    kinds = ("office", "agency", "party", "front", "mass_organisation")
    query = select(Unit.code, Unit.name).where(
        Unit.parent_id == place.id, Unit.kind.in_(kinds), Unit.to_date.is_(None)
    )
    offered = session.execute(query.order_by(Unit.sort_key)).all()
    if body is None:
        return offered
    return [(body.code, body.name + MANAGES), *(each for each in offered if each.code != body.code)]


def appraising_unit(case: Case, *, at_province: bool) -> Unit:
    """The unit whose office appraises a case at the district, or at the province."""
    return (case.province if at_province else case.district) or case.organiser


def cadre_body_of(session: Session, case: Case) -> Unit | None:
    """The party body that manages the cadre a nomination is about.

    None unless an individual is nominated whose dossier names a post, in a unit that names such a body.
    """
    nominee = session.scalar(
        select(Nominee)
        .join(Nomination, Nomination.nominee_id == Nominee.id)
        .where(Nomination.case_id == case.id)
    )
    if nominee is None or nominee.kind != "individual" or nominee.unit.cadre_body is None:
        return None
    post = dossiers(session, [case.id])[case.id].get("position")
    return nominee.unit.cadre_body if post else None


def cadre_body_to_ask(session: Session, case: Case) -> Unit | None:
    """The same, unless it has been asked in this case already."""
    body = cadre_body_of(session, case)
    if body is None:
        return None
    asked = select(Task.id).where(Task.case_id == case.id, Task.element == ELEMENT, Task.unit_id == body.id)
    return None if session.scalar(asked.limit(1)) else body


def first_bodies(session: Session, task: Task) -> Mapping[str, Any]:
    """The party body is chosen at first; whoever appraises chooses the others."""
    body = cadre_body_to_ask(session, task.case)
    return {"bodies": [body.code]} if body else {}


def bodies_for(session: Session, unit: Unit) -> Sequence[Choice]:
    """Party bodies that may manage the cadres of a unit: those directly below it or a unit above it."""
    places = select(Unit.id).where(Unit.code.in_(lineage_codes(unit.code)))
    query = select(Unit.code, Unit.name).where(
        Unit.kind == "party", Unit.parent_id.in_(places), Unit.id != unit.id, Unit.to_date.is_(None)
    )
    return session.execute(query.order_by(Unit.sort_key)).all()


def party_places(session: Session) -> frozenset[str]:
    """Codes of the units that have a party body directly below them."""
    parent = aliased(Unit)
    query = select(parent.code).join(Unit, Unit.parent_id == parent.id).where(Unit.kind == "party")
    return frozenset(session.scalars(query))
