"""Acts on many tasks from the lists: what is checked, what is passed over, what is done, who was faster."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.deciding import begun
from tests.offices import scene
from tests.proven import faults
from tests.statements import statements
from webapp.extensions import db
from webapp.models import BulkAct, Notice, Task
from webapp.operations.accounts import close_account
from webapp.operations.acting import SYSTEM
from webapp.operations.bulk_carrying import BULK
from webapp.operations.interventions import resume_case
from webapp.operations.long_work import carry_each
from webapp.operations.suspensions import Order, suspend
from webapp.operations.tasks import take_task
from webapp.queries.bulk_selection import Kind


@scene
def apart(office):
    """Three dossiers about people who are not called the same."""
    office.open_campaign()
    names = {name: office.nominate(nominee_name=name) for name in ("Đỗ Thị Ất", "Lý Văn Bính", "Hà Thị Đinh")}
    for name, code in names.items():
        office.do("officer", "prepare_on_behalf", code, name_on_paper=name)
    return list(names.values())


@scene
def registrations(office):
    office.open_campaign()
    codes = [office.register(nominee_name=f"Nguyễn Văn {name}") for name in ("Ất", "Bính", "Đinh")]
    for code in codes:
        office.do("officer", "fill_on_behalf", code)
    return codes


def ids(office, element, codes):
    return [office.task(element, code).public_id for code in codes]


def check(browser, tasks, act, status=200, **more):
    return browser.post("/bulk/check", {"act": act, "tab": "common", "task": tasks, **more}, status)


def open_tasks(office, element):
    return len(office.read(select(Task).where(Task.element == element, Task.status == "open")))


def test_the_list_offers_to_tick(signed_in, checks):
    browser = signed_in("officer")
    page = browser.get("/inbox/common")
    assert len(page.all("#inbox-list [name=task]")) == 3
    assert {box["form"] for box in page.all("#inbox-list [name=task]")} == {"selection"}
    assert browser.get("/inbox/done").all("[name=task]") == []


def test_nothing_ticked(signed_in, checks):
    browser = signed_in("officer")
    page = browser.post("/bulk/check", {"act": "take", "tab": "common"})
    assert "Hãy đánh dấu" in page.soup.get_text()


def test_tasks_are_taken(signed_in, office, checks):
    browser = signed_in("officer")
    page = check(browser, ids(office, "check_dossier", checks[:2]), "take")
    assert "Sẽ xử lý 2 việc" in page.text
    assert page.one("#bulk-act .btn-primary").get_text() == "Nhận 2 việc"
    page = browser.submit("#bulk-act")
    assert page.one("#progress-title").get_text() == "Đã xử lý xong tất cả"
    assert "2 / 2" in page.text
    mine = browser.get("/inbox/mine").all("#inbox-list .cell-who")
    assert len(mine) == 2
    assert faults() == []


def test_what_somebody_else_holds_is_passed_over(signed_in, office, checks):
    tasks = ids(office, "check_dossier", checks)
    take_task(tasks[0], actor=office.actor("colleague"), now=office.now)
    page = check(signed_in("officer"), tasks, "take")
    assert "bỏ qua 1" in page.text
    assert "Phạm Thị Đồng Nghiệp đang xử lý việc này" in page.all("table")[0].get_text()
    assert page.one("#bulk-act .btn-primary").get_text() == "Nhận 2 việc"


def test_the_whole_list_is_chosen_without_ticking(signed_in, checks):
    page = signed_in("officer").post("/bulk/check", {"act": "take", "tab": "common", "all": "1"})
    assert "Nhận 3 việc" in page.text


def test_a_stale_selection_does_nothing(signed_in, office, checks):
    tasks = ids(office, "check_dossier", checks)
    browser = signed_in("officer")
    check(browser, tasks, "take")
    take_task(tasks[1], actor=office.actor("colleague"), now=office.now)
    page = browser.submit("#bulk-act", 409)
    alert = page.one("[role=alert]").get_text()
    assert "Chưa thực hiện gì: 1 việc đã thay đổi" in alert
    assert "HS-2019-0002" in alert
    assert office.read(select(BulkAct)) == []
    assert office.task("check_dossier", checks[0]).holder_id is None
    assert "2 / 2" in browser.submit("#bulk-act").text


def test_two_secretaries_on_one_selection(signed_in, office, checks):
    """Both have looked at the same three; the second to press is told what the first has done."""
    tasks = ids(office, "check_dossier", checks)
    browser = signed_in("officer")
    check(browser, tasks, "take")
    mine = browser.page
    browser.sign_in_as(office.person("colleague"))
    check(browser, tasks, "take")
    browser.submit("#bulk-act")
    browser.sign_in_as(office.person("officer"))
    page = browser.post(
        "/bulk", {**mine.form("#bulk-act"), "csrf_token": browser._hidden()["csrf_token"]}, 409
    )
    assert "3 việc đã thay đổi" in page.text
    assert page.one("[role=alert]").get_text().count("Phạm Thị Đồng Nghiệp") == 3
    assert len(office.read(select(BulkAct))) == 1


def test_what_one_has_done_oneself_in_another_window(signed_in, office, checks):
    """Nobody else did it: one task was taken there, one was decided."""
    tasks = ids(office, "check_dossier", checks)
    browser = signed_in("officer")
    check(browser, tasks, "take")
    take_task(tasks[0], actor=office.actor("officer"), now=office.now)
    office.do("officer", "check_dossier", checks[1], decision="complete")
    alert = browser.submit("#bulk-act", 409).one("[role=alert]").get_text()
    assert "2 việc đã thay đổi" in alert
    assert "Việc này nay do chính anh/chị giữ" in alert
    assert "Chính anh/chị đã xử lý việc này lúc" in alert
    assert "Cán Bộ" not in alert


def test_what_was_decided_in_another_window_while_the_worker_was_at_it(signed_in, office, registrations):
    act = begun(office)
    office.do("officer", "check_registration", registrations[0], decision="accept")
    db.session.remove()
    while carry_each(BULK, lambda: office.now):
        db.session.remove()
    page = signed_in("officer").get(f"/bulk/{act}")
    assert "Chính anh/chị đã xử lý việc này lúc" in page.all("table")[0].get_text()


def test_tasks_are_given_to_a_colleague(signed_in, office, checks):
    browser = signed_in("officer")
    page = check(browser, ids(office, "check_dossier", checks), "assign")
    assert [each.get_text() for each in page.all("#receiver option")] == ["Phạm Thị Đồng Nghiệp"]
    page = browser.submit("#bulk-act")
    assert page.heading == "Giao 3 việc → Phạm Thị Đồng Nghiệp"
    colleague = office.person("colleague")
    held = office.read(select(Task).where(Task.holder_id == colleague.id))
    assert len(held) == 3
    told = office.read(
        select(Notice).where(Notice.person_id == colleague.id, Notice.template == "task_assigned")
    )
    assert len(told) == 3


def test_nothing_is_given_to_a_closed_account(signed_in, office, checks):
    colleague = office.person("colleague").public_id
    close_account(colleague, actor=SYSTEM, now=office.now)
    browser = signed_in("officer")
    page = check(browser, ids(office, "check_dossier", checks), "assign")
    assert "Phạm Thị Đồng Nghiệp" not in page.text


def test_acts_are_listed_by_what_they_decided(signed_in, office, registrations):
    browser = signed_in("officer")
    tasks = ids(office, "check_registration", registrations)
    check(browser, tasks[:2], "decide", decision="accept")
    browser.submit("#bulk-act")
    check(browser, tasks[2:], "take")
    browser.submit("#bulk-act")
    page = browser.get("/bulk")
    assert "Việc cần xử lý" in page.one(".rail [aria-current=page]").get_text()
    acts = [row.get_text() for row in page.all("tbody th")]
    assert acts == ["Nhận 1 việc", "Chấp nhận đăng ký: 2 hồ sơ"]


def test_nobody_holds_the_role_elsewhere(signed_in, office, checks):
    browser = signed_in("officer")
    check(browser, ids(office, "check_dossier", checks), "assign")
    page = browser.submit("#bulk-act", 409, receiver=office.person("other_officer").public_id)
    assert "không giữ vai trò" in page.one("[role=alert]").get_text()


def test_registrations_are_accepted_at_once(signed_in, office, registrations):
    browser = signed_in("officer")
    page = check(browser, ids(office, "check_registration", registrations), "decide")
    [button] = page.all(".bulk-decisions button")
    assert button["value"] == "accept"
    assert "Các quyết định khác" in page.text
    page = check(browser, ids(office, "check_registration", registrations), "decide", decision="accept")
    assert page.one("#bulk-act .btn-primary").get_text() == "Chấp nhận đăng ký: 3 hồ sơ"
    assert "Đã xử lý xong tất cả" in browser.submit("#bulk-act").text
    assert open_tasks(office, "check_registration") == 0
    assert faults() == []


@pytest.mark.parametrize(("offered", "others"), [("approve", True), ("approve return", False)])
def test_other_decisions_are_spoken_of_where_there_are_some(offered, others):
    part = {"oneOf": [{"const": each, "title": each} for each in ("approve", "return")]}
    kind = Kind("", {"properties": {"decision": part}}, {each: each for each in offered.split()})
    assert kind.has_others is others


def test_tasks_of_several_kinds_are_not_decided_together(signed_in, office, checks):
    office.register(nominee_name="Người Khác")
    tasks = [*ids(office, "check_dossier", checks), office.task("fill_on_behalf").public_id]
    page = check(signed_in("officer"), tasks, "decide")
    assert "Một quyết định chỉ dành cho các việc cùng loại" in page.text
    assert page.all("#bulk-act") == []


def test_a_task_with_answers_of_its_own_is_done_alone(signed_in, office, checks):
    office.do("officer", "check_dossier", checks[0], decision="complete")
    page = check(signed_in("officer"), ids(office, "record_meeting", checks[:1]), "decide")
    assert "phải xử lý từng hồ sơ một" in page.text
    assert page.all("#bulk-act") == []


def test_what_is_to_be_looked_at_is_said_before_the_decision(signed_in, office, checks):
    """The officer has entered all three, and they bear one name: perhaps one achievement proposed three times."""
    browser = signed_in("officer")
    tasks = ids(office, "check_dossier", checks)
    page = check(browser, tasks, "decide", decision="complete")
    assert "3 việc cần xem xét" in page.one(".bulk-sum").get_text()
    assert "Chính anh/chị đã lập thay 3 việc trong số này" in page.text
    for row in page.all("tbody tr"):
        [point] = row.select("li")
        assert "Một thành tích chỉ được tặng một hình thức khen thưởng" in point.get_text()
    assert page.all("#bulk-clear") == [], "nothing would be left"
    assert "cần xem xét" not in check(browser, tasks, "take").one(".bulk-sum").get_text()


def test_what_is_to_be_looked_at_can_be_left_out(signed_in, office, apart):
    """One of them was suspended for a while."""
    review = office.today + dt.timedelta(days=9)
    order = Order("complaint", "Thanh tra huyện", "214/TTH", office.today, review, "Có đơn tố cáo")
    suspend(apart[1], order, actor=office.actor("head"), now=office.now)
    resume_case(apart[1], "Đơn không có cơ sở", actor=office.actor("head"), now=office.now)
    browser = signed_in("officer")
    page = check(browser, ids(office, "check_dossier", apart), "decide", decision="complete")
    warned, clear = page.all("table")
    assert "Sẽ xử lý, cần xem xét trước (1)" in warned.get_text()
    assert "Sẽ xử lý (2)" in clear.get_text()
    page = browser.submit("#bulk-clear")
    assert page.one("#bulk-act .btn-primary").get_text() == "Hồ sơ đầy đủ: 2 hồ sơ"
    assert page.one(".bulk-sum").get_text(strip=True) == "Sẽ xử lý 2 việc"


def test_others_see_nothing(signed_in, office, checks):
    tasks = ids(office, "check_dossier", checks)
    browser = signed_in("other_officer")
    assert "3 việc không còn" in check(browser, tasks, "take").text
    browser = signed_in("officer")
    check(browser, tasks, "take")
    path = browser.submit("#bulk-act").answer.request.path
    browser.sign_in_as(office.person("colleague"))
    browser.get(path, 404)


def test_the_check_asks_as_much_for_three_as_for_one(signed_in, office, checks):
    browser = signed_in("officer")
    tasks = ids(office, "check_dossier", checks)
    browser.get("/inbox/common")
    few = statements(lambda: check(browser, tasks[:1], "decide", decision="complete"))
    many = statements(lambda: check(browser, tasks, "decide", decision="complete"))
    assert len(many) == len(few)
    db.session.rollback()


@pytest.mark.parametrize("act", ["", "burn"])
def test_an_unknown_act(signed_in, office, checks, act):
    check(signed_in("officer"), ids(office, "check_dossier", checks), act, 400)
