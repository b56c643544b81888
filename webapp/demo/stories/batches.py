"""A submission batch: prepared by the officer, signed by the head of the unit, received by the specialist."""

from __future__ import annotations

from webapp.demo import wording
from webapp.demo.script import Batch
from webapp.demo.setting import Setting
from webapp.demo.telling import Story, at


def batch(setting: Setting, script: Batch) -> Story:
    """Bring the nominees of a batch that are ready to the district."""
    stage, unit = setting.stage, setting.unit_name(script.unit)
    yield at(script.prepared, setting.key(f"{script.key}/prepared"))
    officer = setting.who("officer", script.unit)
    nominees = setting.nominees("batch", script.key, "submission")
    case = stage.start(officer, "submission", setting.plan.code, {"round": setting.round.code})
    setting.codes[setting.key(f"batch/{script.key}")] = case
    abstract = f"Về việc đề nghị khen thưởng phong trào thi đua “{setting.campaign}” năm {setting.round.year}"
    stage.do(
        officer,
        "prepare_submission",
        case,
        {"nominations": setting.codes_of(nominees), "abstract": abstract[:300]},
    )
    yield at(script.signed, setting.key(f"{script.key}/signed"))
    form = {
        "decision": "sign",
        "document_number": script.number,
        "issued_on": setting.day.isoformat(),
        "signature": wording.scan(unit, "Tờ trình"),
    }
    stage.do(setting.who("commune_chair", script.unit), "sign_submission", case, form)
    yield at(script.received, setting.key(f"{script.key}/received"))
    lines = []
    for nominee, code in zip(nominees, setting.codes_of(nominees), strict=True):
        reason = script.returned.get(nominee.key)
        line = {"nomination": code, "line": "returned" if reason else "received"}
        lines.append(line | ({"reason": reason} if reason else {}))
    stage.do(setting.who("specialist"), "receive_submission", case, {"lines": lines})
