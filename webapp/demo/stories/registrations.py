"""Registrations: those of the later nominees, and those that stand at some step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from webapp.demo import wording
from webapp.demo.registration_scripts import Registration
from webapp.demo.script import Campaign, Round
from webapp.demo.setting import Place
from webapp.demo.stories.following import Pace, follow
from webapp.demo.telling import Story, at, number, on
from webapp.demo.wording import texts

USUAL_DAYS = {"check_registration": 2, "confirm_registration": 3, "grant_leave": 3}

Acted = tuple[str, Mapping[str, Any]]


def registrations(place: Place, script: Campaign, rounds: list[Round]) -> Iterator[Story]:
    """Every registration of a campaign."""
    for one in (*script.registrations, *of_nominees(rounds)):
        yield registration(place, one)
        if one.withdrawn:
            yield withdrawal(place, one)


def of_nominees(rounds: list[Round]) -> Iterator[Registration]:
    """The registration of each nominee whose script gives a day for it."""
    for round_ in rounds:
        for one in round_.nominees:
            if one.registered is not None:
                yield Registration(one.name, one.kind, one.unit, one.strand, one.registered, one.by)


def registration(place: Place, script: Registration) -> Story:
    """Open a registration on its day and follow it."""
    key = place.key(f"registration/{script.unit}/{script.name}")
    yield on(script.begins, key)
    form = {
        "strand": script.strand,
        "nominee_kind": script.kind,
        "nominee_name": script.name,
        "submitting_unit": place.unit(script.unit),
        "filled_by": "registrant" if script.by else "officer",
    }
    if script.reason:
        form["late_reason"] = script.reason
    case = place.stage.start(_filler(place, script), "registration", place.plan.code, form)
    place.codes[key] = case

    def answer(element: str, visit: int) -> Acted:
        return _answer(place, script, element, visit)

    yield from follow(place.stage, case, answer, Pace(USUAL_DAYS, script.waits, key))


def withdrawal(place: Place, script: Registration) -> Story:
    """Whoever registered withdraws."""
    key = place.key(f"registration/{script.unit}/{script.name}")
    yield at(script.withdrawn, key)
    reason = "Gia đình chuyển đi nơi khác sinh sống."
    place.stage.stop(_filler(place, script), place.codes[key], reason)


def _filler(place: Place, script: Registration) -> str:
    return script.by or place.who("officer", script.unit)


def _answer(place: Place, script: Registration, element: str, visit: int) -> Acted:
    officer = place.who("officer", script.unit)
    if element == "grant_leave":
        granted = {"decision": "grant", "reason": "Lý do chính đáng, phong trào còn thời gian thực hiện."}
        return place.who("specialist"), granted
    if element == "confirm_registration":
        return place.who("specialist"), {"decision": "confirm"}
    if element == "check_registration":
        return officer, _checked(script, visit)
    if element == "supplement_registration":
        return _filler(place, script), {"answer": "Đã ghi rõ chỉ tiêu và thời gian thực hiện."}
    return _filler(place, script), _sheet(place, script, on_behalf=element == "fill_on_behalf")


def _checked(script: Registration, visit: int) -> Mapping[str, Any]:
    if "reject" in script.turns:
        note = "Nội dung này dành cho hộ nghèo, hộ cận nghèo và hộ mới thoát nghèo."
        return {"decision": "reject", **wording.refusal("wrong_group", note)}
    if visit == 1 and "supplement" in script.turns:
        return {
            "decision": "supplement",
            "supplement_text": "Ghi rõ chỉ tiêu phấn đấu và thời gian thực hiện.",
        }
    return {"decision": "accept"}


def _sheet(place: Place, script: Registration, *, on_behalf: bool) -> Mapping[str, Any]:
    indicator, pledge = texts()["pledges"][script.kind]
    form: dict[str, Any] = {
        "targets": [{"indicator": indicator, "pledge": pledge}],
        "commitment": "Cam kết thực hiện đúng nội dung đã đăng ký và báo cáo kết quả đúng hạn.",
    }
    if script.kind in ("household", "collective"):
        form["people"] = number(3, 24, script.name)
    if on_behalf:
        form |= wording.handwritten(script.name, place.day)
    return form
