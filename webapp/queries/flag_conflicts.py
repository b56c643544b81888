"""Members who voted although they were to stand aside, as far as a vote shows it without its contents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import (
    BallotMarker,
    BallotRound,
    Case,
    CouncilSession,
    DeclaredRelation,
    OpenVote,
    Task,
)
from webapp.queries.recusals import Recusals, recusals
from workflows.red_flags import Act, Conflict
from workflows.values import local_day


def conflicts_in(session: Session, case: Case, acts: Sequence[Act]) -> tuple[Conflict, ...]:
    """Who voted against the rule in a session, as what is known now of the day of the vote shows it.

    An open vote says itself whether its member stood aside. Of a secret one only the count does: how many did; where
    more should have, everybody who voted and should have is named, but for those who had declared it before.
    """
    if case.process != "council_vote":
        return ()
    query = select(CouncilSession).where(CouncilSession.case_id == case.id)
    held = session.scalars(query).one_or_none()
    rounds = [each for each in held.rounds if each.voided_at is None] if held else []
    voted = _votes(session, held, acts) if held else {}
    return tuple(each for found in rounds for each in _of_round(session, found, voted))


def _votes(
    session: Session, held: CouncilSession, acts: Sequence[Act]
) -> Mapping[tuple[int, str], list[Act]]:
    """By membership and way of voting the acts in which somebody voted, in their order."""
    tasks = select(Task.public_id, Task.membership_id).where(Task.membership_id.is_not(None))
    members = dict(session.execute(tasks.where(Task.case_id == held.case_id)).all())
    people = {each.membership.person.public_id: each.membership_id for each in held.electors}
    found: defaultdict[tuple[int, str], list[Act]] = defaultdict(list)
    for act in acts:
        if act.type == "task_completed" and act.fields["task"] in members:
            found[members[act.fields["task"]] or 0, "electronic"].append(act)
        elif act.type == "opinion_entered" and act.fields["person"] in people:
            found[people[act.fields["person"]], "written"].append(act)
    return found


def _of_round(
    session: Session, found: BallotRound, voted: Mapping[tuple[int, str], list[Act]]
) -> Iterator[Conflict]:
    members = [elector.membership for elector in found.session.voters]
    nominations = [each.item.nomination for each in found.items]
    codes = {nomination.id: nomination.case.code for nomination in nominations}
    barred = recusals(session, members, nominations, local_day(found.closed_at or found.opened_at))
    wrong = _secretly(session, found, barred) if found.secret else _openly(session, found, barred)
    for marker in found.markers:
        reasons = {
            codes[nomination]: barred[member, nomination][0]
            for member, nomination in sorted(wrong)
            if member == marker.membership_id
        }
        act = _act(marker, voted)
        if reasons and act is not None:
            yield Conflict(act.number, marker.membership.person.public_id, reasons)


def _act(marker: BallotMarker, voted: Mapping[tuple[int, str], list[Act]]) -> Act | None:
    """The act by which this vote was cast: of several rounds the one at its time."""
    acts = voted.get((marker.membership_id, marker.via), ())
    return next((act for act in acts if act.at == marker.at), None)


def _openly(session: Session, found: BallotRound, barred: Recusals) -> set[tuple[int, int]]:
    """Who marked whom although barred: (membership id, nomination id)."""
    of = {each.agenda_item_id: each.item.nomination_id for each in found.items}
    votes = session.execute(
        select(OpenVote.membership_id, OpenVote.agenda_item_id).where(
            OpenVote.round_id == found.id, OpenVote.choice != "recused"
        )
    )
    marked = {(member, of[item]) for member, item in votes}
    return marked & barred.keys()


def _secretly(session: Session, found: BallotRound, barred: Recusals) -> set[tuple[int, int]]:
    """Who is barred and voted on somebody for whom fewer stood aside than should have."""
    members = [elector.membership_id for elector in found.session.voters]
    declared = select(
        DeclaredRelation.membership_id, DeclaredRelation.nomination_id, DeclaredRelation.declared_at
    ).where(DeclaredRelation.membership_id.in_(members))
    times = {marker.membership_id: marker.at for marker in found.markers}
    in_time = {
        (member, nomination)
        for member, nomination, at in session.execute(declared)
        if member in times and at <= times[member]
    }
    aside = {each.item.nomination_id: each.count["recused"] for each in found.items if each.count}
    should = Counter(nomination for _member, nomination in barred)
    return {
        (member, nomination)
        for member, nomination in barred
        if nomination in aside and should[nomination] > aside[nomination]
    } - in_time
