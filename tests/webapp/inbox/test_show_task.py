"""The page of a task as different people see it."""

from dataclasses import replace

import pytest
from jinja2 import ChoiceLoader, DictLoader

from tests.offices import scene
from tests.statements import statements
from webapp.extensions import db
from webapp.inbox.starting_values import starting_values
from webapp.operations.interventions import freeze_case, stop_case
from webapp.operations.tasks import save_draft, take_task
from webapp.queries.standing import standing_of
from webapp.queries.task_page import task_page


@scene
def registration(office):
    office.open_campaign()
    return office.register()


@pytest.fixture
def task(office, registration):
    return office.task("fill_on_behalf", registration).public_id


def taken(office, username, task):
    take_task(task, actor=office.actor(username), now=office.now)


def test_common_task_is_shown_to_read_with_a_button_to_take_it(browser, office, task):
    browser.sign_in_as(office.person("officer"))
    page = browser.get(f"/tasks/{task}")
    assert page.heading == "Lập thay phiếu đăng ký"
    assert page.one("fieldset.form-body").has_attr("disabled")
    assert not page.all("button[name=act][value=complete]")
    page = browser.submit("main .notice form")
    assert not page.one("fieldset.form-body").has_attr("disabled")
    assert page.one("button[data-primary]").get_text(strip=True) == "Hoàn thành, mở việc tiếp theo"


def test_first_button_of_the_form_saves_and_never_decides(browser, office, task):
    taken(office, "officer", task)
    browser.sign_in_as(office.person("officer"))
    first = browser.get(f"/tasks/{task}").all("form.task-form button")[0]
    assert (first["name"], first["value"]) == ("act", "draft")


def test_colleague_sees_who_holds_it(browser, office, task):
    taken(office, "officer", task)
    browser.sign_in_as(office.person("colleague"))
    page = browser.get(f"/tasks/{task}")
    assert "Lê Văn Cán Bộ" in page.one(".notice").get_text()
    assert not page.all("form.task-form")


def test_somebody_of_the_case_who_may_not_act_sees_for_whom_it_waits(browser, office, task):
    browser.sign_in_as(office.person("specialist"))
    page = browser.get(f"/tasks/{task}")
    assert "xã An Cư" in page.one(".notice").get_text()
    assert not page.all("form.task-form")


@pytest.mark.parametrize("username", ["other_officer", "registrant", "admin", "stranger"])
def test_others_do_not_learn_that_it_exists(browser, office, task, username):
    browser.sign_in_as(office.person(username))
    browser.get(f"/tasks/{task}", status=404)
    browser.get("/tasks/0190b2c4-7d3e-7c11-9a55-1f2e3d4c5b6a", status=404)


def test_form_knows_what_the_opening_form_said(browser, office, campaign):
    code = office.nominate()
    office_task = office.task("prepare_on_behalf", code).public_id
    taken(office, "officer", office_task)
    browser.sign_in_as(office.person("officer"))
    form = browser.get(f"/tasks/{office_task}").form("form.task-form")
    assert form["nominee_kind"] == "individual"
    assert form["proposed_award"] == "certificate_of_merit"


def test_second_round_starts_with_what_was_entered_but_not_with_the_decision(browser, office, campaign):
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    office.do(
        "officer", "check_dossier", code, decision="supplement", supplement_text="Thiếu xác nhận của ấp"
    )
    office.do("officer", "supplement_dossier", code)
    second = office.task("check_dossier", code).public_id
    taken(office, "officer", second)
    browser.sign_in_as(office.person("officer"))
    page = browser.get(f"/tasks/{second}")
    assert page.heading == "Kiểm tra thành phần hồ sơ lần 2"
    assert not page.all("input[name=decision][checked]")
    assert page.form("form.task-form")["supplement_text"] == "Thiếu xác nhận của ấp"
    assert [each.get_text(" ", strip=True) for each in page.all(".entry summary span")][:2] == [
        "Bổ sung hồ sơ",
        "Kiểm tra thành phần hồ sơ",
    ]


