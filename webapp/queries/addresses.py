"""The address a registration begins with: where the unit lies that hands it in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Task
from webapp.queries.units import lineage

PARTS = ("commune", "district", "province")


def address_of_unit(session: Session, task: Task) -> Mapping[str, Any]:
    """Commune, district and province of the submitting unit; later rounds keep what was entered.

    Nothing for a unit of a district or province: it lies in a commune nobody knows here.
    """
    if task.round > 1:
        return {}
    places = {each.level: each.name for each in lineage(session, task.case.unit) if each.kind == "committee"}
    address = {part: places[part] for part in PARTS if part in places}
    return {"address": address} if "commune" in address else {}
