"""Council session: agenda, convening, attendance, and the opening of its first vote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.models import (
    AgendaItem,
    Case,
    CouncilMembership,
    CouncilSession,
    Nomination,
    Nominee,
    SessionElector,
)
from webapp.operations import hooks
from webapp.operations.cases import open_case
from webapp.operations.eligibility import refuse_ineligible
from webapp.operations.hooks import Completing
from webapp.operations.numbers import take_number
from webapp.operations.procedures.ballot_terms import (
    instant_of,
    refuse_unfit_ballots,
    terms_of,
    voting_times,
)
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.rounds import Terms, open_round
from webapp.operations.starts import Start
from webapp.operations.transaction import Transaction
from webapp.queries.councils import council_of, members_on
from webapp.queries.profiles import thawed_profile
from webapp.queries.units import places_of
from webapp.queries.vote_profiles import profiles_for
from workflows.forms import Fault
from workflows.record import digest
from workflows.rules import voting
from workflows.values import local_day

USUAL_AWARD = "certificate_of_merit"
"""What a session is presumed to vote on until it has an agenda."""


@hooks.opening("council_vote")
def open_council_vote(start: Start) -> Case:
    """Open a session of the organiser's council; by which rule it votes is settled with its agenda."""
    transaction, session = start.transaction, start.transaction.session
    council = council_of(session, start.campaign.unit_id)
    if council is None:
        raise NotNow("no_council")
    year = transaction.day.year
    number = take_number(transaction, f"session/{council.id}", year)
    profile = profiles_for(session, council, [USUAL_AWARD], transaction.day)[0]
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
        CouncilSession(case_id=case.id, council_id=council.id, year=year, number=number, profile=profile)
    )
    return case


def session_of(transaction: Transaction, case: Case) -> CouncilSession:
    """The council session a case is about, with its members and its agenda, in a fixed number of statements."""
    nomination = selectinload(CouncilSession.agenda).joinedload(AgendaItem.nomination)
    return transaction.session.execute(
        select(CouncilSession)
        .where(CouncilSession.case_id == case.id)
        .options(
            selectinload(CouncilSession.electors)
            .joinedload(SessionElector.membership)
            .joinedload(CouncilMembership.person),
            nomination.joinedload(Nomination.case),
            nomination.joinedload(Nomination.nominee).joinedload(Nominee.unit),
            joinedload(CouncilSession.council),
        )
    ).scalar_one()


@hooks.completing("council_vote", "prepare_agenda")
def prepare_agenda(completing: Completing) -> Mapping[str, Any]:
    """Set the agenda, and the electorate of the day of the session, by membership."""
    transaction, form = completing.transaction, completing.form
    _hold_cases(transaction, form["nominations"])
    council_session = session_of(transaction, completing.case)
    _set_meeting(council_session, form)
    _set_profile(transaction, council_session, form["nominations"])
    chosen = _set_agenda(transaction, council_session, form["nominations"])
    refuse_ineligible(transaction, completing.case, chosen, "agenda", "/nominations")
    members = members_on(transaction.session, council_session.council_id, _day(form["meets_at"]))
    if not members:
        raise InvalidForm([Fault("/meets_at", "no_members")])
    transaction.session.execute(delete(SessionElector).where(SessionElector.session_id == council_session.id))
    transaction.session.add_all(
        SessionElector(session_id=council_session.id, membership_id=member.id) for member in members
    )
    council_session.electorate_digest = digest([member.public_id for member in members])
    return {"electorate": [member.public_id for member in members]}


def _hold_cases(transaction: Transaction, codes: Collection[str]) -> None:
    """Nobody changes what is put on the agenda, as to another award, before it stands there."""
    transaction.read.clear()
    query = select(Case.id).where(Case.code.in_(codes)).order_by(Case.id)
    transaction.session.execute(query.with_for_update(key_share=True))


@hooks.completing("council_vote", "reconvene")
def reconvene(completing: Completing) -> None:
    """A new date for the same agenda."""
    _set_meeting(session_of(completing.transaction, completing.case), completing.form)


def _set_meeting(council_session: CouncilSession, form: Mapping[str, Any]) -> None:
    council_session.held_at, council_session.place = instant_of(form["meets_at"]), form.get("place")
    council_session.mode = form["mode"]


def _day(text: str) -> dt.date:
    return local_day(instant_of(text))


def _set_profile(
    transaction: Transaction, council_session: CouncilSession, codes: list[str], field: str = "/nominations"
) -> None:
    """The one rule of the day for all awards on the agenda; it is frozen when the session opens."""
    awards = transaction.session.scalars(
        select(Nomination.award).join(Case, Case.id == Nomination.case_id).where(Case.code.in_(codes))
    )
    found = profiles_for(transaction.session, council_session.council, awards, transaction.day)
    if len(found) > 1:
        names = [profile["name"] for profile in found]
        raise InvalidForm([Fault(field, "mixed_profiles", {"names": names})])
    council_session.profile = found[0]


