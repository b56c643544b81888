"""The party body that manages the cadre is asked for its opinion of somebody with a post, or it is said why not."""

import json

import pytest

from tests.founded import campaign, database
from tests.offices import scene
from tests.pages import Browser
from tests.people import AN_CU, PARTY_BODY, POLICE
from tests.sittings import Council
from webapp.extensions import db
from webapp.operations.acting import SYSTEM
from webapp.operations.cadre_bodies import set_cadre_body
from webapp.operations.imports import deploy, import_units
from webapp.operations.refusals import InvalidForm
from webapp.operations.tasks import complete_task
from webapp.queries.asked_opinions import asked_opinions, opinion_request_facts
from webapp.queries.cadre_bodies import OMITTED, opinion_bodies
from webapp.queries.first_values import first_values
from webapp.queries.units import unit_by_code
from workflows.shipped import shipped_deployments
from workflows.units import SHIPPED_UNITS, Unit, parse_units
from workflows.values import Deployment

__all__ = ["campaign", "database"]

NAME = "Ban Tổ chức Huyện ủy Tịnh Biên"
ASKS = {"decision": "ask_opinions", "question": "Đề nghị nhận xét việc chấp hành kỷ luật Đảng."}
LEFT_OUT = [("/bodies", "cadre_body_left_out", {"body": NAME})]
WITH_POST = {"nominee_name": "Nguyễn Văn Nông", "position": "Phó Chủ tịch Ủy ban nhân dân xã An Cư"}


def received(office, **entry):
    """A nomination whose appraisal is open."""
    made = office.nominate(**{name: value for name, value in entry.items() if name != "position"})
    office.assess(made, "officer", "commune_chair", {"nominee_name": "Nguyễn Văn Nông"} | entry)
    office.move(days=6)
    office.do("officer", "conclude_posting", made, decision="clear")
    office.submit([made], "officer", "commune_chair")
    return made


@pytest.fixture
def office(app):
    return Council()


@scene
def cadre(office, campaign):
    """Somebody with a post in An Cư, whose cadres the organisation board of the district manages."""
    return received(Council(), **WITH_POST)


def task_of(office, code):
    return office.task("appraise", code)


def first_of(office, code):
    return first_values(db.session(), task_of(office, code))


def fails(office, code, **form):
    with pytest.raises(InvalidForm) as refusal:
        complete_task(
            task_of(office, code).public_id, ASKS | form, actor=office.actor("specialist"), now=office.now
        )
    return [(fault.pointer, fault.code, dict(fault.params)) for fault in refusal.value.faults]


def test_it_stands_first_and_is_chosen(office, cadre):
    offered = list(opinion_bodies(db.session(), office.case(cadre)))
    assert offered[0] == (PARTY_BODY, f"{NAME} – cấp ủy quản lý cán bộ")
    assert [code for code, _text in offered].count(PARTY_BODY) == 1
    assert POLICE in dict(offered)
    assert first_of(office, cadre) == {"bodies": [PARTY_BODY]}


def test_it_is_left_out_with_a_reason_only(office, cadre):
    assert fails(office, cadre, bodies=[POLICE]) == LEFT_OUT
    assert fails(office, cadre, bodies=[POLICE], **{OMITTED: "  "}) == [("/" + OMITTED, "required", {})]
    reason = "Chức vụ do Đảng ủy xã quản lý; Đảng ủy xã đã nhận xét trong hồ sơ."
    office.do("specialist", "appraise", cadre, **ASKS, bodies=[POLICE], **{OMITTED: reason})
    [asked] = asked_opinions(db.session(), office.case(cadre).id)
    assert (asked.unit.code, asked.manages) == (POLICE, False)


def test_its_letter_and_mark_and_that_it_is_asked_once(office, cadre):
    office.do("specialist", "appraise", cadre, **ASKS, bodies=[PARTY_BODY, POLICE])
    case = office.case(cadre)
    asked = asked_opinions(db.session(), case.id)
    assert {each.unit.code: each.manages for each in asked} == {PARTY_BODY: True, POLICE: False}
    letter = next(each.task for each in asked if each.manages)
    assert opinion_request_facts(db.session(), case, letter)["addressee"] == NAME
    office.move(days=40)
    assert first_of(office, cadre) == {}
    assert OMITTED not in office.offered(task_of(office, cadre))["properties"]
    office.do("specialist", "appraise", cadre, **ASKS, bodies=[POLICE])


