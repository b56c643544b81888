"""A nomination, from its opening to its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from webapp.demo import appraising, wording
from webapp.demo.script import Intervention, Nominee
from webapp.demo.setting import Setting
from webapp.demo.stories.following import Pace, follow, waiting_for
from webapp.demo.telling import Story, at, later, look, on, pick

USUAL_DAYS = {
    "check_dossier": 2,
    "record_meeting": 3,
    "conclude_commune_council": 2,
    "appraise": 2,
    "supplement_dossier": 2,
    "supplement_for_district": 3,
}
MISSING = "Đề nghị bổ sung số liệu so với năm trước và xác nhận của ấp trên báo cáo thành tích."
ANSWER = "Đã bổ sung số liệu so sánh và xác nhận của Ban nhân dân ấp."

Acted = tuple[str, Mapping[str, Any]]


def nomination(setting: Setting, nominee: Nominee) -> Story:
    """Open a nomination on its day and follow it."""
    key = setting.key(nominee.key)
    yield on(nominee.begins, key)
    setting.codes[key] = case = setting.stage.start(*opening(setting, nominee))
    pace = Pace(USUAL_DAYS, nominee.waits, key)
    yield from follow(setting.stage, case, lambda task, visit: ANSWERS[task](setting, nominee, visit), pace)


def opening(setting: Setting, nominee: Nominee) -> tuple[str, str, str, Mapping[str, Any]]:
    """Who opens the nomination, as what, in which campaign, with what."""
    form = {
        "round": setting.round.code,
        "strand": nominee.strand,
        "nominee_kind": nominee.kind,
        "nominee_name": nominee.name,
        "submitting_unit": setting.unit(nominee.unit),
        "proposed_award": nominee.award,
        "filled_by": "registrant" if nominee.by else "officer",
    }
    return _filler(setting, nominee), "nomination", setting.plan.code, form


def opinion(setting: Setting, nominee: Nominee, body: str, days: int) -> Story:
    """A body that is asked for its opinion answers so many days later."""
    key = setting.key(nominee.key)
    yield on(nominee.begins, key)
    stage, case, unit = setting.stage, setting.codes[key], setting.unit(body)
    since = stage.at
    while not stage.is_open("give_opinion", case, unit):
        if stage.stage_of(case) == "ended":
            return
        yield look(stage, since, f"{key}/{body}")
    yield later(stage, days, f"{key}/{body}")
    if stage.is_open("give_opinion", case, unit):
        form = {"decision": "agree", "document_number": "118/CV", "issued_on": setting.day.isoformat()}
        stage.do(setting.who("officer", body), "give_opinion", case, form, unit=unit)


def intervention(setting: Setting, act: Intervention) -> Story:
    """Withdraw, freeze or resume a nomination."""
    yield at(act.on, act.nominee)
    code = setting.codes[setting.key(act.nominee)]
    if act.act == "freeze":
        setting.stage.freeze(act.who, code, act.reason, act.order)
    else:
        {"withdraw": setting.stage.stop, "resume": setting.stage.resume}[act.act](act.who, code, act.reason)


def unfinished(setting: Setting, nominee: Nominee) -> Story:
    """Whoever prepares the dossier has begun to fill it in, and saved what there is."""
    key = setting.key(nominee.key)
    yield on(nominee.begins, key)
    element = "prepare_dossier" if nominee.by else "prepare_on_behalf"
    yield from waiting_for(setting.stage, setting.codes[key], element, key)
    yield later(setting.stage, 0, key)
    _, form = _prepare(setting, nominee, 1)
    begun = {name: form[name] for name in ("nominee_kind", "name_on_paper", "proposed_award", "achievement")}
    setting.stage.draft(_filler(setting, nominee), element, setting.codes[key], begun)


def _filler(setting: Setting, nominee: Nominee) -> str:
    return nominee.by or setting.who("officer", nominee.unit)


def _prepare(setting: Setting, nominee: Nominee, visit: int) -> Acted:
    place = setting.unit_name(nominee.unit)
    form = wording.dossier(nominee, place, setting.address(nominee), setting.round.year, setting.campaign)
    if not nominee.by:
        form |= wording.handwritten(nominee.name, setting.day)
    if not _assessed_by_commune(setting, nominee):
        form |= {"listed_papers": [{"paper_type": "meeting_minutes", "file": wording.minutes(place)}]}
    return _filler(setting, nominee), form


def _assessed_by_commune(setting: Setting, nominee: Nominee) -> bool:
    """Whether a commune holds the meeting; an office, and a commune that is nominee itself, brings them along."""
    unit = setting.cast.units[setting.unit(nominee.unit)]
    return unit.kind == "committee" and unit.level == "commune" and nominee.kind != "commune"


def _check(setting: Setting, nominee: Nominee, visit: int) -> Acted:
    officer = setting.who("officer", nominee.unit)
    if "check_refuses" in nominee.turns:
        refused = wording.refusal("wrong_group", "Đã được tặng giấy khen cho cùng thành tích năm trước.")
        return officer, {"decision": "refuse", **refused}
    asked = sum(turn in nominee.turns for turn in ("commune_supplement", "commune_supplement_again"))
    if visit <= asked:
        return officer, {"decision": "supplement", "supplement_text": MISSING}
    return officer, {"decision": "complete"}


def _supplement(setting: Setting, nominee: Nominee, visit: int) -> Acted:
    return _filler(setting, nominee), {"answer": ANSWER}


def _meeting(setting: Setting, nominee: Nominee, visit: int) -> Acted:
    unit = setting.unit(nominee.unit)
    form = wording.meeting(
        nominee,
        setting.unit_name(nominee.unit),
        setting.day,
        in_hamlet=setting.cast.units[unit].level == "commune",
        agrees="meeting_refuses" not in nominee.turns,
    )
    return setting.who("officer", nominee.unit), form


def _commune_council(setting: Setting, nominee: Nominee, visit: int) -> Acted:
    agrees = "council_refuses" not in nominee.turns
    form = wording.commune_council(nominee, setting.unit_name(nominee.unit), setting.day, agrees=agrees)
    return setting.who("commune_chair", nominee.unit), form


def _post(setting: Setting, nominee: Nominee, visit: int) -> Acted:
    place = f"Trụ sở Ủy ban nhân dân {setting.unit_name(nominee.unit)} và nhà văn hóa ấp"
    channels = ["notice_board", "hamlet_house", "loudspeaker"]
    form = {"place": place, "posted_from": setting.day.isoformat(), "channels": channels}
    return setting.who("officer", nominee.unit), form


def _end_posting(setting: Setting, nominee: Nominee, visit: int) -> Acted:
    form: dict[str, Any] = {"decision": "clear"}
    if "objection" in nominee.turns:
        handled = "Đã xác minh tại ấp: nội dung phản ánh không đúng, người phản ánh đã đồng ý."
        content = "Có người cho rằng hộ này còn nợ quá hạn."
        form["objections"] = [
            {"received_on": setting.day.isoformat(), "content": content, "handling": handled}
        ]
    return setting.who("officer", nominee.unit), form


def _correct(setting: Setting, nominee: Nominee, visit: int) -> Acted:
    return setting.who("officer", nominee.unit), {"answer": "Đã chỉnh sửa theo yêu cầu."}


def _appraise(setting: Setting, nominee: Nominee, visit: int) -> Acted:
    form: dict[str, Any] = {
        "decision": "eligible",
        "criteria": wording.criteria(met=True),
        "appraisal": pick(wording.texts()["appraisals"], nominee.key),
        **appraising.parts(setting, nominee),
    }
    if visit == 1 and "district_supplement" in nominee.turns:
        form = {"decision": "supplement", "supplement_text": MISSING}
    elif visit == 1 and nominee.opinions:
        bodies = [setting.unit(body) for body in nominee.opinions]
        question = "Đề nghị cho ý kiến về việc chấp hành pháp luật, nghĩa vụ thuế và bảo hiểm."
        form = {"decision": "ask_opinions", "bodies": bodies, "question": question}
    elif "district_refuses" in nominee.turns:
        note = "Thành tích nêu trong báo cáo thuộc năm trước, chưa đạt tiêu chuẩn của năm nay."
        refused = wording.refusal("standard_not_met", note)
        form = {"decision": "refuse", "criteria": wording.criteria(met=False), **refused}
    return setting.who("specialist"), form


def _review(setting: Setting, nominee: Nominee, visit: int) -> Acted:
    if visit == 1 and "head_returns" in nominee.turns:
        reason = "Cần đối chiếu lại số hộ được giúp đỡ với báo cáo của xã."
        return setting.who("head"), {"decision": "return", "return_reason": reason}
    return setting.who("head"), {"decision": "approve"}


def _review_refusal(setting: Setting, nominee: Nominee, visit: int) -> Acted:
    return setting.who("head"), {"decision": "refuse"}


def _forward(setting: Setting, nominee: Nominee, visit: int) -> Acted:
    form = wording.forwarding(nominee, setting.unit_name(), setting.day)
    return setting.who("secretary"), form


def _appraise_above(setting: Setting, nominee: Nominee, visit: int) -> Acted:
    form = {
        "decision": "eligible",
        "criteria": wording.criteria(met=True),
        "appraisal": pick(wording.texts()["appraisals"], nominee.key),
        **appraising.parts(setting, nominee),
    }
    return setting.who_above("specialist"), form


def _record_above(setting: Setting, nominee: Nominee, visit: int) -> Acted:
    return setting.who("specialist"), wording.higher_decision(nominee, setting.day)


def _review_above(setting: Setting, nominee: Nominee, visit: int) -> Acted:
    return setting.who_above("head"), {"decision": "approve"}


ANSWERS: Mapping[str, Callable[[Setting, Nominee, int], Acted]] = {
    "prepare_dossier": _prepare,
    "prepare_on_behalf": _prepare,
    "check_dossier": _check,
    "supplement_dossier": _supplement,
    "record_meeting": _meeting,
    "conclude_commune_council": _commune_council,
    "post_publicly": _post,
    "conclude_posting": _end_posting,
    "correct_line": _correct,
    "appraise": _appraise,
    "supplement_for_district": _supplement,
    "review_appraisal": _review,
    "review_refusal": _review_refusal,
    "forward_to_province": _forward,
    "appraise_at_province": _appraise_above,
    "review_at_province": _review_above,
    "record_higher_decision": _record_above,
}