def _set_agenda(
    transaction: Transaction, council_session: CouncilSession, codes: list[str]
) -> list[Nomination]:
    """The agenda by strand and award, in the order of the plan; beyond that as the secretary has it."""
    session = transaction.session
    session.execute(delete(AgendaItem).where(AgendaItem.session_id == council_session.id))
    nominations = session.scalars(
        select(Nomination)
        .join(Case, Case.id == Nomination.case_id)
        .where(Case.code.in_(codes))
        .options(
            joinedload(Nomination.case),
            joinedload(Nomination.strand),
            joinedload(Nomination.round),
            joinedload(Nomination.nominee),
        )
    )
    found = {nomination.case.code: nomination for nomination in nominations}
    chosen = [found[code] for code in codes]
    awards = list(dict.fromkeys(nomination.award for nomination in chosen))
    chosen.sort(key=lambda each: (each.round_id, each.strand.position, awards.index(each.award)))
    session.add_all(
        AgendaItem(session_id=council_session.id, nomination_id=nomination.id, position=position)
        for position, nomination in enumerate(chosen, 1)
    )
    return chosen


@hooks.completing("council_vote", "open_session")
def open_session(completing: Completing) -> Mapping[str, Any]:
    """Attendance as called; whether the quorum is there is computed, not marked.

    Who was relieved of office is no member any more: neither a vote nor a place in the base.
    """
    transaction, form = completing.transaction, completing.form
    council_session = session_of(transaction, completing.case)
    _refuse_wrong_seat(completing, council_session)
    called = {row["member"]: row["status"] for row in form["attendance"]}
    if len(called) < len(form["attendance"]):
        raise InvalidForm([Fault("/attendance", "named_twice")])
    if faults := _call_faults(transaction, council_session, called):
        raise InvalidForm(faults)
    for elector in council_session.electors:
        elector.attendance = called[elector.membership.public_id]
        elector.on_paper = form.get("ballots") == "paper" or (
            elector.membership.public_id in form.get("paper_voters", ())
        )
    opens = form["decision"] == "open"
    if opens:
        _refuse_early(transaction, council_session)
        _set_profile(transaction, council_session, _codes(council_session), "/decision")
        refuse_unfit_ballots(council_session, form)
    voters = council_session.voters
    counts = voting.Counts(
        members=len(voters), present=sum(e.present for e in voters), agree=0, summoned=len(voters)
    )
    quorate = voting.quorum_met(thawed_profile(council_session.profile), counts)
    facts = {"quorate": quorate, "electorate": electronic_voters(council_session), "counters": []}
    if not opens or not quorate:
        return facts
    terms = terms_of(completing, form.get("ballots", "electronic"), form.get("counters", ()))
    return facts | _first_vote(completing, council_session, terms)


@hooks.completing("council_vote", "open_correspondence")
def open_correspondence(completing: Completing) -> Mapping[str, Any]:
    """The vote by correspondence: nobody meets, whoever votes by the deadline has taken part."""
    transaction = completing.transaction
    council_session = session_of(transaction, completing.case)
    _refuse_wrong_seat(completing, council_session)
    for elector in council_session.electors:
        sits = elector.membership.sits_on(transaction.day)
        elector.attendance, elector.on_paper = ("invited" if sits else "relieved"), False
    _set_profile(transaction, council_session, _codes(council_session), "/vote_closes")
    facts = {"electorate": electronic_voters(council_session), "counters": []}
    return facts | _first_vote(completing, council_session, terms_of(completing, "electronic"))


def _first_vote(completing: Completing, council_session: CouncilSession, terms: Terms) -> dict[str, Any]:
    open_round(completing.transaction, completing.case, council_session, council_session.agenda, terms)
    return {"counters": list(terms.counters), **voting_times(completing.transaction.now.at, terms)}


def electronic_voters(council_session: CouncilSession) -> list[str]:
    """Who is handed a ballot on the screen, by membership id."""
    return [e.membership.public_id for e in council_session.voters if not e.on_paper]


def _codes(council_session: CouncilSession) -> list[str]:
    return [item.nomination.case.code for item in council_session.agenda]


def _call_faults(
    transaction: Transaction, council_session: CouncilSession, called: Mapping[str, str]
) -> list[Fault]:
    """Each member is called; relieved are those whose membership has ended, so that nobody is left out by a mark."""
    electors = council_session.electors
    missing = [e for e in electors if e.membership.public_id not in called]
    sitting = [
        e
        for e in electors
        if called.get(e.membership.public_id) == "relieved" and e.membership.sits_on(transaction.day)
    ]
    found = (("attendance_missing", missing), ("still_member", sitting))
    return [
        Fault("/attendance", code, {"names": ", ".join(e.membership.person.name for e in them)})
        for code, them in found
        if them
    ]


def _refuse_early(transaction: Transaction, council_session: CouncilSession) -> None:
    held_at = council_session.held_at
    if held_at is not None and transaction.day < local_day(held_at):
        raise InvalidForm([Fault("/decision", "before_the_meeting", {"day": local_day(held_at).isoformat()})])


def _refuse_wrong_seat(completing: Completing, council_session: CouncilSession) -> None:
    """Who says they preside as chairman sits there as chairman; a deputy says why, and by which paper."""
    actor = completing.transaction.actor.person_id
    seat = next((e.membership.position for e in council_session.electors if _is(e, actor)), None)
    wanted = completing.form["presided_by"]
    if (seat == "chair") != (wanted == "chair") and seat is not None:
        raise InvalidForm([Fault("/presided_by", "not_your_seat")])


def _is(elector: SessionElector, person_id: int | None) -> bool:
    return elector.membership.person_id == person_id
