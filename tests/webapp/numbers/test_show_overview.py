"""The overview: what each role needs, each number leading to its rows."""

import pytest

from tests.statements import statements


def headings(page):
    return [heading.get_text(strip=True) for heading in page.all("main h2")]


def waiting(page):
    """(mine, to take) by task."""
    return {
        row.th.get_text(strip=True): tuple(cell.get_text(strip=True) for cell in row.select("td.num")[:2])
        for row in page.all("#waiting + * tbody tr")
    }


def test_visitor_is_asked_to_sign_in(browser):
    assert browser.get("/overview").heading == "Đăng nhập"


def test_secretary_sees_stages_sessions_and_what_is_over_due(signed_in, office, campaign):
    late = office.nominate(nominee_name="Đỗ Thị Bính")
    office.do("officer", "prepare_on_behalf", late, name_on_paper="Đỗ Thị Bính")
    office.move(days=30)
    browser = signed_in("secretary")
    page = browser.get("/overview")
    assert headings(page) == [
        "Việc chờ tôi",
        "Hồ sơ theo giai đoạn",
        "Phiên họp đang và sắp diễn ra",
        "Quá hạn theo đơn vị",
        "Số lượng còn lại của đợt đang xét",
    ]
    rows = browser.get(page.one("#late-units + ul a")["href"])
    assert [link.get_text(strip=True) for link in rows.all(".tracking-table .row-link")] == ["Đỗ Thị Bính"]
    places = page.all("#places-left + ul .nowrap")[0]
    assert places.get_text(strip=True) == "còn 36 / 36"
    assert "Bảng số lượng khen" in browser.get(places["href"]).text


def test_officer_sees_own_work_and_dossiers(signed_in, office, campaign):
    codes = [office.nominate(nominee_name=name) for name in ("Nguyễn Văn Ất", "Đỗ Thị Bính")]
    office.do("officer", "prepare_on_behalf", codes[0], name_on_paper="Nguyễn Văn Ất")
    browser = signed_in("officer")
    page = browser.get("/overview")
    assert waiting(page)["Lập thay hồ sơ đề nghị"] == ("0", "1")
    assert "Quá hạn theo đơn vị" not in headings(page)
    link = page.one("#waiting + * a[href*='prepare_on_behalf']")["href"]
    assert len(browser.get(link).all("#inbox-list tbody tr")) == 1
    browser.get("/overview")
    stage = browser.page.one("#stages ~ .stats a[href*='phase=commune']")["href"]
    assert len(browser.get(stage).all(".tracking-table tbody tr")) == 1


def test_what_is_over_due_opens_its_tasks(signed_in, office, campaign):
    for name in ("Nguyễn Văn Ất", "Đỗ Thị Bính"):
        code = office.nominate(nominee_name=name)
        office.do("officer", "prepare_on_behalf", code, name_on_paper=name)
        office.move(days=10)
    browser = signed_in("officer")
    link = browser.get("/overview").one("#waiting + * a.late")
    assert link.get_text(strip=True) == "1 quá hạn"
    rows = browser.get(link["href"]).all("#inbox-list tbody tr")
    assert [row.select_one(".cell-who").get_text(strip=True) for row in rows] == ["Nguyễn Văn Ất"]


def test_member_sees_sessions_and_no_reports(signed_in, campaign):
    found = headings(signed_in("member1").get("/overview"))
    assert "Phiên họp đang và sắp diễn ra" in found
    assert "Quá hạn theo đơn vị" not in found


def test_auditor_sees_what_can_be_inspected(signed_in, office, campaign):
    office.nominate(nominee_name="Nguyễn Văn Ất")
    browser = signed_in("auditor")
    page = browser.get("/overview")
    link = page.one("#inspection ~ .stats a[href*='state=active']")
    number = int(link.select_one(".stat-value").get_text())
    assert f"{number} mục" in browser.get(link["href"]).text


def test_administrator_sees_how_the_system_is(signed_in):
    assert headings(signed_in("admin").get("/overview")) == ["Việc chờ tôi", "Tình trạng hệ thống"]


@pytest.mark.parametrize("username", ["secretary", "officer"])
def test_number_of_statements_does_not_grow_with_the_rows(signed_in, office, campaign, username):
    browser, sent = signed_in(username), []
    browser.get("/overview")
    for more in (2, 30):
        for number in range(more):
            office.nominate(nominee_name=f"Nguyễn Văn {more} {number}")
        sent.append(len(statements(lambda: browser.get("/overview"))))
    assert sent[0] == sent[1] <= 13
