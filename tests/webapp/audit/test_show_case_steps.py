"""What stands beside each step of a replay: lane, turn, who in which role, deadline, versions."""

import dataclasses
import datetime as dt
import re

import pytest

from tests.delegating import accepted
from tests.people import TINH_BIEN
from webapp.audit import stepping
from webapp.extensions import db
from webapp.operations import people
from webapp.operations.acting import SYSTEM
from webapp.operations.deadlines import move_deadline
from webapp.operations.imports import deploy
from webapp.operations.interventions import freeze_case, resume_case, stop_case
from webapp.operations.rule_sets import amend_rules, decide_rules, submit_rules
from webapp.queries.deployments import current_deployment
from webapp.queries.rule_sets import open_draft, version_in_force
from webapp.queries.units import unit_by_code
from workflows.law_amendments import Amendment
from workflows.typed_yaml import read

OFFICER = "officer.submitter"


def facts(page):
    return {row.dt.get_text(strip=True): row.dd.get_text(" ", strip=True) for row in page.all(".facts > div")}


def headings(page):
    return [each.get_text(" ", strip=True) for each in page.all(".steps h3")]


def marks(page):
    return [each.get_text(strip=True) for each in page.all(".steps-change")]


def numbers(page):
    return [int(each["data-goto"]) for each in page.all("[data-step]")]


def test_steps_are_told_by_the_turns_of_their_process(browser, walked):
    assert headings(browser.get(f"/audit/cases/{walked}")) == [
        "Đề nghị khen thưởng",
        "Xét hồ sơ ở cấp xã, đơn vị · lần 1 Yêu cầu bổ sung",
        "Xét hồ sơ ở cấp xã, đơn vị · lần 2 Yêu cầu bổ sung",
        "Xét hồ sơ ở cấp xã, đơn vị · lần 3",
    ]


def test_what_was_given_up_stays_and_is_marked(browser, office, walked):
    stop_case(walked, "Xin rút", actor=office.actor("officer"), now=office.now)
    page = browser.get(f"/audit/cases/{walked}")
    assert "lần 3 bỏ dở" in headings(page)[3]
    assert "có việc đang mở bị bỏ dở" in page.one("[data-goto='10']").get_text()


def test_one_lane_is_shown_alone_and_every_link_keeps_to_it(browser, walked):
    page = browser.get(f"/audit/cases/{walked}?lane={OFFICER}")
    shown = numbers(page)
    assert shown == [2, 3, 5, 9]
    assert f"lane={OFFICER}" in page.one("[data-move=back]")["href"]
    assert "Bước 5 / 9" in browser.get(page.one("[data-move=back]")["href"]).text
    assert all(f"lane={OFFICER}" in each["href"] for each in page.all("[data-step]"))
    assert page.one(".lane-chip[aria-current]").get_text(" ", strip=True) == "Công chức phụ trách TĐKT 4"


def test_a_step_of_another_lane_gives_the_one_before_it(browser, walked):
    assert "Bước 3 / 9" in browser.get(f"/audit/cases/{walked}?lane={OFFICER}&step=4").text
    assert "Bước 2 / 9" in browser.get(f"/audit/cases/{walked}?lane={OFFICER}&step=1").text
    assert len(numbers(browser.get(f"/audit/cases/{walked}?lane=nobody"))) == 9


def test_suspensions_stand_in_no_lane(browser, walked):
    assert numbers(browser.get(f"/audit/cases/{walked}?lane=beside")) == [6, 7]


def test_says_who_acted_in_which_role_and_unit(browser, walked):
    assert facts(browser.get(f"/audit/cases/{walked}?step=3"))["Người thực hiện"] == (
        "Lê Văn Cán Bộ – Công chức phụ trách TĐKT, xã An Cư"
    )
    frozen = facts(browser.get(f"/audit/cases/{walked}?step=6"))["Người thực hiện"]
    assert frozen.startswith("Ngô Thị Chuyên Viên – Chuyên viên TĐKT, huyện Tịnh Biên")


