"""Council session: agenda, attendance, open votes, the computed outcome."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, func, select

from webapp.models import (
    AgendaItem,
    Case,
    Council,
    CouncilMembership,
    CouncilSession,
    Nomination,
    OpenVote,
    SessionElector,
)
from webapp.operations import hooks
from webapp.operations.cases import open_case
from webapp.operations.hooks import Carrying, Completing
from webapp.operations.numbers import take_number
from webapp.operations.procedures.notices import notify_people
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.starts import Start
from webapp.operations.transaction import Transaction
from webapp.queries.law import rule_set_for
from webapp.queries.profiles import frozen_profile, thawed_profile
from webapp.queries.units import places_of, standing_level
from workflows.events import VotesCounted
from workflows.forms import Fault
from workflows.record import digest
from workflows.rules import conflicts, voting
from workflows.values import VIETNAM


@hooks.opening("council_vote")
def open_council_vote(start: Start) -> Case:
    """Open a session of the organiser's council with the profile the rule set gives for the day."""
    transaction, session = start.transaction, start.transaction.session
    council = session.scalar(select(Council).where(Council.unit_id == start.campaign.unit_id))
    if council is None:
        raise NotNow("no_council")
    year = transaction.day.year
    number = take_number(transaction, f"session/{council.id}", year)
    rules = rule_set_for(session, transaction.day)
    preset = rules.vote_profile(
        standing_level(session, start.campaign.unit), "certificate_of_merit", transaction.day
    )
    case = open_case(
        transaction,
        "council_vote",
        title=f"{number:02d}/{year}",
        places=places_of(session, start.campaign, start.campaign.unit),
        campaign_id=start.campaign.id,
        data={"electorate": []},
        private=dict(start.form),
    )
    session.add(
        CouncilSession(
            case_id=case.id, council_id=council.id, year=year, number=number, profile=frozen_profile(preset)
        )
    )
    return case


def session_of(transaction: Transaction, case: Case) -> CouncilSession:
    """The council session a case is about."""
    return transaction.session.execute(
        select(CouncilSession).where(CouncilSession.case_id == case.id)
    ).scalar_one()


@hooks.completing("council_vote", "prepare_agenda")
def prepare_agenda(completing: Completing) -> Mapping[str, Any]:
    """Freeze the electorate of the day of the session, by membership, and set the agenda."""
    transaction, form = completing.transaction, completing.form
    council_session = session_of(transaction, completing.case)
    _set_meeting(council_session, form)
    _set_agenda(transaction, council_session, form["nominations"])
    members = _members_on(transaction, council_session.council_id, _day(form["meets_at"]))
    transaction.session.execute(delete(SessionElector).where(SessionElector.session_id == council_session.id))
    transaction.session.add_all(
        SessionElector(session_id=council_session.id, membership_id=member.id) for member in members
    )
    electorate = [member.public_id for member in members]
    council_session.electorate_digest = digest(electorate)
    return {"electorate": electorate}


@hooks.completing("council_vote", "reconvene")
def reconvene(completing: Completing) -> None:
    """A new date for the same agenda."""
    _set_meeting(session_of(completing.transaction, completing.case), completing.form)


def _set_meeting(council_session: CouncilSession, form: Mapping[str, Any]) -> None:
    council_session.held_at, council_session.place = _instant(form["meets_at"]), form["place"]


def _instant(text: str) -> dt.datetime:
    """A date-time of a form; without an offset it is Vietnamese time."""
    instant = dt.datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=VIETNAM)


def _day(text: str) -> dt.date:
    return _instant(text).astimezone(VIETNAM).date()


def _members_on(transaction: Transaction, council_id: int, day: dt.date) -> list[CouncilMembership]:
    query = (
        select(CouncilMembership)
        .where(
            CouncilMembership.council_id == council_id,
            CouncilMembership.from_date <= day,
            (CouncilMembership.to_date.is_(None)) | (CouncilMembership.to_date >= day),
        )
        .order_by(CouncilMembership.id)
    )
    return list(transaction.session.scalars(query))


def _set_agenda(transaction: Transaction, council_session: CouncilSession, codes: list[str]) -> None:
    session = transaction.session
    session.execute(delete(AgendaItem).where(AgendaItem.session_id == council_session.id))
    found = session.execute(
        select(Case.code, Nomination.id)
        .join(Nomination, Nomination.case_id == Case.id)
        .where(Case.code.in_(codes))
    )
    ids = dict(found.all())
    session.add_all(
        AgendaItem(session_id=council_session.id, nomination_id=ids[code], position=position)
        for position, code in enumerate(codes, 1)
    )


