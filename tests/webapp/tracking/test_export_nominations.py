"""The tracking table as a file: what is seen, at once or by the worker; and as a paper."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text

from tests.webapp.documents.papers import needs_poppler, page_formats, pages
from webapp.extensions import db
from webapp.jobs import run
from webapp.models import ListExport
from webapp.operations import list_exports
from webapp.operations.long_work import cancel
from webapp.operations.papers import file_store
from webapp.operations.sweeps import sweep_files
from webapp.tracking import exporting, printing


def sheet(answer):
    """The rows of an Excel file, without the lines above the headings."""
    page = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    return [list(row) for row in page.iter_rows(min_row=4, values_only=True)]


def download(browser, path):
    answer = browser.client.get(path)
    assert answer.status_code == 200
    return answer


def test_file_holds_the_rows_the_order_and_the_columns_that_are_seen(signed_in, nominations):
    browser = signed_in("secretary")
    page = browser.get("/nominations?phase=commune&sort=name&dir=desc&cols=code.name.phase.due")
    answer = download(browser, page.all(".tools-files a")[0]["href"])
    headings, *rows = sheet(answer)
    assert headings == ["Mã", "Người, đơn vị", "Loại đối tượng", "Đơn vị", "Trạng thái", "Giai đoạn", "Hạn"]
    assert [row[:6] for row in rows] == [
        ["HS-2019-0003", "Neáng Sóc Kha", "Cá nhân", "xã An Cư", "Chờ bổ sung", "Cấp xã"],
        ["HS-2019-0002", "Đỗ Thị Bính", "Cá nhân", "xã An Cư", "Cấp xã", "Cấp xã"],
    ]
    assert isinstance(rows[1][6], dt.datetime), "a day is a day in Excel, not a text"
    head = [row[0].value for row in load_workbook(io.BytesIO(answer.data)).worksheets[0]["A1:A3"]]
    assert head == ["Hồ sơ đề nghị", "Giai đoạn: Cấp xã", "2 hồ sơ, ngày 02/12/2019"]
    assert answer.headers["Content-Disposition"].endswith("H%E1%BB%93%20s%C6%A1%202019-12-02.xlsx")


def test_file_is_noted_without_what_was_searched_for(signed_in, office, nominations):
    download(signed_in("secretary"), "/nominations.xlsx?q=kha&phase=commune")
    [noted] = office.access("list_exported")
    assert noted.fields == {
        "page": "tracking.show_tracking",
        "form": "xlsx",
        "rows": 1,
        "filters": ["q", "phase"],
    }


def test_file_shows_nobody_more_than_the_table(signed_in, nominations):
    rows = sheet(download(signed_in("other_officer"), "/nominations.xlsx?cols=code"))
    assert [row[1] for row in rows[1:]] == ["Trần Văn Đinh"]
    assert signed_in("admin").client.get("/nominations.xlsx").status_code == 403


def test_a_name_that_looks_like_a_formula_is_a_text(signed_in, office, campaign):
    office.nominate(nominee_name='=HYPERLINK("x")')
    answer = download(signed_in("secretary"), "/nominations.xlsx?cols=name")
    cell = load_workbook(io.BytesIO(answer.data)).worksheets[0]["A5"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("x")', "s")


@pytest.fixture
def long_list(monkeypatch):
    """Three rows are too long to wait for."""
    monkeypatch.setattr(exporting, "AT_ONCE", 2)


def asked_for(office):
    db.session.rollback()
    return db.session.scalars(select(ListExport).order_by(ListExport.id.desc())).first()


def full_disk(*_arguments):
    raise OSError("no space left")


def carry(office):
    db.session.rollback()
    return list_exports.carry_exports(lambda: office.now, lambda: None)


def test_a_long_list_is_written_by_the_worker(signed_in, office, nominations, long_list):
    browser = signed_in("secretary")
    page = browser.get("/nominations.xlsx?sort=name&cols=code.name")
    progress = page.answer.request.path
    assert "0 / 4" in page.text
    assert page.one("#export-progress")["hx-get"] == progress
    run.settle(lambda: office.now)
    page = browser.get(progress)
    assert "Tệp đã sẵn sàng" in page.text
    assert "4 / 4" in page.text
    rows = sheet(download(browser, page.one("a[href$='/file']")["href"]))
    assert [row[1] for row in rows] == [
        "Người, đơn vị",
        "Đỗ Thị Bính",
        "Neáng Sóc Kha",
        "Nguyễn Văn Ất",
        "Trần Văn Đinh",
    ]
    assert len(browser.get("/exports").all("tbody tr")) == 1


def test_the_columns_are_those_of_the_day_it_was_asked_for(signed_in, office, nominations, long_list):
    browser = signed_in("secretary")
    browser.get("/nominations")
    browser.submit(".column-form", column=["code"])
    browser.get("/nominations.xlsx")
    browser.get("/nominations")
    browser.submit(".column-form", column=["due"])
    carry(office)
    made = asked_for(office)
    rows = sheet(download(browser, f"/exports/{made.public_id}/file"))
    assert rows[0][0] == "Mã"


def test_a_file_is_for_who_asked_for_it(signed_in, office, nominations, long_list):
    path = signed_in("secretary").get("/nominations.xlsx").answer.request.path
    carry(office)
    browser = signed_in("specialist")
    for other in (path, f"{path}/file"):
        browser.get(other, status=404)
    browser.post(f"{path}/cancel", status=404)
    assert "Chưa yêu cầu tệp nào" in browser.get("/exports").text


def test_a_file_can_be_cancelled(signed_in, office, nominations, long_list):
    browser = signed_in("secretary")
    path = browser.get("/nominations.xlsx").answer.request.path
    page = browser.submit("#export-progress form")
    assert "Đã hủy" in page.text
    assert carry(office) == 0
    browser.get(f"{path}/file", status=404)
    browser.post(f"{path}/cancel", status=409)


def test_cancelled_while_it_is_written_leaves_nothing(signed_in, office, nominations, long_list, monkeypatch):
    monkeypatch.setattr("webapp.sheet_files.STEP", 1)
    path = signed_in("secretary").get("/nominations.xlsx").answer.request.path
    public_id = path.rpartition("/")[2]
    actor = office.actor("secretary")

    def stop():
        if asked_for(office).state == "running":
            cancel(list_exports.FILES, public_id, actor=actor, now=office.now)

    list_exports.carry_exports(lambda: office.now, stop)
    made = asked_for(office)
    assert (made.state, made.sha256, made.written) == ("cancelled", None, 1)


def test_what_a_killed_worker_left_is_written_anew(signed_in, office, nominations, long_list):
    signed_in("secretary").get("/nominations.xlsx")
    made = asked_for(office)
    made.state, made.lease_until, made.written = "running", office.now.wall + dt.timedelta(minutes=5), 3
    db.session.commit()
    assert carry(office) == 0, "somebody else is writing it"
    made.lease_until = office.now.wall - dt.timedelta(seconds=1)
    db.session.commit()
    assert carry(office) == 1
    assert asked_for(office).state == "done"


def test_what_could_not_be_written_is_tried_again(signed_in, office, nominations, long_list, monkeypatch):
    browser = signed_in("secretary")
    path = browser.get("/nominations.xlsx").answer.request.path

    monkeypatch.setattr(exporting, "write_sheet", full_disk)
    carry(office)
    assert "Không ghi được" in browser.get(path).text
    monkeypatch.undo()
    page = browser.submit(f"form[action='{path}/retry']")
    assert "Đang chờ" in page.text
    carry(office)
    assert "Tệp đã sẵn sàng" in browser.get(path).text
    browser.post(f"{path}/retry", status=409)


def test_no_more_than_three_at_once(signed_in, office, nominations, long_list):
    browser = signed_in("secretary")
    for _each in range(3):
        browser.get("/nominations.xlsx")
    assert "Ba tệp của anh/chị đang được ghi" in browser.get("/nominations.xlsx", status=409).text


def test_one_that_is_tried_again_counts(signed_in, office, nominations, long_list, monkeypatch):
    browser = signed_in("secretary")
    path = browser.get("/nominations.xlsx").answer.request.path
    monkeypatch.setattr(exporting, "write_sheet", full_disk)
    carry(office)
    monkeypatch.undo()
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    for _each in range(3):
        browser.get("/nominations.xlsx")
    browser.get(path)
    page = browser.submit(f"form[action='{path}/retry']", status=409)
    assert "Ba tệp của anh/chị đang được ghi" in page.text
    carry(office)
    browser.get(path)
    assert "Đang chờ" in browser.submit(f"form[action='{path}/retry']").text


def test_a_fault_of_other_work_is_none_of_the_file(signed_in, office, nominations, long_list, monkeypatch):
    monkeypatch.setattr("webapp.sheet_files.STEP", 1)
    signed_in("secretary").get("/nominations.xlsx")

    def broken():
        db.session.execute(text("SELECT * FROM no_such_table"))

    db.session.rollback()
    list_exports.carry_exports(lambda: office.now, broken)
    made = asked_for(office)
    assert (made.state, made.written) == ("done", 4)


def test_a_file_goes_after_a_week(signed_in, office, nominations, long_list):
    browser = signed_in("secretary")
    path = browser.get("/nominations.xlsx").answer.request.path
    carry(office)
    digest = asked_for(office).sha256
    sweep_files(office.now.wall + dt.timedelta(days=6))
    assert file_store().open(digest).read(2) == b"PK"
    list_exports.forget_exports(office.now.wall + dt.timedelta(days=8))
    sweep_files(office.now.wall + dt.timedelta(days=8))
    with pytest.raises(FileNotFoundError):
        file_store().open(digest)
    assert "Tệp đã được xóa" in browser.get(path).text
    assert browser.page.one("#export-progress a")["href"].startswith("/nominations?cols=code.name")


@needs_poppler
def test_paper_bears_letterhead_filters_and_pages(signed_in, office, nominations):
    browser = signed_in("secretary")
    page = browser.get("/nominations?phase=commune&cols=code.name.due")
    answer = download(browser, page.all(".tools-files a")[1]["href"])
    [drawn] = pages(answer.data)
    for said in (
        "ỦY BAN NHÂN DÂN HUYỆN TỊNH BIÊN",
        "DANH SÁCH HỒ SƠ",
        "Giai đoạn: Cấp xã",
        "Neáng Sóc Kha",
        "có 02 hồ sơ./.",
        "Trang 1/1",
    ):
        assert said.lower() in drawn.lower(), said
    assert page_formats(answer.data) == ["A4 landscape"]
    assert office.access("list_exported")[0].fields["form"] == "pdf"


def test_a_list_too_long_for_paper_is_refused_with_a_sentence(signed_in, nominations, monkeypatch):
    monkeypatch.setattr(printing, "MOST", 3)
    page = signed_in("secretary").get("/nominations.pdf")
    assert "Bản giấy chứa nhiều nhất 3 hồ sơ, danh sách này có 4" in page.soup.text