def test_a_role_is_the_one_held_on_that_day(browser, office, walked):
    officer = office.person("officer").public_id
    people.give_role(officer, "clerk", TINH_BIEN, office.today, actor=SYSTEM, now=office.now)
    assert "vai trò khác" not in facts(browser.get(f"/audit/cases/{walked}?step=3"))["Người thực hiện"]
    assert "và 1 vai trò khác" in facts(browser.get(f"/audit/cases/{walked}?step=9"))["Người thực hiện"]


def test_says_how_long_after_the_step_before_to_the_hour(browser, walked):
    assert "sau bước trước 1 ngày" in facts(browser.get(f"/audit/cases/{walked}?step=3"))["Thời điểm"]


def test_says_how_the_task_stood_against_its_clock(browser, walked):
    told = facts(browser.get(f"/audit/cases/{walked}?step=3"))["So với thời hạn"]
    assert told.startswith("đúng hạn, còn 9 ngày làm việc")
    assert "đã dùng 1 ngày làm việc" in told
    assert "chưa kiểm chứng" in told


def test_a_clock_that_goes_on_counts_what_was_used_before(browser, walked):
    told = facts(browser.get(f"/audit/cases/{walked}?step=9"))["So với thời hạn"]
    used, left = re.search(r"đã dùng (\d+) ngày", told), re.search(r"còn (\d+) ngày", told)
    assert int(used[1]) + int(left[1]) == 10


def test_a_task_done_late_is_told(browser, office, campaign):
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    office.move(days=20)
    office.do("officer", "check_dossier", code, decision="complete")
    told = facts(browser.get(f"/audit/cases/{code}"))["So với thời hạn"]
    assert told.startswith("làm trễ ")


def test_deadlines_rest_with_a_suspended_case_and_move_with_it(browser, office, campaign):
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    freeze_case(code, "Có đơn phản ánh", actor=office.actor("specialist"), now=office.now)
    office.move(days=3)
    resume_case(code, "Đã xác minh", actor=office.actor("specialist"), now=office.now)
    frozen = browser.get(f"/audit/cases/{code}?step=3").one(".deadlines").get_text(" ", strip=True)
    assert "đang tạm dừng, còn 10 ngày làm việc" in frozen
    resumed = browser.get(f"/audit/cases/{code}?step=4").one(".deadlines").get_text(" ", strip=True)
    assert "còn 10 ngày làm việc" in resumed
    assert "hạn ban đầu 16/12/2019" in resumed


def test_a_deadline_set_to_another_day_is_that_day_from_then_on(browser, office, campaign):
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    task = office.task("check_dossier", code)
    move_deadline(
        task.public_id, dt.date(2019, 12, 12), "Nhiều hồ sơ", actor=office.actor("head"), now=office.now
    )
    office.do("officer", "check_dossier", code, decision="complete")
    told = facts(browser.get(f"/audit/cases/{code}"))["So với thời hạn"]
    assert "đến hạn 12/12/2019 23:59 · hạn ban đầu" in told
    moved = browser.get(f"/audit/cases/{code}?step=3")
    assert "Kiểm tra thành phần hồ sơ còn" in moved.one(".deadlines").get_text(" ", strip=True)


def test_the_versions_of_diagram_and_rules_are_told(browser, walked):
    told = facts(browser.get(f"/audit/cases/{walked}?step=3"))["Phiên bản áp dụng"]
    digest = current_deployment(db.session(), "nomination").digest
    assert digest[:12] in told
    assert "Nghị định 91/2017/NĐ-CP" in told
    assert marks(browser.get(f"/audit/cases/{walked}")) == []


def redrawn():
    """The nomination as deployed, with another name of a task."""
    before = current_deployment(db.session(), "nomination")
    path = "commune_assessment/commune_assessment.bpmn"
    name = next(each for each in before.files if each.endswith(path))
    text = before.files[name].decode().replace("Ghi biên bản họp bình xét", "Lập biên bản họp bình xét")
    return dataclasses.replace(before, files={**before.files, name: text.encode()})


