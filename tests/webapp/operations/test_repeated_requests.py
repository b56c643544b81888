"""The same act sent again: by an impatient program under its key, and from two browsers."""

import pytest
from sqlalchemy import func, select

from tests.factories import filled
from tests.offices import scene
from tests.pages import Browser
from tests.proven import faults
from tests.together import together
from webapp import eventlog
from webapp.extensions import db
from webapp.models import FormEntry, IdempotencyKey
from webapp.operations.tokens import add_token


@scene
def checking(office):
    """A registration that waits for its check."""
    office.open_campaign()
    code = office.register()
    office.do("officer", "fill_on_behalf", code)
    return code


@pytest.fixture
def send(app, office, checking):
    """Sends the check of the registration over the API."""
    task = office.task("check_registration", checking)
    task_id, offered = task.public_id, office.offered(task)
    for who in ("officer", "colleague"):
        person = office.person(who)
        add_token(person.id, f"token of {who}", "thử", None, actor=office.actor(who), now=office.now)

    def post(decision, key=None, who="officer"):
        headers = {"Authorization": f"Bearer token of {who}"} | ({"Idempotency-Key": key} if key else {})
        form = filled(offered, {"decision": decision}, None)
        return app.test_client().post(f"/api/v1/tasks/{task_id}/complete", json=form, headers=headers)

    return post


def completions(code):
    """How often the check was completed, as the log stands now."""
    db.session.rollback()
    events = eventlog.read_stream(db.session(), f"case/{code}")
    return sum(e.type == "task_completed" and e.fields["element"] == "check_registration" for e in events)


def test_a_request_sent_again_gets_the_first_answer(send, checking):
    first, again = send("accept", "k1"), send("accept", "k1")
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json == again.json
    assert first.json["instance"] == checking
    assert completions(checking) == 1
    assert db.session.scalar(select(func.count()).select_from(IdempotencyKey)) == 1
    assert faults() == []


def test_a_request_sent_again_while_the_first_is_at_work_gets_its_answer(app, send, checking):
    answers = together(app, [lambda: send("accept", "k1")] * 6)
    assert [answer.status_code for answer in answers] == [200] * 6
    assert len({answer.get_data() for answer in answers}) == 1
    assert completions(checking) == 1
    assert faults() == []


def test_without_a_key_a_repetition_is_refused(send, checking):
    assert [send("accept").status_code for _each in range(2)] == [200, 409]
    assert completions(checking) == 1


def test_a_key_stands_for_one_request(send, checking):
    assert send("accept", "k1").status_code == 200
    refused = send("reject", "k1")
    assert (refused.status_code, refused.mimetype) == (422, "application/problem+json")
    assert completions(checking) == 1


def test_another_key_is_another_request(send, checking):
    assert send("accept", "k1").status_code == 200
    assert send("accept", "k2").status_code == 409
    assert completions(checking) == 1


def test_a_key_is_its_persons_own(send, checking):
    assert send("accept", "k1").status_code == 200
    assert send("accept", "k1", "colleague").status_code == 409
    assert completions(checking) == 1


def test_what_was_refused_may_be_mended_under_its_key(send, checking):
    assert send("nonsense", "k1").status_code == 422
    assert send("accept", "k1").status_code == 200
    assert completions(checking) == 1


def test_two_browsers_complete_one_task(app, office, checking):
    """The second is told that somebody was faster, sees what was decided, and keeps nothing half done."""
    address = f"/tasks/{office.task('check_registration', checking).public_id}"
    browsers = [Browser(app), Browser(app)]
    for browser, who in zip(browsers, ("officer", "colleague"), strict=True):
        browser.sign_in_as(office.person(who))
        browser.get(address)
    first, second = browsers
    form = {"decision": "accept", "act": "complete"}
    first.post(address, form)
    assert completions(checking) == 1
    page = second.post(address, {**form, "decision": "reject"}, status=409)
    assert office.person("officer").name in page.text
    assert completions(checking) == 1
    assert db.session.scalar(select(func.count(FormEntry.id)).where(FormEntry.form.like("%/check_%"))) == 1
    assert faults() == []
