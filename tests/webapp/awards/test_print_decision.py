"""Certificates of a decision are printed by a run: chosen, followed, cancelled, gone on with, and kept for a while."""

import datetime as dt
import io
import zipfile

import pytest
from sqlalchemy import delete, select

from tests.offices import scene
from tests.people import AN_PHU
from tests.sittings import OURS_CODES, THEIR_CODE
from tests.statements import statements
from tests.webapp.documents.papers import needs_poppler, page_formats, pages
from webapp import eventlog
from webapp.documents import render
from webapp.extensions import db
from webapp.models import (
    Case,
    Certificate,
    Nomination,
    Paper,
    PrintPortion,
    PrintRun,
    Verification,
)
from webapp.operations.acting import SYSTEM
from webapp.operations.outbox import lease_due, run_item
from webapp.operations.papers import file_store
from webapp.operations.people import give_role
from webapp.operations.print_runs import KEPT, NewRun, begin_run, forget_prints
from webapp.operations.sweeps import sweep_files

COUNCIL = "concluded"
CODE = "QD-2019-0001"
PRINT = f"/awards/decisions/{CODE}/print"
DECISION = f"/awards/decisions/{CODE}"
NAMES = ["Tổ tự quản số 1", "Tổ tự quản số 2", "Hội Nông dân xã An Phú", "Nguyễn Thị Ượng"]
"""As they stand in the decision."""


@scene
def issued(council):
    """A decision with four awards that has its number and its papers."""
    council.draft([*OURS_CODES[:3], THEIR_CODE])
    council.sign(CODE)
    council.number(CODE, 8)
    return council


@pytest.fixture
def printer(browser, issued):
    """The specialist of the district at the form of what is to be printed."""
    browser.sign_in_as(issued.person("specialist"))
    browser.get(PRINT)
    return browser


def runs(purpose="print"):
    db.session.rollback()
    return list(db.session.scalars(select(PrintRun).where(PrintRun.purpose == purpose).order_by(PrintRun.id)))


def printed(printer, office, **choices):
    """The file of what is chosen, by the way a person has to it."""
    printer.get(PRINT)
    printer.submit("main form", **choices)
    office.work()
    page = printer.get(f"/awards/prints/{runs()[-1].public_id}")
    return printer.client.get(str(page.one(".long-work .btn-primary")["href"]))


def bearers(pdf):
    return [next(name for name in NAMES if name.lower() in said.lower()) for said in pages(pdf)]


@needs_poppler
def test_certificates_are_printed_in_the_order_that_is_chosen(printer, issued):
    file = printed(printer, issued)
    assert file.mimetype == "application/pdf"
    assert bearers(file.data) == NAMES
    issued_paper = db.session.scalar(select(Paper.sha256).where(Paper.kind == "certificate"))
    assert runs()[-1].sha256 == runs("issue")[0].sha256 == issued_paper
    assert bearers(printed(printer, issued, ordering="unit").data) == [*NAMES[:2], NAMES[3], NAMES[2]]
    db.session.rollback()
    other = db.session.scalar(select(Nomination).join(Case).where(Case.code == OURS_CODES[0]))
    other.award = "advanced_worker"  # which the rules name before the others
    db.session.commit()
    assert bearers(printed(printer, issued, ordering="award").data) == [NAMES[3], *NAMES[:3]]


@needs_poppler
def test_as_an_archive_each_has_a_file_of_its_own_and_two_on_a_sheet_are_large(printer, issued):
    file = printed(printer, issued, arrangement="zip")
    assert file.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        assert archive.namelist() == [
            "001 Tổ tự quản số 1.pdf",
            "002 Tổ tự quản số 2.pdf",
            "003 Hội Nông dân xã An Phú.pdf",
            "004 Bà Nguyễn Thị Ượng.pdf",
        ]
        assert bearers(archive.read("004 Bà Nguyễn Thị Ượng.pdf")) == [NAMES[3]]
    sheets = printed(printer, issued, arrangement="two_up").data
    assert page_formats(sheets) == ["A3 portrait"] * 2


