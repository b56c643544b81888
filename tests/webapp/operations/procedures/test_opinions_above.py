"""The province asks for opinions as the district does: bodies of its own, the cadre's party body first."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.offices import scene
from tests.people import AN_CU, PROVINCE
from webapp.extensions import db
from webapp.models import Notice
from webapp.operations.acting import SYSTEM
from webapp.operations.cadre_bodies import set_cadre_body
from webapp.operations.imports import import_units
from webapp.operations.people import give_role
from webapp.operations.refusals import InvalidForm
from webapp.queries.asked_opinions import asked_opinions, opinion_request_facts
from webapp.queries.assessments import assessments
from webapp.queries.cadre_bodies import opinion_bodies
from webapp.queries.findings import findings
from webapp.queries.first_values import first_values
from webapp.queries.units import unit_by_code
from workflows.units import Unit

COUNCIL = "concluded"
HIGHER = "provincial_certificate_of_merit"
PARTY, POLICE = f"{PROVINCE}/ban-to-chuc", f"{PROVINCE}/cong-an"
ASKS = {"decision": "ask_opinions", "question": "Đề nghị nhận xét việc chấp hành kỷ luật Đảng."}


@scene
def forwarded(council):
    """Somebody with a post in An Cư, whose dossier the district has passed on to the province."""
    bodies = [
        Unit(PARTY, "Ban Tổ chức Tỉnh ủy", "province", "party", PROVINCE),
        Unit(POLICE, "Công an tỉnh", "province", "agency", PROVINCE),
    ]
    import_units(bodies, actor=SYSTEM, now=council.now)
    set_cadre_body(AN_CU, PARTY, actor=SYSTEM, now=council.now)
    asked = council.person("stranger").public_id
    give_role(asked, "officer", PARTY, dt.date(2018, 1, 1), actor=SYSTEM, now=council.now)
    named = {"nominee_name": "Võ Thành Lẫm", "proposed_award": HIGHER}
    code = council.nominate(**named)
    council.assess(code, "officer", "commune_chair", named | {"position": "Phó Chủ tịch xã"})
    council.move(days=6)
    council.do("officer", "conclude_posting", code, decision="clear")
    council.submit([code], "officer", "commune_chair")
    council.do("specialist", "appraise", code, decision="eligible")
    council.do("head", "review_appraisal", code, decision="approve")
    council.work()
    council.pass_all([code])
    council.do("secretary", "forward_to_province", code, proposed_award=HIGHER)
    return code


def appraisal(council, code):
    return council.task("appraise_at_province", code)


def test_the_party_body_stands_first_and_is_left_out_with_a_reason_only(council, forwarded):
    offered = list(opinion_bodies(db.session(), council.case(forwarded)))
    assert offered[0] == (PARTY, "Ban Tổ chức Tỉnh ủy – cấp ủy quản lý cán bộ")
    assert (POLICE, "Công an tỉnh") in offered
    assert all(code.startswith(f"{PROVINCE}/") and code.count("/") == 1 for code, _text in offered)
    assert first_values(db.session(), appraisal(council, forwarded)) == {"bodies": [PARTY]}
    with pytest.raises(InvalidForm) as refusal:
        council.do("province_specialist", "appraise_at_province", forwarded, **ASKS, bodies=[POLICE])
    assert [fault.code for fault in refusal.value.faults] == ["cadre_body_left_out"]
    reason = "Tỉnh ủy đã nhận xét trong hồ sơ."
    council.do(
        "province_specialist",
        "appraise_at_province",
        forwarded,
        **ASKS,
        bodies=[POLICE],
        cadre_body_omitted=reason,
    )


def test_it_is_asked_by_a_letter_of_the_province_and_told_at_once(council, forwarded):
    council.do("province_specialist", "appraise_at_province", forwarded, **ASKS, bodies=[PARTY, POLICE])
    case = council.case(forwarded)
    asked = {each.unit.code: each for each in asked_opinions(db.session(), case.id)}
    assert {code: each.manages for code, each in asked.items()} == {PARTY: True, POLICE: False}
    letter = opinion_request_facts(db.session(), case, asked[PARTY].task)
    assert (letter["letterhead"]["body"], letter["letterhead"]["symbol"]) == (
        "Ủy ban nhân dân tỉnh An Giang",
        "UBND-SNV",
    )
    assert (letter["question"], letter["signature"]["position"]) == (ASKS["question"], "Giám đốc Sở Nội vụ")
    own = Notice.person_id == council.person("stranger").id
    [told] = council.read(select(Notice).where(own, Notice.template == "opinion_asked"))
    assert dt.datetime.fromisoformat(told.values["due"]) == asked[PARTY].due


def test_what_it_answers_counts_as_at_the_district_and_silence_is_recorded(council, forwarded):
    council.do("province_specialist", "appraise_at_province", forwarded, **ASKS, bodies=[PARTY, POLICE])
    party = council.task("give_opinion", forwarded, unit_id=unit_by_code(db.session(), PARTY).id)
    council.do("stranger", "give_opinion", task=party, decision="disagree", reason="Đang xem xét kỷ luật.")
    council.move(days=40)
    case = council.case(forwarded)
    answers = {each.unit.code: each.answer for each in asked_opinions(db.session(), case.id)}
    assert answers == {PARTY: "disagree", POLICE: "silent"}
    assert assessments(db.session(), [case.id])[case.id].opinions == ("Ban Tổ chức Tỉnh ủy: không nhất trí",)
    [found] = [each for each in findings(db.session(), [case.id])[case.id] if each.kind == "give_opinion"]
    assert found.unit == "Ban Tổ chức Tỉnh ủy"
    assert appraisal(council, forwarded).round == 2
    assert first_values(db.session(), appraisal(council, forwarded)) == {}
    council.do("province_specialist", "appraise_at_province", forwarded, decision="eligible")
