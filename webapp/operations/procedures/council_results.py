"""Council session: what the system does on its own: invites, reminds, counts, hands on the results."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import select

from webapp.models import AgendaItem, Campaign, CouncilSession, OpenVote, SessionElector
from webapp.operations import hooks
from webapp.operations.hooks import Carrying
from webapp.operations.procedures.council import PRESENT, session_of
from webapp.operations.procedures.documents import keep_drawn
from webapp.operations.procedures.notices import notify_people
from webapp.operations.transaction import Transaction
from webapp.queries.law import rule_set_for
from webapp.queries.people import holders_in
from webapp.queries.profiles import thawed_profile
from webapp.queries.recusals import Recusals, recusals
from webapp.queries.units import standing_level
from webapp.queries.vote_groups import vote_groups
from workflows.events import VotesCounted
from workflows.record import digest
from workflows.rules import voting
from workflows.rules.groups import Group, Mark, as_counted, session_outcomes

Sheets = Mapping[int, Mapping[int, Mark]]
"""Membership → agenda item → mark."""


@hooks.carrying("count_votes")
def count_votes(carrying: Carrying) -> Mapping[str, Any]:
    """Compute every outcome under the frozen profile and tell the session; who was withdrawn has none."""
    transaction, case = carrying.transaction, carrying.case
    council_session = session_of(transaction, case)
    profile = thawed_profile(council_session.profile)
    council_session.closed_at = transaction.now.at
    campaign = transaction.session.get_one(Campaign, case.campaign_id)
    counted = [item for item in council_session.agenda if not _is_withdrawn(item)]
    groups = vote_groups(transaction.session, campaign, counted)
    tally = Tally(transaction, council_session, profile, groups)
    level = standing_level(transaction.session, council_session.council.unit)
    rules = rule_set_for(transaction.session, transaction.day)
    standing = {item.id: tally.counts(item) for item in counted}
    outcomes = session_outcomes(profile, groups, standing)
    for item in council_session.agenda:
        if item.id not in outcomes:
            item.result = "withdrawn"
            continue
        outcome = outcomes[item.id]
        item.count = dataclasses.asdict(standing[item.id]) | dataclasses.asdict(outcome)
        deciding = rules.award(item.nomination.award, transaction.day).levels
        item.result = voting.nomination_result(outcome, level, deciding)
    transaction.log_case(
        case,
        VotesCounted(
            electorate_digest=council_session.electorate_digest or "",
            profile_digest=digest(council_session.profile),
            results=[
                {"nomination": item.nomination.case.code, "result": item.result, "count": item.count}
                for item in council_session.agenda
            ],
        ),
    )
    transaction.promise(
        "votes_counted", {}, receiver_id=case.id, message_id=f"{case.code}/{carrying.item.effect_id}"
    )
    return {"items": len(council_session.agenda)}


def _is_withdrawn(item: AgendaItem) -> bool:
    return item.nomination.case.state == "ended"


class Tally:
    """The open votes of a session, ready to be counted nominee by nominee."""

    def __init__(
        self,
        transaction: Transaction,
        council_session: CouncilSession,
        profile: voting.VoteProfile,
        groups: Iterable[Group[int]],
    ) -> None:
        self.electors = [e for e in council_session.electors if e.attendance != "relieved"]
        sheets = _sheets(transaction, council_session)
        self.sheets = {who: as_counted(profile, groups, sheet) for who, sheet in sheets.items()}
        self.barred = self._barred(transaction, council_session)

    def _barred(self, transaction: Transaction, council_session: CouncilSession) -> Recusals:
        """Conflicts of those who have not voted; a ballot cast says itself who stood aside."""
        silent = [e.membership for e in self.electors if e.voted_at is None]
        nominations = [item.nomination for item in council_session.agenda]
        return recusals(transaction.session, silent, nominations, transaction.day)

    def counts(self, item: AgendaItem) -> voting.Counts:
        """One nominee's numbers."""
        votes = {who: sheet[item.id] for who, sheet in self.sheets.items() if item.id in sheet}
        choices = Counter(votes.values())
        aside = [e for e in self.electors if self._stands_aside(e, item, votes)]
        chair = next((e for e in self.electors if e.membership.position == "chair"), None)
        choice = votes.get(chair.membership_id) if chair else None
        return voting.Counts(
            members=len(self.electors),
            summoned=len(self.electors),
            present=sum(e.attendance in PRESENT for e in self.electors),
            chair=choice if choice in ("agree", "disagree", "abstain") else None,
            agree=choices["agree"],
            disagree=choices["disagree"],
            abstain=choices["abstain"],
            invalid=choices["invalid"],
            recused=len(aside),
            present_recused=sum(e.attendance in PRESENT for e in aside),
        )

    def _stands_aside(self, elector: SessionElector, item: AgendaItem, votes: Mapping[int, Any]) -> bool:
        membership = elector.membership_id
        return votes.get(membership) == "recused" or (membership, item.nomination_id) in self.barred


def _sheets(transaction: Transaction, council_session: CouncilSession) -> Sheets:
    rows = transaction.session.execute(
        select(OpenVote.agenda_item_id, OpenVote.membership_id, OpenVote.choice)
        .join(AgendaItem, AgendaItem.id == OpenVote.agenda_item_id)
        .where(AgendaItem.session_id == council_session.id)
    )
    sheets: defaultdict[int, dict[int, Any]] = defaultdict(dict)
    for item_id, membership_id, choice in rows:
        sheets[membership_id][item_id] = choice
    return sheets


@hooks.carrying("deliver_results")
def deliver_results(carrying: Carrying) -> Mapping[str, Any]:
    """Keep count, minutes and letters, and tell every nomination that still waits its result, each once."""
    council_session = session_of(carrying.transaction, carrying.case)
    council_session.concluded_at = carrying.transaction.now.at
    told = [item for item in council_session.agenda if item.result != "withdrawn"]
    for item in told:
        carrying.transaction.promise(
            "council_result",
            {"result": item.result},
            receiver_id=item.nomination.case_id,
            message_id=f"{carrying.case.code}/{item.position}",
        )
    return {
        "items": len(told),
        "papers": keep_drawn(carrying),
        "notified": _tell_units(carrying, council_session),
    }


def _tell_units(carrying: Carrying, council_session: CouncilSession) -> int:
    """The officers and heads of the submitting units hear that the letter with their results is there."""
    units = {item.nomination.case.unit_id for item in council_session.agenda}
    day = carrying.transaction.day
    people = holders_in(carrying.transaction.session, units, ("officer", "commune_chair"), day)
    notify_people(carrying, people, "session_result_letter")
    return len(people)


@hooks.carrying("send_invitations")
def send_invitations(carrying: Carrying) -> Mapping[str, Any]:
    """Invite every member of the electorate; the summary sheet is there to read from now on."""
    return _notify_electors(carrying, "session_invitation", lambda _elector: True) | {
        "papers": keep_drawn(carrying)
    }


@hooks.carrying("remind_members")
def remind_members(carrying: Carrying) -> Mapping[str, Any]:
    """Remind those who have not voted."""
    return _notify_electors(carrying, "vote_reminder", lambda elector: elector.voted_at is None)


def _notify_electors(
    carrying: Carrying, template: str, wanted: Callable[[SessionElector], bool]
) -> dict[str, Any]:
    council_session = session_of(carrying.transaction, carrying.case)
    people = {
        e.membership.person_id for e in council_session.electors if e.attendance != "relieved" and wanted(e)
    }
    notify_people(carrying, people, template)
    return {"notified": len(people)}
