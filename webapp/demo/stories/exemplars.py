"""Exemplars: proposed, verified, fostered, selected, introduced with a picture; and the units that apply them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from webapp.demo.paintings import Painting
from webapp.demo.setting import Place
from webapp.demo.sheets import Sheet
from webapp.demo.side_scripts import Application, Effect, Exemplar, exemplars
from webapp.demo.stories.following import Pace, follow
from webapp.demo.telling import Story, at

USUAL_DAYS = {
    "verify_exemplar": 3,
    "supplement_exemplar": 4,
    "plan_fostering": 3,
    "record_fostering": 10,
    "select_exemplar": 4,
}
ONCE = frozenset({"record_fostering"})
APPLYING_DAYS = {"confirm_application": 3, "mend_application": 2, "report_results": 2, "confirm_results": 3}

Acted = tuple[str, Mapping[str, Any]]


def exemplar_stories(place: Place) -> Iterator[Story]:
    """Every exemplar of a campaign, and every unit that applies one."""
    for script in exemplars():
        for one in script.exemplars if script.campaign == place.plan.code else ():
            yield exemplar(place, one)
            if one.down:
                yield taken_down(place, one)
            for application in one.applied:
                yield applied(place, one, application)


def exemplar(place: Place, script: Exemplar) -> Story:
    """Propose an exemplar on its day and follow it."""
    key = _key(place, script)
    yield at(script.on, key)
    form: dict[str, Any] = {
        "exemplar_kind": script.kind,
        "exemplar_name": script.name,
        "submitting_unit": place.unit(script.unit),
        "story": script.story,
        "effects": _rows(script.effects),
    }
    if script.place:
        form["place"] = script.place
    proposer = place.who("registrant", script.unit)
    case = place.stage.start(proposer, "exemplar", place.plan.code, form)
    place.codes[key] = case

    def answer(element: str, visit: int) -> Acted:
        return _answer(place, script, element, visit)

    yield from follow(place.stage, case, answer, Pace(USUAL_DAYS, script.waits, key, ONCE))


def taken_down(place: Place, script: Exemplar) -> Story:
    """The consent is withdrawn."""
    key = _key(place, script)
    yield at(script.down, f"{key}/down")
    place.stage.stop(place.who("specialist"), place.codes[key], script.reason)


def applied(place: Place, script: Exemplar, application: Application) -> Story:
    """A unit records that it applies an exemplar, and reports on the day it has named."""
    key = f"{_key(place, script)}/{application.unit}"
    yield at(application.on, key)
    officer = place.who("officer", application.unit)
    form = {
        "exemplar": place.codes[_key(place, script)],
        "submitting_unit": place.unit(application.unit),
        **_application(place, application),
    }
    case = place.stage.start(officer, "replication", place.plan.code, form)

    def answer(element: str, visit: int) -> Acted:
        if element == "confirm_application":
            back = bool(application.returned) and visit == 1
            return place.who("specialist"), _judged("return" if back else "confirm", application.returned)
        if element == "mend_application":
            return officer, _application(place, application)
        if element == "report_results":
            return officer, _report(place, application)
        return place.who("specialist"), {"decision": "confirm"}

    yield from follow(place.stage, case, answer, Pace(APPLYING_DAYS, {}, key))


def _answer(place: Place, script: Exemplar, element: str, visit: int) -> Acted:
    officer, specialist = place.who("officer", script.unit), place.who("specialist")
    match element:
        case "verify_exemplar":
            return officer, _verified(script, visit)
        case "supplement_exemplar":
            return place.who("registrant", script.unit), _supplement(script)
        case "plan_fostering":
            return officer, _fostering(place, script)
        case "record_fostering":
            return officer, _fostered(script)
        case "select_exemplar":
            chosen = "select" if script.headline else "not_chosen"
            return specialist, {"decision": chosen, "reason": "Đã xem tại chỗ, đối chiếu số liệu của đơn vị."}
        case "prepare_introduction":
            return specialist, _introduction(place, script)
    return place.who("authority"), {"decision": "approve"}


def _verified(script: Exemplar, visit: int) -> Mapping[str, Any]:
    if "reject" in script.turns:
        return {"decision": "reject", "ground": script.ground, "ground_note": script.reason}
    if visit == 1 and "supplement" in script.turns:
        return {"decision": "supplement", "supplement_text": "Bổ sung số liệu trước và sau khi thực hiện."}
    return {"decision": "accept", "verified_how": "Làm việc với ban nhân dân thôn, ấp và xem tại chỗ."}


def _supplement(script: Exemplar) -> Mapping[str, Any]:
    return {"story": script.story, "effects": _rows(script.effects)}


def _fostering(place: Place, script: Exemplar) -> Mapping[str, Any]:
    return {
        "helper": f"{place.unit_name(script.unit)} và các đoàn thể",
        "measures": "Hướng dẫn kỹ thuật, giúp ghi chép số liệu, giới thiệu tại các buổi sinh hoạt.",
        "foster_date": script.fostered,
    }


def _fostered(script: Exemplar) -> Mapping[str, Any]:
    return {
        "done": "Đã hướng dẫn kỹ thuật tại chỗ hai buổi, mở sổ ghi chép số liệu hằng tháng.",
        "result": f"Nhiều người đến xem, học cách làm của {script.name}.",
        "decision": "continue",
    }


def _introduction(place: Place, script: Exemplar) -> Mapping[str, Any]:
    consent = Sheet(
        "other",
        "dong-y-gioi-thieu.pdf",
        place.unit_name(script.unit),
        "Văn bản đồng ý giới thiệu",
        script.name,
        (f"{script.consent} đồng ý để bài và ảnh giới thiệu “{script.headline}” được đăng công khai.",),
    )
    form: dict[str, Any] = {
        "exemplar_name": script.name,
        "headline": script.headline,
        "text": script.text,
        "effects": _rows(script.effects),
        "consent_name": script.consent,
        "consent_date": place.day.isoformat(),
        "consent_paper": consent,
        "introduced_until_date": script.until,
    }
    if script.place:
        form["place"] = script.place
    if script.scene:
        picture = Painting(script.scene, f"{script.scene}.jpg")
        form["pictures"] = [{"picture": picture, "description": script.caption}]
    return form


def _application(place: Place, application: Application) -> dict[str, Any]:
    return {
        "taken_over": application.text,
        "begun_date": (place.day - dt.timedelta(days=7)).isoformat(),
        "report_date": application.report,
    }


def _report(place: Place, application: Application) -> Mapping[str, Any]:
    title, subject = "Báo cáo kết quả áp dụng điển hình", place.campaign
    name = place.unit_name(application.unit)
    evidence = Sheet("evidence", "ket-qua-ap-dung.pdf", name, title, subject, (application.lessons,))
    return {
        "results": _rows(application.results),
        "results_text": application.lessons,
        "evidence": [evidence],
    }


def _judged(decision: str, note: str) -> Mapping[str, Any]:
    return {"decision": decision, **({"return_note": note} if decision == "return" else {})}


def _rows(effects: tuple[Effect, ...]) -> list[dict[str, Any]]:
    """Rows of numbers; what was not measured is left out, whole numbers are whole."""
    rows = []
    for one in effects:
        known = {"before": one.before, "after": one.after}
        numbers = {name: int(v) if v == int(v) else float(v) for name, v in known.items() if v is not None}
        rows.append({"effect": one.effect, **numbers, **({"measure": one.measure} if one.measure else {})})
    return rows


def _key(place: Place, script: Exemplar) -> str:
    return place.key(f"exemplar/{script.unit}/{script.name}")
