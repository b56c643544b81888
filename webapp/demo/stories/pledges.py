"""What follows registrations: a pledge is changed, a unit's registrations go up as a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from webapp.demo import wording
from webapp.demo.registration_scripts import Change, Gathering
from webapp.demo.script import Campaign
from webapp.demo.setting import Place
from webapp.demo.stories.following import Pace, follow
from webapp.demo.telling import Story, at
from webapp.extensions import db
from webapp.models import Case
from webapp.queries.registration_lists import unlisted_registrations

USUAL_DAYS = {"check_change": 2, "confirm_change": 2}


def pledges(place: Place, script: Campaign) -> Iterator[Story]:
    """Every change and every list of a campaign."""
    for one in script.changes:
        yield change(place, one)
    for each in script.gatherings:
        yield gathering(place, each)


def change(place: Place, script: Change) -> Story:
    """Ask for a change of an accepted registration and follow it."""
    key = place.key(f"change/{script.unit}/{script.name}")
    yield at(script.asked, key)
    officer = place.who("officer", script.unit)
    form = {
        "registration": place.codes[place.key(f"registration/{script.unit}/{script.name}")],
        "filled_by": "officer",
        "reason": script.reason,
    }
    case = place.stage.start(officer, "registration_change", place.plan.code, form)

    def answer(element: str, _visit: int) -> tuple[str, Mapping[str, Any]]:
        if element == "describe_on_behalf":
            return officer, _described(place, script)
        if element == "confirm_change":
            return place.who("specialist"), {"decision": "confirm"}
        return officer, {"decision": "accept"}

    yield from follow(place.stage, case, answer, Pace(USUAL_DAYS, script.waits, key))


def _described(place: Place, script: Change) -> Mapping[str, Any]:
    return {
        "name": script.name,
        "targets": [{"indicator": "Thoát nghèo", "pledge": script.pledge}],
        "commitment": "Cam kết thực hiện đúng nội dung đã điều chỉnh và báo cáo kết quả đúng hạn.",
        **wording.handwritten(script.name, place.day),
    }


def gathering(place: Place, script: Gathering) -> Story:
    """A unit gathers what is accepted; its head signs; the organiser confirms."""
    stage, key = place.stage, place.key(f"list/{script.unit}")
    yield at(script.gathered, key)
    officer = place.who("officer", script.unit)
    case = stage.start(officer, "registration_list", place.plan.code, {})
    row = db.session.execute(select(Case).where(Case.code == case)).scalar_one()
    offered = [code for code, _text in unlisted_registrations(db.session(), row)]
    stage.do(officer, "gather_registrations", case, {"registrations": offered})
    yield at(script.signed, key)
    signed = {
        "decision": "sign",
        "document_number": script.number,
        "issued_on": place.day.isoformat(),
        "signature": stage.signature,
    }
    stage.do(place.who("commune_chair", script.unit), "sign_list", case, signed)
    if script.confirmed:
        yield at(script.confirmed, key)
        stage.do(place.who("specialist"), "confirm_list", case, {"decision": "confirm"})
