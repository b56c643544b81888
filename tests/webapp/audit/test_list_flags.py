"""The list of red flags, its file, and the flags of a case on its replay."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from tests.people import AN_CU, AN_PHU
from tests.statements import statements
from webapp.extensions import db
from webapp.models import FlagExamination
from webapp.operations.acting import SYSTEM
from webapp.operations.interventions import freeze_case
from webapp.operations.people import give_role
from webapp.operations.red_flags import examine_cases


@pytest.fixture
def flagged(office, walked):
    """The nomination that was returned twice, with what was found of it."""
    examine_cases(office.now)
    return walked


@pytest.fixture
def elsewhere(office, flagged):
    """One of another commune, taken in at night and suspended."""
    office.move(hours=12)
    code = office.nominate("other_officer", nominee_name="Chau Sóc Khonl", submitting_unit=AN_PHU)
    freeze_case(code, "Có đơn", actor=office.actor("specialist"), now=office.now)
    examine_cases(office.now)
    return code


def told(page):
    """Kind and sentence of each flag."""
    return [tuple(cell.get_text("|", strip=True).split("|")) for cell in page.all("tbody th:has(a)")]


def found(page):
    return [
        (row.select("td")[1].span.span.get_text(), row.th.a.get_text())
        for row in page.all("tbody tr:has(th a)")
    ]


def test_each_flag_is_a_sentence_that_leads_to_its_step(browser, flagged):
    page = browser.get(f"/audit/flags?q={flagged}")
    supplements, rapid = "Yêu cầu bổ sung quá số lần", "Quyết định trong vài giây"
    check = "“Kiểm tra thành phần hồ sơ”"
    assert told(page) == [
        (rapid, f"{check} được quyết định 0 giây sau khi việc đến."),
        (rapid, f"{check} được quyết định 0 giây sau khi việc đến."),
        (supplements, f"{check}: yêu cầu bổ sung lần thứ 2; quy định cho tối đa 1 lần."),
    ]
    assert "không phải kết luận sai phạm" in page.text
    link = page.all("tbody th a")[2]["href"]
    assert link.startswith(f"/audit/cases/{flagged}?event=")
    step = browser.get(link)
    assert "yêu cầu bổ sung lần thứ 2" in step.one(".flags").get_text()
    assert step.one(".steps [aria-current] .flag-mark")


def test_a_decision_right_after_another_one_names_that(browser, office, flagged):
    codes = [office.nominate(nominee_name=name) for name in ("Lê Thị Ước", "Lê Văn Ơn")]
    for code in codes:
        office.do("officer", "prepare_on_behalf", code)
    office.move(days=1)
    for code in codes:
        office.do("officer", "check_dossier", code, decision="complete")
    examine_cases(office.now)
    check = "“Kiểm tra thành phần hồ sơ”"
    page = browser.get(f"/audit/flags?q={codes[1]}")
    [(_kind, said)] = told(page)
    assert said == f"{check} được quyết định 0 giây sau khi chính người ấy quyết định {check} của {codes[0]}."
    step = browser.get(page.one("tbody th a")["href"])
    assert "Kiểm tra thành phần hồ sơ" in step.one("[data-caption]").get_text()
    assert said in step.one(".flags").get_text()


def test_a_step_that_has_none_says_nothing_and_the_case_names_all(browser, flagged):
    page = browser.get(f"/audit/cases/{flagged}?step=1")
    assert not page.all(".step-panel .flags")
    assert len(page.all(".steps .flag-mark")) == 2
    assert "3 dấu hiệu" in page.one(".verdict-flagged summary").get_text()
    part = browser.client.get(f"/audit/cases/{flagged}?step=5", headers={"HX-Request": "true"})
    assert "yêu cầu bổ sung lần thứ 2" in part.get_data(as_text=True)


def test_what_was_done_beside_the_diagram_is_flagged_on_the_step_that_followed(browser, office, campaign):
    code = office.nominate(nominee_name="Nguyễn Thị Đức")
    office.move(hours=13)  # 22:00: the papers come before the form is sent
    office.do("officer", "prepare_on_behalf", code)
    examine_cases(office.now)
    page = browser.get(f"/audit/flags?q={code}&kind=night")
    step = browser.get(page.one("tbody th a")["href"])
    assert "Lập thay hồ sơ đề nghị" in step.one("[data-caption]").get_text()
    assert "Thao tác lúc 22:00." in step.one(".flags").get_text()


NARROWED = {
    "": 6,
    "kind=night": 2,
    "kind=supplements": 1,
    "kind=late": 0,
    "kind=of_nobody": 6,
    "state=frozen": 2,
    f"unit={AN_PHU}": 2,
    f"unit={AN_CU}&kind=rapid": 2,
    "campaign=nowhere": 0,
    "q=hs-2019-0002": 2,
    "q=100%25": 0,
    "since=07/12/2019": 0,
    "until=02/12/2019": 1,
    "since=03/12/2019&until=06/12/2019": 5,
    "page=99": 6,
}


def test_is_narrowed_and_counts_the_kinds_under_the_other_filters(browser, elsewhere):
    for query, count in NARROWED.items():
        assert len(found(browser.get(f"/audit/flags?{query}"))) == count, query
    page = browser.get(f"/audit/flags?unit={AN_CU}&kind=supplements")
    assert [chip.get_text(" ", strip=True) for chip in page.all(".flag-kinds a")] == [
        "Yêu cầu bổ sung quá số lần 1",
        "Quyết định trong vài giây 2",
    ]
    assert "Không có dấu hiệu nào phù hợp" in browser.get("/audit/flags?kind=late").text


@pytest.mark.parametrize("day", ["31/02/2019", "31/12/9999", "01/01/0001", "mai"])
def test_a_day_that_is_none_is_told(browser, flagged, day):
    page = browser.get(f"/audit/flags?since={day}&until={day}")
    assert len(found(page)) == 4
    assert f"“{day}” không phải là ngày" in page.one("#fault-until").get_text()
    for path in ("/audit", "/audit/paths"):
        assert f"“{day}” không phải là ngày" in browser.get(f"{path}?since={day}&until={day}").text


def test_says_by_which_limits_and_that_nobody_has_checked_them(browser, flagged):
    rules = browser.get("/audit/flags").one(".flag-rules").get_text(" ", strip=True)
    assert "dưới 30 giây" in rules
    assert "từ 22 giờ đến 6 giờ" in rules
    assert "chưa kiểm chứng" in rules
    assert "Chưa có căn cứ pháp luật; cơ quan tự đặt." in rules


def test_the_cases_show_theirs_and_are_found_by_them(browser, elsewhere):
    page = browser.get("/audit")
    assert [chip.get_text(" ", strip=True) for chip in page.all(".flag-chip")] == [
        "Thao tác ban đêm × 2",
        "Yêu cầu bổ sung quá số lần",
        "Quyết định trong vài giây × 2",
        "Quyết định trong vài giây",
    ]
    assert [row.td.get_text(strip=True) for row in browser.get("/audit?flag=any").all("tbody tr")] == [
        elsewhere,
        "HS-2019-0001",
        "PT-2019-0001",
    ]
    assert [row.td.get_text(strip=True) for row in browser.get("/audit?flag=night").all("tbody tr")] == [
        elsewhere
    ]
    assert browser.get(page.all(".flag-chip")[0]["href"]).all("tbody th a")


def test_an_auditor_of_a_commune_sees_those_of_that_commune(browser, office, elsewhere):
    then = {"actor": SYSTEM, "now": office.now}
    give_role(office.person("stranger").public_id, "auditor", AN_PHU, dt.date(2019, 1, 1), **then)
    browser.sign_in_as(office.person("stranger"))
    page = browser.get("/audit/flags")
    assert found(page) == [(elsewhere, "Thao tác ban đêm")] * 2
    assert "Quyết định trong vài giây" not in page.one("main ul.flag-kinds").get_text()


def test_is_not_for_others(browser, office, flagged):
    for username in ("officer", "secretary", "admin", "stranger"):
        browser.sign_in_as(office.person(username))
        browser.get("/audit/flags", 403)
        browser.get("/audit/flags.xlsx", 403)


def test_the_file_holds_what_the_page_asks_for_and_that_it_was_taken_is_noted(browser, office, elsewhere):
    page = browser.get("/audit/flags?kind=night")
    answer = browser.client.get(page.one(".page-actions a")["href"])
    sheet = load_workbook(io.BytesIO(answer.data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [row[1:4] for row in rows] == [["Thao tác ban đêm", "Thao tác lúc 22:00.", elsewhere]] * 2
    assert {row[7] for row in rows} == {office.person(who).name for who in ("other_officer", "specialist")}
    [noted] = [each.fields for each in office.access("list_exported")]
    assert (noted["page"], noted["rows"], noted["filters"]) == ("audit.list_flags", 2, ["kind"])


def test_turns_pages(browser, flagged, monkeypatch):
    monkeypatch.setattr("webapp.queries.red_flags.PAGE_SIZE", 2)
    assert len(found(browser.get("/audit/flags"))) == 2
    assert len(found(browser.get(browser.page.one("a[rel=next]")["href"]))) == 2


def test_asks_the_database_as_often_for_many_as_for_few(browser, office, flagged):
    browser.get("/audit/flags")
    few = len(statements(lambda: browser.get("/audit/flags")))
    cases = len(statements(lambda: browser.get("/audit")))
    office.move(hours=8)
    for number in range(5):
        office.register(nominee_name=f"Người Thứ {number}")
    office.move(hours=8)
    for number in range(5):
        office.register(nominee_name=f"Người Thứ {number + 5}")
    examine_cases(office.now)
    assert len(found(browser.get("/audit/flags"))) > 7
    assert len(statements(lambda: browser.get("/audit/flags"))) == few
    assert len(statements(lambda: browser.get("/audit"))) == cases


def test_a_case_whose_log_cannot_be_read_holds_up_no_other(office, walked, forge):
    forge(f"UPDATE event SET body = 'x' WHERE stream = 'case/{walked}' AND number = 2")
    assert examine_cases(office.now) == 1
    assert office.case(walked).id not in set(db.session.scalars(select(FlagExamination.case_id)))


def test_the_command_makes_them_anew_and_names_what_is_kept_otherwise(app, office, flagged, forge):
    def run(*options):
        return app.test_cli_runner().invoke(args=["audit", "flags", *options])

    done = run("--case", flagged)
    assert done.exit_code == 0
    assert done.output.endswith("3 flags in 1 cases: as kept\n")
    assert f"{flagged} #" in done.output
    forge("DELETE FROM red_flag WHERE kind = 'supplements'", guarded=True)
    forge("UPDATE red_flag SET kind = 'late' WHERE event = (SELECT max(event) FROM red_flag)", guarded=True)
    done = run("--all")
    assert done.exit_code == 1
    assert "supplements" in done.output
    assert "late" in done.output
    assert done.output.endswith("4 flags in 2 cases: 3 differ from what is kept\n")
    assert run("--case", "HS-1999-0001").output == "no case HS-1999-0001\n"
    assert run("--case", flagged, "--all").exit_code == 2
