"""A review: each unit reports its indicators, its officer verifies, the organiser consolidates and concludes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from webapp.demo.script import Campaign, Review
from webapp.demo.setting import Place
from webapp.demo.sheets import Sheet
from webapp.demo.telling import Story, at, later, look, number, on, pick
from webapp.demo.wording import texts


def reviews(place: Place, script: Campaign) -> Iterator[Story]:
    """Every story of the reviews of a campaign."""
    for review in script.reviews:
        for addressed in place.plan.addressed_units:
            yield report(place, review, addressed.unit)
        yield conclusion(place, review)


def report(place: Place, review: Review, unit: str) -> Story:
    """One unit reports, and its officer verifies the next day."""
    stage, key = place.stage, place.key(f"{review.code}/{unit}")
    name = unit.removeprefix(place.unit() + "/")
    if name in review.last:
        yield at(review.last[name], key)
    else:
        yield on(review.first + dt.timedelta(days=number(0, review.days, key)), key)
    case, since = place.codes[place.plan.code], stage.at
    while not stage.is_open("report_indicators", case, unit):
        if stage.stage_of(case) == "ended":
            return
        yield look(stage, since, key)
    stage.do(place.cast.who("registrant", unit), "report_indicators", case, _report(place, unit, key), unit)
    yield later(stage, 2, key)
    stage.do(place.cast.who("officer", unit), "verify_report", case, {"decision": "verify"}, unit)


def conclusion(place: Place, review: Review) -> Story:
    """The specialist consolidates what came in, the secretary notes the conclusion of the conference."""
    stage, key = place.stage, place.key(review.code)
    if not review.consolidated:
        return
    yield at(review.consolidated, f"{key}/consolidated")
    case, since = place.codes[place.plan.code], stage.at
    while not stage.is_open("consolidate_review", case):
        yield look(stage, since, key)
    count = len(place.plan.addressed_units)
    summary = pick(texts()["results"], key)
    form = {
        "summary": summary,
        "units_reported": count,
        "units_on_target": count - number(2, 5, key),
        "report": _paper(place.unit_name(), "review_report", "Báo cáo sơ kết", place.campaign, summary),
    }
    stage.do(place.who("specialist"), "consolidate_review", case, form)
    yield at(review.concluded, f"{key}/concluded")
    notice = _paper(place.unit_name(), "conclusion_notice", "Thông báo kết luận", place.campaign, summary)
    form = {
        "conference_date": place.day.isoformat(),
        "place": review.place,
        "attended": number(80, 160, key),
        "conclusions": "Biểu dương các đơn vị đạt tiến độ; các đơn vị còn lại có biện pháp khắc phục cụ thể.",
        "notice": notice,
    }
    stage.do(place.who("secretary"), "conclude_review", case, form)


def _report(place: Place, unit: str, key: str) -> dict[str, Any]:
    asked = [(i.name, i.unit, i.target) for i in place.plan.indicators]
    label, low, high, measure = texts()["indicators"]["chung"]
    rows = [
        {"indicator": name, "actual": _reached(float(target), f"{key}/{name}"), "measure": of}
        for name, of, target in asked
    ]
    more = {"indicator": label, "actual": number(int(low), int(high), key), "measure": measure}
    results = pick(texts()["results"], key)
    return {
        "indicators": [*rows, more],
        "results": results,
        "funds": number(20, 900, key) * 1_000_000,
        "difficulties": pick(texts()["difficulties"], key),
        "report": _paper("Đơn vị báo cáo", "unit_report", "Báo cáo của đơn vị", place.campaign, results),
    }


def _reached(target: float, key: str) -> float:
    """Most units reach a target, some fall a little short."""
    return round(target * number(85, 145, key) / 100, 2)


def _paper(issuer: str, kind: str, title: str, subject: str, text: str) -> Sheet:
    return Sheet(kind, f"{kind}.pdf", issuer, title, subject, (text,))
