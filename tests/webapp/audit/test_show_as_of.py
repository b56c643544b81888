"""Any moment of the past: what somebody had to do, and where nominations stood."""

import datetime as dt
from urllib.parse import quote

import pytest

from tests.delegating import accepted
from tests.merging import merge
from tests.offices import scene
from tests.people import AN_CU, TINH_BIEN
from tests.statements import statements
from webapp.extensions import db
from webapp.models import RoleHolding
from webapp.operations import delegations, tasks
from webapp.operations.acting import SYSTEM
from webapp.operations.deadlines import move_deadline
from webapp.operations.handovers import NewHandover, hand_over
from webapp.operations.interventions import freeze_case, resume_case
from webapp.operations.people import give_role
from webapp.queries.as_of import DEADLINES, Span, due_at, told_of
from webapp.queries.inbox_as_of import inbox_then
from webapp.queries.standing import standing_of
from webapp.queries.tracking_as_of import WantedThen, tracking_then
from workflows.values import local_day

HOUR = dt.timedelta(hours=1)


@scene
def checked(office):
    """A dossier waits for its check since 10:00 on 2/12; three days pass, and it is checked."""
    office.open_campaign()
    code = office.nominate(nominee_name="Nguyễn Văn Ất")
    office.move(hours=1)
    office.do("officer", "prepare_on_behalf", code)
    return code


@pytest.fixture
def then(office):
    """What was open for somebody at an instant, as the auditor of the district sees it."""

    def inbox(username, at, last=None):
        db.session.rollback()
        auditor = standing_of(db.session(), office.person("auditor"), local_day(office.at))
        person = office.person(username)
        return inbox_then(db.session(), auditor, person, Span(at, last or at))

    return inbox


def kinds(inbox, code):
    return [row.kind.partition(".")[2] for row in inbox.rows if row.code == code]


def test_a_task_is_there_from_its_step_to_its_step(office, checked, then):
    opened = office.at
    office.move(days=1)
    office.do("officer", "check_dossier", checked, decision="complete")
    assert kinds(then("officer", opened - HOUR), checked) == ["prepare_on_behalf"]
    assert kinds(then("officer", opened), checked) == ["check_dossier"]
    assert kinds(then("officer", office.at - HOUR), checked) == ["check_dossier"]
    assert kinds(then("officer", office.at), checked) == ["record_meeting"]
    [row] = [row for row in then("officer", opened).rows if row.code == checked]
    assert (row.status, row.closed_by, row.closed_at) == ("done", "Lê Văn Cán Bộ", office.at)


def test_a_day_has_all_that_was_open_on_it(office, checked, then):
    midnight = office.at.replace(hour=0)
    day = then("officer", midnight, midnight + 20 * HOUR)
    assert kinds(day, checked) == ["check_dossier", "prepare_on_behalf"]
    assert [row.closed_here for row in day.rows if row.code == checked] == [False, True]


def test_who_had_taken_it_is_read_from_the_log(office, checked, then):
    task = office.task("check_dossier", checked).public_id
    free = office.at
    office.move(hours=1)
    tasks.take_task(task, actor=office.actor("colleague"), now=office.now)
    taken = office.at
    office.move(hours=1)
    tasks.give_back_task(task, actor=office.actor("colleague"), now=office.now)
    office.move(hours=1)
    tasks.take_task(task, actor=office.actor("officer"), now=office.now)
    seen = {at: then("officer", at).rows[-1] for at in (free, taken, taken + HOUR, office.at)}
    assert [(row.holder, row.mine) for row in seen.values()] == [
        ("", False),
        ("Phạm Thị Đồng Nghiệp", False),
        ("", False),
        ("Lê Văn Cán Bộ", True),
    ]
    assert seen[taken].taken_at == taken


def test_a_deadline_is_the_one_of_then(office, checked, then):
    task = office.task("check_dossier", checked)
    before, first = office.at, task.due
    office.move(days=1)
    day = dt.date(2019, 12, 20)
    move_deadline(task.public_id, day, "Xã bị lũ", actor=office.actor("secretary"), now=office.now)
    second = office.task("check_dossier", checked).due
    moved = office.at
    office.move(days=1)
    freeze_case(checked, "Có đơn", actor=office.actor("specialist"), now=office.now)
    office.move(days=4)
    resume_case(checked, "Đã rõ", actor=office.actor("specialist"), now=office.now)
    assert len({first, second, office.task("check_dossier", checked).due}) == 3
    assert [then("officer", at).rows[-1].due for at in (before, moved, moved + 48 * HOUR)] == [
        first,
        second,
        second,
    ]
    assert then("officer", office.at).rows[-1].due == office.task("check_dossier", checked).due
    frozen = [then("officer", at).rows[-1].frozen for at in (moved, moved + 48 * HOUR, office.at)]
    assert frozen == [False, True, False]


