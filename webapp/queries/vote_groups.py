"""The nominees of an agenda by the places they compete for, with what is left of these."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from webapp.models import (
    NOMINATIONS,
    AgendaItem,
    Award,
    AwardRound,
    Campaign,
    Case,
    Nomination,
    Nominee,
    Strand,
)
from webapp.queries.law import rule_set_for
from webapp.queries.plans import plan_of
from webapp.queries.units import standing_level
from workflows.law import NoRule
from workflows.rules.groups import Group
from workflows.rules.quotas import quota_board
from workflows.rules.voting import is_higher
from workflows.values import local_day
from workflows.vocabulary import DecidingLevel, NomineeKind

Key = tuple[str, str, str]
"""Round, strand and pool of kinds, by code."""


def vote_groups(session: Session, campaign: Campaign, agenda: Collection[AgendaItem]) -> list[Group[int]]:
    """Groups of agenda items by id. A place is taken by an award, and by a nominee that passed in another session.

    A fixed number of statements. Nominees the plan sets no ceiling for are a group without one, and so are those
    proposed for an award that only levels above the organiser give: they take none of its places.
    """
    plan = plan_of(session, campaign)
    codes = _codes(session, campaign)
    nominations = {item.id: item.nomination for item in agenda}
    taken = _taken(session, [nomination.id for nomination in nominations.values()], codes)
    places = {
        (round_code, place.strand, place.pool): place.left
        for round_code in {codes[n.round_id, n.strand_id][0] for n in nominations.values()}
        for place in quota_board(plan, round_code, taken[round_code])
    }
    higher = _higher(session, campaign, nominations.values())
    members: defaultdict[Key, list[int]] = defaultdict(list)
    for item_id, nomination in nominations.items():
        pool = None if nomination.id in higher else plan.pool_of(nomination.nominee.kind)
        members[*codes[nomination.round_id, nomination.strand_id], pool.code if pool else ""].append(item_id)
    return [Group(tuple(items), places.get(key)) for key, items in members.items()]


def round_groups(
    session: Session, campaign: Campaign, agenda: Collection[AgendaItem], voted: Collection[int]
) -> list[Group[int]]:
    """The groups of those voted on in a round; who of the others has passed in this session has a place already."""
    passed = {item.id for item in agenda if item.result == "passed" and item.id not in voted}
    groups = []
    for group in vote_groups(session, campaign, agenda):
        here = tuple(one for one in group.nominees if one in voted)
        taken = sum(one in passed for one in group.nominees)
        places = None if group.places is None else max(0, group.places - taken)
        if here:
            groups.append(Group(here, places))
    return groups


def _higher(session: Session, campaign: Campaign, nominations: Collection[Nomination]) -> set[int]:
    """Ids of those whose award is decided above the organiser only, by the law of the day they were received.

    That day stays the same, so that a sheet and the count see the same groups.
    """
    level = standing_level(session, campaign.unit)
    wanted = {
        each.id: (each.award, each.received_on or local_day(each.case.opened_at)) for each in nominations
    }
    higher = {
        (award, day): is_higher(level, _deciding(session, campaign, award, day))
        for award, day in set(wanted.values())
    }
    return {one for one, key in wanted.items() if higher[key]}


def _deciding(session: Session, campaign: Campaign, award: str, day: dt.date) -> Collection[DecidingLevel]:
    """The levels that give an award on a day; none where the rule set of the day does not know it."""
    try:
        return rule_set_for(session, day, campaign.unit_id).award(award, day).levels
    except NoRule:
        return ()


def _codes(session: Session, campaign: Campaign) -> dict[tuple[int, int], tuple[str, str]]:
    rows = session.execute(
        select(AwardRound.id, Strand.id, AwardRound.code, Strand.code)
        .join(Strand, Strand.campaign_id == AwardRound.campaign_id)
        .where(AwardRound.campaign_id == campaign.id)
    )
    return {(round_id, strand_id): (round_code, strand) for round_id, strand_id, round_code, strand in rows}


def _taken(
    session: Session, listed: Iterable[int], codes: dict[tuple[int, int], tuple[str, str]]
) -> defaultdict[str, Counter[tuple[str, NomineeKind]]]:
    """Strand and kind of every other nominee with a place, by round."""
    deciding = (
        select(Nomination.id)
        .join(Case, Case.id == Nomination.case_id)
        .where(Case.process.in_(NOMINATIONS), Case.stage == "decision", Case.state != "ended")
    )
    rows = session.execute(
        select(Nomination.round_id, Nomination.strand_id, Nominee.kind)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .where(
            Nomination.id.in_(union(select(Award.nomination_id), deciding)),
            Nomination.round_id.in_({round_id for round_id, _strand in codes}),
            Nomination.id.not_in(list(listed)),
        )
    )
    taken: defaultdict[str, Counter[tuple[str, NomineeKind]]] = defaultdict(Counter)
    for round_id, strand_id, kind in rows:
        round_code, strand = codes[round_id, strand_id]
        taken[round_code][strand, kind] += 1
    return taken