@needs_poppler
def test_on_a_blank_only_the_texts_stand_and_only_those_of_its_type_are_printed(printer, issued):
    for kind in ("merit_district", "merit_commune"):
        printer.get(f"/awards/blanks/new/{kind}")
        printer.submit(".blank-form", name=f"Phôi {kind}")
    page = printer.get(PRINT)
    [_plain, blank] = page.all("[name=blank]")
    said = pages(printed(printer, issued, blank=str(blank["value"])).data)
    assert ["Số vào sổ: 0" in page for page in said] == [True] * 4
    assert not any("CỘNG HÒA" in page or "Mã kiểm tra" in page for page in said)
    printer.get(PRINT)
    page = printer.submit("main form", 422, blank=str(blank["value"]), arrangement="two_up")
    assert "Mỗi phôi là một giấy" in page.one("#error-summary").get_text()
    printer.get(f"/awards/prints/{runs()[-1].public_id}")
    assert "Phôi merit_district" in printer.get(DECISION).one(".print-runs").get_text()


def test_a_run_is_followed_cancelled_and_gone_on_with(printer, issued):
    printer.submit("main form")
    printer.get(f"{DECISION}/print")
    page = printer.submit("main form")  # from another tab: the run that is at work is shown
    [run] = runs()
    assert page.one("#print-progress")["hx-get"] == f"/awards/prints/{run.public_id}"
    assert page.one(".long-work strong").get_text() == "0 / 4"
    part = printer.client.get(f"/awards/prints/{run.public_id}", headers={"HX-Request": "true"})
    assert "<html" not in part.get_data(as_text=True)
    page = printer.submit(f"form[action='/awards/prints/{run.public_id}/cancel']")
    assert "Đã dừng in" in page.one("body").get_text()
    issued.work()
    assert runs()[0].state == "cancelled"
    printer.get(f"/awards/prints/{run.public_id}")
    printer.submit(f"form[action='/awards/prints/{run.public_id}/retry']")
    issued.work()
    page = printer.get(f"/awards/prints/{run.public_id}")
    assert page.one(".long-work h2").get_text() == "Đã in xong"
    assert "In đúng khổ thật" in page.text
    printer.client.get(f"/awards/prints/{run.public_id}/file")
    told = [event.type for event in eventlog.read_stream(db.session(), "prints")][-4:]
    assert told == ["print_run_begun", "print_run_ended", "print_run_begun", "print_run_ended"]


def test_what_cannot_be_printed_is_named_and_printed_when_it_is_mended(printer, issued):
    faulty = next(
        each for each in db.session.scalars(select(Certificate)) if "Ượng" in each.printed["bearer"]
    )
    whole = faulty.printed
    faulty.printed = whole | {"achievement": "Gương sáng \U0001f600"}
    db.session.commit()
    printer.submit("main form")
    issued.work()
    [run] = runs()
    page = printer.get(f"/awards/prints/{run.public_id}")
    assert page.one(".long-work h2").get_text() == "Có giấy chưa in được"
    why = page.all("tbody tr")
    assert "Bà Nguyễn Thị Ượng: “Thành tích” có ký tự" in why[0].get_text()
    assert "Tệp được ghép khi mọi giấy đã in xong" in why[1].get_text()
    assert "Có giấy chưa in được" in printer.get(DECISION).one(".print-runs").get_text()
    db.session.get_one(Certificate, faulty.id).printed = whole
    db.session.commit()
    printer.get(f"/awards/prints/{run.public_id}")
    printer.submit(f"form[action='/awards/prints/{run.public_id}/retry']")
    issued.work()
    assert runs()[0].sha256


def test_a_cancelled_issue_keeps_the_decision_waiting_until_it_goes_on(browser, council):
    council.draft(OURS_CODES[:2])
    council.sign(CODE)
    form = {"number": 8, "symbol": "QĐ-UBND", "dated_on": council.today.isoformat()}
    council.do("clerk", "number_decision", CODE, **form)
    for item in lease_due(council.now, only={"render_award_papers"}):
        run_item(item, council.now)
    [run] = runs("issue")
    browser.sign_in_as(council.person("secretary"))
    browser.get(f"/awards/prints/{run.public_id}")
    page = browser.submit(f"form[action='/awards/prints/{run.public_id}/cancel']")
    assert "Quyết định đang chờ các giấy này" in page.text
    council.work()
    assert "Đang lập giấy khen" in browser.get(DECISION).text
    assert not db.session.scalar(select(Paper.id).where(Paper.kind == "certificate"))
    browser.get(f"/awards/prints/{run.public_id}")
    browser.submit(f"form[action='/awards/prints/{run.public_id}/retry']")
    council.work()
    assert "Chờ trao tặng" in browser.get(DECISION).text
    assert "Tệp được lưu cùng quyết định" in browser.get(f"/awards/prints/{run.public_id}").text


