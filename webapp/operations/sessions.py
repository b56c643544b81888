"""What the chair of a council session does to the vote: close it, void it, note who is not there."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, func, select

from webapp.extensions import db
from webapp.models import (
    BallotRound,
    Case,
    CouncilMembership,
    CouncilSession,
    OutboxItem,
    PaperCount,
    SessionElector,
    Task,
)
from webapp.operations import cases, steps
from webapp.operations.acting import Actor, Now
from webapp.operations.interventions import checked_reason, seen_case
from webapp.operations.procedures.council import session_of
from webapp.operations.refusals import Forbidden, NotFound, NotNow
from webapp.operations.rounds import void_rounds
from webapp.operations.transaction import Transaction, write
from webapp.queries.rounds import last_round, round_of_case
from webapp.queries.standing import Standing
from workflows.council_events import CountRepeated, MemberCameLate, MemberRelieved, MemberWentAway
from workflows.events import MemberMarkedAbsent, VotingClosed
from workflows.values import NotWaiting, local_day

CLOSERS = frozenset({"presiding"})
KEEPERS = frozenset({"presiding", "secretary"})
"""Who keeps the list of those present."""


def close_voting(code: str, *, actor: Actor, now: Now) -> None:
    """End the vote before its deadline; what is not cast by then is not cast.

    Raises NotFound, Forbidden to all but the presiding of the council's unit, CaseFrozen, CaseEnded, and
    NotNow("not_voting") before the vote has begun and after it is over.
    """
    with write(actor, now) as transaction:
        case = led(transaction, code, CLOSERS)
        refuse_unless_voting(transaction, case)
        electors, found = electors_of(transaction, case), round_of_case(transaction.session, case.id)
        if found is None:
            raise NotNow("not_voting")
        transaction.log_case(case, VotingClosed(members=len(electors), voted=len(found.markers)))
        cases.deliver(transaction, case, "close_voting", f"{code}/close_voting/{found.number}", {})


def mark_absent(code: str, membership: str, *, actor: Actor, now: Now) -> None:
    """Note that a member (public id of the membership) does not take part; the vote no longer waits for them.

    Who was to vote on paper is taken out of those present. Raises NotFound, Forbidden, NotNow("not_voting"),
    NotNow("has_voted") when their ballot is cast, NotNow("being_counted") when one count of the paper is entered.
    """
    with write(actor, now) as transaction:
        case = led(transaction, code, KEEPERS)
        found = _open_round(transaction, case)
        elector = _elector(transaction, case, membership)
        if elector.on_paper:
            _take_out(transaction, case, found, elector)
            return
        refuse_unless_voting(transaction, case)
        task = ballot_of(transaction, case, elector)
        if task is None:
            raise NotNow("has_voted")
        elector.attendance = "absent"
        pass_over(transaction, case, elector, task, "absent")


def _take_out(transaction: Transaction, case: Case, found: BallotRound, elector: SessionElector) -> None:
    if found.has_vote_of(elector.membership_id):
        raise NotNow("has_voted")
    _refuse_while_counted(transaction, found)
    if elector.present:
        elector.attendance = "absent"
        transaction.log_case(case, MemberWentAway(person=elector.membership.person.public_id))


def mark_late(code: str, membership: str, *, actor: Actor, now: Now) -> None:
    """Note that a member has come after the roll call: they are present from now on, and may be given a paper ballot.

    Raises NotFound, Forbidden, NotNow("by_correspondence") where nobody meets, NotNow("not_voting") once the vote is
    closed, NotNow("is_present"), NotNow("has_voted", "passed_over") to who has no ballot any more, and
    NotNow("being_counted") for a paper ballot of which one count is entered already.
    """
    with write(actor, now) as transaction:
        case = led(transaction, code, KEEPERS)
        refuse_by_correspondence(session_of(transaction, case))
        found = _open_round(transaction, case)
        elector = _elector(transaction, case, membership)
        if elector.present:
            raise NotNow("is_present")
        refuse_after_ballot(found, elector, ballot_of(transaction, case, elector))
        if elector.on_paper:
            _refuse_while_counted(transaction, found)
        elector.attendance = "late"
        transaction.log_case(case, MemberCameLate(person=elector.membership.person.public_id))


def _open_round(transaction: Transaction, case: Case) -> BallotRound:
    """The round to which a ballot can still come. Raises NotNow("not_voting")."""
    found = round_of_case(transaction.session, case.id)
    if found is None or found.counted_at or (found.closed_at is not None and found.medium == "electronic"):
        raise NotNow("not_voting")
    return found


def _elector(transaction: Transaction, case: Case, membership: str) -> SessionElector:
    found = (e for e in electors_of(transaction, case) if e.membership.public_id == membership)
    elector = next(found, None)
    if elector is None:
        raise NotFound
    return elector


def _refuse_while_counted(transaction: Transaction, found: BallotRound) -> None:
    """Raises NotNow("being_counted") while one of the counting team has entered its numbers and the other has not."""
    entered = select(func.count()).where(PaperCount.round_id == found.id)
    if (transaction.session.scalar(entered) or 0) % 2:
        raise NotNow("being_counted")


def refuse_by_correspondence(council_session: CouncilSession) -> None:
    """Raises NotNow("by_correspondence") where no roll is called and each member replies themselves."""
    if council_session.mode == "written":
        raise NotNow("by_correspondence")


def refuse_after_ballot(found: BallotRound, elector: SessionElector, task: Task | None) -> None:
    """Raises NotNow("has_voted") after a ballot, NotNow("passed_over") for who has none to cast any more."""
    if found.has_vote_of(elector.membership_id):
        raise NotNow("has_voted")
    if task is None and not elector.on_paper:
        raise NotNow("passed_over")


def void_vote(code: str, reason: str, *, actor: Actor, now: Now) -> None:
    """Void the vote while it is cast or counted; it is held again, and what was is kept with the reason.

    Raises NotFound, Forbidden to all but the presiding, InvalidForm without a reason, NotNow("nothing_to_void").
    Once the minutes are drafted the chair voids it where they would be signed.
    """
    with write(actor, now) as transaction:
        case = led(transaction, code, CLOSERS)
        council_session = session_of(transaction, case)
        found = last_round(transaction.session, council_session.id)
        if found is None:
            raise NotNow("nothing_to_void")
        reason = checked_reason(reason)
        void_rounds(transaction, case, council_session, reason)
        try:
            cases.deliver(transaction, case, "void_vote", f"{code}/void_vote/{found.number}", {})
        except NotWaiting as fault:
            raise NotNow("nothing_to_void") from fault


def count_again(code: str, *, actor: Actor, now: Now) -> None:
    """Have a count tried again that was refused. Raises NotFound, Forbidden, NotNow("not_refused")."""
    with write(actor, now) as transaction:
        case = led(transaction, code, KEEPERS)
        found = round_of_case(transaction.session, case.id)
        if found is None or found.refused is None:
            raise NotNow("not_refused")
        found.refused = None
        tries = select(func.count()).where(OutboxItem.case_id == case.id, OutboxItem.kind == "count_votes")
        number = 1 + (transaction.session.scalar(tries) or 0)
        transaction.log_case(case, CountRepeated(round=found.public_id))
        transaction.promise(
            "count_votes", {"params": {}, "data": {}}, case_id=case.id, effect_id=f"{code}/count/{number}"
        )


def relieve_former_members(*, actor: Actor, now: Now) -> int:
    """Complete the ballots of members who have left the council while it votes; returns how many.

    They count no more: neither a vote nor a place in the base.
    """
    day = local_day(now.at)
    found = db.session.execute(_former(day)).all()
    for case_id, membership_id in found:
        with write(actor, now) as transaction:
            case = transaction.lock_case(case_id)
            elector = next(
                (e for e in electors_of(transaction, case) if e.membership_id == membership_id), None
            )
            task = ballot_of(transaction, case, elector) if elector else None
            if case.state == "active" and elector is not None and task is not None:
                elector.attendance = "relieved"
                pass_over(transaction, case, elector, task, "relieved")
    return len(found)


def _former(day: dt.date) -> Select[int, int | None]:
    return (
        select(Task.case_id, Task.membership_id)
        .join(CouncilMembership, CouncilMembership.id == Task.membership_id)
        .join(Case, Case.id == Task.case_id)
        .where(
            Task.element == "cast_vote",
            Task.status == "open",
            Case.state == "active",
            CouncilMembership.to_date < day,
        )
        .order_by(Task.case_id, Task.id)
    )


def may_close_voting(standing: Standing, case: Case) -> bool:
    """Whether a person may end the vote of a session: by their role in the unit of its council."""
    return case.organiser_id in standing.units(*CLOSERS)


def may_mark_absent(standing: Standing, case: Case) -> bool:
    """Whether a person may note who is not there."""
    return case.organiser_id in standing.units(*KEEPERS)


def led(transaction: Transaction, code: str, roles: frozenset[str]) -> Case:
    """The session's case, locked, when the actor holds one of the roles in the unit of its council."""
    case, standing = seen_case(transaction, code, "council_vote")
    if case.organiser_id not in standing.units(*roles):
        raise Forbidden
    steps.refuse_unless_active(case)
    return case


