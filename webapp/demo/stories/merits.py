"""Extraordinary merits: told by organiser or chairman, reported by the specialist, considered by the chairman."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from webapp.demo.setting import Place
from webapp.demo.sheets import Sheet
from webapp.demo.side_scripts import Merit, Merits, merits
from webapp.demo.stories.decisions import issue
from webapp.demo.stories.following import Pace, follow
from webapp.demo.telling import Story, at
from workflows.plan_rounds import extraordinary_round

AWARD = "certificate_of_merit"


def merit_stories(place: Place) -> Iterator[Story]:
    """Every extraordinary merit of a campaign, and the decision on them."""
    for script in merits():
        if script.campaign == place.plan.code:
            yield from (merit(place, one) for one in script.merits)
            yield _decision(place, script)


def _decision(place: Place, script: Merits) -> Story:
    """Issue the decision on the merits of one year."""
    year = int(script.merits[0].merit_date[:4])
    codes = [place.key(each.name) for each in script.merits]
    return issue(
        place,
        script.decision,
        extraordinary_round(year).code,
        f"Đã lập thành tích đột xuất trong năm {year}",
        lambda: [place.codes[code] for code in codes],
    )


def merit(place: Place, script: Merit) -> Story:
    """Propose a merit on its day and follow it."""
    key = place.key(script.name)
    yield at(script.on, key)
    form = {
        "strand": script.strand,
        "nominee_kind": script.kind,
        "nominee_name": script.name,
        "nominee_unit": place.unit(script.unit),
        "proposed_award": AWARD,
        "merit_date": script.merit_date,
        "merit": script.merit,
        "found_by": script.found_by,
    }
    case = place.stage.start(place.who(script.by), "extraordinary", place.plan.code, form)
    place.codes[key] = case

    def answer(element: str, _visit: int) -> tuple[str, Mapping[str, Any]]:
        if element == "prepare_report":
            return place.who("specialist"), _report(place, script)
        return place.who("authority"), {"decision": "award"}

    yield from follow(place.stage, case, answer, Pace({"prepare_report": 2, "consider_award": 1}, {}, key))


def _report(place: Place, script: Merit) -> Mapping[str, Any]:
    told = {
        "honorific": script.honorific,
        "birth_year": script.birth_year,
        "standing_opinion": script.opinion,
    }
    return {
        "nominee_kind": script.kind,
        "name_on_paper": script.name,
        "proposed_award": AWARD,
        "achievement": script.achievement,
        "achievement_summary": script.merit,
        "achievement_report": Sheet(
            "achievement_report",
            "tom-tat-thanh-tich.pdf",
            place.unit_name(),
            "BẢN TÓM TẮT THÀNH TÍCH",
            f"của {script.name}",
            (script.merit,),
        ),
        **{name: value for name, value in told.items() if value},
    }
