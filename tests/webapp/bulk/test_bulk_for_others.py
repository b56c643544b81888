"""Acts on many tasks that were delegated: for whom, with both names, and not a moment longer than it holds."""

import pytest
from sqlalchemy import select

from tests.delegating import accepted
from tests.offices import scene
from tests.proven import faults
from tests.statements import statements
from webapp import eventlog
from webapp.extensions import db
from webapp.models import BulkAct, BulkItem, Nomination, Task
from webapp.operations import delegations
from webapp.operations.acting import SYSTEM
from webapp.operations.bulk import NewBulk, begin_bulk
from webapp.operations.bulk_carrying import ASSIGN, BULK, DECIDE, undo_decision
from webapp.operations.long_work import carry_each
from webapp.operations.refusals import NotNow
from webapp.operations.stranded import give_back_stranded
from webapp.operations.tasks import take_task
from webapp.queries.bulk_selection import marks_of, selected, selection, why_not
from webapp.queries.lending import NEVER
from webapp.queries.standing import standing_of


@scene
def delegated(office, checks):
    """The officer has delegated the checks to the head: (codes, delegation)."""
    return checks, accepted(office)


def ids(office, codes):
    return [office.task("check_dossier", code).public_id for code in codes]


def standing(office, username="head"):
    return standing_of(db.session(), office.person(username), office.today)


def check(browser, tasks, act, status=200, **more):
    return browser.post("/bulk/check", {"act": act, "tab": "delegated", "task": tasks, **more}, status)


def begun(office, codes, act=DECIDE, decision="complete", **more):
    head, tasks = standing(office), ids(office, codes)
    marks, _busy = marks_of(db.session(), head, selected(db.session(), head, tasks))
    made = begin_bulk(NewBulk(act, marks, decision, **more), actor=office.actor("head"), now=office.now)
    db.session.remove()
    return made


def carried(office):
    while carry_each(BULK, lambda: office.now):
        db.session.remove()
    return [
        (item.state, item.fault.get("refusal"))
        for item in office.read(select(BulkItem).order_by(BulkItem.id))
    ]


def both_names(office, code, kind):
    db.session.rollback()
    told = [each for each in eventlog.read_stream(db.session(), f"case/{code}") if each.type == kind]
    return (told[-1].actor, told[-1].principal) == (
        office.person("head").public_id,
        office.person("officer").public_id,
    )


def test_the_list_offers_to_tick_but_not_to_give_on(signed_in, delegated):
    page = signed_in("head").get("/inbox/delegated")
    assert len(page.all("#inbox-list [name=task]")) == 3
    assert [each["value"] for each in page.all("#selection [name=act]")] == ["take", "decide"]


def test_they_are_taken_for_the_principal(signed_in, office, delegated):
    codes, _made = delegated
    browser = signed_in("head")
    page = check(browser, ids(office, codes), "take")
    assert "đang làm thay Lê Văn Cán Bộ theo ủy quyền" in page.one(".notice-delegated").get_text()
    assert page.text.count("thay Lê Văn Cán Bộ xã An Cư") == 3
    page = browser.submit("#bulk-act")
    assert "3 / 3" in page.text
    officer = office.person("officer").id
    assert {task.principal_id for task in office.read(select(Task).where(Task.holder_id.is_not(None)))} == {
        officer
    }
    assert all(both_names(office, code, "task_taken") for code in codes)
    assert faults() == []


def test_the_whole_list_is_decided_and_both_names_stand_in_the_record(signed_in, office, delegated):
    codes, _made = delegated
    browser = signed_in("head")
    browser.post("/bulk/check", {"act": "decide", "tab": "delegated", "all": "1", "decision": "complete"})
    page = browser.submit("#bulk-act")
    assert "3 / 3" in page.text
    assert page.text.count("thay Lê Văn Cán Bộ xã An Cư") == 3
    assert all(both_names(office, code, "task_completed") for code in codes)
    assert faults() == []


def test_a_conflict_of_interest_is_passed_over_on_the_check_page(signed_in, office, delegated):
    codes, _made = delegated
    nomination = db.session.get(Nomination, office.read(select(Nomination).order_by(Nomination.id))[0].id)
    nomination.nominee.person_id = office.person("head").id
    db.session.commit()
    page = check(signed_in("head"), ids(office, codes), "decide", decision="complete")
    assert "bỏ qua 1" in page.text
    assert "Hồ sơ này là của anh/chị hoặc của người ủy quyền" in page.all("table")[0].get_text()


def test_what_is_barred_is_counted_and_explained_in_the_list(signed_in, office, delegated):
    """The list and its count agree; the row says why, and there is nothing to tick on it."""
    nomination = db.session.get(Nomination, office.read(select(Nomination).order_by(Nomination.id))[0].id)
    nomination.nominee.person_id = office.person("head").id
    db.session.commit()
    page = signed_in("head").get("/inbox/delegated")
    rows = page.all("#inbox-list tr[data-row]")
    assert page.one(".tab-bar [aria-current=page]").get_text(" ", strip=True) == f"Được ủy quyền {len(rows)}"
    [barred] = [row for row in rows if row.select(".task-barred")]
    assert delegated[0][0] in barred.get_text()
    assert "Hồ sơ này là của anh/chị hoặc của người ủy quyền" in barred.get_text()
    assert [len(row.select("[name=task]")) for row in rows if row is not barred] == [1, 1]
    assert not barred.select("[name=task]")


