"""Decisions taken for many can be undone for a while; the timer and whoever undoes never both win."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.proven import faults
from tests.together import raised, together
from webapp import eventlog
from webapp.extensions import db
from webapp.models import BulkItem, Case, Notice, RoleHolding, Task
from webapp.operations import people
from webapp.operations.acting import SYSTEM
from webapp.operations.bulk import NewBulk, begin_bulk, undo_bulk
from webapp.operations.bulk_carrying import BULK, undo_decision
from webapp.operations.interventions import freeze_case
from webapp.operations.long_work import carry
from webapp.operations.outbox import fire_due
from webapp.operations.refusals import CaseFrozen, NotFound, NotNow
from webapp.queries.as_of import Span, open_within
from webapp.queries.bulk_selection import marks_of, selected
from webapp.queries.standing import standing_of
from webapp.queries.tracking_filters import Wanted
from webapp.queries.waits import waits

WINDOW = dt.timedelta(minutes=15)


def decide(office, codes, username="officer", element="check_dossier", decision="complete"):
    """The decision for all of them, as the check page asks for it; returns the act."""
    session, person = db.session(), office.person(username)
    ids = [office.task(element, code).public_id for code in codes]
    standing = standing_of(session, person, office.today)
    marks, _busy = marks_of(session, standing, selected(session, standing, ids))
    act = begin_bulk(NewBulk("decide", marks, decision), actor=office.actor(username), now=office.now)
    db.session.remove()
    while carry(BULK, act, office.now):
        db.session.remove()
    return act


def events(code):
    db.session.rollback()
    return [each.type for each in eventlog.read_stream(db.session(), f"case/{code}")]


def done(office, code):
    return office.task("check_dossier", code, status="done")


def test_the_window_runs_out(office, checks):
    decide(office, checks)
    assert office.read(select(Task).where(Task.element == "record_meeting")) == []
    office.move(minutes=16)
    office.work()
    assert len(office.read(select(Task).where(Task.element == "record_meeting"))) == 3
    with pytest.raises(NotNow, match="undo_over"):
        undo_decision(done(office, checks[0]).public_id, actor=office.actor("officer"), now=office.now)
    assert faults() == []


def test_a_single_decision_waits_for_nothing(office, checks):
    office.do("officer", "check_dossier", checks[0], decision="complete")
    assert office.task("record_meeting", checks[0])


def test_who_lost_the_role_undoes_nothing(office, checks):
    decide(office, checks)
    officer = office.person("officer")
    held = office.read(select(RoleHolding.id).where(RoleHolding.person_id == officer.id))[0]
    yesterday = office.today - dt.timedelta(days=1)
    people.end_role(officer.public_id, held, yesterday, actor=SYSTEM, now=office.now)
    with pytest.raises(NotNow, match="undo_over"):
        undo_decision(done(office, checks[0]).public_id, actor=office.actor("officer"), now=office.now)


def test_one_of_many_is_undone_on_its_page(signed_in, office, checks):
    decide(office, checks)
    task = done(office, checks[0])
    browser = signed_in("officer")
    page = browser.get(f"/tasks/{task.public_id}")
    until = (office.at + WINDOW).astimezone(dt.timezone(dt.timedelta(hours=7)))
    assert f"Có thể hoàn tác đến {until:%H:%M}" in page.text
    assert "Có thể hoàn tác đến" in browser.get(f"/nominations/{checks[0]}").text
    page = browser.submit(f"form[action='/tasks/{task.public_id}/undo']")
    assert "Đã hoàn tác quyết định" in page.soup.get_text()
    again = office.task("check_dossier", checks[0])
    assert (again.round, again.status) == (2, "open")
    assert page.answer.request.path == f"/tasks/{again.public_id}"
    assert page.all(f"form[action^='/tasks/{again.public_id}']")
    assert "decision_undone" in events(checks[0])
    office.do("officer", "check_dossier", checks[0], decision="complete")
    assert office.task("record_meeting", checks[0])
    assert faults() == []


def test_the_button_is_gone_with_the_role(signed_in, office, checks):
    act = decide(office, checks)
    task, browser = done(office, checks[0]).public_id, signed_in("officer")
    assert "Hoàn tác 3 quyết định" in browser.get(f"/bulk/{act}").text
    officer = office.person("officer")
    held = office.read(select(RoleHolding.id).where(RoleHolding.person_id == officer.id))[0]
    people.end_role(
        officer.public_id, held, office.today - dt.timedelta(days=1), actor=SYSTEM, now=office.now
    )
    for page in (f"/bulk/{act}", f"/tasks/{task}"):
        assert "Hoàn tác" not in browser.get(page).text
    with pytest.raises(NotNow, match="undo_over"):
        undo_bulk(act, actor=office.actor("officer"), now=office.now)


def test_an_auditor_sees_the_undoing_where_it_happened(signed_in, office, checks):
    decide(office, checks[:1])
    office.move(minutes=10)
    undo_decision(done(office, checks[0]).public_id, actor=office.actor("officer"), now=office.now)
    undone_at = office.at
    office.move(hours=1)
    office.do("officer", "check_dossier", checks[0], decision="complete")
    browser = signed_in("auditor")
    page = browser.get(f"/audit/cases/{checks[0]}?step=4")
    told = [
        link.get_text(" ", strip=True).partition(" Lê Văn Cán Bộ ")[2] for link in page.all("[data-goto]")
    ]
    assert told == [
        "mở hồ sơ “Đề nghị khen thưởng”.",
        "hoàn thành “Lập thay hồ sơ đề nghị”.",
        "hoàn thành “Kiểm tra thành phần hồ sơ”: Hồ sơ đầy đủ. đã hoàn tác ở bước 4",
        "hoàn tác “Kiểm tra thành phần hồ sơ”; việc này được quyết định lại. có việc đang mở bị bỏ dở",
        "hoàn thành “Kiểm tra thành phần hồ sơ (lần 2)”: Hồ sơ đầy đủ.",
    ]
    assert page.one("[data-caption] time")["datetime"] == undone_at.isoformat()
    assert "sau bước trước 10 phút" in page.one("#step").get_text()
    assert "đúng trạng thái đã ghi" in page.one("#step").get_text()
    assert "hoàn tác" not in browser.get(f"/audit/cases/{checks[0]}?step=5").one("#step").get_text()


def due_notices(office):
    return len(office.read(select(Notice).where(Notice.template == "commune_check_due")))


def test_the_notice_of_one_deadline_goes_once(office, checks):
    """However often a decision is undone after the day."""
    office.move(days=30)
    office.work()
    told = due_notices(office)
    assert told
    for _each in range(2):
        decide(office, checks[:1])
        task = office.read(select(Task.public_id).where(Task.status == "done").order_by(Task.id.desc()))[0]
        undo_decision(task, actor=office.actor("officer"), now=office.now)
        office.work()
    assert due_notices(office) == told
    assert faults() == []


def test_a_day_that_ends_while_the_decision_waits_is_told_of(office, checks):
    due = office.task("check_dossier", checks[0]).due
    office.at = due - dt.timedelta(minutes=5)
    decide(office, checks[:1])
    office.move(minutes=10)
    undo_decision(done(office, checks[0]).public_id, actor=office.actor("officer"), now=office.now)
    office.work()
    of_case = select(Notice).join(Case).where(Case.code == checks[0], Notice.template == "commune_check_due")
    assert office.read(of_case)
    assert office.task("check_dossier", checks[0]).due == due


def test_what_is_undone_waits_since_it_first_came_and_was_opened(signed_in, office, checks):
    browser = signed_in("officer")
    first = office.task("check_dossier", checks[0])
    task, came = first.public_id, first.opened_at
    browser.get(f"/tasks/{task}")
    office.move(days=30)
    office.work()
    decide(office, checks[:1])
    undo_decision(task, actor=office.actor("officer"), now=office.now)
    assert office.task("check_dossier", checks[0]).opened_at == came
    rows = browser.get("/inbox/common").all("#inbox-list tr[data-row]")
    opened = [row for row in rows if "is-unread" not in row.get("class", [])]
    assert [row.select_one("small.nowrap").get_text() for row in opened] == [checks[0]]
    secretary = standing_of(db.session(), office.person("secretary"), office.today)
    [wait] = waits(db.session(), secretary, Wanted(), office.at)
    assert (wait.element, wait.cases, wait.median) == ("check_dossier", 3, 30)


@pytest.mark.parametrize("days", [3, 30])
def test_what_is_undone_is_due_when_it_was(signed_in, office, checks, days):
    """Also what was over-due: undoing a decision is no way to a new deadline."""
    due = office.task("check_dossier", checks[0]).due
    office.move(days=days)
    office.work()
    decide(office, checks[:1])
    undo_decision(done(office, checks[0]).public_id, actor=office.actor("officer"), now=office.now)
    office.work()
    assert office.task("check_dossier", checks[0]).due == due
    assert len(signed_in("officer").get("/inbox/common?due=overdue").all("tbody .row-link")) == (
        3 if days == 30 else 0
    )
    office.do("officer", "check_dossier", checks[0], decision="complete")
    assert faults() == []


def test_all_of_an_act_are_undone(signed_in, office, checks):
    act = decide(office, checks)
    browser = signed_in("officer")
    page = browser.get(f"/bulk/{act}")
    assert "Có thể hoàn tác đến" in page.text
    page = browser.submit(f"form[action='/bulk/{act}/undo']")
    assert page.heading == "Hoàn tác 3 quyết định"
    told = [row.get_text() for row in browser.get("/bulk").all("tbody th")]
    assert told == ["Hoàn tác 3 quyết định", "Hồ sơ đầy đủ: 3 hồ sơ"]
    browser.get(page.answer.request.path)
    assert "3 / 3" in page.text
    assert "đã hoàn tác lúc" in browser.get(f"/bulk/{act}").text
    assert len(office.read(select(Task).where(Task.element == "check_dossier", Task.round == 2))) == 3
    with pytest.raises(NotNow, match="undo_over"):
        undo_bulk(act, actor=office.actor("officer"), now=office.now)
    assert faults() == []


def test_only_who_decided_undoes(signed_in, office, checks):
    decide(office, checks)
    task = done(office, checks[0]).public_id
    with pytest.raises(NotFound):
        undo_decision(task, actor=office.actor("colleague"), now=office.now)
    assert "Có thể hoàn tác" not in signed_in("colleague").get(f"/tasks/{task}").text


def test_a_suspended_dossier_is_not_undone(office, checks):
    decide(office, checks)
    freeze_case(checks[0], "Đơn tố cáo", actor=office.actor("secretary"), now=office.now)
    with pytest.raises(CaseFrozen):
        undo_decision(done(office, checks[0]).public_id, actor=office.actor("officer"), now=office.now)


def test_undo_racing_the_timer(app, office, checks):
    """At the very end of the window both press: in each case exactly one wins, and the record says which."""
    decide(office, checks)
    officer, early = office.actor("officer"), office.now
    office.move(minutes=16)
    late = office.now
    tasks = {code: done(office, code).public_id for code in checks}
    ids = {code: office.case(code).id for code in checks}
    db.session.remove()
    acts = []
    for code in checks:
        acts.append(lambda code=code: undo_decision(tasks[code], actor=officer, now=early))
        acts.append(lambda code=code: fire_due(ids[code], late))
    results = together(app, acts)
    assert set(raised(results)) <= {NotNow}
    for code in checks:
        told = events(code)
        assert told.count("decision_undone") + told.count("timers_fired") == 1
        again = office.read(select(Task).join(Case).where(Case.code == code, Task.status == "open"))
        assert [each.element for each in again] == [
            "check_dossier" if "decision_undone" in told else "record_meeting"
        ]
    undone = office.read(select(BulkItem).where(BulkItem.undone_at.is_not(None)))
    assert len(undone) == sum("decision_undone" in events(code) for code in checks)
    assert faults() == []


def test_what_came_back_was_not_there_before_it_was_undone(office, checks):
    """Its row says that it waits since the first time; at an instant between it was done."""
    first = office.at
    office.move(hours=1)
    decide(office, checks[:1])
    decided = office.at
    office.move(minutes=5)
    undo_decision(done(office, checks[0]).public_id, actor=office.actor("officer"), now=office.now)

    def waiting(at):
        fits = open_within(Span(at, at)), Task.element == "check_dossier"
        return office.read(select(Task.round).where(*fits, Task.case.has(code=checks[0])))

    assert [waiting(at) for at in (first, decided, office.at)] == [[1], [], [2]]
    assert faults() == []
