"""A handful of nominations, really acted to a stage each: what the bulk is copied from."""

from __future__ import annotations

from tests.factories import ROUND, Office
from webapp.operations.interventions import stop_case

TEMPLATES = 10


def act_templates(office: Office) -> list[str]:
    """Codes of TEMPLATES nominations of one commune, three of which have ended."""
    passed = [_posted(office) for _each in range(3)]
    office.move(days=20)
    for code in passed:
        office.do("officer", "conclude_posting", code, decision="clear")
    _submit(office, passed[:2])
    ground = {"decision": "supplement"}
    office.do("specialist", "appraise", passed[0], **ground)
    ended = [_refused(office), _refused(office), _withdrawn(office)]
    under_way = [
        office.nominate(nominee_name="Nguyễn Văn Rẫy"),
        _prepared(office),
        _checked(office),
        _met(office),
    ]
    return [*passed, *ended, *under_way]


def _prepared(office: Office) -> str:
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    return code


def _checked(office: Office) -> str:
    code = _prepared(office)
    office.do("officer", "check_dossier", code, decision="complete")
    return code


def _met(office: Office) -> str:
    code = _checked(office)
    office.do("officer", "record_meeting", code, decision="agree", met_on=_today(office))
    return code


def _posted(office: Office) -> str:
    code = _met(office)
    office.do("commune_chair", "conclude_commune_council", code, decision="agree", met_on=_today(office))
    office.do("officer", "post_publicly", code, posted_from=_today(office))
    return code


def _refused(office: Office) -> str:
    code = _prepared(office)
    office.do("officer", "check_dossier", code, decision="refuse")
    return code


def _withdrawn(office: Office) -> str:
    code = _met(office)
    stop_case(code, "Xin rút", actor=office.actor("officer"), now=office.now)
    return code


def _submit(office: Office, codes: list[str]) -> None:
    batch = office.start("officer", "submission", round=ROUND)
    office.do("officer", "prepare_submission", batch, nominations=codes)
    office.do("commune_chair", "sign_submission", batch, decision="sign", issued_on=_today(office))
    office.work()
    lines = [{"nomination": code, "line": "received"} for code in codes]
    office.do("specialist", "receive_submission", batch, lines=lines)
    office.work()


def _today(office: Office) -> str:
    return office.at.date().isoformat()
