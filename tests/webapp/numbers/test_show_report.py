"""The reports: their numbers, who sees them, and that every number is that of the rows it opens."""

import re

import pytest

from tests.offices import scene
from tests.statements import statements
from webapp.numbers.reports import REPORTS
from webapp.operations.interventions import stop_case

AN_PHU = "an-giang/tinh-bien/an-phu"


@scene
def mixed(office):
    """Six nominations of two communes: two drafts, one asked for a supplement, one refused, one withdrawn, one on."""
    office.open_campaign()
    registered = office.register(nominee_name="Nguyễn Văn Nông")
    office.do("officer", "fill_on_behalf", registered)
    office.do("officer", "check_registration", registered, decision="accept")
    office.work()
    names = ("Nguyễn Văn Nông", "Đỗ Thị Bính", "Neáng Sóc Kha", "Lê Văn Út", "Trần Thị Tám")
    codes = [office.nominate(nominee_name=name) for name in names]
    codes.append(office.nominate("other_officer", nominee_name="Trần Văn Đinh", submitting_unit=AN_PHU))
    for code in codes[:4]:
        office.do("officer", "prepare_on_behalf", code, name_on_paper=office.case(code).title)
    office.do("officer", "check_dossier", codes[1], decision="supplement")
    refusal = {"decision": "refuse", "ground": "standard_not_met", "ground_note": "Chưa đủ hai năm."}
    office.do("officer", "check_dossier", codes[2], **refusal)
    stop_case(codes[3], "Xin rút", actor=office.actor("officer"), now=office.now)
    office.work()
    return codes


def numbers(page, line):
    """The numbers of a line of the first table, by column."""
    table = page.all(".number-panel table")[0]
    heads = [head.get_text(" ", strip=True) for head in table.select("thead th")][1:]
    for row in table.select("tbody tr, tfoot tr"):
        if row.th.get_text(" ", strip=True).startswith(line):
            cells = [int(re.sub(r"\D", "", cell.get_text()) or 0) for cell in row.select("td")]
            return dict(zip(heads, cells, strict=True))
    raise AssertionError(f"no line {line}")


def lines(page):
    """The lines of the first table."""
    return [row.th.get_text(" ", strip=True) for row in page.all(".number-panel table")[0].select("tbody tr")]


@pytest.mark.parametrize("report", REPORTS)
def test_visitor_is_asked_to_sign_in(browser, report):
    assert browser.get(f"/numbers/{report}").heading == "Đăng nhập"


@pytest.mark.parametrize("username", ["registrant", "member1", "clerk", "admin"])
def test_others_have_no_business_here(signed_in, username):
    signed_in(username).get("/numbers/proposals", status=403)


def test_every_proposal_is_somewhere(signed_in, mixed):
    page = signed_in("secretary").get("/numbers/proposals?by=unit")
    assert page.heading == "Số liệu"
    assert numbers(page, "xã An Cư") == {
        "Đề nghị": 4,
        "Đã thẩm định": 1,
        "Thông qua": 0,
        "Đã có quyết định": 0,
        "Không được khen": 1,
        "Đã rút": 1,
        "Đang xử lý": 2,
    }
    assert lines(page) == ["xã An Cư"], "a draft is no proposal yet"


def test_grouped_by_what_is_asked_for(signed_in, mixed):
    browser = signed_in("secretary")
    assert lines(browser.get("/numbers/proposals?by=year")) == ["2019"]
    assert lines(browser.get("/numbers/proposals?by=award")) == ["Giấy khen"]
    assert lines(browser.get("/numbers/nominees"))[0] == "Cá nhân"
    assert lines(browser.get("/numbers/proposals?by=nonsense"))[0].startswith("Phong trào")


def test_filters_stand_in_the_address(signed_in, mixed):
    browser = signed_in("secretary")
    assert numbers(browser.get("/numbers/proposals?by=unit&year=2019"), "xã An Cư")["Đề nghị"] == 4
    for nothing in ("year=2018", "unit=nowhere", "campaign=none", "award=none", "kind=household"):
        assert "Chưa có số liệu" in browser.get(f"/numbers/proposals?{nothing}").text
    page = browser.get("/numbers/proposals?unit=an-giang/tinh-bien/an-cu&by=unit")
    assert "unit=an-giang" in page.one("a[href*='/numbers/returns']")["href"], "kept from report to report"


