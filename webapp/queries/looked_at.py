"""Which nominees of an agenda have something that is to be looked at before the council votes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, Nomination
from webapp.queries.eligibility import QUOTAS, Checked, check_nominations
from workflows.rules.eligibility import Finding, Point

EARLIER = "Đã được khen thưởng ở đợt trước"
"""What the plan itself asks for beside its places."""

POINTS: Mapping[str | None, Point] = {"council": "agenda", "decision": "decision"}
EARLY = ("draft", "commune", "submission")


def point_of(case: Case) -> Point:
    """The point of the procedure at which a nomination is checked where it stands."""
    return POINTS.get(case.stage, "proposal" if case.stage in EARLY else "appraisal")


def looked_at(
    session: Session, campaign: Campaign, nominations: Collection[Nomination], day: dt.date
) -> Mapping[int, tuple[str, ...]]:
    """Names of the conditions that are not met, by nomination id; that there are fewer places than nominees is told
    beside the places. Those the secretary has let pass stand among them: the council knows of them as well."""
    found = {}
    for checked in check_nominations(session, campaign, nominations, "agenda", day):
        unmet = (each for each in checked.findings if each.verdict != "pass" and each.rule != "ceiling")
        if names := _names(checked, unmet):
            found[checked.nomination.id] = names
    return found


def unmet_conditions(
    session: Session, campaign: Campaign, nominations: Collection[Nomination], point: Point, day: dt.date
) -> Mapping[int, tuple[str, ...]]:
    """Names of the conditions that are not met and not let pass, by nomination id; quotas are the council's matter."""
    found = {}
    for checked in check_nominations(session, campaign, nominations, point, day):
        unmet = (each for each in (*checked.bars, *checked.warnings) if each.rule not in QUOTAS)
        if names := _names(checked, unmet):
            found[checked.nomination.id] = names
    return found


def _names(checked: Checked, findings: Iterable[Finding]) -> tuple[str, ...]:
    conditions = (checked.condition(finding.code) for finding in findings)
    return tuple(dict.fromkeys(each.name if each else EARLIER for each in conditions))
