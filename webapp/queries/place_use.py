"""What uses a place of an award round: said once, for boards, ceilings and conditions."""

from __future__ import annotations

from sqlalchemy import and_, case

from webapp.models import Case

place_use = case(
    (Case.outcome == "awarded", "awarded"),
    (and_(Case.state != "ended", Case.stage == "decision"), "deciding"),
    (Case.state != "ended", "pending"),
    else_="none",
)
"""Of the case of a nomination: awarded and deciding ones have a place, pending ones may come to use one.

An award of a higher level uses none here.
"""

TAKEN = frozenset({"awarded", "deciding"})