def test_lines_of_a_batch_have_their_rows(browser, office, campaign):
    for name in ("Trần Văn Giáp", "Trần Văn Ất"):
        submitted(office, office.nominate(nominee_name=name))
    batch = office.start("officer", "submission", round="nam-2019")
    ready = [each["const"] for each in offered(office, batch, "prepare_submission", "nominations")]
    office.do("officer", "prepare_submission", batch, nominations=ready)
    office.do("commune_chair", "sign_submission", batch, decision="sign")
    office.work()
    receiving = office.task("receive_submission", batch).public_id
    taken(office, "specialist", receiving)
    browser.sign_in_as(office.person("specialist"))
    page = browser.get(f"/tasks/{receiving}")
    form = page.form("form.task-form")
    assert sorted(form[f"lines-{number}-nomination"] for number in range(2)) == sorted(ready)
    assert "lines-0-line" not in form, "nothing is chosen beforehand"
    assert not page.all("#f-lines .rows-add, #f-lines .row-remove"), "a line is neither added nor left out"
    assert [each.get_text() for each in page.all(".related-list a, .related-list strong")] == [
        "Trần Văn Ất",
        "Trần Văn Giáp",
    ]


def submitted(office, code):
    office.do("officer", "prepare_on_behalf", code, name_on_paper=office.case(code).title)
    office.do("officer", "check_dossier", code, decision="complete")
    office.do("officer", "record_meeting", code, decision="agree")
    office.do("commune_chair", "conclude_commune_council", code, decision="agree")
    office.do("officer", "post_publicly", code)
    office.move(days=20)
    office.do("officer", "conclude_posting", code, decision="clear")
    office.work()


def offered(office, code, element, field):
    schema = office.offered(office.task(element, code))["properties"][field]
    return schema["items"]["oneOf"]


def test_draft_comes_back(browser, office, task):
    taken(office, "officer", task)
    save_draft(task, {"commitment": "đang gọi lại cho ấp"}, actor=office.actor("officer"), now=office.now)
    browser.sign_in_as(office.person("officer"))
    assert browser.get(f"/tasks/{task}").form("form.task-form")["commitment"] == "đang gọi lại cho ấp"


def test_done_task_says_who_when_and_with_which_result(browser, office, registration, task):
    office.do("officer", "fill_on_behalf", registration)
    check = office.do("officer", "check_registration", registration, decision="accept").public_id
    browser.sign_in_as(office.person("colleague"))
    page = browser.get(f"/tasks/{check}")
    assert "Đã được xử lý bởi Lê Văn Cán Bộ lúc 02/12/2019" in page.text
    assert "Kết luận Chấp nhận đăng ký" in page.one("section[aria-labelledby=result-title]").get_text(
        " ", strip=True
    )
    assert not page.all("form.task-form")


def test_lapsed_task_says_why(browser, office, registration, task):
    stop_case(registration, "Đăng ký nhầm", actor=office.actor("officer"), now=office.now)
    browser.sign_in_as(office.person("officer"))
    page = browser.get(f"/tasks/{task}")
    assert "mà chưa hoàn thành" in page.one(".notice").get_text()
    assert "Lê Văn Cán Bộ rút hồ sơ. Lý do: Đăng ký nhầm" in page.text


def test_frozen_task_keeps_the_draft_to_read(browser, office, registration, task):
    taken(office, "officer", task)
    save_draft(task, {"commitment": "đang dở"}, actor=office.actor("officer"), now=office.now)
    freeze_case(registration, "Có đơn tố cáo", actor=office.actor("specialist"), now=office.now)
    browser.sign_in_as(office.person("officer"))
    page = browser.get(f"/tasks/{task}")
    assert "tạm dừng xét" in page.one(".notice").get_text()
    assert page.one("fieldset.form-body").has_attr("disabled")
    assert page.form("form.task-form")["commitment"] == "đang dở"
    assert not page.all("button[name=act][value=complete]")


