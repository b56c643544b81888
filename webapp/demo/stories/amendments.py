"""What changes an award later: a text put right, an award revoked and its prize paid back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webapp.demo.after_scripts import Correction, Revocation
from webapp.demo.script import Decision
from webapp.demo.setting import Setting
from webapp.demo.sheets import Sheet
from webapp.demo.stories.following import waiting_for
from webapp.demo.stories.signings import signer, signing
from webapp.demo.telling import Story, at

COPIES = "Như Điều 3\nLưu: VT, NV"


def correction(setting: Setting, original: Decision, script: Correction) -> Story:
    """A text of an award is put right by a decision."""
    key = setting.key(f"{script.nominee}/correction")
    yield at(script.begun, key)
    specialist = setting.who("specialist")
    case = _begun(setting, "award_correction", original, script.reason)
    yield at(script.drafted, f"{key}/drafted")
    row = {"award": setting.codes[setting.key(script.nominee)], "field": script.text, "after": script.right}
    drafted = {"corrections": [row], **_draft(setting, "Về việc đính chính", original)}
    setting.stage.do(specialist, "draft_correction", case, drafted)
    yield from signing(setting, script, case, key)
    setting.stage.see_papers_drawn()


def revocation(setting: Setting, original: Decision, script: Revocation) -> Story:
    """An award is revoked on a conclusion; what was paid comes back by and by."""
    key, stage = setting.key(f"{script.nominee}/revocation"), setting.stage
    yield at(script.begun, key)
    specialist = setting.who("specialist")
    case = _begun(setting, "award_revocation", original, script.reason)
    yield at(script.prepared, f"{key}/prepared")
    stage.do(specialist, "prepare_revocation", case, _proposal(setting, script))
    yield at(script.reviewed, f"{key}/reviewed")
    submitted = {"document_number": script.submission_number, "signature": stage.signature}
    stage.do(setting.who("head"), "review_revocation", case, {"decision": "submit", **submitted})
    stage.see_papers_drawn()
    yield at(script.decided, f"{key}/decided")
    stage.do(setting.who("authority"), "decide_revocation", case, {"decision": "revoke"})
    yield at(script.drafted, f"{key}/drafted")
    stage.do(
        specialist, "draft_revocation", case, _draft(setting, "Về việc hủy bỏ khen thưởng theo", original)
    )
    yield from signing(setting, script, case, key)
    setting.stage.see_papers_drawn()
    yield from waiting_for(stage, case, "collect_prize", key)
    for repaid in script.repaid:
        yield at(repaid.on, f"{key}/repaid")
        row = {
            "award": setting.codes[setting.key(script.nominee)],
            "amount": repaid.amount,
            "returned_on": setting.day.isoformat(),
            "document_number": repaid.receipt,
        }
        decision = "done" if repaid is script.repaid[-1] else "more"
        stage.do(specialist, "collect_prize", case, {"decision": decision, "repayments": [row]})


def _begun(setting: Setting, process: str, original: Decision, reason: str) -> str:
    form = {"original": setting.codes[setting.key(f"decision/{original.key}")], "reason": reason}
    return setting.stage.start(setting.who("specialist"), process, setting.plan.code, form)


def _draft(setting: Setting, act: str, original: Decision) -> dict[str, Any]:
    title = f"{act} Quyết định số {original.number}/QĐ-UBND"
    return {"title": title, "signer": signer(setting), "copies_to": COPIES}


def _proposal(setting: Setting, script: Revocation) -> Mapping[str, Any]:
    conclusion = Sheet(
        "conclusion",
        "ket-luan.pdf",
        script.concluded_by,
        "Kết luận",
        f"Số {script.conclusion}",
        (script.submission,),
    )
    return {
        "ground": script.ground,
        "concluded_by": script.concluded_by,
        "conclusion_number": script.conclusion,
        "concluded_on": script.concluded,
        "conclusion": conclusion,
        "awards": [{"award": setting.codes[setting.key(script.nominee)], "reason": script.violation}],
        "submission": script.submission,
    }
