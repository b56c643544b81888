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
from workflows.rules.indicators import Figure, asked


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
    form = _report(place, review, unit, key)
    stage.do(place.cast.who("registrant", unit), "report_indicators", case, form, unit)
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
    summary = pick(texts()["results"], key)
    form = {
        "summary": summary,
        "limitations": pick(texts()["difficulties"], key),
        "tasks_ahead": "Tiếp tục phân công giúp đỡ hộ nghèo có địa chỉ; kiểm tra các đơn vị chưa đạt chỉ tiêu.",
        "report": _paper(place.unit_name(), "review_report", "Báo cáo sơ kết", place.campaign, summary),
    }
    stage.do(place.who("specialist"), "consolidate_review", case, form)
    if stage.is_open("choose_awards", case):
        merged = {"decision": "merged", "merged_with": "Tổng kết công tác thi đua, khen thưởng hằng năm"}
        stage.do(place.who("secretary"), "choose_awards", case, merged)
    yield at(review.concluded, f"{key}/concluded")
    notice = _paper(place.unit_name(), "conclusion_notice", "Thông báo kết luận", place.campaign, summary)
    form = {
        "conference_date": place.day.isoformat(),
        "place": review.place,
        "chair": f"{place.cast.called(place.who('authority'))}, Chủ tịch Ủy ban nhân dân {place.unit_name()}",
        "minute_taker": place.cast.called(place.who("secretary")),
        "attended": number(80, 160, key),
        "conclusions": "Biểu dương các đơn vị đạt tiến độ; các đơn vị còn lại có biện pháp khắc phục cụ thể.",
        "notice": notice,
    }
    stage.do(place.who("secretary"), "conclude_review", case, form)


def _report(place: Place, review: Review, unit: str, key: str) -> dict[str, Any]:
    label, low, high, measure = texts()["indicators"]["chung"]
    more = {"indicator": label, "actual": number(int(low), int(high), key), "measure": measure}
    results = pick(texts()["results"], key)
    figures = asked(place.plan, place.plan.review(review.code), unit)
    form = {
        "other_results": [more],
        "results": results,
        "funds": number(20, 900, key) * 1_000_000,
        "difficulties": pick(texts()["difficulties"], key),
        "report": _paper("Đơn vị báo cáo", "unit_report", "Báo cáo của đơn vị", place.campaign, results),
    }
    if not figures:
        return form
    counted = number(900, 4200, place.key(unit))
    return form | {
        "figures": [_figure(place, unit, each) for each in figures],
        "weights": [
            {"base": each, "value": counted} for each in dict.fromkeys(f.base for f in figures) if each
        ],
    }


def _figure(place: Place, unit: str, figure: Figure) -> dict[str, Any]:
    """The same number of a year at every review."""
    key = place.key(f"{unit}/{figure.code}")
    target = float(figure.target_for(place.plan, unit).target)
    actual = round(target * number(85, 145, key) / 100, 2)
    return {"figure": figure.code, "state": "measured", "actual": actual}


def _paper(issuer: str, kind: str, title: str, subject: str, text: str) -> Sheet:
    return Sheet(kind, f"{kind}.pdf", issuer, title, subject, (text,))
