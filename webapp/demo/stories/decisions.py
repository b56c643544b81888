"""An award decision: drafted, checked, signed, numbered, handed over, sent, published, filed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from webapp.demo.after_scripts import Proxy
from webapp.demo.script import Decision
from webapp.demo.setting import Place, Setting
from webapp.demo.sheets import Finished, Sheet
from webapp.demo.stories.following import waiting_for
from webapp.demo.stories.signings import Number, signer, signing
from webapp.demo.telling import Story, at
from webapp.documents import render
from webapp.extensions import db
from webapp.models import Award, Case, Nomination, Nominee
from webapp.models import Decision as DecisionRow
from webapp.queries.award_papers import decision_facts
from webapp.queries.copies import copy_recipients
from webapp.queries.decisions import decision_of

BASES_2014 = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
    "Căn cứ Luật Thi đua, Khen thưởng ngày 26 tháng 11 năm 2003 và các luật sửa đổi, bổ sung",
    "Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ",
)
BASES_2024 = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015 và luật sửa đổi, bổ sung",
    "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
    "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ",
)
NEW_LAW = 2024
HALL, OFFICE = "Hội trường Ủy ban nhân dân huyện", "Phòng Nội vụ huyện"


def decision(setting: Setting, script: Decision) -> Story:
    """Issue a decision for the nominees of this decision that have passed."""
    achievement = (
        f"Đã có thành tích xuất sắc trong phong trào thi đua “{setting.campaign}” năm {setting.round.year}"
    )

    def passed() -> list[str]:
        return setting.codes_of(setting.nominees("decision", script.key, "decision"))

    yield from issue(setting, script, setting.round.code, achievement, passed)


def issue(
    setting: Place, script: Decision, round_code: str, achievement: str, passed: Callable[[], list[str]]
) -> Story:
    """Issue a decision of a round for the nominations (codes of their cases) that have passed when it is drafted."""
    stage = setting.stage
    yield at(script.drafted, setting.key(f"{script.key}/drafted"))
    specialist = setting.who("specialist")
    case = stage.start(specialist, "award_issuance", setting.plan.code, {"round": round_code})
    setting.codes[setting.key(f"decision/{script.key}")] = case
    form = _draft(setting, script) | {"nominations": passed(), "achievement": achievement}
    stage.do(specialist, "draft_decision", case, form)
    scanned = partial(_returned, setting, case)
    yield from signing(setting, script, case, setting.key(script.key), scanned)
    yield from waiting_for(stage, case, "send_copies", script.key)
    stage.do(setting.who("clerk"), "send_copies", case, _sending(setting, case))
    yield at(script.handed, setting.key(f"{script.key}/handed"))
    stage.do(specialist, "hand_over", case, _handing(setting, script, case))
    yield at(script.published, setting.key(f"{script.key}/published"))
    published = {"published_on": setting.day.isoformat(), "channels": ["website", "notice_board"]}
    stage.do(setting.who("secretary"), "publish_decision", case, published)
    for nominee, when in script.after.late.items():
        yield at(when, setting.key(f"{nominee}/late"))
        stage.do(specialist, "hand_over", case, _handing_late(setting, script, nominee))
    stage.do(setting.who("clerk"), "close_file", case, {"kept_at": "Lưu trữ Văn phòng HĐND và UBND huyện"})


def _draft(setting: Place, script: Decision) -> dict[str, Any]:
    bases = BASES_2024 if setting.day.year >= NEW_LAW else BASES_2014
    return {
        "title": script.title,
        "legal_bases": "\n".join(bases),
        "prize_source": "Quỹ thi đua, khen thưởng của huyện",
        "signer": signer(setting),
        "copies_to": "Như Điều 3\nThường trực Huyện ủy, HĐND huyện\nLưu: VT, NV",
    }


def _returned(setting: Place, code: str, number: Number) -> Mapping[str, Any]:
    """The decision as the office scans it in, with a text behind the picture: it says what ours says."""
    case = db.session.execute(select(Case).where(Case.code == code)).scalar_one()
    facts = decision_facts(db.session(), decision_of(db.session(), case))
    facts["letterhead"] |= {"number": number["number"], "date": number["dated_on"]}
    facts["signature"] |= {"signed": True}
    file = Finished("signed_decision", f"QD-{number['number']}.pdf", render("decision", facts).pdf)
    return {"decision": "record", "signed_decision": file, "signer": signer(setting), "signed_as": "chief"}


def _sending(setting: Place, code: str) -> dict[str, Any]:
    case = db.session.execute(select(Case).where(Case.code == code)).scalar_one()
    copies = [
        {"recipient": recipient, "way": "document_system"}
        for recipient, _text in copy_recipients(db.session(), case)
    ]
    return {"sent_on": setting.day.isoformat(), "copies": copies}


def _handing(setting: Place, script: Decision, case: str) -> dict[str, Any]:
    """Everybody who is there receives what is theirs, or somebody else does for them."""
    late = {setting.codes[setting.key(nominee)] for nominee in script.after.late}
    proxies = {setting.codes[setting.key(proxy.nominee)]: proxy for proxy in script.after.proxies}
    rows = [
        {
            "recipient": code,
            "handed_on": setting.day.isoformat(),
            **_received(setting, name, proxies.get(code)),
        }
        for code, name in _awarded(case)
        if code not in late
    ]
    return {"ceremony": HALL, "recipients": rows, "decision": "more" if late else "done"}


def _handing_late(setting: Place, script: Decision, nominee: str) -> dict[str, Any]:
    """Who was not there receives it at the office."""
    code = setting.codes[setting.key(nominee)]
    row = {"recipient": code, "handed_on": setting.day.isoformat()}
    last = nominee == list(script.after.late)[-1]
    return {"ceremony": OFFICE, "recipients": [row], "decision": "done" if last else "more"}


def _received(setting: Place, name: str, proxy: Proxy | None) -> dict[str, Any]:
    if proxy is None:
        return {"received_by": name}
    paper = Sheet(
        "proxy",
        "giay-uy-quyen.pdf",
        setting.unit_name(),
        "Giấy ủy quyền",
        "Nhận khen thưởng",
        (f"{name} ủy quyền cho {proxy.name} ({proxy.relation}) nhận thay giấy khen và tiền thưởng.",),
    )
    return {"received_by": proxy.name, "relation": proxy.relation, "proxy": paper}


def _awarded(case: str) -> Sequence[Row[str, str]]:
    """Code and name of every nominee of a decision, in the order of its list."""
    issuance = aliased(Case)
    query = (
        select(Case.code, Nominee.name)
        .select_from(Award)
        .join(DecisionRow, DecisionRow.id == Award.decision_id)
        .join(issuance, issuance.id == DecisionRow.case_id)
        .join(Nomination, Nomination.id == Award.nomination_id)
        .join(Case, Case.id == Nomination.case_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .where(issuance.code == case)
    )
    return db.session.execute(query.order_by(Award.position)).all()
