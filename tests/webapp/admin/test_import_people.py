"""People with their roles from an Excel list: all of it or nothing, passwords shown once."""

import base64
import io

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from tests.pages import Browser
from tests.people import AN_CU
from webapp.models import Person, RoleHolding


@pytest.fixture
def headings(signed_in):
    """The headings of the template, as the page hands it out, and the words for the roles and units to pick from."""
    answer = signed_in("admin").client.get("/admin/people/import/template.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    return [cell.value.rstrip(" *") for cell in book.worksheets[0][1]], book


def workbook(*rows, headings):
    book = Workbook()
    for row in (headings, *rows):
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return io.BytesIO(written.getvalue()), "danh-sach.xlsx"


@pytest.fixture
def send(signed_in, headings):
    """Send a list through the page."""

    def send(*rows, username="admin", status=200):
        browser = signed_in(username)
        browser.get("/admin/people")
        browser.get(browser.page.one("a[href='/admin/people/import']")["href"])
        return browser.submit("main form", status, list=workbook(*rows, headings=headings[0]))

    return send


def count(office):
    [found] = office.read(select(func.count()).select_from(Person))
    return found


def row(name, username, unit="xã An Cư", role="officer"):
    """A row; a role may be given by its word or by its code."""
    return [name, username, "", role, unit, "02/12/2019"]


def test_the_template_offers_roles_and_units(headings):
    names, book = headings
    assert len(names) == 6
    assert "xã An Cư" in {cell.value for cell in book["…"]["E"]}


def test_people_come_in_with_their_roles_and_passwords(send, app, office, told):
    first, second = row("Lâm Thị Mới", "lam.thi.moi"), row("Trần Văn Hai", "tran.van.hai")
    again = row("Trần Văn Hai", "tran.van.hai", unit="xã An Phú")
    page = send(first, second, again)
    assert page.heading == "Đã nhập 2 người"
    shown = {tr.th.get_text(strip=True): tr.select("code")[1].get_text() for tr in page.all("tbody tr")}
    assert set(shown) == {"Lâm Thị Mới", "Trần Văn Hai"}
    assert Browser(app).sign_in("lam.thi.moi", shown["Lâm Thị Mới"]).heading == "Tài khoản và cài đặt"
    person = office.person("tran.van.hai")
    held = office.read(select(RoleHolding).where(RoleHolding.person_id == person.id))
    assert len(held) == 2
    assert told("people")[1]["people"] == 2
    assert told("people")[1]["roles"] == 3


def test_the_passwords_can_be_kept_as_a_file_of_the_page_itself(send):
    page = send(row("Lâm Thị Mới", "lam.thi.moi"))
    address = page.one("a[download]")["href"]
    book = load_workbook(io.BytesIO(base64.b64decode(address.partition("base64,")[2])))
    assert [cell.value for cell in book.worksheets[0][2]][:2] == ["Lâm Thị Mới", "lam.thi.moi"]


def test_with_one_fault_nobody_is_entered(send, office):
    before = count(office)
    good = row("Lâm Thị Mới", "lam.thi.moi")
    bad = [
        row("Lê Văn Cán Bộ", "officer"),
        row("Người Khác", "lam.thi.moi"),
        good,
        row("Sai Đơn Vị", "sai.don.vi", unit="xã Không Có"),
        row("Sai Tên", "Sai Tên"),
    ]
    page = send(good, *bad, status=422)
    assert count(office) == before
    told = [tr.get_text(" ", strip=True) for tr in page.all("tbody tr")]
    assert len(told) == 5
    assert "đã có người dùng" in told[0].lower() or "tên đăng nhập" in told[0].lower()
    assert "Dòng 2 ghi tên khác" in told[1]
    assert "Dòng 2 đã ghi vai trò này" in told[2]
    assert "xã Không Có" in told[3]


def test_what_is_no_list_is_said_to_be_none(send, signed_in):
    browser = signed_in("admin")
    browser.get("/admin/people/import")
    page = browser.submit("main form", 422, list=(io.BytesIO(b"x"), "a.xlsx"))
    assert "không phải" in page.one("#error-summary").get_text()
    assert "Chọn tệp" in browser.submit("main form", 422, list=None).one("#error-summary").get_text()


def test_units_of_others_are_not_offered(send, commune_admin, office):
    before = count(office)
    page = send(row("Trần Văn Hai", "tran.van.hai", unit="xã An Phú"), username=commune_admin, status=422)
    assert "xã An Phú" in page.one("tbody").get_text()
    assert count(office) == before
    send(row("Lâm Thị Mới", "lam.thi.moi"), username=commune_admin)
    person = office.person("lam.thi.moi")
    assert person.holdings[0].unit.code == AN_CU


def test_others_may_not(signed_in, office):
    browser = signed_in("secretary")
    browser.get("/")
    browser.get("/admin/people/import", status=403)
    browser.get("/admin/people/import/template.xlsx", status=403)
    browser.post("/admin/people/import", status=403)
