"""Paths of a procedure: how often, how long, and where dossiers were sent back."""

import pytest
from sqlalchemy import event

from webapp.extensions import db
from webapp.models import Case
from webapp.operations.routes import read_routes
from webapp.queries.mined import mined_cases


@pytest.fixture
def read(office, walked):
    """The walked nomination and two that were only opened, read out of the log; the code of the first."""
    office.nominate(nominee_name="Lê Thị Ước")
    office.nominate(nominee_name="Lê Văn Ơn")
    read_routes(office.now)
    return walked


def rows(page):
    return [
        [next(row.th.stripped_strings), *(cell.get_text(strip=True) for cell in row("td"))]
        for row in page.all(".diagram ~ .table-wrap tbody tr")
    ]


def test_the_most_frequent_path_stands_first(browser, read):
    page = browser.get("/audit/paths")
    assert "Đọc từ nhật ký: 3 hồ sơ" in page.text
    heads = [head.get_text(" ", strip=True) for head in page.all(".variant-head")]
    assert heads[0].startswith("2 hồ sơ 66,7%")
    assert heads[1].startswith("1 hồ sơ 33,3%")
    exported = list(mined_cases(db.session(), [Case.process == "nomination"]))
    assert len(heads) == len({case.variant for case in exported})


def test_a_loop_is_told_once_with_how_often(browser, read):
    page = browser.get("/audit/paths")
    [loop] = page.all(".variant-loop")
    assert loop.get_text(" ", strip=True) == "2× Kiểm tra thành phần hồ sơ Bổ sung hồ sơ"


def test_a_path_leads_to_its_cases(browser, read):
    page = browser.get("/audit/paths")
    listed = browser.get(page.all(".variant-head a")[1]["href"])
    assert [row.td.get_text(strip=True) for row in listed.all("tbody tr")] == [read]
    assert "cùng một đường đi" in listed.text
    assert len(browser.get(listed.one(".ways a")["href"]).all("tbody tr")) == 3


def test_what_sent_back_is_counted_and_leads_to_its_cases(browser, read):
    page = browser.get("/audit/paths?show=returns")
    assert rows(page) == [["Kiểm tra thành phần hồ sơ", "2", "3", "67%"]]
    listed = browser.get(page.one("td a")["href"])
    assert [row.td.get_text(strip=True) for row in listed.all("tbody tr")] == [read]


def test_waiting_times_are_working_days_by_step_and_unit(browser, read):
    page = browser.get("/audit/paths?show=waiting")
    found = {row[0]: row[1:] for row in rows(page)}
    assert found["Lập thay hồ sơ đề nghị"] == ["0 ngày", "0 ngày", "0 ngày", "1"]
    assert found["Kiểm tra thành phần hồ sơ"][3] == "3"
    chosen = browser.get("/audit/paths?show=waiting&step=commune_assessment.check_dossier")
    [unit] = chosen.all("[aria-labelledby=units-title] tbody tr")
    assert unit.th.get_text(strip=True) == "xã An Cư"
    assert unit("td")[-1].get_text(strip=True) == "3"


def test_the_diagram_has_the_numbers_of_the_table(browser, read):
    page = browser.get("/audit/paths")
    drawn = browser.client.get(page.one("[data-diagram]")["data-diagram"]).json
    heat = {each["element"]: each["words"] for each in drawn["heat"]["commune_assessment"]}
    table = {row[0]: row[1] for row in rows(page)}
    assert heat["check_dossier"] == table["Kiểm tra thành phần hồ sơ"] == "3"
    flows = {each["flow"]: each["words"] for each in drawn["flows"]["nomination"]}
    assert flows["start_cycle_to_choose_preparer"] == "3"
    diagram = browser.client.get(drawn["processes"][0]["url"])
    assert diagram.status_code == 200


def test_what_calls_a_procedure_has_the_returns_of_its_steps(browser, read):
    page = browser.get("/audit/paths?show=returns")
    drawn = browser.client.get(page.one("[data-diagram]")["data-diagram"]).json
    assert [(each["element"], each["words"]) for each in drawn["heat"]["nomination"]] == [
        ("commune_assessment", "2")
    ]
    assert drawn["flows"]["nomination"] == []


def test_it_is_narrowed_like_the_list(browser, read):
    assert "Đọc từ nhật ký: 3 hồ sơ" in browser.get("/audit/paths?until=31/12/2019").text
    assert "Chưa đọc được đường đi nào" in browser.get("/audit/paths?since=01/01/2020").text
    assert "không phải là ngày" in browser.get("/audit/paths?since=30/02/2020").text
    assert "Chưa đọc được đường đi nào" in browser.get("/audit/paths?process=council_vote").text


def test_what_has_not_been_read_yet_is_said(browser, office, read):
    office.nominate(nominee_name="Lê Thị Mới")
    assert "còn 1 hồ sơ đang được đọc" in browser.get("/audit/paths").text


def test_statements_do_not_grow_with_the_cases(browser, office, read):
    def statements():
        counted = []
        event.listen(db.engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
        browser.get("/audit/paths?show=waiting")
        browser.get("/audit/paths")
        return len(counted)

    statements()
    before = statements()
    for name in "ABCDE":
        office.nominate(nominee_name=f"Trần Văn {name}")
    read_routes(office.now)
    assert statements() == before


def test_only_auditors_see_it(browser, office, read):
    browser.sign_in_as(office.person("specialist"))
    for path in ("/audit/paths", "/audit/paths.json", "/audit/paths/nomination/nomination.bpmn"):
        browser.get(path, status=403)


@pytest.mark.parametrize("path", ["nomination/nowhere", "nowhere/nomination"])
def test_other_diagrams_are_not_there(browser, read, path):
    browser.get(f"/audit/paths/{path}.bpmn", status=404)


@pytest.mark.parametrize(
    ("query", "narrowed"),
    [
        ("", False),
        ("?show=waiting&step=nomination.prepare", False),
        ("?process=nomination", False),
        ("?process=council_vote", True),
        ("?since=01/12/2019", True),
    ],
)
def test_all_can_be_asked_for_where_something_is_left_out(browser, read, query, narrowed):
    page = browser.get(f"/audit/paths{query}")
    assert ["Xem tất cả"] * narrowed == [link.get_text() for link in page.all(".filter-actions a")]
    assert "Tất cả quy trình" not in page.one("#filter-process").get_text()
