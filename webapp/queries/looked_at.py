"""Which nominees of an agenda have something that is to be looked at before the council votes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from webapp.models import Campaign, Nomination
from webapp.queries.eligibility import check_nominations

EARLIER = "Đã được khen thưởng ở đợt trước"
"""What the plan itself asks for beside its places."""


def looked_at(
    session: Session, campaign: Campaign, nominations: Collection[Nomination], day: dt.date
) -> Mapping[int, tuple[str, ...]]:
    """Names of the conditions that are not met, by nomination id; that there are fewer places than nominees is told
    beside the places. Those the secretary has let pass stand among them: the council knows of them as well."""
    found = {}
    for checked in check_nominations(session, campaign, nominations, "agenda", day):
        conditions = [
            checked.condition(finding.code)
            for finding in checked.findings
            if finding.verdict != "pass" and finding.rule != "ceiling"
        ]
        if conditions:
            names = dict.fromkeys(each.name if each else EARLIER for each in conditions)
            found[checked.nomination.id] = tuple(names)
    return found
