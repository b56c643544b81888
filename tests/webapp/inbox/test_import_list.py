"""Lists of registrations and nominations from Excel: checked whole, opened row by row, left, stopped, tried again."""

import io

import pytest
from sqlalchemy import func, select

from tests.factories import CAMPAIGN
from tests.lists import NAME, NOMINATE, REGISTER, book, headings, many, send
from tests.proven import faults
from webapp.clock import now
from webapp.extensions import db
from webapp.inbox.import_rows import EXAMPLES
from webapp.jobs import run
from webapp.models import Case, FormDraft, Nomination, Paper, Registration, RowImportLine
from webapp.operations.interventions import freeze_case, resume_case
from webapp.operations.long_work import PIECE, carry_each
from webapp.operations.row_imports import ROWS


@pytest.fixture
def officer(signed_in, campaign):
    browser = signed_in("officer")
    browser.get(REGISTER)
    return browser


@pytest.fixture
def row(officer):
    """A row that can be taken over, by its headings."""
    names, example = headings(officer, REGISTER)
    return dict(zip(names, example, strict=True)) | {NAME: "Người Thứ 0"}


def settle():
    db.session.remove()
    run.settle(lambda: now(db.session()))


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_list_of_registrations_is_opened_row_by_row(officer, row):
    page = send(officer, book(list(row), *many(row, 3)))
    assert "0 / 3" in page.text
    assert "Đang nhập" in page.text
    settle()
    page = officer.get(page.answer.request.path)
    assert "3 / 3" in page.text
    assert page.one("#progress-title").get_text() == "Đã nhập xong danh sách"
    assert len(page.all("tbody a")) == 3
    assert count(Registration) == 3
    papers = db.session.scalars(select(Paper.sha256).where(Paper.kind == "signed_sheet")).all()
    assert (len(papers), len(set(papers))) == (3, 1)
    stages = set(db.session.scalars(select(Case.stage).where(Case.process == "registration")))
    assert stages == {"commune"}
    assert faults() == []


def test_one_fault_and_nothing_is_opened(officer, row):
    wrong = row | {"Loại đối tượng": "Tổ", NAME: "Sai"}
    page = send(officer, book(list(row), *many(row, 2), wrong, row), 422)
    assert "2 trên 4 dòng có lỗi" in page.one("[role=alert]").get_text()
    text = page.one("tbody").get_text()
    assert "“Loại đối tượng”" in text
    assert "có hai lần" in text
    assert page.one("[name=commitment]").get_text().strip() == "Thực hiện đúng nội dung đăng ký"
    assert count(RowImportLine) == 0


def test_faults_are_told_in_the_words_of_a_list(officer, row):
    wrong = row | {"Loại đối tượng": "Hộ nông dân", NAME: "Sai"}
    phone = row | {"Số điện thoại liên hệ": "gọi sau", NAME: "Không Số"}
    page = send(officer, book(list(row), wrong, phone, row | {NAME: EXAMPLES["nominee_name"]}), 422)
    kind, number, example = [line.get_text(" ", strip=True) for line in page.all("tbody tr")]
    assert "không có “Hộ nông dân”" in kind
    assert "Cá nhân" in kind
    assert "“gọi sau” chưa viết đúng cách. Chỉ gồm chữ số" in number
    assert "dòng ví dụ của mẫu" in example


def test_the_signed_list_is_not_chosen_twice(officer, row):
    page = send(officer, book(list(row), row | {"Loại đối tượng": "Tổ"}), 422)
    assert "ban-ky.pdf" in page.one("main form").get_text()
    send(officer, book(list(row), row), **{"signed_scan-_file": None})
    settle()
    assert count(Registration) == 1


def test_a_list_that_is_taken_over_leads_on(officer, row):
    page = send(officer, book(list(row), row))
    settle()
    page = officer.get(page.answer.request.path)
    follow = page.one("#import-progress .btn-primary")
    assert "Kiểm tra đăng ký" in officer.get(follow["href"]).one("#inbox-list").get_text()
    assert f"/campaigns/{CAMPAIGN}" in [link["href"] for link in page.all("#import-progress a")]


def test_who_is_registered_already_is_named(officer, office, row):
    send(officer, book(list(row), row))
    settle()
    officer.get(REGISTER)
    assert "đã đăng ký" in send(officer, book(list(row), row), 422).one("tbody").get_text()


