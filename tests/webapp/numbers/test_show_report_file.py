"""A report as an Excel file."""

import io

from openpyxl import load_workbook

from webapp.numbers.reports import REPORTS


def book(browser, path):
    answer = browser.client.get(path)
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.data))


def test_visitor_gets_no_file(browser):
    assert browser.client.get("/numbers/proposals.xlsx").status_code in (302, 401)


def test_registrant_has_no_business_here(signed_in):
    assert signed_in("registrant").client.get("/numbers/proposals.xlsx").status_code == 403


def test_holds_the_numbers_as_numbers_and_says_how_they_are_counted(signed_in, office, campaign):
    code = office.nominate(nominee_name="Đỗ Thị Bính")
    office.do("officer", "prepare_on_behalf", code, name_on_paper="Đỗ Thị Bính")
    sheet = book(signed_in("secretary"), "/numbers/proposals.xlsx?by=unit&year=2019").worksheets[0]
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert ["huyện Tịnh Biên"] in rows
    assert ["Năm: 2019"] in rows
    assert ["xã An Cư", 1, 0, 0, 0, 0, 0, 1] in rows
    assert any("không tính hồ sơ đang lập" in str(row) for row in rows)


def test_holds_the_period_of_the_page_and_is_called_by_it(signed_in, office, campaign):
    code = office.nominate(nominee_name="Đỗ Thị Bính")
    office.do("officer", "prepare_on_behalf", code, name_on_paper="Đỗ Thị Bính")
    browser = signed_in("secretary")

    def rows(period):
        sheet = book(browser, f"/numbers/proposals.xlsx?by=unit&{period}").worksheets[0]
        return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]

    assert ["Kỳ báo cáo: Quý IV/2019"] in rows("year=2019&part=q4")
    assert ["xã An Cư", 1, 0, 0, 0, 0, 0, 1] in rows("year=2019&part=q4")
    assert not any(row[:1] == ["xã An Cư"] for row in rows("year=2019&part=q3"))
    answer = browser.client.get("/numbers/proposals.xlsx?part=days&since=2019-12-01")
    assert "so-lieu-proposals-days-2019-12-01.xlsx" in answer.headers["Content-Disposition"]


def test_every_report_has_one(signed_in, campaign):
    for report in REPORTS:
        assert book(signed_in("secretary"), f"/numbers/{report}.xlsx").worksheets


def test_the_table_of_a_year_has_its_campaigns_on_a_second_sheet(signed_in, campaign):
    assert [
        sheet.title for sheet in book(signed_in("secretary"), "/numbers/year.xlsx?year=2019").worksheets
    ] == [
        "1. Thống kê năm 2019",
        "2. Các phong trào trong năm",
    ]
