"""A unit launches a campaign of its own in response to one from above, and people register in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from webapp.demo.registration_scripts import Response
from webapp.demo.script import Campaign
from webapp.demo.setting import Place
from webapp.demo.sheets import Sheet
from webapp.demo.stories.registrations import registration
from webapp.demo.telling import Story, at
from webapp.extensions import db
from webapp.models import Campaign as CampaignRow
from webapp.models import Case
from webapp.queries.plans import plan_of


def launches(place: Place, script: Campaign) -> Iterator[Story]:
    """Every response to a campaign."""
    for one in script.responses:
        yield launch(place, one)


def launch(place: Place, script: Response) -> Story:
    """Open it, file the unit's plan, have it approved, let people register, conclude it."""
    stage, key = place.stage, place.key(f"response/{script.unit}")
    officer, head = (place.who(role, script.unit) for role in ("officer", "commune_chair"))
    yield at(script.opened, key)
    form = {
        "strands": list(script.strands),
        "own_contents": script.own,
        "registration_closes": script.closes.isoformat(),
    }
    case = stage.start(officer, "response", place.plan.code, form)
    yield at(script.filed, key)
    stage.do(officer, "file_response", case, _filed(place, script))
    yield at(script.approved, key)
    stage.do(head, "approve_response", case, {"decision": "approve"})
    below = _place_of(place, case)
    for each in script.registrations:
        yield from registration(below, each)
    if script.concluded:
        yield at(script.concluded, key)
        summary = "Các ấp đã hưởng ứng; hộ đăng ký thực hiện đúng cam kết."
        stage.do(officer, "conclude_response", case, {"summary": summary})


def _filed(place: Place, script: Response) -> Mapping[str, Any]:
    day = place.day.isoformat()
    body = f"Ủy ban nhân dân {place.unit_name(script.unit)}"
    about = f"Hưởng ứng phong trào thi đua “{place.campaign}”"
    paper = Sheet(
        "unit_plan", "Ke hoach huong ung.pdf", body, "Kế hoạch", about, tuple(script.own.splitlines())
    )
    return {"plan_number": script.number, "plan_date": day, "unit_plan": paper, "launched_on": day}


def _place_of(place: Place, case: str) -> Place:
    """The unit's own campaign as a place of stories."""
    query = select(CampaignRow).join(Case, Case.campaign_id == CampaignRow.id).where(Case.code == case)
    return replace(place, plan=plan_of(db.session(), db.session.execute(query).scalar_one()))
