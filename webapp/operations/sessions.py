"""What the chair of a council session does while the members vote: close the vote, note who is not there."""

from __future__ import annotations

from sqlalchemy import select

from webapp.models import Case, CouncilMembership, CouncilSession, Person, SessionElector, Task
from webapp.operations import cases, steps
from webapp.operations.acting import Actor, Now
from webapp.operations.refusals import Forbidden, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.standing import Standing, may_see, standing_of
from workflows.events import MemberMarkedAbsent, VotingClosed

CLOSERS = frozenset({"presiding"})
KEEPERS = frozenset({"presiding", "secretary"})
"""Who keeps the list of those present."""


def close_voting(code: str, *, actor: Actor, now: Now) -> None:
    """End the vote before its deadline; what is not cast by then is not cast.

    Raises NotFound, Forbidden to all but the presiding of the council's unit, CaseFrozen, CaseEnded, and
    NotNow("not_voting") before the vote has begun and after it is over.
    """
    with write(actor, now) as transaction:
        case = _led(transaction, code, CLOSERS)
        _refuse_unless_voting(transaction, case)
        electors = _electors(transaction, case)
        voted = sum(elector.voted_at is not None for elector in electors)
        transaction.log_case(case, VotingClosed(members=len(electors), voted=voted))
        cases.deliver(transaction, case, "close_voting", f"{code}/close_voting", {})


def mark_absent(code: str, membership: str, *, actor: Actor, now: Now) -> None:
    """Note that a member (public id of the membership) does not take part; the vote no longer waits for them.

    Raises NotFound, Forbidden, NotNow("not_voting"), and NotNow("has_voted") when their ballot is cast.
    """
    with write(actor, now) as transaction:
        case = _led(transaction, code, KEEPERS)
        _refuse_unless_voting(transaction, case)
        elector = next(
            (e for e in _electors(transaction, case) if e.membership.public_id == membership), None
        )
        if elector is None:
            raise NotFound
        task = _ballot(transaction, case, elector)
        if elector.voted_at is not None or task is None:
            raise NotNow("has_voted")
        elector.attendance = "absent"
        _pass_over(transaction, case, elector, task)


def may_close_voting(standing: Standing, case: Case) -> bool:
    """Whether a person may end the vote of a session: by their role in the unit of its council."""
    return case.organiser_id in standing.units(*CLOSERS)


def may_mark_absent(standing: Standing, case: Case) -> bool:
    """Whether a person may note who is not there."""
    return case.organiser_id in standing.units(*KEEPERS)


def _led(transaction: Transaction, code: str, roles: frozenset[str]) -> Case:
    """The session's case, locked, when the actor holds one of the roles in the unit of its council."""
    session = transaction.session
    case_id = session.scalar(select(Case.id).where(Case.code == code, Case.process == "council_vote"))
    person = session.get(Person, transaction.actor.person_id) if transaction.actor.person_id else None
    if case_id is None or person is None:
        raise NotFound
    standing = standing_of(session, person, transaction.day)
    if not may_see(session, standing, case_id):
        raise NotFound
    case = transaction.lock_case(case_id)
    if case.organiser_id not in standing.units(*roles):
        raise Forbidden
    steps.refuse_unless_active(case)
    return case


def _refuse_unless_voting(transaction: Transaction, case: Case) -> None:
    open_ballots = select(Task.id).where(
        Task.case_id == case.id, Task.element == "cast_vote", Task.status == "open"
    )
    if transaction.session.scalar(open_ballots.limit(1)) is None:
        raise NotNow("not_voting")


def _electors(transaction: Transaction, case: Case) -> list[SessionElector]:
    query = (
        select(SessionElector)
        .join(CouncilSession, CouncilSession.id == SessionElector.session_id)
        .join(CouncilMembership, CouncilMembership.id == SessionElector.membership_id)
        .where(CouncilSession.case_id == case.id, SessionElector.attendance != "relieved")
        .order_by(SessionElector.id)
        .execution_options(populate_existing=True)
    )
    return list(transaction.session.scalars(query))


def _ballot(transaction: Transaction, case: Case, elector: SessionElector) -> Task | None:
    """The open ballot of a member."""
    return transaction.session.scalar(
        select(Task).where(
            Task.case_id == case.id,
            Task.element == "cast_vote",
            Task.membership_id == elector.membership_id,
            Task.status == "open",
        )
    )


def _pass_over(transaction: Transaction, case: Case, elector: SessionElector, task: Task) -> None:
    """Complete the member's place in the multi-instance without a ballot: a single child cannot be cancelled."""
    given, step = steps.advance(transaction, case, "complete", target=task.public_id, data={})
    steps.close(task, "lapsed", transaction.now.at)
    marked = MemberMarkedAbsent(
        person=elector.membership.person.public_id,
        task=task.public_id,
        element=task.element,
        moves=steps.moves_of(step),
    )
    steps.log_step(transaction, case, marked, given, step)
