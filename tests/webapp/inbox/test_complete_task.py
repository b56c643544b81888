"""Filling in and handing in the form of a task."""

import io

import pytest
from sqlalchemy import select

from tests.factories import PDF
from tests.offices import scene
from tests.people import PASSWORD
from webapp.models import FormDraft, FormEntry, Paper
from webapp.operations.interventions import freeze_case
from webapp.operations.tasks import take_task

FORM = "form.task-form"


@scene
def registration(office):
    office.open_campaign()
    return office.register()


@pytest.fixture
def task(browser, office, registration):
    """The officer has taken the task and has its page before them."""
    task = office.task("fill_on_behalf", registration).public_id
    take_task(task, actor=office.actor("officer"), now=office.now)
    browser.sign_in_as(office.person("officer"))
    browser.get(f"/tasks/{task}")
    return task


def scan(name="dang-ky.pdf", content=PDF):
    return (io.BytesIO(content), name)


def whole(**changes):
    fields = {
        "act": "complete",
        "paper_number": "12/ĐK",
        "paper_date": "01/12/2019",
        "signed_scan-_file": scan(),
        "targets-0-indicator": "Hộ thoát nghèo",
        "targets-0-pledge": "Giúp hai hộ thoát nghèo",
        "commitment": "Thực hiện đầy đủ.",
    }
    return {**fields, **changes}


def entries(office, form="registration/fill_on_behalf"):
    return office.read(select(FormEntry).where(FormEntry.form == form))


def draft(office):
    return next(iter(office.read(select(FormDraft.data))), None)


def test_completing_moves_the_case_on_and_leads_back_to_the_list(browser, office, registration, task):
    page = browser.submit(FORM, **whole())
    assert page.answer.request.path == "/inbox/mine"
    assert "Đã hoàn thành: “Lập thay phiếu đăng ký”, DK-2019-0001." in page.one("#flashes").get_text()
    assert office.task("check_registration", registration).status == "open"
    [entry] = entries(office)
    assert entry.data["paper_date"] == "2019-12-01"
    assert entry.data["targets"] == [{"indicator": "Hộ thoát nghèo", "pledge": "Giúp hai hộ thoát nghèo"}]
    assert draft(office) is None


def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(browser, office, task):
    page = browser.submit(FORM, 422, **whole(paper_date="32/13/2019", commitment=""))
    faulty = {
        each.find_parent(class_="field").label.get_text(" ", strip=True) for each in page.all(".field-fault")
    }
    assert faulty == {"Ngày ký giấy", "Cam kết thực hiện"}
    assert page.one("#error-summary")
    form = page.form(FORM)
    assert (form["paper_date"], form["paper_number"]) == ("32/13/2019", "12/ĐK")
    assert form["targets-0-pledge"] == "Giúp hai hộ thoát nghèo"
    assert draft(office)["paper_number"] == "12/ĐK"


def test_file_is_kept_though_the_form_has_faults(browser, office, task):
    page = browser.submit(FORM, 422, **whole(commitment=""))
    kept = page.form(FORM)["signed_scan"]
    assert page.one(".field-files a").get_text(strip=True) == "dang-ky.pdf"
    browser.submit(FORM, **whole(**{"signed_scan-_file": None, "signed_scan": kept}))
    assert office.read(select(Paper.form_entry_id).where(Paper.public_id == kept)) == [entries(office)[0].id]


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("dang-ky.pdf", b"", "không có nội dung"),
        ("dang-ky.exe", b"MZ\x90\x00", "không phải tệp PDF"),
        ("dang-ky.pdf", b"<html><script>alert(1)</script></html>", "không phải tệp PDF"),
    ],
)
def test_file_that_is_not_taken_is_named_and_the_rest_is_kept(browser, office, task, name, content, text):
    page = browser.submit(FORM, 422, **whole(**{"signed_scan-_file": scan(name, content)}))
    assert text in page.one(".field-fault").get_text()
    assert page.form(FORM)["commitment"] == "Thực hiện đầy đủ."
    assert office.read(select(Paper).where(Paper.kind == "signed_sheet")) == []


def test_enter_key_saves_a_draft(browser, office, task):
    page = browser.submit(FORM, act="draft", commitment="mới một nửa")
    assert "Đã lưu tạm." in page.one("#flashes").get_text()
    assert page.form(FORM)["commitment"] == "mới một nửa"
    assert office.task("fill_on_behalf").status == "open"


def test_rows_are_added_and_removed_without_script(browser, office, task):
    page = browser.submit(FORM, _add="targets", **{"targets-0-pledge": "Một"})
    assert len(page.all("#f-targets > .rows > .row-card")) == 2
    page = browser.submit(FORM, _remove="targets-0", **{"targets-1-pledge": "Hai"})
    assert [each["value"] for each in page.all("#f-targets > .rows input[name$=pledge]")] == ["Hai"]


def test_typing_is_kept_while_one_types(browser, office, task):
    sent = {**browser.page.form(FORM), "commitment": "đang gõ"}
    answer = browser.client.post(f"/tasks/{task}/draft", data=sent)
    assert answer.status_code == 200
    assert "Đã lưu tạm lúc 0" in answer.get_data(as_text=True)
    assert draft(office)["commitment"] == "đang gõ"


