"""E-mails: written with the notices, sent once by the outbox, shown to the administrator whatever becomes of them."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import select

from tests.mail_trap import SECRET, USER, mail_trap
from tests.offices import scene
from tests.pages import Browser
from tests.proven import faults
from tests.seated import council, database
from tests.sittings import MEMBERS, OURS_CODES, SESSION
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Mail, Notice, OutboxItem, Person
from webapp.operations.accounts import change_email
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.interventions import freeze_case, resume_case
from webapp.operations.outbox import LEASE, MAX_ATTEMPTS, lease_due, run_item
from webapp.operations.questions import answer_question, ask_question

__all__ = ["council", "database"]

URL = "https://thidua.example.gov.vn"


@pytest.fixture
def trap():
    """A mail server that the office may use."""
    with mail_trap() as trap:
        yield trap


@pytest.fixture
def server(app, trap):
    """The installation knows the server."""
    use(app, f"smtp://{USER}:b%40o%2Fmat%3A1@127.0.0.1:{trap.port}")
    return trap


def use(app, url):
    settings = app.config["SETTINGS"]
    sender = "Hội đồng TĐKT <thidua@example.gov.vn>"
    app.config["SETTINGS"] = dataclasses.replace(settings, mail_url=url, mail_from=sender, public_url=URL)


def addressed(council, *usernames):
    """Give people an address each."""
    for username in usernames:
        person = council.person(username).public_id
        change_email(person, f"{username}@example.gov.vn", actor=SYSTEM, now=council.now)


def mails():
    db.session.rollback()
    return list(db.session.scalars(select(Mail).order_by(Mail.id)))


def items():
    db.session.rollback()
    return list(db.session.scalars(select(OutboxItem).where(OutboxItem.kind == "send_mail")))


def asked(council):
    """A question of member1, answered: one notice for the secretary, one for each member."""
    member, secretary = council.actor("member1"), council.actor("secretary")
    question = ask_question(SESSION, "Từ năm nào?", "key", OURS_CODES[0], actor=member, now=council.now)
    answer_question(SESSION, question, "Từ năm 2018.", actor=secretary, now=council.now)
    council.work()


@scene
def addressees(council):
    """Three of those told have an address, one of them reads English."""
    addressed(council, "member1", "member2", "secretary")
    reader = council.person("member2").id
    db.session.get_one(Person, reader).locale = "en"
    db.session.commit()


def test_an_invitation_goes_to_those_with_an_address(app, council, addressees, server):
    code = council.summon(council.bring({"nominee_name": "Võ Thành Lẫm"}))
    assert server.recipients[-2:] == [["member1@example.gov.vn"], ["member2@example.gov.vn"]]
    letter, english = server.messages[-2:]
    assert letter["Subject"].startswith("Mời ông, bà dự họp Hội đồng: Phiên họp số")
    assert letter["From"] == "Hội đồng TĐKT <thidua@example.gov.vn>"
    assert letter["To"] == "Đinh Văn Một <member1@example.gov.vn>"
    assert (letter["Auto-Submitted"], letter["Content-Language"]) == ("auto-generated", "vi")
    body = letter.get_content()
    assert letter.get_content_type() == "text/plain"
    assert "Kính gửi: Đinh Văn Một," in body
    assert f"{URL}/council/sessions/{code}" in body
    assert "Địa điểm: Phòng họp số 1" in body
    assert english["Content-Language"] == "en"
    assert "You are invited to a session of the council" in english["Subject"]
    assert all(server.signed_in)
    assert all(mail.sent_at for mail in mails())
    told = db.session.scalars(select(Notice).where(Notice.template == "session_invitation")).all()
    assert len([each for each in told if each.case.code == code]) == len(MEMBERS)


def test_a_mail_says_nothing_of_what_is_asked_answered_or_voted(app, council, addressees, server):
    asked(council)
    [of_secretary, *of_members] = server.messages
    assert of_secretary["To"].addresses[0].username == "secretary"
    assert len(of_members) == 2
    council.vote("member1", SESSION, HS_2019_0001="disagree")
    council.move(hours=3)
    assert "You have not voted yet" in server.messages[-1]["Subject"]
    assert server.recipients[-1] == ["member2@example.gov.vn"]
    for message in server.messages:
        text = message.get_content() + message["Subject"]
        for word in ("Từ năm nào", "2018", "Nguyễn Thị Ượng", OURS_CODES[0], "Không đồng ý", "disagree"):
            assert word not in text


def test_each_is_sent_once_and_the_log_keeps_nothing_of_it(app, council, addressees, server):
    asked(council)
    council.work()
    assert len(server.messages) == 3
    assert {item.status for item in items()} == {"done"}
    events = eventlog.read_stream(db.session(), f"case/{SESSION}")
    assert "send_mail" not in {event.fields.get("kind") for event in events}
    assert faults() == []


def test_sent_again_after_a_kill_it_is_the_same_message(app, council, addressees, server):
    """The worker dies after the server took the message and before that was noted."""
    question = ask_question(SESSION, "Từ năm nào?", "key", actor=council.actor("member1"), now=council.now)
    assert question
    [item] = items()
    from webapp.operations import outbox

    outbox._prepare(item.id)
    assert len(server.messages) == 1
    db.session.rollback()
    assert mails()[0].sent_at is None
    council.work()
    first, second = server.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].startswith(f"<{item.effect_id.removeprefix('mail/')}@")
    council.work()
    assert len(server.messages) == 2


def test_a_server_that_refuses_is_asked_again_and_then_it_is_shown(app, council, addressees, server):
    server.refuses = "451 later"
    ask_question(SESSION, "Từ năm nào?", "key", actor=council.actor("member1"), now=council.now)
    wall = council.now.wall
    for _attempt in range(MAX_ATTEMPTS):
        wall += dt.timedelta(hours=1)
        for item in lease_due(Now(council.at, wall), only={"send_mail"}):
            run_item(item, Now(council.at, wall))
    [item] = items()
    assert (item.status, item.attempts) == ("failed", MAX_ATTEMPTS)
    browser = Browser(app)
    browser.sign_in_as(council.person("admin"))
    page = browser.get("/admin/mails?state=failed")
    row = page.one(".data-table tbody tr").get_text(" ", strip=True)
    for text in ("Hồ Thị Thư Ký", "secretary@example.gov.vn", "gửi lỗi", "451", SESSION):
        assert text in row
    assert SECRET not in page.text
    server.refuses = ""
    browser.submit("main table form")
    council.work()
    assert len(server.messages) == 1
    assert "đã gửi" in browser.get("/admin/mails").one(".data-table tbody tr").get_text(" ", strip=True)


def test_a_server_that_is_not_there_stops_nothing_else(app, council, addressees):
    use(app, "smtp://127.0.0.1:1")
    code = council.summon(council.bring({"nominee_name": "Võ Thành Lẫm"}))
    assert {item.status for item in items()} == {"pending"}
    faults_noted = [item.fault.partition(":")[0] for item in items()]
    assert len(faults_noted) > 1
    assert set(faults_noted) <= {"ConnectionRefusedError", "ServerSilent"}
    assert faults_noted.count("ConnectionRefusedError") <= 1, "each has waited for the server anew"
    browser = Browser(app)
    browser.sign_in_as(council.person("member1"))
    assert browser.get(f"/council/sessions/{code}").heading


def test_without_a_server_the_text_can_be_copied(app, council, addressees):
    asked(council)
    assert {item.status for item in items()} == {"done"}
    assert [mail.sent_at for mail in mails()] == [None, None, None]
    browser = Browser(app)
    browser.sign_in_as(council.person("admin"))
    page = browser.get("/admin/mails")
    assert "Chưa cài đặt máy chủ thư" in page.text
    assert len(page.all(".data-table tbody tr")) == 3
    text = page.all(".mail-text")[-1].get_text()
    assert "Kính gửi: Hồ Thị Thư Ký," in text
    assert "chưa gửi chưa cài đặt máy chủ thư" in page.one(".data-table").get_text(" ", strip=True)
    assert not page.all("main table form")
    browser.sign_in_as(council.person("secretary"))
    browser.get("/admin/mails", status=403)


def test_nothing_of_a_suspended_case_is_sent_until_it_goes_on(app, council, addressees, server):
    ask_question(SESSION, "Từ năm nào?", "key", actor=council.actor("member1"), now=council.now)
    freeze_case(SESSION, "Theo chỉ đạo", actor=council.actor("chair"), now=council.now)
    council.work()
    assert server.messages == []
    assert [item.status for item in items()] == ["held"]
    resume_case(SESSION, "Đã xong", actor=council.actor("chair"), now=council.now)
    later = Now(council.at, council.now.wall + dt.timedelta(hours=1))
    for item in lease_due(later):
        run_item(item, later)
    assert len(server.messages) == 1


def test_a_closed_account_and_an_empty_address_get_none(app, council, addressees, server):
    person = council.person("member1").id
    db.session.get_one(Person, person).active = False
    db.session.commit()
    change_email(council.person("member2").public_id, None, actor=SYSTEM, now=council.now)
    asked(council)
    assert server.recipients == [["secretary@example.gov.vn"]]


def test_a_lease_that_ran_out_is_taken_over(app, council, addressees, server):
    ask_question(SESSION, "Từ năm nào?", "key", actor=council.actor("member1"), now=council.now)
    assert lease_due(council.now, only={"send_mail"})
    later = Now(council.at, council.now.wall + LEASE + dt.timedelta(seconds=1))
    [item] = lease_due(later, only={"send_mail"})
    run_item(item, later)
    assert len(server.messages) == 1
