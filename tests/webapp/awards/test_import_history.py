"""A list of past awards is taken over whole or not at all, once, and can be taken back."""

import io

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from tests.people import AN_CU
from webapp.extensions import db
from webapp.models import AwardRecord

PAGE = "/awards/history/import"
HEADINGS = [
    "Tên người, hộ gia đình, tập thể",
    "Loại đối tượng",
    "Năm sinh",
    "Số định danh cá nhân",
    "Đơn vị",
    "Hình thức khen thưởng",
    "Năm đạt thành tích",
    "Loại khen thưởng",
]
GOOD = ["Nguyễn Văn An", "Cá nhân", 1980, "089080001234", "xã An Cư", "Chiến sĩ thi đua cơ sở", 2018]
ROW = [*GOOD, "Công trạng (thường xuyên)"]


def sheet(*rows, headings=None):
    book = Workbook()
    for row in (headings or HEADINGS, *rows):
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.fixture
def keeper(browser, council):
    browser.sign_in_as(council.person("specialist"))
    browser.get(PAGE)
    return browser


def send(browser, data, status=200, name="khen-thuong.xlsx"):
    return browser.submit("main form[enctype]", status, list=(io.BytesIO(data), name))


def records():
    db.session.rollback()
    return db.session.scalar(select(func.count(AwardRecord.id)))


def test_the_headings_are_those_of_the_template(keeper):
    data = keeper.client.get("/awards/history/template").data
    row = next(load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True))
    assert [str(cell).rstrip(" *") for cell in row][: len(HEADINGS)] == HEADINGS


def test_a_list_is_taken_over_once(keeper):
    collective = ["Ban nhân dân ấp", "Tập thể", None, None, AN_CU, "Giấy khen của Sở", 2017, "Theo chuyên đề"]
    page = send(keeper, sheet(ROW, ROW, collective))
    told = page.one("#flashes").get_text()
    assert "Đã ghi 2 khen thưởng" in told
    assert "hai lần trong danh sách: Nguyễn Văn An – Chiến sĩ thi đua cơ sở, 2018" in told
    assert "nên không tính vào điều kiện nào: Giấy khen của Sở" in told
    db.session.rollback()
    kept = db.session.scalars(select(AwardRecord).order_by(AwardRecord.id)).all()
    assert [(one.name, one.award, one.year, one.movement) for one in kept] == [
        ("Nguyễn Văn An", "grassroots_emulation_fighter", 2018, "regular"),
        ("Ban nhân dân ấp", None, 2017, "thematic"),
    ]
    assert len(kept[0].identity) == 64
    assert "089080001234" not in page.answer.get_data(as_text=True)
    keeper.get(PAGE)
    page = send(keeper, sheet(ROW), 422)
    assert "đã có" in page.one("[role=alert]").get_text()
    assert records() == 2


def test_one_fault_and_nothing_is_taken_over(keeper):
    wrong = ["", "Tổ", 1980, "12", "xã Không Có", "Giấy khen", 1900, "Công trạng (thường xuyên)"]
    unknown = ["Lê Văn B", "Cá nhân", None, "123", "xã Không Có", "Giấy khen", 2018, "Đột xuất"]
    page = send(keeper, sheet(ROW, wrong, unknown), 422)
    assert "2 trên 3 dòng có lỗi" in page.one("[role=alert]").get_text()
    first, second = (row.get_text(" ", strip=True) for row in page.all("tbody tr")[:2])
    assert first.startswith("3")
    assert "Loại đối tượng" in first
    assert "“xã Không Có” không phải đơn vị" in second
    assert "9 hoặc 12 chữ số" in second
    assert records() == 0


def test_every_fault_of_a_row_is_named_at_once(keeper):
    ahead = [
        "Xã An Cư",
        "Xã, phường, thị trấn",
        None,
        None,
        "xã Không Có",
        "Chiến sĩ thi đua cơ sở",
        2030,
        "Đột xuất",
    ]
    page = send(keeper, sheet(ahead), 422)
    row = page.all("tbody tr")[0].get_text(" ", strip=True)
    assert "“Năm đạt thành tích” không được sau ngày hôm nay" in row
    assert "“xã Không Có” không phải đơn vị" in row
    assert "hình thức này chỉ tặng cho Cá nhân" in row


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"x", "không phải sổ tính Excel"),
        (sheet(["A"], headings=["Tên"]), "Thiếu các cột"),
        (sheet(), "không có dòng nào"),
    ],
)
def test_a_file_that_is_no_list(keeper, data, told):
    assert told in send(keeper, data, 422).one("[role=alert]").get_text()


def test_a_list_is_taken_back(keeper, council):
    send(keeper, sheet(ROW))
    page = keeper.get("/awards/history?q=nguyen+van+an")
    assert "Nguyễn Văn An" in page.one("tbody").get_text()
    keeper.get(PAGE)
    address = keeper.page.one("a[href$='/take-back']")["href"]
    keeper.get(address)
    keeper.submit("main form", 422)
    keeper.submit("main form", reason="Nhập nhầm tệp")
    assert "Chưa có dữ liệu" in keeper.get("/awards/history").text
    keeper.post(address, {"reason": "Lần nữa"}, status=409)
    keeper.get(PAGE)
    send(keeper, sheet(ROW))
    assert "Nguyễn Văn An" in keeper.get("/awards/history").one("tbody").get_text()


@pytest.mark.parametrize("username", ["officer", "member1", "clerk", "auditor"])
def test_others_cannot(browser, council, username):
    browser.sign_in_as(council.person(username))
    assert not browser.get("/awards/history").all("a[href$='/import']")
    browser.get(PAGE, status=403)
    browser.post(PAGE, {"unit": "an-giang/tinh-bien"}, status=403)


def test_nobody_takes_over_for_a_unit_that_is_not_theirs(keeper):
    page = keeper.submit("main form[enctype]", 422, unit=AN_CU, list=(io.BytesIO(sheet(ROW)), "a.xlsx"))
    assert "Chọn đơn vị" in page.one("[role=alert]").get_text()


def test_perhaps_one_person_in_two_units(keeper):
    moved = [*ROW]
    moved[3:6] = [None, "xã An Phú", "Lao động tiên tiến"]
    alone = ["Lê Văn B", "Cá nhân", 1970, None, "xã An Cư", "Giấy khen", 2018, "Đột xuất"]
    send(keeper, sheet(ROW, moved, alone))
    page = keeper.get("/awards/history?twins=1")
    assert [row.th.get_text(" ", strip=True).split(" Cá nhân")[0] for row in page.all("tbody tr")] == [
        "Nguyễn Văn An",
        "Nguyễn Văn An",
    ]