def test_complete_and_next_opens_the_next_due_of_the_list(browser, office, campaign):
    codes = [office.register(nominee_name=f"Nguyễn Văn {name}") for name in ("Ất", "Bính", "Đinh")]
    browser.sign_in_as(office.person("officer"))
    browser.get("/inbox/common?kind=registration.fill_on_behalf")
    page = browser.submit("#inbox-list tbody tr:first-child form")
    assert page.one(".task-progress").get_text() == "1 / 3"
    page = browser.submit(FORM, **whole(act="complete_next"))
    assert codes[1] in page.title
    assert page.one(".task-progress").get_text() == "2 / 3"
    assert page.one("button[value=complete_next]"), "the next one was taken on the way"
    page = browser.submit(FORM, act="skip", commitment="xem lại sau")
    assert codes[2] in page.title
    assert page.one(".task-progress").get_text() == "3 / 3"
    page = browser.submit(FORM, **whole(act="complete_next"))
    assert page.answer.request.path == "/inbox/common"
    assert "Đã hết danh sách." in page.one("#flashes").get_text()
    assert draft(office)["commitment"] == "xem lại sau"


def test_a_second_completion_is_answered_with_the_result_of_the_first(browser, office, registration, task):
    browser.submit(FORM, **whole())
    page = browser.post(f"/tasks/{task}", whole(commitment="lần thứ hai"), 409)
    assert "Đã được xử lý bởi Lê Văn Cán Bộ lúc" in page.text
    assert "Thực hiện đầy đủ." in page.one("section[aria-labelledby=result-title]").get_text()
    assert "lần thứ hai" in page.one("section[aria-labelledby=typed-title]").get_text()
    assert len(entries(office)) == 1


def test_somebody_who_has_not_taken_it_is_told_who_holds_it(browser, office, task):
    browser.sign_in_as(office.person("colleague"))
    page = browser.post(f"/tasks/{task}", whole(), 409)
    assert "Lê Văn Cán Bộ" in page.one("[role=alert]").get_text()
    assert office.task("fill_on_behalf").status == "open"


def test_nothing_is_done_while_the_dossier_is_suspended(browser, office, registration, task):
    freeze_case(registration, "Có đơn tố cáo", actor=office.actor("head"), now=office.now)
    page = browser.submit(FORM, 409, **whole(**{"signed_scan-_file": None}))
    assert "tạm dừng" in page.one("[role=alert]").get_text()
    assert page.form(FORM)["commitment"] == "Thực hiện đầy đủ."
    assert entries(office) == []


def test_who_may_not_act_is_refused_without_learning_of_it(browser, office, task):
    browser.sign_in_as(office.person("other_officer"))
    browser.post(f"/tasks/{task}", whole(), 404)
    browser.post(f"/tasks/{task}/take", status=404)
    browser.post(f"/tasks/{task}/draft", whole(), 404)
    refused = {(each.fields["method"], each.fields["path"]) for each in office.access("act_refused")}
    assert refused == {("POST", f"/tasks/{task}{act}") for act in ("", "/take", "/draft")}


def test_paper_of_another_case_cannot_be_named(browser, office, registration, task):
    other = office.register(nominee_name="Trần Văn Khác")
    foreign = office.task("fill_on_behalf", other).public_id
    paper = office.paper("officer", foreign, "signed_sheet")
    page = browser.submit(FORM, 422, **whole(**{"signed_scan-_file": None, "signed_scan": paper}))
    assert "không phải tệp đã tải lên cho mục này" in page.one(".error-summary").get_text()
    assert entries(office) == []


def test_paper_added_for_another_field_cannot_be_named(browser, office, registration, task):
    paper = office.paper("officer", task, "other")
    browser.submit(FORM, 422, **whole(**{"signed_scan-_file": None, "signed_scan": paper}))
    assert entries(office) == []


def test_giving_back_keeps_what_was_typed(browser, office, task):
    browser.submit(FORM, act="draft", commitment="để đó")
    page = browser.submit("form.give-back")
    assert "Đã trả lại việc chung." in page.one("#flashes").get_text()
    assert office.task("fill_on_behalf").holder_id is None
    page = browser.post(f"/tasks/{task}/take")
    assert page.form(FORM)["commitment"] == "để đó"


def test_taking_what_a_colleague_has_taken_shows_who(browser, office, task):
    browser.sign_in_as(office.person("colleague"))
    page = browser.post(f"/tasks/{task}/take", status=409)
    assert "Lê Văn Cán Bộ" in page.one("[role=alert]").get_text()


@pytest.fixture
def to_sign(browser, office):
    """The approval of a plan, taken by the one who signs; returns the answers that sign it, but for the password."""
    code = office.start(
        "secretary",
        "campaign",
        registration_opens="2019-12-03",
        registration_closes="2019-12-20",
        addressed_units=["an-giang/tinh-bien/an-cu"],
        acknowledge_by="2019-12-10",
    )
    office.do("secretary", "draft_plan", code)
    task = office.task("approve_plan", code).public_id
    browser.sign_in_as(office.person("authority"))
    browser.get(f"/tasks/{task}")
    browser.submit("main .notice form")
    return {"act": "complete", "decision": "approve", "signature-method": "password"}


def test_signing_asks_for_the_password_and_never_shows_it(browser, office, to_sign):
    page = browser.submit(FORM, 422, **to_sign, **{"signature-password": "nhầm"})
    assert "Mật khẩu không đúng" in page.one(".field-fault").get_text()
    assert "nhầm" not in page.answer.get_data(as_text=True)
    browser.submit(FORM, **to_sign, **{"signature-password": PASSWORD})
    [entry] = entries(office, "campaign/approve_plan")
    assert entry.data["signature"] == {"method": "password"}


def test_password_cannot_be_guessed_by_signing(browser, office, to_sign):
    for _guess in range(10):
        browser.submit(FORM, 422, **to_sign, **{"signature-password": "nhầm"})
    page = browser.submit(FORM, 429, **to_sign, **{"signature-password": PASSWORD})
    assert page.heading == "Thử quá nhiều lần"
    assert entries(office, "campaign/approve_plan") == []