@pytest.mark.parametrize(
    ("entry", "body"),
    [
        ({"nominee_name": "Nguyễn Văn Nông"}, PARTY_BODY),
        ({"nominee_kind": "collective", "nominee_name": "Tổ tự quản số 1"}, PARTY_BODY),
        (WITH_POST, None),
    ],
    ids=["without a post", "a collective", "a unit that names none"],
)
def test_others_are_asked_as_before(office, campaign, entry, body):
    set_cadre_body(AN_CU, body, actor=SYSTEM, now=office.now)
    code = received(office, **entry)
    assert first_of(office, code) == {}
    assert not any("cấp ủy" in text for _code, text in opinion_bodies(db.session(), office.case(code)))
    assert fails(office, code, bodies=[POLICE], **{OMITTED: "Không cần."}) == [("/" + OMITTED, "extra", {})]
    office.do("specialist", "appraise", code, **ASKS, bodies=[POLICE])


def test_a_body_of_the_province_is_offered_where_a_unit_names_it(office, cadre):
    above = Unit("an-giang/ban-to-chuc", "Ban Tổ chức Tỉnh ủy", "province", "party", "an-giang")
    import_units([above], actor=SYSTEM, now=office.now)
    assert above.code not in dict(opinion_bodies(db.session(), office.case(cadre)))
    set_cadre_body(AN_CU, above.code, actor=SYSTEM, now=office.now)
    offered = dict(opinion_bodies(db.session(), office.case(cadre)))
    assert (next(iter(offered)), offered[PARTY_BODY]) == (above.code, NAME)
    office.do("specialist", "appraise", cadre, **ASKS, bodies=[above.code])


def test_no_unit_but_a_party_body_manages_cadres(office, campaign):
    for body in (POLICE, AN_CU, "an-giang/no-such-unit"):
        with pytest.raises(InvalidForm):
            set_cadre_body(AN_CU, body, actor=SYSTEM, now=office.now)


def test_a_register_loaded_again_leaves_the_choice_of_the_page(office, campaign):
    set_cadre_body(AN_CU, None, actor=SYSTEM, now=office.now)
    text = (SHIPPED_UNITS / "an-giang.yaml").read_text("utf-8")
    assert import_units(parse_units(text), actor=SYSTEM, now=office.now) == 0
    assert unit_by_code(db.session(), AN_CU).cadre_body is None


def test_a_form_from_before_asks_for_nothing(office, campaign):
    shipped, name = shipped_deployments()["nomination"], "forms/district_assessment/appraise.json"
    form = json.loads(shipped.files[name])
    del form["properties"][OMITTED]
    old = Deployment(shipped.process, {**shipped.files, name: json.dumps(form).encode()})
    deploy(old, actor=office.actor("officer"), now=office.now)
    code = received(office, **WITH_POST)
    office.do("specialist", "appraise", code, **ASKS, bodies=[POLICE])


def test_the_page_names_it_refuses_and_marks_it(app, office, cadre):
    browser = Browser(app)
    browser.sign_in_as(office.person("specialist"))
    path = f"/tasks/{task_of(office, cadre).public_id}"
    page = browser.get(path)
    first = page.all("input[name=bodies][type=checkbox]")[0]
    assert (first["value"], first.has_attr("checked")) == (PARTY_BODY, True)
    assert f"{NAME} – cấp ủy quản lý cán bộ" in page.text
    form = "form.task-form"
    if page.all("main .notice form"):
        page = browser.submit("main .notice form")
    page = browser.submit(form, 422, act="complete", **ASKS, bodies=[POLICE])
    assert f"chưa có {NAME} là cấp ủy quản lý cán bộ" in page.text
    browser.submit(form, act="complete", **ASKS, bodies=[PARTY_BODY, POLICE])
    panel = browser.get(f"/nominations/{cadre}").one("section[aria-labelledby=opinions-title]")
    marked = [line for line in panel.select("li") if "Cấp ủy quản lý cán bộ" in line.get_text()]
    assert [NAME in line.get_text() for line in marked] == [True]


def test_the_answers_are_read_by_those_who_appraise_and_not_by_the_nominees_side(app, office, cadre):
    office.do("specialist", "appraise", cadre, **ASKS, bodies=[PARTY_BODY, POLICE])
    why = "Cần kiểm tra số hộ thoát nghèo."
    task = office.task("give_opinion", cadre, unit_id=unit_by_code(db.session(), POLICE).id)
    office.do("police", "give_opinion", task=task, decision="disagree", reason=why)
    browser = Browser(app)
    browser.sign_in_as(office.person("specialist"))
    assert why in browser.get(f"/nominations/{cadre}").text
    browser.sign_in_as(office.person("officer"))
    page = browser.get(f"/nominations/{cadre}")
    assert why not in page.text
    assert "Đã lấy ý kiến 2 cơ quan" in page.text