def refuse_unless_voting(transaction: Transaction, case: Case) -> None:
    """Raises NotNow("not_voting") while no ballot is open."""
    open_ballots = select(Task.id).where(
        Task.case_id == case.id, Task.element == "cast_vote", Task.status == "open"
    )
    if transaction.session.scalar(open_ballots.limit(1)) is None:
        raise NotNow("not_voting")


def electors_of(transaction: Transaction, case: Case) -> list[SessionElector]:
    """The members as summoned, without those who were relieved."""
    query = (
        select(SessionElector)
        .join(CouncilSession, CouncilSession.id == SessionElector.session_id)
        .join(CouncilMembership, CouncilMembership.id == SessionElector.membership_id)
        .where(CouncilSession.case_id == case.id, SessionElector.attendance != "relieved")
        .order_by(SessionElector.id)
        .execution_options(populate_existing=True)
    )
    return list(transaction.session.scalars(query))


def ballot_of(transaction: Transaction, case: Case, elector: SessionElector) -> Task | None:
    """The open ballot of a member."""
    return transaction.session.scalar(
        select(Task).where(
            Task.case_id == case.id,
            Task.element == "cast_vote",
            Task.membership_id == elector.membership_id,
            Task.status == "open",
        )
    )


def pass_over(
    transaction: Transaction, case: Case, elector: SessionElector, task: Task, outcome: str
) -> None:
    """Complete a member's place in the multi-instance with an outcome, without a ballot of theirs on the screen.

    ``outcome``: absent, relieved or written. A single child of a multi-instance cannot be cancelled.
    """
    given, step = steps.advance(
        transaction, case, "complete", target=task.public_id, data={"attendance": outcome}
    )
    steps.close(task, "lapsed", transaction.now.at)
    kind = MemberRelieved if outcome == "relieved" else MemberMarkedAbsent
    marked = kind(
        person=elector.membership.person.public_id,
        task=task.public_id,
        element=task.element,
        moves=steps.moves_of(step),
    )
    steps.log_step(transaction, case, marked, given, step)
