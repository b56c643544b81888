"""``/api/v1/council-sessions/<code>/ballots``: the own sheet, cast once; relations declared; written opinions.

Nothing of a ballot is noted beside it, so there is no ``Idempotency-Key`` here: whoever has voted cannot vote again.
"""

from __future__ import annotations

from typing import Any

from webapp.api import ballot_shapes as shapes
from webapp.api.acting import done_once
from webapp.api.cases import case_or_404
from webapp.api.description import Part
from webapp.api.papers import FILE, taken_in
from webapp.api.shapes import KeyHeader
from webapp.api.task_shapes import PaperShape
from webapp.extensions import db
from webapp.operations import opinions
from webapp.operations.acting import Actor, Now
from webapp.operations.papers import Upload
from webapp.operations.refusals import NotFound, NotNow
from webapp.operations.session_tasks import cast_own_ballot
from webapp.queries.ballots import ballot_sheet, own_ballot
from webapp.queries.council_sessions import state_of
from webapp.ui.access import permission, signed_in, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today

part = Part("ballots", "/council-sessions", "Ballots of the person the token belongs to, and of nobody else.")
UNSTORED = {"Cache-Control": "no-store"}


@part.get("/<code>/ballots")
@signed_in
@part.response(200, shapes.SheetShape)
def show_ballot(code: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The own ballot sheet; 404 to whoever is not summoned, 409 with the code not_voting while there is none."""
    session, case = db.session(), case_or_404(code, "council_vote")
    own = own_ballot(session, case.id, standing().person_id)
    if own is None:
        raise NotFound
    sheet = ballot_sheet(session, own.task, today(), {}) if own.task else None
    if sheet is None:
        raise NotNow("not_voting")
    told = {name: getattr(sheet, name) for name in ("task", "closes", "second")}
    answer = {
        **told,
        "session": code,
        "state": state_of(session, case),
        "cast": own.cast,
        "secret": sheet.ballot == "secret",
        "strands": sheet.groups,
        "limits": [{"nominations": codes, "places": places} for codes, places in sheet.limits],
    }
    return answer, UNSTORED


@part.post("/<code>/ballots")
@signed_in
@part.arguments(shapes.Ballot)
@part.response(201, shapes.Cast)
def cast_ballot(data: dict[str, Any], code: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Cast the own ballot, once and for good; a second one is a conflict, already_done."""
    actor, now = actor_and_now()
    done = cast_own_ballot(code, data["ballots"], data["task"], actor=actor, now=now)
    return {"session": code, "tracker": done.told.get("tracker")}, UNSTORED


@part.post("/<code>/relations/<nomination>")
@signed_in
@part.arguments(KeyHeader, location="headers")
@part.response(204)
def declare_relation(headers: dict[str, str], code: str, nomination: str) -> None:
    """Declare a relation to a nominee before voting, and stand aside; declaring it again does nothing."""

    def act(actor: Actor, now: Now) -> None:
        opinions.declare_relation(code, nomination, actor=actor, now=now)

    done_once(headers["key"], {"relation": nomination, "session": code}, act)


@part.delete("/<code>/relations/<nomination>")
@signed_in
@part.response(204)
def take_back_relation(code: str, nomination: str) -> None:
    """Take back, before voting, what was declared by mistake."""
    actor, now = actor_and_now()
    opinions.take_back_relation(code, nomination, actor=actor, now=now)


@part.post("/<code>/opinion-papers")
@permission("run_council")
@part.doc(requestBody={"required": True, "content": {"multipart/form-data": {"schema": FILE}}})
@part.response(201, PaperShape)
def add_opinion_paper(code: str) -> dict[str, str]:
    """Upload the scanned paper of a written opinion (multipart field ``file``) and get the id to name it by."""

    def take(upload: Upload) -> str:
        actor, now = actor_and_now()
        return opinions.add_opinion_paper(code, upload, actor=actor, now=now)

    return taken_in("written_opinion", take)


@part.post("/<code>/attendance/<member>/opinion")
@permission("run_council")
@part.arguments(shapes.Opinion)
@part.response(204)
def enter_opinion(data: dict[str, Any], code: str, member: str) -> None:
    """Enter what an absent member has written, as the secretary, with its paper; a second one is has_voted."""
    actor, now = actor_and_now()
    opinions.enter_opinion(code, member, data["ballots"], data["paper"], actor=actor, now=now)
