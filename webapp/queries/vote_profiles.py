"""The vote profiles of councils, and the one that holds for an award on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Council, Unit, VoteProfileVersion
from webapp.queries.councils import seat_of
from webapp.queries.law import rule_set_for
from webapp.queries.profiles import frozen_profile
from webapp.queries.standing import Standing
from webapp.queries.units import standing_level
from workflows.decision_table import Row, decision_table
from workflows.record import digest

SEEN_BY = ("specialist", "head", "secretary", "member", "presiding", "authority", "auditor")


def profiles_for(
    session: Session, council: Council, awards: Iterable[str], day: dt.date
) -> list[dict[str, Any]]:
    """The profiles by which a council votes on these awards on a day, each once. Raises NoRule.

    The newest approved version for the award, else the newest for all others, else what the rule set presumes.
    """
    approved = list(
        session.scalars(
            select(VoteProfileVersion)
            .where(
                VoteProfileVersion.council_id == council.id,
                VoteProfileVersion.status == "approved",
                VoteProfileVersion.from_date <= day,
                or_(VoteProfileVersion.to_date.is_(None), VoteProfileVersion.to_date >= day),
            )
            .order_by(VoteProfileVersion.id.desc())
        )
    )
    level, rules = standing_level(session, council.unit), rule_set_for(session, day, council.unit_id)

    def chosen(award: str) -> dict[str, Any]:
        own = [version for version in approved if award in version.awards]
        others = [version for version in approved if not version.awards]
        found = (own or others)[:1]
        return dict(found[0].profile) if found else frozen_profile(rules.vote_profile(level, award, day))

    return list({digest(profile): profile for profile in map(chosen, sorted(set(awards)))}.values())


def may_draft(standing: Standing, council: Council) -> bool:
    """Whether a person drafts the rules of a council: its secretary."""
    return council.unit_id in standing.units("secretary")


def may_decide(session: Session, council: Council, person: str, day: dt.date) -> bool:
    """Whether a person (public id) approves the rules of a council on a day: its chairman."""
    return seat_of(session, council.unit_id, person, day) == "chair"


def usual_profiles(
    session: Session, council: Council, day: dt.date
) -> list[tuple[tuple[str, ...], dict[str, Any]]]:
    """What the rule set of a day presumes for the level of a council: awards (none: all others) and profile."""
    level, rules = standing_level(session, council.unit), rule_set_for(session, day, council.unit_id)
    defaults = [each for each in rules.vote_defaults if each.level == level and each.in_force(day)]
    return [
        (
            tuple(each.awards or ()),
            frozen_profile(rules.vote_profile(level, (each.awards or ("",))[0], day)),
        )
        for each in sorted(defaults, key=lambda each: not each.awards)
    ]


def rule_table(session: Session, council: Council, day: dt.date) -> bytes:
    """Which rule holds for which award on a day, as a DMN decision table: the rule by its name and what it asks for."""
    own = session.scalars(
        select(VoteProfileVersion).where(
            VoteProfileVersion.council_id == council.id, VoteProfileVersion.status == "approved"
        )
    )
    named = {award for version in own for award in version.awards}
    named |= {award for awards, _profile in usual_profiles(session, council, day) for award in awards}
    rows = [_row(award, profiles_for(session, council, [award], day)[0]) for award in sorted(named)]
    rows.append(_row(None, profiles_for(session, council, [""], day)[0]))
    return decision_table("vote_rule", f"Quy định biểu quyết của {council.name}", "award", rows)


def _row(award: str | None, profile: Mapping[str, Any]) -> Row:
    rule = profile["rule"]
    told = {name: str(rule[name]) for name in ("quorum", "threshold", "comparison", "base", "ballot", "tie")}
    return Row(award, {"rule": profile["name"], **told}, profile["citation"])


def council_with_profiles(
    session: Session, standing: Standing, unit: str
) -> tuple[Council, list[VoteProfileVersion]] | None:
    """The council of a unit (its code) with its versions, if the person works for that unit; else None."""
    found = council_profiles(session, standing)
    return next((each for each in found if each[0].unit.code == unit), None)


def council_profiles(session: Session, standing: Standing) -> list[tuple[Council, list[VoteProfileVersion]]]:
    """The councils of the units the person works for, each with its versions, the newest first; two statements."""
    units = standing.units(*SEEN_BY)
    newest: Mapping[int, Council] = {
        council.unit_id: council
        for council in session.scalars(
            select(Council)
            .join(Unit, Unit.id == Council.unit_id)
            .where(Council.unit_id.in_(units))
            .order_by(Council.id)
            .options(joinedload(Council.unit))
        )
    }
    versions: dict[int, list[VoteProfileVersion]] = {}
    for version in session.scalars(
        select(VoteProfileVersion)
        .where(VoteProfileVersion.council_id.in_([council.id for council in newest.values()]))
        .order_by(VoteProfileVersion.id.desc())
        .options(joinedload(VoteProfileVersion.drafted_by), joinedload(VoteProfileVersion.decided_by))
    ):
        versions.setdefault(version.council_id, []).append(version)
    return [(council, versions.get(council.id, [])) for council in newest.values()]