def test_the_shared_part_is_needed(officer, row):
    page = send(officer, book(list(row), row), 422, paper_number="")
    assert "Lập thay theo giấy số" in page.one("#error-summary").get_text()
    page = send(officer, b"x", 422)
    assert "không phải sổ tính Excel" in page.one("[role=alert]").get_text()


def test_a_kill_between_rows_loses_and_doubles_nothing(officer, office, row):
    send(officer, book(list(row), *many(row, PIECE + 2)))
    db.session.remove()
    assert carry_each(ROWS, lambda: office.now) == PIECE
    assert count(Registration) == PIECE
    settle()
    assert count(Registration) == PIECE + 2
    states = db.session.execute(select(RowImportLine.state, func.count()).group_by(RowImportLine.state)).all()
    assert states == [("done", PIECE + 2)]


def test_it_can_be_stopped(officer, row):
    send(officer, book(list(row), *many(row, 2)))
    page = officer.submit("form[action$='/cancel']")
    assert "Cancelled" not in page.text
    settle()
    assert count(Registration) == 0
    officer.post(f"{page.answer.request.path}/cancel", status=409)


def test_rows_that_cannot_be_opened_are_named_and_tried_again(officer, office, campaign, row):
    path = send(officer, book(list(row), *many(row, 2))).answer.request.path
    freeze_case(campaign, "Chờ chỉ đạo", actor=office.actor("authority"), now=office.now)
    settle()
    page = officer.get(path)
    assert "2 dòng chưa mở được" in page.text
    assert "Phong trào đang tạm dừng" in page.one("tbody").get_text()
    resume_case(campaign, "Tiếp tục", actor=office.actor("authority"), now=office.now)
    officer.submit("form[action$='/retry']")
    settle()
    assert "chưa mở được" not in officer.get(path).text
    assert count(Registration) == 2
    officer.post(f"{path}/retry", status=409)


def test_a_list_of_nominations_opens_dossiers_that_are_filled_in(officer, office):
    names, example = headings(officer, NOMINATE)
    row = dict(zip(names, example, strict=True)) | {NAME: "Chau Sóc Kim"}
    officer.get(NOMINATE)
    page = officer.submit("main form", list=(io.BytesIO(book(names, row)), "de-nghi.xlsx"), round="nam-2019")
    settle()
    link = officer.get(page.answer.request.path).one("tbody a")["href"]
    officer.get(link)
    task = office.task("prepare_on_behalf", link.rpartition("/")[2])
    page = officer.get(f"/tasks/{task.public_id}")
    assert page.one("[name=name_on_paper]")["value"] == "Chau Sóc Kim"
    assert count(FormDraft) == 1


def test_a_list_of_nominations_is_not_taken_in_twice(officer):
    names, example = headings(officer, NOMINATE)
    row = dict(zip(names, example, strict=True)) | {NAME: "Chau Sóc Kim"}

    def send_rows(status, *rows):
        officer.get(NOMINATE)
        sent = (io.BytesIO(book(names, *rows)), "de-nghi.xlsx")
        return officer.submit("main form", status, list=sent, round="nam-2019")

    send_rows(200, row)
    settle()
    text = send_rows(422, row, row | {NAME: "Neáng Thia"}).one("tbody").get_text()
    assert "Chau Sóc Kim" in text
    assert "đã được đề nghị trong đợt này" in text
    assert "Neáng Thia" not in text
    assert count(Nomination) == 1
    code = db.session.scalars(select(Case.code).where(Case.process == "nomination")).one()
    officer.get(f"/cases/{code}/stop")
    officer.submit("main form", reason="Danh sách gửi nhầm")
    send_rows(200, row)
    settle()
    assert count(Nomination) == 2


@pytest.mark.parametrize(("username", "status"), [("registrant", 403), ("secretary", 403), ("stranger", 404)])
def test_others_cannot(signed_in, campaign, username, status):
    browser = signed_in(username)
    browser.get(REGISTER, status=status)
    browser.post(REGISTER, status=status)


def test_a_list_is_its_sender_s(officer, signed_in, row):
    path = send(officer, book(list(row), row)).answer.request.path
    browser = signed_in("colleague")
    browser.get(path, status=404)
    browser.post(f"{path}/cancel", status=404)


def test_the_campaign_s_page_leads_there(officer):
    page = officer.get(f"/campaigns/{CAMPAIGN}")
    assert [a["href"] for a in page.all(".act-bar a") if "/import/" in a["href"]] == [REGISTER, NOMINATE]
