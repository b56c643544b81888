"""Transfer of office: roles and open work go from one person to another; nothing is left without an owner."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.offices import scene
from tests.people import AN_CU
from tests.proven import faults
from tests.statements import statements
from webapp.models import FormDraft, Notice, RoleHolding, Task
from webapp.operations import accounts, tasks
from webapp.operations.acting import SYSTEM
from webapp.operations.handovers import NewHandover, carry_out_handovers, hand_over
from webapp.operations.people import give_role
from webapp.operations.refusals import InvalidForm


@scene
def taken(office):
    """An officer has taken the check of a dossier and has begun to type; returns the task's id."""
    office.open_campaign()
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    task = office.task("check_dossier", code).public_id
    tasks.take_task(task, actor=office.actor("officer"), now=office.now)
    tasks.save_draft(task, {"note": "đã xem"}, actor=office.actor("officer"), now=office.now)
    return task


def held(office, username, role="officer"):
    person = office.person(username)
    query = select(RoleHolding).where(RoleHolding.person_id == person.id, RoleHolding.role == role)
    return office.read(query)


def path(office, username, act="hand-over"):
    return f"/admin/people/{office.person(username).public_id}/{act}"


def task_of(office, public_id):
    [found] = office.read(select(Task).where(Task.public_id == public_id))
    return found


def test_the_page_of_a_person_leads_to_it_and_shows_what_moves_first(signed_in, office, taken):
    browser = signed_in("admin")
    page = browser.get(path(office, "officer", "").rstrip("/"))
    page = browser.get(page.one("a[href$='/hand-over']")["href"])
    assert "đã nhận 1 việc" in page.text
    taker = office.person("clerk").public_id
    page = browser.submit("main form", taker=taker, day="02/12/2019")
    assert page.heading == "Kiểm tra việc bàn giao"
    assert "01/12/2019" in page.one(".data-table").get_text(), "the last day of who hands over"
    assert "Bàn giao cùng 1 việc" in page.one("main form .btn-primary").get_text()
    assert task_of(office, taken).holder_id == office.person("officer").id, "nothing has moved yet"
    page = browser.submit("main form")
    assert page.heading == "Lê Văn Cán Bộ"
    assert task_of(office, taken).holder_id == office.person("clerk").id


def test_roles_tasks_and_drafts_go_over_with_both_names_in_the_log(office, taken, told):
    giver, taker = office.person("officer"), office.person("clerk")
    [role] = held(office, "officer")
    new = NewHandover(giver.public_id, taker.public_id, office.today, [role.id])
    assert hand_over(new, actor=office.actor("admin"), now=office.now)
    assert held(office, "officer")[0].to_date == office.today - dt.timedelta(days=1)
    assert [each.from_date for each in held(office, "clerk")] == [office.today]
    [draft] = office.read(select(FormDraft))
    assert draft.person_id == taker.id
    code = task_of(office, taken).case.code
    kinds, fields = told(f"case/{code}")
    assert kinds[-1] == "task_handed_over"
    assert (fields["person"], fields["taker"]) == (giver.public_id, taker.public_id)
    for person in (giver, taker):
        assert told(f"person/{person.public_id}")[0][-1] == "office_handed_over"
    notices = office.read(select(Notice.template).where(Notice.case_id.is_(None)).order_by(Notice.id))
    assert notices == ["office_given", "office_taken"]
    assert faults() == []
    tasks.give_back_task(taken, actor=office.actor("clerk"), now=office.now)


def test_both_read_of_it(signed_in, office, taken):
    [role] = held(office, "officer")
    new = NewHandover(
        office.person("officer").public_id, office.person("clerk").public_id, office.today, [role.id]
    )
    hand_over(new, actor=office.actor("admin"), now=office.now)
    page = signed_in("clerk").get("/notices")
    assert "nhận bàn giao công việc của Lê Văn Cán Bộ" in page.text
    assert "Từ ngày: 02/12/2019" in page.text
    assert "bàn giao cho Mai Thị Văn Thư" in signed_in("officer").get("/notices").text


