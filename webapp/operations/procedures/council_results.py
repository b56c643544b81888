"""Council session: what the system does on its own: invites, reminds, hands on the results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from webapp.models import CouncilSession, SessionElector
from webapp.operations import hooks
from webapp.operations.hooks import Carrying
from webapp.operations.procedures.council import session_of
from webapp.operations.procedures.documents import keep_drawn
from webapp.operations.procedures.notices import notify_people
from webapp.queries.people import holders_in
from webapp.queries.rounds import last_round


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
    """Remind those who have not voted on the screen yet."""
    council_session = session_of(carrying.transaction, carrying.case)
    found = last_round(carrying.transaction.session, council_session.id)
    voted = {marker.membership_id for marker in found.markers} if found else set()

    def is_silent(elector: SessionElector) -> bool:
        return elector.membership_id not in voted and not elector.on_paper

    return _notify_electors(carrying, "vote_reminder", is_silent)


def _notify_electors(
    carrying: Carrying, template: str, wanted: Callable[[SessionElector], bool]
) -> dict[str, Any]:
    council_session = session_of(carrying.transaction, carrying.case)
    people = {e.membership.person_id for e in council_session.voters if wanted(e)}
    notify_people(carrying, people, template)
    return {"notified": len(people)}