def test_a_period_is_a_half_a_quarter_a_month_or_days(signed_in, mixed):
    browser = signed_in("secretary")
    of = {"Quý": "year=2019&part=q4", "half": "year=2019&part=h2", "month": "year=2019&part=m12"}
    of |= {"days": "part=days&since=02/12/2019&until=02/12/2019", "open": "part=days&since=2019-12-01"}
    for period in of.values():
        assert numbers(browser.get(f"/numbers/proposals?by=unit&{period}"), "xã An Cư")["Đề nghị"] == 4
    for period in ("year=2019&part=q3", "year=2019&part=h1", "part=days&until=01/12/2019"):
        assert "Chưa có số liệu" in browser.get(f"/numbers/proposals?{period}").text


def test_the_control_says_which_period_it_is_and_every_link_keeps_it(signed_in, mixed):
    browser = signed_in("secretary")
    page = browser.get("/numbers/proposals?part=q4")
    assert page.one("#filter-year option[selected]").get_text() == "2019", "a part alone is one of this year"
    assert page.one("#filter-part option[selected]").get_text() == "Quý IV"
    for link in ("a[href*='/numbers/returns']", ".groupings a[href*='by=unit']", ".page-actions a"):
        assert "part=q4" in page.one(link)["href"], link
    rows = browser.get(page.all(".number-panel tbody a")[0]["href"])
    assert "Kỳ báo cáo Quý IV/2019" in rows.one(".rows-of").get_text(" ", strip=True)
    page = browser.get("/numbers/proposals?part=days&since=1/12/2019&until=30/12/2019")
    assert page.one("#filter-since")["value"] == "01/12/2019"
    rows = browser.get(page.all(".number-panel tbody a")[0]["href"])
    assert "Kỳ báo cáo 01/12/2019 – 30/12/2019" in rows.one(".rows-of").get_text(" ", strip=True)


def test_months_are_lines_each_of_which_opens_its_own(signed_in, office, mixed):
    office.move(days=31)
    office.do("other_officer", "prepare_on_behalf", mixed[5], name_on_paper="Trần Văn Đinh")
    browser = signed_in("secretary")
    page = browser.get("/numbers/proposals?by=month")
    assert lines(page) == ["Tháng 12/2019", "Tháng 1/2020"]
    assert [numbers(page, line)["Đề nghị"] for line in lines(page)] == [4, 1]
    assert lines(browser.get("/numbers/proposals?by=quarter")) == ["Quý IV/2019", "Quý I/2020"]
    for link in page.all(".number-panel tbody a"):
        assert browser.get(link["href"]).one("#rows-total").get_text() == link.get_text(strip=True)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("since=31/02/2019", "Từ ngày: “31/02/2019” không phải là ngày; ghi theo mẫu 31/12/2019."),
        ("until=hôm qua", "Đến ngày: “hôm qua” không phải là ngày; ghi theo mẫu 31/12/2019."),
        ("", "Từ ngày: ghi ngày đầu theo mẫu 01/03/2019, ngày cuối, hoặc cả hai."),
        (
            "since=02/12/2019&until=01/12/2019",
            "Đến ngày: 01/12/2019 trước ngày 02/12/2019; ghi từ ngày đó trở đi.",
        ),
    ],
)
def test_days_that_cannot_be_read_are_asked_about(signed_in, campaign, days, said):
    browser = signed_in("secretary")
    for path in ("proposals", "times", "proposals/rows?column=proposed", "proposals.xlsx"):
        page = browser.get(f"/numbers/{path}{'&' if '?' in path else '?'}part=days&{days}")
        assert page.one(".fault").get_text() == said
        assert page.all(".number-panel") == []


def test_times_count_in_the_period_in_which_the_stage_was_left(signed_in, office, mixed):
    browser = signed_in("secretary")
    assert numbers(browser.get("/numbers/times?year=2019&part=q4"), "Đang lập")["Hồ sơ"] == 4
    assert "Chưa có số liệu" in browser.get("/numbers/times?year=2019&part=q3").text
    assert lines(browser.get("/numbers/times?by=month")) == ["Tháng 12/2019"]