@needs_poppler
def test_a_decision_numbered_before_certificates_were_kept_is_printed_of_what_is_known(printer, issued):
    for row in (Verification, PrintPortion, PrintRun, Certificate):
        db.session.execute(delete(row))
    db.session.commit()
    page = printer.get(PRINT)
    assert page.one("[name=type]")["value"] == "merit_district"
    said = pages(printed(printer, issued).data)
    assert [f"Số vào sổ: 0{number}" in page for number, page in enumerate(said, 1)] == [True] * 4
    assert not any("Mã kiểm tra" in page for page in said)


def test_the_issued_paper_is_drawn_again_alike(issued):
    paper = db.session.scalar(select(Paper).where(Paper.kind == "certificate"))
    assert paper.filename == f"Giấy khen {CODE}.pdf"
    assert render("certificate", paper.facts).pdf == file_store().open(paper.sha256).read()


def test_a_file_is_kept_for_a_week_and_then_removed(printer, issued):
    printer.submit("main form")
    issued.work()
    [run] = runs()
    assert abs(run.expires_at - issued.now.wall - KEPT) < dt.timedelta(minutes=5)
    assert set(db.session.scalars(select(PrintPortion.sha256))) == {None}
    later = issued.now.wall + KEPT + dt.timedelta(hours=1)
    forget_prints(later)
    page = printer.get(f"/awards/prints/{run.public_id}")
    assert page.one(".long-work h2").get_text() == "Tệp đã được xóa"
    assert printer.client.get(f"/awards/prints/{run.public_id}/file").status_code == 404
    sweep_files(dt.datetime.now(dt.UTC) + dt.timedelta(days=2))
    assert file_store().open(runs("issue")[0].sha256)


def test_only_who_prints_for_the_unit_sees_this_and_own_runs_are_ones_own(browser, issued):
    new = NewRun("", "", "list", "one_file")
    run = begin_run(CODE, new, actor=issued.actor("specialist"), now=issued.now)
    issued.work()
    paths = PRINT, f"/awards/prints/{run}", f"/awards/prints/{run}/file"
    browser.sign_in_as(issued.person("head"))
    for path in paths:
        browser.get(path, 403)
    assert browser.get(DECISION).all(".print-runs") == []
    browser.sign_in_as(issued.person("secretary"))
    browser.get(PRINT)
    browser.get(paths[1], 404)
    browser.get(paths[2], 404)
    browser.post(f"/awards/prints/{run}/cancel", status=404)
    [issue] = runs("issue")
    assert "4 / 4" in browser.get(f"/awards/prints/{issue.public_id}").text
    printer = issued.person("other_officer").public_id
    give_role(printer, "clerk", AN_PHU, dt.date(2018, 1, 1), actor=SYSTEM, now=issued.now)
    browser.sign_in_as(issued.person("other_officer"))
    browser.get(PRINT, 404)
    browser.get(f"/awards/prints/{issue.public_id}", 404)


def test_statements_of_a_run_do_not_grow_with_its_certificates(printer, issued):
    [issue] = runs("issue")
    path = f"/awards/prints/{issue.public_id}"
    printer.client.get(path)
    few = [len(statements(lambda at=at: printer.client.get(at))) for at in (path, DECISION, PRINT)]
    portions = [
        {"run_id": issue.id, "first": at, "certificates": [1] * 25, "state": "done", "fault": {}}
        for at in range(20)
    ]
    db.session.add_all(PrintPortion(**each) for each in portions)
    db.session.commit()
    begin_run(CODE, NewRun("", "", "unit", "zip"), actor=issued.actor("specialist"), now=issued.now)
    many = [len(statements(lambda at=at: printer.client.get(at))) for at in (path, DECISION, PRINT)]
    assert many == few


def test_nothing_is_printed_before_there_is_a_number(browser, council):
    council.draft(OURS_CODES[:2])
    browser.sign_in_as(council.person("specialist"))
    assert "Chưa có gì để in" in browser.get(PRINT).text
    assert browser.get(DECISION).all(".print-acts") == []


def test_another_day_does_not_change_what_is_printed(printer, issued):
    printer.submit("main form")
    issued.work()
    issued.move(days=40)
    printer.get(PRINT)
    printer.submit("main form")
    issued.work()
    first, second = runs()
    assert first.sha256 == second.sha256