def test_a_day_ahead_is_entered_now_and_the_work_moves_on_it(office, taken):
    [role] = held(office, "officer")
    day = office.today + dt.timedelta(days=3)
    new = NewHandover(office.person("officer").public_id, office.person("clerk").public_id, day, [role.id])
    assert not hand_over(new, actor=office.actor("admin"), now=office.now)
    assert held(office, "clerk")[0].from_date == day
    carry_out_handovers(actor=SYSTEM, now=office.now)
    assert task_of(office, taken).holder_id == office.person("officer").id
    office.move(days=3)
    assert carry_out_handovers(actor=SYSTEM, now=office.now) == 1
    assert carry_out_handovers(actor=SYSTEM, now=office.now) == 0
    assert task_of(office, taken).holder_id == office.person("clerk").id


def test_the_pages_of_both_tell_of_a_transfer_that_waits(signed_in, office, taken):
    [role] = held(office, "officer")
    day = office.today + dt.timedelta(days=3)
    new = NewHandover(office.person("officer").public_id, office.person("clerk").public_id, day, [role.id])
    hand_over(new, actor=office.actor("admin"), now=office.now)
    browser = signed_in("admin")
    for username in ("officer", "clerk"):
        page = browser.get(path(office, username, "").rstrip("/"))
        assert "Lê Văn Cán Bộ → Mai Thị Văn Thư" in page.text
        assert "chờ đến ngày" in page.text


def test_who_is_to_take_over_alone_does_not_leave_before(office, taken):
    accounts.close_account(office.person("colleague").public_id, actor=SYSTEM, now=office.now)
    [role] = held(office, "officer")
    day = office.today + dt.timedelta(days=3)
    new = NewHandover(office.person("officer").public_id, office.person("clerk").public_id, day, [role.id])
    hand_over(new, actor=SYSTEM, now=office.now)
    with pytest.raises(InvalidForm):
        accounts.close_account(office.person("clerk").public_id, actor=SYSTEM, now=office.now)


def test_what_changes_between_looking_and_pressing_is_shown_again(signed_in, office, taken):
    browser = signed_in("admin")
    browser.get(path(office, "officer"))
    browser.submit("main form", taker=office.person("clerk").public_id, day="02/12/2019")
    tasks.give_back_task(taken, actor=office.actor("officer"), now=office.now)
    page = browser.submit("main form")
    assert "vừa thay đổi" in page.one("[role=alert]").get_text()
    assert held(office, "officer")[0].to_date is None
    assert browser.submit("main form").heading == "Lê Văn Cán Bộ"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"day": "01/01/2018"}, "không được trước ngày bắt đầu"),
        ({"roles": None}, "Hãy chọn ít nhất một vai trò"),
        ({"taker": ""}, "Người nhận bàn giao"),
    ],
)
def test_what_cannot_be_is_named(signed_in, office, taken, changes, fault):
    browser = signed_in("admin")
    browser.get(path(office, "officer"))
    sent = {"taker": office.person("clerk").public_id, "day": "02/12/2019"} | changes
    assert fault in browser.submit("main form", status=422, **sent).one("#error-summary").get_text()


def test_nobody_takes_over_who_cannot_sign_in(office, taken):
    accounts.close_account(office.person("clerk").public_id, actor=SYSTEM, now=office.now)
    [role] = held(office, "officer")
    for taker in ("clerk", "officer"):
        new = NewHandover(
            office.person("officer").public_id, office.person(taker).public_id, office.today, [role.id]
        )
        with pytest.raises(InvalidForm):
            hand_over(new, actor=SYSTEM, now=office.now)


@scene
def own(office):
    """A registrant has brought in a nomination and has not handed it in; returns its code."""
    office.open_campaign()
    return office.nominate("registrant", filled_by="registrant")


def own_task(office):
    [found] = office.read(
        select(Task).where(Task.person_id == office.person("registrant").id, Task.status == "open")
    )
    return found