@hooks.completing("council_vote", "open_session")
def open_session(completing: Completing) -> Mapping[str, Any]:
    """Attendance as called; whether the quorum is there is computed, not marked."""
    transaction, form = completing.transaction, completing.form
    council_session = session_of(transaction, completing.case)
    called = {row["member"]: row["status"] for row in form["attendance"]}
    for elector in council_session.electors:
        elector.attendance = called.get(elector.membership.public_id, "absent")
    present = sum(elector.attendance in ("present", "late") for elector in council_session.electors)
    members = len(council_session.electors)
    counts = voting.Counts(members=members, present=present, agree=0, summoned=members)
    quorate = voting.quorum_met(thawed_profile(council_session.profile), counts)
    if form["decision"] == "open" and quorate:
        council_session.opened_at = transaction.now.at
    closes = form.get("vote_closes")
    limit = _instant(closes) if closes else transaction.now.at + dt.timedelta(days=1)
    if limit <= transaction.now.at:
        raise InvalidForm([Fault("/vote_closes", "in_the_past")])
    remind = transaction.now.at + (limit - transaction.now.at) / 2
    return {"quorate": quorate, "vote_closes": limit.isoformat(), "vote_reminder": remind.isoformat()}


@hooks.completing("council_vote", "cast_vote")
def cast_vote(completing: Completing) -> Mapping[str, Any]:
    """Write the member's open votes; none on a nominee with whom they have a conflict."""
    transaction, task = completing.transaction, completing.task
    council_session = session_of(transaction, completing.case)
    choices = {row["nomination"]: row["vote"] for row in completing.form["ballots"]}
    elector = next(e for e in council_session.electors if e.membership_id == task.membership_id)
    faults = []
    for item in council_session.agenda:
        code = item.nomination.case.code
        recused = is_recused(elector.membership, item.nomination)
        choice = "recused" if recused else choices.pop(code, None)
        if choice is None:
            faults.append(Fault("/ballots", "not_marked", {"code": code}))
        else:
            transaction.session.add(
                OpenVote(agenda_item_id=item.id, membership_id=elector.membership_id, choice=choice)
            )
    if faults:
        raise InvalidForm(faults)
    elector.voted_at = transaction.now.at
    if elector.attendance == "absent":
        elector.attendance = "late"
    return {}


def is_recused(membership: CouncilMembership, nomination: Nomination) -> bool:
    """True when the member is the nominee; same units and declared interests come with the council's own rules."""
    nominee = nomination.nominee
    judge = conflicts.Interest(str(membership.person_id))
    person = str(nominee.person_id) if nominee.person_id else None
    return bool(
        conflicts.conflicts(judge, conflicts.Nominee(nomination.case.code, nominee.unit.code, person))
    )


@hooks.carrying("count_votes")
def count_votes(carrying: Carrying) -> Mapping[str, Any]:
    """Compute every outcome under the frozen profile and tell the session."""
    transaction, case = carrying.transaction, carrying.case
    council_session = session_of(transaction, case)
    profile = thawed_profile(council_session.profile)
    council_session.closed_at = transaction.now.at
    for item in council_session.agenda:
        counts = _counts(transaction, council_session, item)
        outcome = voting.outcome(profile, counts)
        item.count = dataclasses.asdict(counts) | dataclasses.asdict(outcome)
        item.result = "passed" if outcome.passed else "not_passed"
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


def _counts(transaction: Transaction, council_session: CouncilSession, item: AgendaItem) -> voting.Counts:
    votes = dict(
        transaction.session.execute(
            select(OpenVote.choice, func.count())
            .where(OpenVote.agenda_item_id == item.id)
            .group_by(OpenVote.choice)
        )
        .all()
    )
    members = len(council_session.electors)
    chair = next((e for e in council_session.electors if e.membership.position == "chair"), None)
    return voting.Counts(
        members=members,
        summoned=members,
        present=sum(e.attendance in ("present", "late") for e in council_session.electors),
        chair=_choice_of(transaction, item, chair) if chair else None,
        agree=votes.get("agree", 0),
        disagree=votes.get("disagree", 0),
        abstain=votes.get("abstain", 0),
        recused=votes.get("recused", 0),
        present_recused=votes.get("recused", 0),
    )


def _choice_of(transaction: Transaction, item: AgendaItem, elector: SessionElector) -> Any:
    vote = transaction.session.get(OpenVote, (item.id, elector.membership_id))
    return vote.choice if vote is not None and vote.choice != "recused" else None


@hooks.carrying("deliver_results")
def deliver_results(carrying: Carrying) -> Mapping[str, Any]:
    """Tell every nomination its result, each once."""
    council_session = session_of(carrying.transaction, carrying.case)
    council_session.concluded_at = carrying.transaction.now.at
    for item in council_session.agenda:
        carrying.transaction.promise(
            "council_result",
            {"result": item.result},
            receiver_id=item.nomination.case_id,
            message_id=f"{carrying.case.code}/{item.position}",
        )
    return {"items": len(council_session.agenda)}


@hooks.carrying("send_invitations")
def send_invitations(carrying: Carrying) -> Mapping[str, Any]:
    """Invite every member of the frozen electorate."""
    return _notify_electors(carrying, "session_invitation", lambda elector: True)


@hooks.carrying("remind_members")
def remind_members(carrying: Carrying) -> Mapping[str, Any]:
    """Remind those who have not voted."""
    return _notify_electors(carrying, "vote_reminder", lambda elector: elector.voted_at is None)


def _notify_electors(carrying: Carrying, template: str, wanted: Any) -> Mapping[str, Any]:
    council_session = session_of(carrying.transaction, carrying.case)
    people = {e.membership.person_id for e in council_session.electors if wanted(e)}
    notify_people(carrying, people, template)
    return {"notified": len(people)}