def test_the_list_asks_as_much_for_three_as_for_one(signed_in, office, delegated):
    browser = signed_in("head")
    browser.get("/inbox/delegated")
    many = statements(lambda: browser.get("/inbox/delegated"))
    for code in delegated[0][1:]:
        office.do("officer", "check_dossier", code, decision="complete")
    few = statements(lambda: browser.get("/inbox/delegated"))
    assert len(many) == len(few)
    db.session.rollback()


def test_a_conflict_of_interest_is_looked_at_again_for_each_task(office, delegated):
    codes, _made = delegated
    begun(office, codes)
    nomination = db.session.get(Nomination, office.read(select(Nomination).order_by(Nomination.id))[0].id)
    nomination.nominee.person_id = office.person("head").id
    db.session.commit()
    assert carried(office) == [
        ("failed", "conflict_of_delegate_same_person"),
        ("done", None),
        ("done", None),
    ]


def test_a_delegation_that_ended_after_the_check_page(signed_in, office, delegated):
    codes, made = delegated
    browser = signed_in("head")
    check(browser, ids(office, codes), "take")
    delegations.revoke(made, actor=office.actor("officer"), now=office.now)
    page = browser.submit("#bulk-act", 409)
    assert "Chưa thực hiện gì: 3 việc đã thay đổi" in page.one("[role=alert]").get_text()
    assert office.read(select(BulkAct)) == []


def test_a_delegation_that_ends_while_the_worker_is_at_it(office, delegated):
    codes, made = delegated
    act = begun(office, codes)
    delegations.revoke(made, actor=office.actor("officer"), now=office.now)
    assert carried(office) == [("failed", "delegation_over")] * 3
    assert office.task("check_dossier", codes[0]).status == "open"
    assert office.read(select(BulkAct.state).where(BulkAct.public_id == act)) == ["done"]


def test_it_does_not_become_an_act_in_the_own_name(office, delegated):
    """The colleague, an officer as well, has taken over what the officer had in hand; then the delegation ends."""
    codes, made = delegated
    delegations.revoke(made, actor=office.actor("officer"), now=office.now)
    lent = accepted(office, delegate="colleague")
    [task] = ids(office, codes[:1])
    take_task(task, actor=office.actor("officer"), now=office.now)
    session, colleague = db.session(), standing(office, "colleague")
    marks, _busy = marks_of(session, colleague, selected(session, colleague, [task]))
    begin_bulk(NewBulk(DECIDE, marks, "complete"), actor=office.actor("colleague"), now=office.now)
    delegations.revoke(lent, actor=office.actor("officer"), now=office.now)
    db.session.remove()
    [(state, refusal)] = carried(office)
    assert state == "failed"
    assert refusal in ("held_by_other", "delegation_over")


@pytest.mark.parametrize("element", sorted(NEVER))
def test_votes_are_never_among_them(office, delegated, element):
    codes, _made = delegated
    head = standing(office)
    ballot = office.task("check_dossier", codes[0])
    assert why_not(head, ballot, ()) == ("", {})
    ballot.element = element
    assert why_not(head, ballot, ()) == ("not_yours", {})
    db.session.rollback()


def test_what_is_delegated_is_not_given_on(office, delegated):
    codes, _made = delegated
    chosen = selection(db.session(), standing(office), ids(office, codes), ASSIGN, "", office.today)
    assert {line.passed for line in chosen.lines} == {"lent"}
    colleague = office.person("colleague").public_id
    begun(office, codes, ASSIGN, "", receiver=colleague)
    assert carried(office) == [("failed", "not_found")] * 3


def test_what_was_taken_for_another_is_given_on_in_the_own_right_when_that_has_ended(office, delegated):
    """The colleague, an officer as well, took it over from the officer by a delegation of one day."""
    codes, made = delegated
    delegations.revoke(made, actor=office.actor("officer"), now=office.now)
    accepted(office, delegate="colleague", to_date=office.today)
    [task] = ids(office, codes[:1])
    for username in ("officer", "colleague"):
        take_task(task, actor=office.actor(username), now=office.now)
    office.move(days=1)
    session, colleague, officer = db.session(), standing(office, "colleague"), office.person("officer").id
    marks, _busy = marks_of(session, colleague, selected(session, colleague, [task]))
    given = NewBulk(ASSIGN, marks, receiver=office.person("officer").public_id)
    begin_bulk(given, actor=office.actor("colleague"), now=office.now)
    db.session.remove()
    assert carried(office) == [("done", None)]
    give_back_stranded(actor=SYSTEM, now=office.now)
    assert office.read(select(Task.holder_id).where(Task.public_id == task)) == [officer]


def test_a_decision_for_another_is_undone_for_them_while_the_delegation_holds(office, delegated):
    codes, made = delegated
    begun(office, codes)
    carried(office)
    first, second = (office.task("check_dossier", code, status="done").public_id for code in codes[:2])
    undo_decision(first, actor=office.actor("head"), now=office.now)
    assert both_names(office, codes[0], "decision_undone")
    delegations.revoke(made, actor=office.actor("officer"), now=office.now)
    with pytest.raises(NotNow, match="delegation_over"):
        undo_decision(second, actor=office.actor("head"), now=office.now)


def test_the_check_asks_as_much_for_three_as_for_one(signed_in, office, delegated):
    codes, _made = delegated
    browser, tasks = signed_in("head"), ids(office, codes)
    browser.get("/inbox/delegated")
    few = statements(lambda: check(browser, tasks[:1], "decide", decision="complete"))
    many = statements(lambda: check(browser, tasks, "decide", decision="complete"))
    assert len(many) == len(few)
    db.session.rollback()
