"""Voting: ballots cast, paper counts entered, ties decided by the chair, second ballots."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from webapp.models import AgendaItem, BallotRound, Case, CouncilSession, OpenVote, PaperCount, SessionElector
from webapp.operations import hooks
from webapp.operations.hooks import Completing
from webapp.operations.procedures.ballot_terms import terms_of, voting_times
from webapp.operations.procedures.council import electronic_voters, session_of
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.rounds import mark_voted, open_round, seal_ballot
from webapp.operations.transaction import Transaction
from webapp.queries.recusals import recusals
from webapp.queries.rounds import last_round, lines_of, round_of_case
from webapp.queries.ties import places_of_ties
from workflows.council_events import PaperCountEntered
from workflows.forms import Fault
from workflows.record import digest
from workflows.rules.groups import Mark

NUMBERS = ("agree", "disagree", "abstain", "blank", "invalid")


def running_round(transaction: Transaction, council_session: CouncilSession) -> BallotRound:
    """The round that is being voted or counted. Raises NotNow."""
    found = last_round(transaction.session, council_session.id)
    if found is None:
        raise NotNow("not_voting")
    return found


@hooks.completing("council_vote", "cast_vote")  # sessions on deployments from before the called process
@hooks.completing("ballot", "cast_vote")
def cast_vote(completing: Completing) -> None:
    """Write the member's ballot, one mark on each nominee; none where they have a conflict of interest.

    A nominee whose dossier was withdrawn or suspended meanwhile needs no mark, and one that was made does not count.
    A secret ballot is sealed; its tracker is told to its voter and to nobody else.
    """
    transaction, task = completing.transaction, completing.task
    council_session = session_of(transaction, completing.case)
    found = running_round(transaction, council_session)
    if found.closes_at is not None and transaction.now.at > found.closes_at:
        raise NotNow("vote_over")
    elector = next(e for e in council_session.electors if e.membership_id == task.membership_id)
    marks = marks_of(transaction, elector, lines_of(found), completing.form["ballots"])
    mark_voted(transaction, found, elector, "electronic")
    if found.secret:
        completing.told["tracker"] = seal_ballot(transaction, found, marks)
    else:
        write_open_votes(transaction, found, elector, marks)
    if not elector.present:
        elector.attendance = "replied" if council_session.mode == "written" else "late"


def marks_of(
    transaction: Transaction,
    elector: SessionElector,
    lines: list[AgendaItem],
    rows: Sequence[Mapping[str, str]],
) -> dict[int, Mark]:
    """The marks of a sheet by agenda item. Raises InvalidForm for what is missing, twice or not to be voted on."""
    nominations = [item.nomination for item in lines]
    recused = recusals(transaction.session, [elector.membership], nominations, transaction.day)
    barred = {nomination_id for _membership, nomination_id in recused}
    choices = _choices(rows, lines, barred)
    return {
        item.id: "recused" if item.nomination_id in barred else choices[item.nomination.case.code]
        for item in lines
        if item.votable
    }


def write_open_votes(
    transaction: Transaction, found: BallotRound, elector: SessionElector, marks: Mapping[int, Mark]
) -> None:
    """Keep what a member is known to have voted."""
    transaction.session.add_all(
        OpenVote(round_id=found.id, agenda_item_id=item_id, membership_id=elector.membership_id, choice=mark)
        for item_id, mark in marks.items()
    )


def _choices(
    rows: Sequence[Mapping[str, str]], lines: Iterable[AgendaItem], barred: set[int]
) -> dict[str, Mark]:
    """Choice by code, exactly one for each nominee the member may vote on."""
    open_to = [item.nomination.case for item in lines if item.nomination_id not in barred]
    allowed = {case.code for case in open_to}
    wanted = {case.code for case in open_to if case.state == "active"}
    faults = [
        Fault(f"/ballots/{index}/nomination", "not_a_choice")
        for index, row in enumerate(rows)
        if row["nomination"] not in allowed
        or row["nomination"] in (earlier["nomination"] for earlier in rows[:index])
    ]
    choices: dict[str, Any] = {row["nomination"]: row["vote"] for row in rows}
    faults += [Fault("/ballots", "not_marked", {"code": code}) for code in sorted(wanted - choices.keys())]
    if faults:
        raise InvalidForm(faults)
    return choices


@hooks.completing("ballot", "enter_count")
def enter_count(completing: Completing) -> None:
    """One of the counting team enters what they have counted; the other does not see it before they have, too."""
    transaction = completing.transaction
    council_session = session_of(transaction, completing.case)
    found = running_round(transaction, council_session)
    lines = [item for item in lines_of(found) if item.votable]
    rows = {row["nomination"]: row for row in completing.form["counts"]}
    if faults := _count_faults(transaction, council_session, lines, completing.form):
        raise InvalidForm(faults)
    counts = {
        str(item.id): {name: rows[item.nomination.case.code][name] for name in NUMBERS} for item in lines
    }
    assert completing.task.membership_id is not None
    entered = PaperCount(
        round_id=found.id,
        attempt=_attempt(transaction, found),
        membership_id=completing.task.membership_id,
        issued=completing.form["issued"],
        returned=completing.form["returned"],
        counts=counts,
        entered_at=transaction.now.at,
    )
    transaction.session.add(entered)
    member = next(e for e in council_session.electors if e.membership_id == completing.task.membership_id)
    transaction.log_case(
        completing.case,
        PaperCountEntered(
            round=found.public_id,
            attempt=entered.attempt,
            person=member.membership.person.public_id,
            digest=digest([entered.issued, entered.returned, counts]),
        ),
    )


def _attempt(transaction: Transaction, found: BallotRound) -> int:
    """Which attempt of the team this entry belongs to: each attempt has two."""
    entered = select(func.count()).where(PaperCount.round_id == found.id)
    return 1 + (transaction.session.scalar(entered) or 0) // 2


def _count_faults(
    transaction: Transaction,
    council_session: CouncilSession,
    lines: list[AgendaItem],
    form: Mapping[str, Any],
) -> list[Fault]:
    """Envelopes against people, and the numbers of each nominee against the ballots returned."""
    voters = [e for e in council_session.voters if e.on_paper and e.present]
    if form["issued"] != len(voters):
        return [Fault("/issued", "issued_to_others", {"people": len(voters), "issued": form["issued"]})]
    memberships = [e.membership for e in voters]
    nominations = [item.nomination for item in lines]
    barred = recusals(transaction.session, memberships, nominations, transaction.day)
    if len({row["nomination"] for row in form["counts"]}) < len(form["counts"]):
        return [Fault("/counts", "named_twice")]
    given: dict[str, Mapping[str, Any]] = {row["nomination"]: row for row in form["counts"]}
    places = {row["nomination"]: index for index, row in enumerate(form["counts"])}
    faults = []
    for item in lines:
        code = item.nomination.case.code
        if code not in given:
            faults.append(Fault("/counts", "not_counted", {"code": code}))
            continue
        total = sum(given[code][name] for name in NUMBERS)
        aside = sum((m.id, item.nomination_id) in barred for m in memberships)
        most = min(form["returned"], len(voters) - aside)
        if not form["returned"] - aside <= total <= most:
            told = {"total": total, "returned": form["returned"], "difference": abs(total - most)}
            faults.append(Fault(f"/counts/{places[code]}/agree", "count_does_not_add_up", told))
    return faults


@hooks.completing("ballot", "decide_ties")
def decide_ties(completing: Completing) -> None:
    """The chair chooses among those that are level, as many as there are places; the others do not pass."""
    transaction = completing.transaction
    council_session = session_of(transaction, completing.case)
    found = running_round(transaction, council_session)
    chosen = set(completing.form["chosen"])
    ties = places_of_ties(transaction.session, completing.case, found)
    for tie in ties:
        here = [item for item in tie.items if item.nomination.case.code in chosen]
        if tie.places is not None and len(here) > tie.places:
            raise InvalidForm(
                [Fault("/chosen", "too_many_chosen", {"places": tie.places, "strand": tie.strand})]
            )
    tied = {item.id for tie in ties for item in tie.items}
    for each in found.items:
        if each.agenda_item_id in tied:
            each.chosen = each.item.nomination.case.code in chosen


@hooks.completing("ballot", "open_second_ballot")
def open_second_ballot(completing: Completing) -> Mapping[str, Any]:
    """Another round on those that are level, by the same members; or they are put off."""
    if completing.form["decision"] != "again":
        return {}
    transaction = completing.transaction
    council_session = session_of(transaction, completing.case)
    before = running_round(transaction, council_session)
    terms = terms_of(completing, before.medium, before.counters)
    tied = [each.item for each in before.items if (each.count or {}).get("result") == "second_ballot"]
    open_round(transaction, completing.case, council_session, tied, terms)
    return {
        "electorate": electronic_voters(council_session),
        "counters": list(terms.counters),
        **voting_times(transaction.now.at, terms),
    }


@hooks.resumed("council_vote")
def shift_close(transaction: Transaction, case: Case, pause: dt.timedelta) -> None:
    """A vote that was adjourned closes so much later."""
    found = round_of_case(transaction.session, case.id)
    if found is not None and found.closed_at is None and found.closes_at is not None:
        found.closes_at += pause