def test_returns_count_in_the_period_in_which_they_happened(signed_in, mixed):
    browser = signed_in("secretary")
    page = browser.get("/numbers/returns?year=2019&part=m12")
    assert numbers(page, "xã An Cư")["Yêu cầu bổ sung"] == 1
    assert "Chưa có số liệu" in browser.get("/numbers/returns?year=2019&part=m11").text


def test_a_commune_counts_its_own_alone(signed_in, mixed):
    page = signed_in("other_officer").get("/numbers/proposals?by=unit")
    assert "Chưa có số liệu" in page.text
    assert numbers(signed_in("officer").get("/numbers/proposals?by=unit"), "xã An Cư")["Đề nghị"] == 4


def test_returns_stand_beside_their_grounds(signed_in, mixed):
    browser = signed_in("secretary")
    page = browser.get("/numbers/returns")
    assert numbers(page, "xã An Cư")["Yêu cầu bổ sung"] == 1
    assert numbers(page, "xã An Cư")["Không đủ điều kiện"] == 1
    page = browser.get("/numbers/returns?by=ground")
    assert numbers(page, "Không đủ tiêu chuẩn, điều kiện")["Không đủ điều kiện"] == 1
    rows = browser.get(page.one(".number-panel tbody a[href*='column=rejected']")["href"])
    assert "Chưa đủ hai năm." in rows.text


def test_registered_against_nominated(signed_in, mixed):
    page = signed_in("secretary").get("/numbers/registrations?by=unit")
    assert numbers(page, "xã An Cư") == {
        "Đã đăng ký": 1,
        "Trong đó được đề nghị": 1,
        "Không được đề nghị": 0,
        "Đề nghị mà không đăng ký": 3,
    }


def test_times_are_working_days(signed_in, office, mixed):
    office.move(days=4)  # from Monday 2/12 to Friday 6/12
    office.do("officer", "supplement_dossier", mixed[1])
    page = signed_in("secretary").get("/numbers/times")
    assert numbers(page, "Đang lập")["Hồ sơ"] == 4
    assert numbers(page, "Toàn bộ quá trình") == {
        "Hồ sơ": 2,
        "Trung vị": 0,
        "4/5 số hồ sơ trong": 0,
        "Lâu nhất": 0,
    }


def test_every_number_opens_its_rows(signed_in, mixed):
    browser = signed_in("secretary")
    for report in REPORTS:
        page = browser.get(f"/numbers/{report}")
        for link in page.all(".number-panel td a"):
            rows = browser.get(link["href"])
            shown = link.get_text(strip=True)
            if report == "times" and "ngày" in shown:
                assert shown in rows.one(".rows-of").get_text()
            elif "đ" in shown:
                assert rows.one("#rows-amount").get_text() == shown
            else:
                assert rows.one("#rows-total").get_text() == shown
                assert len(rows.all("main tbody tr")) == int(shown)


def test_the_table_of_a_year_says_that_it_is_not_the_prescribed_form(signed_in, mixed):
    page = signed_in("secretary").get("/numbers/year")
    assert "không phải biểu mẫu báo cáo thống kê theo quy định" in page.text
    assert page.one("#filter-year option[selected]").get_text() == "2019"
    campaigns = page.all(".number-panel")[1]
    assert "Các phong trào trong năm" in campaigns.get_text()
    assert [cell.get_text(strip=True) for cell in campaigns.select("tbody td")] == ["1", "4", "0", "0"]


def test_number_of_statements_does_not_grow_with_the_rows(signed_in, office, campaign):
    browser = signed_in("secretary")
    pages = [f"/numbers/{report}{asked}" for report in REPORTS for asked in ("", "?part=q4&by=month")]
    sent = []
    for more in (2, 12):
        for number in range(more):
            code = office.nominate(nominee_name=f"Nguyễn Văn {more} {number}")
            office.do("officer", "prepare_on_behalf", code, name_on_paper=office.case(code).title)
        for page in pages:
            browser.get(page)
        sent.append([len(statements(lambda page=page: browser.get(page))) for page in pages])
    assert sent[0] == sent[1]
    assert max(sent[0]) <= 14
