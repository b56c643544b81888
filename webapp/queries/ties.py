"""Those that are level at a count and that the rule leaves to the chair or to a second ballot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models import AgendaItem, BallotRound, Campaign, Case, CouncilSession, Nomination, Nominee
from webapp.queries.outcome_checks import check_outcome
from webapp.queries.vote_groups import round_groups
from workflows.rules.voting import Result
from workflows.values import local_day


@dataclass(frozen=True)
class Tie:
    """Nominees with as many votes as one another; ``places`` are left for them, None where nothing limits them."""

    strand: str
    items: tuple[AgendaItem, ...]
    places: int | None


def places_of_ties(
    session: Session, case: Case, found: BallotRound, result: Result = "chair_decides"
) -> list[Tie]:
    """The ties of a counted round that wait for the chair, or for a second ballot (``result``).

    By group at the edge of a quota, even splits singly.
    """
    counts = {each.agenda_item_id: each.count or {} for each in found.items}
    items = {item.id: item for item in _agenda(session, found)}
    campaign = session.get_one(Campaign, case.campaign_id)

    def waiting(reason: str) -> Callable[[int], bool]:
        return lambda one: counts[one].get("result") == result and counts[one].get("reason") == reason

    ties = []
    groups = round_groups(session, campaign, list(items.values()), counts.keys())
    if any(count.get("reason") == "cap_tie" for count in counts.values()):
        day = local_day(found.closed_at or found.opened_at)
        groups = [*check_outcome(session, campaign, items.values(), counts.keys(), day).caps, *groups]
    for group in groups:
        edge = waiting("cap_tie" if group.condition else "quota_tie")
        level = [items[one] for one in filter(edge, group.nominees)]
        passed = sum(counts[one].get("result") == "passed" for one in group.nominees)
        if level and group.places is not None:
            ties.append(Tie(level[0].nomination.strand.title, tuple(level), group.places - passed))
        ties += (
            []
            if group.condition
            else [
                Tie(items[one].nomination.strand.title, (items[one],), None)
                for one in filter(waiting("tie"), group.nominees)
            ]
        )
    return ties


def _agenda(session: Session, found: BallotRound) -> list[AgendaItem]:
    query = (
        select(AgendaItem)
        .join(CouncilSession, CouncilSession.id == AgendaItem.session_id)
        .where(CouncilSession.id == found.session_id)
        .order_by(AgendaItem.position)
        .options(
            joinedload(AgendaItem.nomination).options(
                joinedload(Nomination.case),
                joinedload(Nomination.strand),
                joinedload(Nomination.nominee).joinedload(Nominee.unit),
            )
        )
    )
    return [item for item in session.scalars(query) if item.votable]