def test_what_moved_after_it_was_done_moved_without_it(office, checked):
    task = office.task("check_dossier", checked)
    at, due = office.at, task.due
    office.move(days=1)
    office.do("officer", "check_dossier", checked, decision="complete")
    freeze_case(checked, "Có đơn", actor=office.actor("specialist"), now=office.now)
    office.move(days=4)
    resume_case(checked, "Đã rõ", actor=office.actor("specialist"), now=office.now)
    task = office.task("check_dossier", checked, status="done")
    told = told_of(db.session(), [checked], DEADLINES)[checked]
    assert told
    assert due_at(told, task.public_id, task.due, at, task.closed_at) == due


def test_roles_are_those_of_the_day(office, checked, then):
    before = office.at
    office.move(days=2)
    [role] = office.read(
        RoleHolding.__table__.select()
        .with_only_columns(RoleHolding.id)
        .where(RoleHolding.person_id == office.person("officer").id)
    )
    giver, taker = office.person("officer").public_id, office.person("clerk").public_id
    hand_over(NewHandover(giver, taker, office.today, [role]), actor=SYSTEM, now=office.now)
    assert kinds(then("officer", before), checked) == ["check_dossier"]
    assert kinds(then("clerk", before), checked) == []
    assert kinds(then("officer", office.at), checked) == []
    assert kinds(then("clerk", office.at), checked) == ["check_dossier"]


def test_a_dossier_of_ones_own_was_the_givers_before_it_was_handed_over(office, then):
    office.open_campaign()
    code = office.nominate("registrant", filled_by="registrant")
    before = office.at
    office.move(days=1)
    [role] = office.read(
        RoleHolding.__table__.select()
        .with_only_columns(RoleHolding.id)
        .where(RoleHolding.person_id == office.person("registrant").id)
    )
    giver, taker = office.person("registrant").public_id, office.person("stranger").public_id
    new = NewHandover(giver, taker, office.today, [role], own="taker")
    hand_over(new, actor=SYSTEM, now=office.now)
    assert kinds(then("registrant", before), code) == ["prepare_dossier"]
    assert kinds(then("stranger", before), code) == []
    assert kinds(then("registrant", office.at), code) == []
    assert kinds(then("stranger", office.at), code) == ["prepare_dossier"]


def test_a_dossier_that_went_over_to_another_unit_since_is_named(browser, office, checked, then):
    before = office.at
    office.move(days=2)
    merge(office)
    gone = then("officer", before)
    assert (kinds(gone, checked), gone.moved) == ([], (checked,))
    now = then("officer", office.at)
    assert (kinds(now, checked), now.moved) == (["check_dossier"], ())
    assert "về sau chuyển sang đơn vị khác" in browser.get("/audit/as-of?day=02/12/2019&person=officer").text


def test_what_was_delegated_is_there_while_it_was(office, checked, then):
    before = office.at
    office.move(hours=1)
    made = accepted(office, "officer", "head")
    during = office.at
    office.move(hours=1)
    delegations.revoke(made, actor=office.actor("officer"), now=office.now)
    lent = {at: then("head", at) for at in (before, during, office.at)}
    assert [kinds(each, checked) for each in lent.values()] == [[], ["check_dossier"], []]
    [row] = lent[during].rows
    assert (row.right, row.lender) == ("lent", "Lê Văn Cán Bộ")


def test_nominations_stand_where_they_stood(office, walked):
    auditor = standing_of(db.session(), office.person("auditor"), local_day(office.at))

    def stood(at):
        return tracking_then(db.session(), auditor, WantedThen(), at)

    begun = office.case(walked).opened_at
    assert stood(begun - HOUR).rows == ()
    assert stood(begun).counts == {"draft": 1}
    [frozen] = stood(begun + 49 * HOUR).rows
    assert frozen.frozen_since is not None
    assert stood(begun + 49 * HOUR).frozen == 1
    [now] = stood(office.at).rows
    assert (now.frozen_since, now.phase) == (None, office.case(walked).stage)
    assert [task.name for task in now.tasks] == ["Ghi biên bản họp bình xét"]


def test_the_page_of_a_person_and_a_moment(browser, office, checked):
    local = (office.at + 7 * HOUR).strftime("%H:%M")
    page = browser.get(f"/audit/as-of?day=02/12/2019&time={local}&person=officer")
    assert page.heading == f"Tại thời điểm: 02/12/2019 {local}"
    assert "Việc của Lê Văn Cán Bộ" in page.text
    assert "Công chức phụ trách TĐKT, xã An Cư" in page.one(".held").get_text(" ", strip=True)
    row = next(row for row in page.all("tbody tr") if checked in row.get_text())
    assert "Kiểm tra thành phần hồ sơ" in row.get_text()
    assert "Chưa xong" in row.get_text()