def test_cases_somebody_brought_in_go_along(office, own):
    giver, taker = office.person("registrant"), office.person("colleague")
    task = own_task(office).public_id
    new = NewHandover(giver.public_id, taker.public_id, office.today, [], "taker")
    hand_over(new, actor=SYSTEM, now=office.now)
    assert task_of(office, task).person_id == taker.id
    assert office.case(own).registrant_id == taker.id
    assert faults() == []


def test_or_to_the_officers_of_the_unit(office, own):
    giver, taker = office.person("registrant"), office.person("colleague")
    task = own_task(office).public_id
    new = NewHandover(giver.public_id, taker.public_id, office.today, [], "officers")
    hand_over(new, actor=SYSTEM, now=office.now)
    moved = task_of(office, task)
    assert (moved.person_id, moved.role, moved.unit.code) == (None, "officer", AN_CU)
    assert office.case(own).registrant_id is None
    assert faults() == []


def test_an_account_is_not_closed_while_its_work_would_be_nobodys(signed_in, office, own, told):
    browser = signed_in("admin")
    page = browser.get(path(office, "registrant", "close"))
    assert "Đăng ký, hồ sơ do người này đưa vào" in page.text
    page = browser.submit("main form", status=422, taker="")
    assert "không còn ai phụ trách" in page.one("#f-taker-fault").get_text()
    assert office.person("registrant").active
    browser.submit("main form", taker=office.person("colleague").public_id)
    assert not office.person("registrant").active
    assert office.case(own).registrant_id == office.person("colleague").id


def test_the_last_holder_of_a_role_names_a_successor(signed_in, office, taken):
    """Two are officers in An Cư: the first may go, the second only with a successor."""
    accounts.close_account(office.person("colleague").public_id, actor=SYSTEM, now=office.now)
    [role] = held(office, "officer")
    browser = signed_in("admin")
    page = browser.get(path(office, "officer", f"roles/{role.id}/end"))
    assert "sẽ không còn ai phụ trách" in page.text
    page = browser.submit("main form", status=422, to_date="01/12/2019")
    assert "không còn ai phụ trách" in page.one("#f-taker-fault").get_text()
    browser.submit("main form", to_date="01/12/2019", taker=office.person("clerk").public_id)
    assert task_of(office, taken).holder_id == office.person("clerk").id
    assert held(office, "officer")[0].to_date == dt.date(2019, 12, 1)


def test_closing_hands_over_the_role_in_the_same_form(signed_in, office, taken):
    accounts.close_account(office.person("colleague").public_id, actor=SYSTEM, now=office.now)
    browser = signed_in("admin")
    page = browser.get(path(office, "officer", "close"))
    assert "1 việc đang mở không còn ai phụ trách" in page.text
    browser.submit("main form", taker=office.person("clerk").public_id)
    assert not office.person("officer").active
    assert task_of(office, taken).holder_id == office.person("clerk").id
    assert faults() == []


def test_a_seat_is_no_office(signed_in, office):
    give_role(office.person("member1").public_id, "clerk", AN_CU, office.today, actor=SYSTEM, now=office.now)
    page = signed_in("admin").get(path(office, "member1"))
    assert "ghế trong hội đồng không phải là chức vụ" in page.text


def test_people_of_other_units_are_not_there(signed_in, commune_admin, office):
    browser = signed_in(commune_admin)
    browser.get("/")
    for username in ("other_officer", "secretary"):
        browser.get(path(office, username), status=404)
        browser.post(path(office, username), {"taker": "x"}, status=404)
    browser = signed_in("secretary")
    browser.get("/")
    browser.get(path(office, "officer"), status=403)
    browser.post(path(office, "officer"), status=403)


def test_number_of_statements_does_not_grow_with_the_roles(signed_in, office, taken):
    browser = signed_in("admin")
    browser.get(path(office, "officer"))
    before = len(statements(lambda: browser.get(path(office, "officer"))))
    for role in ("registrant", "member", "clerk"):
        give_role(office.person("officer").public_id, role, AN_CU, office.today, actor=SYSTEM, now=office.now)
    assert len(statements(lambda: browser.get(path(office, "officer")))) == before