def test_history_is_told_in_sentences_the_newest_first(browser, office, registration, task):
    taken(office, "officer", task)
    browser.sign_in_as(office.person("officer"))
    lines = [each.span.get_text() for each in browser.get(f"/tasks/{task}").all(".history li")]
    assert lines == [
        "Lê Văn Cán Bộ nhận việc “Lập thay phiếu đăng ký”.",
        "Lê Văn Cán Bộ mở hồ sơ “Đăng ký thi đua”.",
    ]


def test_papers_of_the_dossier_can_be_opened_and_saved(browser, office, campaign):
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    browser.sign_in_as(office.person("officer"))
    page = browser.get(f"/tasks/{office.task('check_dossier', code).public_id}")
    titles = [each.contents[0].strip() for each in page.all(".task-dossier .file-text a")]
    assert titles == ["Bản quét giấy có chữ ký", "Báo cáo thành tích"]
    links = page.all(".task-dossier .file-list a")
    assert links[0]["href"] + "?save" == links[1]["href"]
    assert browser.get(links[0]["href"]).answer.mimetype == "application/pdf"


def test_number_of_statements_does_not_grow_with_the_history(browser, office, campaign):
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    browser.sign_in_as(office.person("officer"))
    browser.get("/")
    counts = []
    for rounds in (1, 3):
        for _round in range(rounds):
            office.do("officer", "check_dossier", code, decision="supplement")
            office.do("officer", "supplement_dossier", code)
        task = office.task("check_dossier", code).public_id
        counts.append(len(statements(lambda task=task: browser.get(f"/tasks/{task}"))))
    assert counts[0] == counts[1]


def test_page_of_a_run_shows_where_one_is(browser, office, campaign):
    codes = [office.register(nominee_name=f"Nguyễn Văn {name}") for name in ("Ất", "Bính", "Đinh")]
    browser.sign_in_as(office.person("officer"))
    task = office.task("fill_on_behalf", codes[1]).public_id
    page = browser.get(f"/tasks/{task}?tab=common&kind=registration.fill_on_behalf")
    assert page.one(".task-progress").get_text() == "2 / 3"
    assert page.one(".back-link")["href"] == "/inbox/common?kind=registration.fill_on_behalf"
    assert not browser.get(f"/tasks/{task}").all(".task-progress")


def test_what_was_sent_while_signed_out_stands_in_the_form_again(browser, office, task):
    taken(office, "officer", task)
    browser.sign_in_as(office.person("officer"))
    path = f"/tasks/{task}?tab=mine"
    browser.get(path)
    with browser.client.session_transaction() as session:
        del session["_user_id"]
    browser.submit(
        "form.task-form", commitment="gõ lúc hết phiên", headers={"Referer": f"http://localhost{path}"}
    )
    browser.submit("form[action='/sign-in']", username="officer", password="thidua-demo")
    assert browser.page.answer.request.full_path == path
    assert browser.page.form("form.task-form")["commitment"] == "gõ lúc hết phiên"
    assert "phiên đăng nhập hết hạn" in browser.page.text


def test_template_named_for_the_task_replaces_the_form(app, browser, office, task, monkeypatch):
    special = DictLoader({"auth/tasks/fill_on_behalf.html": "<p id='special'>{{ shown.form.title }}</p>"})
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader([special, app.jinja_env.loader]))
    browser.sign_in_as(office.person("officer"))
    page = browser.get(f"/tasks/{task}")
    assert page.one("#special").get_text() == "Lập thay phiếu đăng ký"
    assert not page.all("form.task-form")
    assert page.one(".history")


def test_english_reader_gets_english_history(browser, office, registration, task):
    office.person("officer").locale = "en"
    db.session.commit()
    browser.sign_in_as(office.person("officer"))
    assert "Lê Văn Cán Bộ opened “" in browser.get(f"/tasks/{task}").one(".history").get_text()


def test_a_form_of_an_older_deployment_that_does_not_ask_for_what_the_case_knows(office, task):
    page = task_page(db.session(), standing_of(db.session(), office.person("officer"), office.today), task)
    older = replace(page, draft=None, first={"weights": [{"base": "households", "value": 10}]})
    assert "weights" not in starting_values(older)