def test_that_somebodys_tasks_were_looked_at_is_noted(browser, office, checked):
    browser.get("/audit/as-of?day=02/12/2019")
    assert office.access("inbox_reviewed") == []
    for path in ("?day=02/12/2019&person=officer", "?day=02/12/2019&time=9:00&person=officer"):
        browser.get(f"/audit/as-of{path}")
    [noted] = office.access("inbox_reviewed")
    assert noted.fields == {"person": office.person("officer").public_id, "seen_date": "2019-12-02"}
    said = "Trịnh Văn Thanh Tra xem lại việc của Lê Văn Cán Bộ trong ngày 02/12/2019."
    assert said in browser.get("/audit/events?type=inbox_reviewed").text


def test_the_link_of_a_row_leads_to_the_step_before_the_moment(browser, office, checked):
    office.move(days=1)
    office.do("officer", "check_dossier", checked, decision="complete")
    page = browser.get("/audit/as-of?day=02/12/2019&person=officer")
    link = next(a["href"] for a in page.all("tbody a") if checked in a.get_text())
    assert "Bước 2 / 3" in browser.get(link).text
    before = browser.get(f"/audit/cases/{checked}?at=2019-01-01T00:00:00%2B07:00")
    assert "Bước 1 / 3" in before.text
    assert "Bước 3 / 3" in browser.get(f"/audit/cases/{checked}?at=nonsense").text


def test_a_step_leads_to_what_its_actor_had_to_do_just_before(browser, office, checked):
    page = browser.get(f"/audit/cases/{checked}?step=2")
    link = next(a["href"] for a in page.all("[data-panel] a") if "ngay trước đó" in a.get_text())
    page = browser.get(link)
    row = next(row for row in page.all("tbody tr") if checked in row.get_text())
    assert "Lập thay hồ sơ đề nghị" in row.get_text()
    assert "Đã xử lý" in row.get_text()


def test_the_table_of_a_campaign_and_unit(browser, office, checked):
    page = browser.get(f"/audit/as-of?day=02/12/2019&unit={AN_CU}")
    assert "Cuối ngày, hồ sơ đề nghị ở đâu" in page.text
    assert [row.td.get_text(strip=True) for row in page.all("tbody tr")] == [checked]
    assert browser.get("/audit/as-of?day=01/12/2019").all("tbody tr") == []
    assert browser.get(f"/audit/as-of?day=02/12/2019&unit={TINH_BIEN}").all("tbody tr")
    assert browser.get("/audit/as-of?day=02/12/2019&phase=council").all("tbody tr") == []
    kept = page.one("select[name=unit] option[selected]")
    assert kept["value"] == AN_CU


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("day=31/02/2019", "“31/02/2019” không phải là ngày"),
        ("time=25:00", "“25:00” không phải là giờ trong ngày"),
        ("day=02/12/2019&time=9h", "Tại thời điểm: 02/12/2019 09:00"),
        ("day=31/12/9999", "Chưa đến ngày 31/12/9999"),
        ("day=01/01/0001&person=officer", "“01/01/0001” không phải là ngày"),
        ("person=khong-ai", "Không có ai tên như vậy"),
        ("person=" + quote("Văn"), "Xem việc của ai?"),
    ],
)
def test_what_cannot_be_shown_is_told(browser, checked, query, told):
    assert told in browser.get(f"/audit/as-of?{query}").text


def test_an_auditor_of_a_commune_sees_the_tasks_of_that_commune_alone(browser, office, checked):
    stranger = office.person("stranger")
    give_role(stranger.public_id, "auditor", AN_CU, dt.date(2019, 1, 1), actor=SYSTEM, now=office.now)
    browser.sign_in_as(office.person("stranger"))
    assert checked in browser.get("/audit/as-of?day=02/12/2019&person=officer").text
    assert browser.get("/audit/as-of?day=02/12/2019&person=other_officer").all("tbody tr") == []


def test_is_not_for_others(browser, office, checked):
    for username in ("officer", "secretary", "admin", "stranger"):
        browser.sign_in_as(office.person(username))
        browser.get("/audit/as-of", 403)


@pytest.mark.parametrize("query", ["person=officer", "unit="])
def test_asks_the_database_as_often_for_many_as_for_one(browser, office, checked, query):
    path = f"/audit/as-of?day=02/12/2019&{query}"
    browser.get(path)
    few = len(statements(lambda: browser.get(path)))
    for number in range(5):
        office.nominate(nominee_name=f"Người Thứ {number}")
    assert len(statements(lambda: browser.get(path))) == few
