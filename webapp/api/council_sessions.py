"""``/api/v1/council-sessions``: list, read, start; agenda, attendance, end of the vote, results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webapp.api import session_shapes as shapes
from webapp.api.acting import done_once
from webapp.api.cases import case_or_404, open_once
from webapp.api.description import Part
from webapp.api.shapes import FormData, KeyHeader, Opened, paged
from webapp.extensions import db
from webapp.operations import session_tasks, sessions
from webapp.operations.acting import Actor, Now
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.queries import council_sessions
from webapp.queries.campaigns import campaign_of
from webapp.queries.case_page import case_tasks
from webapp.queries.session_page import SessionPage, session_page
from webapp.ui.access import permission, signed_in, standing
from workflows.forms import Fault

part = Part(
    "council_sessions",
    "/council-sessions",
    "Sessions of councils, as far as the owner of the token may know of them.",
)


@part.get("")
@permission("see_council")
@part.arguments(shapes.SessionFilter, location="query")
@part.response(200, shapes.SessionList)
def list_sessions(wanted: dict[str, Any]) -> dict[str, Any]:
    """Sessions, the newest first, each with its state and its numbers."""
    session, year, page = db.session(), wanted["year"], wanted["page"]
    rows = council_sessions.session_rows(session, standing(), year, page)
    total = council_sessions.session_count(session, standing(), year)
    return paged(rows, total, page, council_sessions.PAGE_SIZE)


@part.post("")
@permission("run_council")
@part.arguments(KeyHeader, location="headers")
@part.arguments(shapes.NewSession)
@part.response(201, Opened)
def start_session(headers: dict[str, str], data: dict[str, Any]) -> Mapping[str, Any]:
    """Start a session: the start form with the code of the campaign."""
    campaign = data.pop("campaign")
    if campaign_of(db.session(), standing(), campaign) is None:
        raise InvalidForm([Fault("/campaign", "not_a_choice")])
    return open_once(headers["key"], "council_vote", campaign, data)


@part.get("/<code>")
@signed_in
@part.response(200, shapes.SessionShape)
def show_session(code: str) -> dict[str, Any]:
    """One session: agenda with ceilings, members with attendance and who has voted, its votes, its open tasks."""
    about = _about(code)
    plain = (
        *("number", "year", "council", "subject", "state", "mode", "note", "held_at", "place", "opened_at"),
        *("closed_at", "concluded_at", "vote_closes", "presided_by", "quorum", "electors", "rounds"),
    )
    tasks = case_tasks(db.session(), standing(), about.case.id)
    return {
        **{name: getattr(about, name) for name in plain},
        "code": code,
        "campaign": council_sessions.campaign_code(db.session(), about.case),
        "rule": about.profile,
        "strands": about.groups,
        "tasks": [task for task in tasks if task.status == "open"],
    }


@part.get("/<code>/agenda")
@signed_in
@part.response(200, shapes.AgendaShape)
def show_agenda(code: str) -> dict[str, Any]:
    """The nominees by strand, with what came of each once there is a count."""
    about = _about(code)
    declared = sorted(about.declared)
    return {"session": code, "state": about.state, "strands": about.groups, "declared": declared}


@part.post("/<code>/agenda")
@permission("run_council")
@part.arguments(KeyHeader, location="headers")
@part.arguments(FormData)
@part.response(200, shapes.SessionDone)
def prepare_agenda(headers: dict[str, str], data: dict[str, Any], code: str) -> Mapping[str, Any]:
    """Complete the open task prepare_agenda or, after an adjournment or a void vote, reconvene, with its form."""
    return _complete(headers["key"], code, session_tasks.AGENDA, data)


@part.get("/<code>/attendance")
@signed_in
@part.response(200, shapes.AttendanceShape)
def show_attendance(code: str) -> dict[str, Any]:
    """Members as summoned: who is there, and who has voted."""
    about = _about(code)
    numbers = {name: getattr(about, name) for name in ("state", "quorum", "present", "voted")}
    return {"session": code, **numbers, "members": about.electors}


@part.post("/<code>/attendance")
@permission("run_council")
@part.arguments(KeyHeader, location="headers")
@part.arguments(FormData)
@part.response(200, shapes.SessionDone)
def open_session(headers: dict[str, str], data: dict[str, Any], code: str) -> Mapping[str, Any]:
    """Open the session: complete the open task open_session or open_correspondence with its form."""
    return _complete(headers["key"], code, session_tasks.OPENING, data)


@part.post("/<code>/attendance/<member>/absent")
@permission("run_council")
@part.arguments(KeyHeader, location="headers")
@part.response(204)
def mark_absent(headers: dict[str, str], code: str, member: str) -> None:
    """Note that a member does not take part; the vote no longer waits for them."""

    def act(actor: Actor, now: Now) -> None:
        sessions.mark_absent(code, member, actor=actor, now=now)

    done_once(headers["key"], {"absent": member, "session": code}, act)


@part.post("/<code>/attendance/<member>/late")
@permission("run_council")
@part.arguments(KeyHeader, location="headers")
@part.response(204)
def mark_late(headers: dict[str, str], code: str, member: str) -> None:
    """Note that a member who was absent at the roll call has come."""

    def act(actor: Actor, now: Now) -> None:
        sessions.mark_late(code, member, actor=actor, now=now)

    done_once(headers["key"], {"late": member, "session": code}, act)


@part.post("/<code>/close")
@permission("run_council")
@part.arguments(KeyHeader, location="headers")
@part.response(204)
def close_voting(headers: dict[str, str], code: str) -> None:
    """End the vote before its deadline, as its chair; what is not cast by then is not cast."""

    def act(actor: Actor, now: Now) -> None:
        sessions.close_voting(code, actor=actor, now=now)

    done_once(headers["key"], {"close": code}, act)


@part.post("/<code>/void")
@permission("run_council")
@part.arguments(KeyHeader, location="headers")
@part.arguments(shapes.VoidReason)
@part.response(204)
def void_vote(headers: dict[str, str], data: dict[str, str], code: str) -> None:
    """Void the vote, as its chair, with a reason; it is held again, and what was stays in the record."""

    def act(actor: Actor, now: Now) -> None:
        sessions.void_vote(code, data["reason"], actor=actor, now=now)

    done_once(headers["key"], {"void": code, **data}, act)


@part.post("/<code>/count-again")
@permission("run_council")
@part.arguments(KeyHeader, location="headers")
@part.response(204)
def count_again(headers: dict[str, str], code: str) -> None:
    """Have a count tried again that was refused."""

    def act(actor: Actor, now: Now) -> None:
        sessions.count_again(code, actor=actor, now=now)

    done_once(headers["key"], {"count_again": code}, act)


@part.post("/<code>/ties")
@permission("run_council")
@part.arguments(KeyHeader, location="headers")
@part.arguments(FormData)
@part.response(200, shapes.SessionDone)
def decide_ties(headers: dict[str, str], data: dict[str, Any], code: str) -> Mapping[str, Any]:
    """Decide level results: complete the open task decide_ties or open_second_ballot with its form."""
    return _complete(headers["key"], code, session_tasks.TIES, data)


@part.get("/<code>/results")
@signed_in
@part.response(200, shapes.ResultsShape)
def show_results(code: str) -> dict[str, Any]:
    """What came of each nominee, from which numbers; before the count 409 with the code not_counted."""
    about = _about(code)
    if not about.counted:
        raise NotNow("not_counted")
    return {
        "session": code,
        "state": about.state,
        "rule": about.profile,
        "nominees": [{**item.__dict__, "votes": _votes(item.votes)} for item in about.items],
        "trackers": [tracker for each in about.rounds if not each.voided_at for tracker in each.trackers],
    }


def _about(code: str) -> SessionPage:
    """The session of a code with awards as codes. Raises NotFound."""
    return session_page(db.session(), case_or_404(code, "council_vote"), {}, standing().person_id)


def _votes(votes: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"member": member, "vote": vote} for member, vote in votes.items()]


def _complete(key: str, code: str, elements: tuple[str, ...], data: Mapping[str, Any]) -> Mapping[str, Any]:
    def act(actor: Actor, now: Now) -> Mapping[str, Any]:
        done = session_tasks.complete_open(code, elements, data, actor=actor, now=now)
        return {"session": done.case, "task": done.task}

    return done_once(key, {"session": code, "of": list(elements), "data": data}, act)
