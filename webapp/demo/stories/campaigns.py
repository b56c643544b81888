"""A campaign: its plan, its launch, its rounds closed, its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from webapp.demo.script import Campaign
from webapp.demo.setting import Place
from webapp.demo.sheets import Sheet
from webapp.demo.telling import Story, at, later, number, on
from webapp.extensions import db
from webapp.queries.open_work import open_work
from workflows.rules.deadlines import end_of_day


def campaign(place: Place, script: Campaign) -> Story:
    """Draft, approve and publish the plan."""
    stage, plan = place.stage, place.plan
    yield at(script.opened, place.key("opened"))
    asked = [place.unit(body) for body in script.bodies]
    place.cast.enter_units(place.unit(), [*(addressed.unit for addressed in plan.addressed_units), *asked])
    secretary = place.who("secretary")
    case = stage.start(secretary, "campaign", script.code, _opening(place))
    place.codes[script.code] = case
    yield at(script.drafted, place.key("drafted"))
    stage.do(secretary, "draft_plan", case, _draft(place))
    if not script.approved:
        return
    yield at(script.approved, place.key("approved"))
    approval = {"decision": "approve", "signature": stage.signature}
    stage.do(place.who("authority"), "approve_plan", case, approval)
    yield at(script.published, place.key("published"))
    published = {
        "document_number": script.number,
        "issued_on": place.day.isoformat(),
        "plan": _paper(place, "plan", "Kế hoạch", plan.purposes),
    }
    stage.do(secretary, "publish_plan", case, published)


def responses(place: Place, script: Campaign) -> Iterator[Story]:
    """Every addressed unit answers to the plan in time, but for those named as late."""
    for addressed in place.plan.addressed_units if script.published else ():
        name = addressed.unit.removeprefix(place.unit() + "/")
        if name in script.late:
            yield late_response(place, script, name)
        else:
            yield response(place, script, name, own_plan=addressed.own_plan)


def response(place: Place, script: Campaign, name: str, *, own_plan: bool) -> Story:
    """A unit acknowledges the plan and files its own, or confirms that it has it where it is not asked for one."""
    unit, key = place.unit(name), place.key(f"launch/{name}")
    first = at(script.published).date()
    days = max(1, (place.plan.acknowledgement.due - first).days - 2)
    yield on(first + dt.timedelta(days=number(1, days, key)), key)
    case, officer = place.codes[script.code], place.cast.who("officer", unit)
    if not own_plan:
        received = {"received": True, "launched_on": place.day.isoformat()}
        place.stage.do(officer, "confirm_receipt", case, received, unit)
        return
    form = {
        "unit_plan_number": f"{number(4, 60, key)}/KH",
        "unit_plan_date": place.day.isoformat(),
        "unit_plan": _paper_of_unit(place),
        "launched_on": place.day.isoformat(),
    }
    place.stage.do(officer, "acknowledge_plan", case, form, unit)


def _paper_of_unit(place: Place) -> Sheet:
    return Sheet(
        "unit_plan",
        "Ke hoach cua don vi.pdf",
        "Đơn vị được giao thực hiện",
        "Kế hoạch",
        f"Thực hiện phong trào thi đua “{place.campaign}”",
        place.plan.requirements[:2],
    )


def late_response(place: Place, script: Campaign, name: str) -> Story:
    """A unit let the deadline pass; the secretary notes what came of it."""
    key = place.key(f"launch/{name}")
    yield end_of_day(place.plan.acknowledgement.due)
    yield later(place.stage, 2, key)
    form: dict[str, object] = {"decision": "no_plan", "reason": script.late[name]}
    case = place.codes[script.code]
    task = place.stage.task_about("record_late_response", case, place.unit(name))
    place.stage.complete(place.who("secretary"), task, form)


def closings(place: Place, script: Campaign) -> Iterator[Story]:
    """The secretary closes each round on its day."""
    for code, when in script.closes.items():
        yield closing(place, script, code, when)


def closing(place: Place, script: Campaign, code: str, when: str) -> Story:
    """Close one round: the only one open on that day. What is still under way goes on."""
    yield at(when, place.key(f"close/{code}"))
    task = place.stage.open_task("close_round", place.codes[script.code])
    form = {
        "closed_on": place.day.isoformat(),
        "summary": "Đã xét xong các hồ sơ của đợt; số lượng khen thưởng trong mức kế hoạch cho phép.",
        "lessons": "Nhắc các xã gửi hồ sơ sớm hơn để kịp lấy ý kiến các ngành.",
    }
    if open_work(db.session(), task).dossiers:
        form["unfinished_reason"] = "Hồ sơ đang bổ sung, tạm dừng xét được xét tiếp khi đủ điều kiện."
    place.stage.complete(place.who("secretary"), task, form)


def ending(place: Place, script: Campaign) -> Story:
    """The final review ends the campaign; or it is ended early, with a reason."""
    stage, key = place.stage, place.key("end")
    if script.ended:
        yield at(script.ended, key)
        reason = "Gộp nội dung vào kế hoạch chung của huyện, không tổ chức phong trào riêng."
        stage.stop(place.who("authority"), place.codes[script.code], reason)
        return
    if not script.concluded:
        return
    yield at(script.concluded, key)
    form = {
        "conference_date": place.day.isoformat(),
        "place": f"Hội trường Ủy ban nhân dân {place.unit_name()}",
        "summary": "Phong trào đã lan tỏa rộng khắp; các chỉ tiêu chủ yếu đạt và vượt kế hoạch.",
        "report": _paper(place, "final_report", "Báo cáo tổng kết", place.plan.purposes),
    }
    stage.do(place.who("secretary"), "conclude_campaign", place.codes[script.code], form)


def _opening(place: Place) -> dict[str, object]:
    plan = place.plan
    return {
        "registration_opens": plan.registration.opens.isoformat(),
        "registration_closes": plan.registration.closes.isoformat(),
        "addressed_units": [addressed.unit for addressed in plan.addressed_units],
        "acknowledge_by": plan.acknowledgement.due.isoformat(),
    }


def _draft(place: Place) -> dict[str, object]:
    plan = place.plan
    return {
        "abstract": f"Tổ chức {plan.title[0].lower()}{plan.title[1:]}"[:300],
        "purpose": "\n".join(plan.purposes),
        "requirements": "\n".join(plan.requirements),
        "contents": "\n".join(strand.name for strand in plan.strands),
    }


def _paper(place: Place, kind: str, title: str, lines: tuple[str, ...]) -> Sheet:
    return Sheet(kind, f"{kind}.pdf", f"Ủy ban nhân dân {place.unit_name()}", title, place.campaign, lines)