def test_a_diagram_deployed_in_mid_case_leaves_the_case_on_its_own(browser, office, walked):
    office.move(hours=1)
    deploy(redrawn(), actor=SYSTEM, now=office.now)
    office.move(hours=1)
    office.do("officer", "record_meeting", walked, decision="agree", met_on=office.today.isoformat())
    page = browser.get(f"/audit/cases/{walked}")
    [mark] = marks(page)
    assert mark.startswith("Đã có sơ đồ mới (")
    assert "hồ sơ này vẫn chạy theo sơ đồ cũ" in mark
    assert "Ghi biên bản họp bình xét" in page.one("[data-caption]").get_text()
    assert page.one(".verdict summary").get_text(strip=True) == "Đã kiểm chứng: khớp"
    assert (
        "Ghi biên bản họp bình xét"
        in browser.client.get(f"/cases/{walked}/diagram/commune_assessment.bpmn").text
    )


@pytest.fixture
def shorter_check(office, walked):
    """The rules of the district let a commune check a dossier in two days from now on."""
    office.move(hours=1)
    session = db.session()
    clerk = office.person("clerk").public_id
    people.give_role(clerk, "admin", TINH_BIEN, dt.date(2018, 1, 1), actor=SYSTEM, now=office.now)
    admin, unit = office.actor("clerk"), unit_by_code(session, TINH_BIEN)
    version = open_draft(session, "law-2014", unit) or version_in_force(session, "law-2014", unit)
    clocks = list(enumerate(read(version.content).data["clocks"]))
    place = next(place for place, entry in clocks if entry["code"] == "commune_check")
    change = Amendment(
        "amend", ("clocks", place), {"days": 2, "citation": "Quyết định 15"}, dt.date(2019, 1, 1)
    )
    draft = amend_rules(version.public_id, TINH_BIEN, change, actor=admin, now=office.now)
    submit_rules(draft, actor=admin, now=office.now)
    decide_rules(draft, approve=True, actor=office.actor("authority"), now=office.now)
    return walked


def test_rules_amended_in_mid_case_count_from_the_next_step_on(browser, office, shorter_check):
    office.move(hours=1)
    office.do("officer", "record_meeting", shorter_check, decision="agree", met_on=office.today.isoformat())
    page = browser.get(f"/audit/cases/{shorter_check}")
    [mark] = marks(page)
    assert mark.startswith("Từ bước này áp dụng phiên bản quy định khác")
    assert mark in facts(page)["Phiên bản áp dụng"]
    assert page.one(".verdict summary").get_text(strip=True) == "Đã kiểm chứng: khớp"
    before = facts(browser.get(f"/audit/cases/{shorter_check}?step=3"))
    assert before["So với thời hạn"].startswith("đúng hạn, còn 9 ngày làm việc")


def test_who_acts_in_the_name_of_another_is_told_beside_them(browser, office, walked):
    accepted(office, delegate="head")
    office.move(hours=1)
    office.do("head", "record_meeting", walked, decision="agree", met_on=office.today.isoformat())
    page = browser.get(f"/audit/cases/{walked}")
    said = facts(page)
    assert said["Người thực hiện"] == "Đặng Văn Trưởng Phòng – Trưởng phòng Nội vụ, huyện Tịnh Biên"
    assert said["Thay cho"] == "Lê Văn Cán Bộ – Công chức phụ trách TĐKT, xã An Cư"
    assert said["Làn"] == "Công chức phụ trách TĐKT · xã An Cư"
    assert "Đặng Văn Trưởng Phòng (thay Lê Văn Cán Bộ) hoàn thành" in page.one("[data-caption]").get_text()
    before = next(a["href"] for a in page.all("[data-panel] a") if "ngay trước đó" in a.get_text())
    [row] = [row for row in browser.get(before).all("tbody tr") if walked in row.get_text()]
    assert "Ghi biên bản họp bình xét" in row.get_text()
    assert "Lê Văn Cán Bộ" in row.get_text()


def test_a_long_case_lists_the_steps_around_the_one_shown(browser, walked, monkeypatch):
    monkeypatch.setattr(stepping, "WINDOW", 2)
    page = browser.get(f"/audit/cases/{walked}?step=5")
    assert numbers(page) == [3, 4, 5, 6, 7]
    assert [each.get_text(strip=True) for each in page.all(".steps-more")] == [
        "Các bước trước",
        "Các bước sau",
    ]
    headers = {"HX-Request": "true", "HX-Target": "steps"}
    answer = browser.client.get(f"/audit/cases/{walked}?step=9", headers=headers).text
    assert 'data-goto="9"' in answer
    assert 'data-goto="5"' not in answer
    assert "<html" not in answer
