"""Counts a round: opens what is sealed, tallies twice by two code paths, and says what comes next.

A count that does not come out is refused: nobody is told a result, the session waits, and its chair may void the vote.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select

from webapp.ballot_keys import BrokenSeal, KeyMissing
from webapp.models import (
    BallotRound,
    BallotTracker,
    Campaign,
    CouncilSession,
    CountedBallot,
    SealedBallot,
    Task,
)
from webapp.operations import hooks
from webapp.operations.eligibility import log_checked
from webapp.operations.hooks import Carrying
from webapp.operations.procedures.council import session_of
from webapp.operations.rounds import keys
from webapp.operations.transaction import Transaction
from webapp.queries.eligibility import QUOTAS
from webapp.queries.law import rule_set_for
from webapp.queries.outcome_checks import check_outcome
from webapp.queries.profiles import thawed_profile
from webapp.queries.rounds import PAPER, agreed_count, last_round, lines_of, paper_counts
from webapp.queries.tallies import Heaps, heaps_of
from webapp.queries.units import standing_level
from webapp.queries.vote_groups import round_groups
from workflows.council_events import CountRefused
from workflows.events import VotesCounted
from workflows.rules import voting
from workflows.rules.groups import Group, Mark, as_counted, session_outcomes
from workflows.rules.recount import Room, limited, recount
from workflows.rules.sheets import UnreadableSheet, read_sheet
from workflows.rules.voting import Outcome, VoteProfile


class Refusal(Exception):
    """Why a count was refused, as a code."""


@hooks.carrying("count_votes")
def count_votes(carrying: Carrying) -> Mapping[str, Any]:
    """Count the running round, and tell the session how it goes on: ``next`` is enter, decide, again or minutes."""
    transaction, case = carrying.transaction, carrying.case
    council_session = session_of(transaction, case)
    found = last_round(transaction.session, council_session.id)
    if found is None or _is_voting(transaction, council_session):
        return {"refused": "voided"}
    found.closed_at = found.closed_at or transaction.now.at
    council_session.closed_at = transaction.now.at
    try:
        with transaction.session.begin_nested():
            follows = Count(transaction, council_session, found).result()
    except Refusal as refusal:
        found.refused = str(refusal)
        transaction.log_case(case, CountRefused(round=found.public_id, reason=found.refused))
        return {"refused": found.refused}
    message = f"{case.code}/{carrying.item.effect_id}"
    transaction.promise("votes_counted", {"next": follows}, receiver_id=case.id, message_id=message)
    return {"next": follows}


def _is_voting(transaction: Transaction, council_session: CouncilSession) -> bool:
    """Whether ballots are open: nothing is counted then, whoever asks for it."""
    query = select(Task.id).where(
        Task.case_id == council_session.case_id, Task.element == "cast_vote", Task.status == "open"
    )
    return transaction.session.scalar(query.limit(1)) is not None


class Count:
    """The count of one round."""

    def __init__(self, transaction: Transaction, council_session: CouncilSession, found: BallotRound) -> None:
        self.transaction = transaction
        self.council_session = council_session
        self.found = found
        self.profile = thawed_profile(council_session.profile)
        self.campaign = transaction.session.get_one(Campaign, council_session.case.campaign_id)
        self.lines = [item for item in lines_of(found) if item.votable]
        standing = [item for item in council_session.agenda if item.votable]
        voted = {item.id for item in self.lines}
        self.groups = round_groups(transaction.session, self.campaign, standing, voted)
        self.checked = check_outcome(transaction.session, self.campaign, standing, voted, transaction.day)
        self.cutting = [*self.checked.caps, *self.groups]

    def result(self) -> str:
        """Count, keep the outcomes, and say what follows. Raises Refusal."""
        session = self.transaction.session
        on_paper = agreed_count(paper_counts(session, self.found.id))
        if self.found.medium in PAPER and on_paper is None:
            return "enter"
        if self.found.public_key is not None and self.found.counted_at is None:
            self._open_sealed()
        heaps = heaps_of(self.transaction.session, self.council_session, self.found, self.groups, on_paper)
        outcomes = self._outcomes(heaps)
        self._keep(outcomes, heaps)
        self.found.counted_at, self.found.refused = self.transaction.now.at, None
        results = {outcome.result for outcome in outcomes.values()}
        self._log()
        if "chair_decides" in results:
            return "decide"
        return "again" if "second_ballot" in results else "minutes"

    def _outcomes(self, heaps: Heaps) -> dict[int, Outcome]:
        """Both code paths over the same heaps. Raises Refusal when they differ, or when there are too many votes."""
        chosen = {
            each.agenda_item_id: each.chosen
            for each in self.found.items
            if each.chosen is not None and each.agenda_item_id in heaps.heaps
        }
        try:
            first = session_outcomes(
                self.profile, self.cutting, heaps.counts(), chosen, self.checked.bars.keys()
            )
        except ValueError as fault:
            raise Refusal("more_votes_than_members") from fault
        barred = self.checked.bars.keys()
        room = Room(heaps.members, heaps.present, heaps.heaps, self.cutting, chosen, barred)
        second = recount(self.profile, room)
        if {one: _told(outcome) for one, outcome in first.items()} != second:
            raise Refusal("tallies_differ")
        return first

    def _keep(self, outcomes: Mapping[int, Outcome], heaps: Heaps) -> None:
        session = self.transaction.session
        level = standing_level(session, self.council_session.council.unit)
        rules = rule_set_for(session, self.transaction.day, self.council_session.council.unit_id)
        counts = heaps.counts()
        for each in self.found.items:
            item = each.item
            if item.id not in outcomes:
                each.result = item.result = "withdrawn" if item.withdrawn else "deferred"
                continue
            outcome = outcomes[item.id]
            deciding = rules.award(item.nomination.award, self.transaction.day).levels
            each.count = dataclasses.asdict(counts[item.id]) | dataclasses.asdict(outcome)
            each.count |= self._grounds(item.id, outcome)
            each.result = voting.nomination_result(outcome, level, deciding)
            item.count, item.result = each.count, each.result

    def _grounds(self, item_id: int, outcome: Outcome) -> dict[str, Any]:
        """The conditions an outcome rests on, in the words of the day of the count."""
        if outcome.reason == "not_eligible":
            return {"grounds": list(self.checked.bars[item_id])}
        if outcome.reason in ("beyond_cap", "cap_tie"):
            codes = {group.condition for group in self.checked.caps if item_id in group.nominees}
            return {"grounds": [self.checked.names[code] for code in sorted(codes)]}
        return {}

    def _log(self) -> None:
        results = [
            {"nomination": each.item.nomination.case.code, "result": each.result, "count": each.count}
            for each in sorted(self.found.items, key=lambda each: each.item.position)
        ]
        # What a quota came to stands in the results; only what a condition found of a nominee is told here.
        found = self.checked.found.values()
        log_checked(self.transaction, self.council_session.case, "outcome", found, QUOTAS)
        self.transaction.log_case(
            self.council_session.case,
            VotesCounted(
                electorate_digest=self.found.electorate_digest,
                profile_digest=self.found.profile_digest,
                results=results,
            ),
        )

    def _open_sealed(self) -> None:
        """Open the box: as many ballots as people who voted, torn into lines, shuffled; the sealed ones are deleted.

        Raises Refusal, and the box stays as it was.
        """
        session = self.transaction.session
        lines = [item.id for item in lines_of(self.found)]
        sealed = session.scalars(
            select(SealedBallot.sealed).where(SealedBallot.round_id == self.found.id)
        ).all()
        if len(sealed) != sum(marker.via == "electronic" for marker in self.found.markers):
            raise Refusal("ballots_and_voters_differ")
        opened = [self._opened(body, lines) for body in sealed]
        sheets = [sheet for _tracker, sheet in opened]
        counted = counted_lines(self.profile, self.groups, sheets)
        ids = sorted(secrets.token_bytes(16) for _ in counted)
        secrets.SystemRandom().shuffle(counted)
        session.add_all(
            CountedBallot(id=one_id, round_id=self.found.id, agenda_item_id=one, choice=mark)
            for one_id, (one, mark) in zip(ids, counted, strict=True)
        )
        session.add_all(
            BallotTracker(round_id=self.found.id, tracker=tracker)
            for tracker in sorted(tracker for tracker, _sheet in opened)
        )
        session.execute(delete(SealedBallot).where(SealedBallot.round_id == self.found.id))
        session.flush()

    def _opened(self, body: bytes, lines: Sequence[int]) -> tuple[str, dict[int, Mark]]:
        try:
            return read_sheet(keys().open(self.found.public_id, body), lines)
        except KeyMissing as fault:
            raise Refusal("key_missing") from fault
        except (BrokenSeal, UnreadableSheet) as fault:
            raise Refusal("broken_ballot") from fault


def counted_lines(
    profile: VoteProfile, groups: Iterable[Group[int]], sheets: Sequence[Mapping[int, Mark]]
) -> list[tuple[int, Mark]]:
    """The single lines of opened sheets as they count, by both code paths. Raises Refusal when these differ."""
    groups = list(groups)
    first = [line for sheet in sheets for line in as_counted(profile, groups, sheet).items()]
    second = [line for sheet in sheets for line in limited(profile, groups, sheet).items()]
    if Counter(first) != Counter(second):
        raise Refusal("tallies_differ")
    return first


def _told(outcome: Outcome) -> tuple[str, str, int, int, int]:
    return outcome.result, outcome.reason, outcome.agree, outcome.base, outcome.needed
