"""Fingerprints of checkpoints leave the machine by e-mail, once each, to auditors or to addresses of the setting."""

import dataclasses

import pytest
from sqlalchemy import select

from tests.mail_trap import mail_trap
from tests.pages import Browser
from webapp import eventlog, mail_server
from webapp.extensions import db
from webapp.models import CheckpointMail
from webapp.operations.accounts import change_email
from webapp.operations.acting import SYSTEM
from webapp.operations.audit import make_checkpoint
from webapp.operations.checkpoints import mail_checkpoints
from webapp.operations.self_tests import run_self_test
from webapp.queries.checkpoints import NIGHT, fingerprint


@pytest.fixture
def trap(app, monkeypatch):
    """A mail server that the office may use, and an installation that knows it."""
    monkeypatch.setattr(mail_server, "PAUSE", 0)
    with mail_trap() as trap:
        use(app, mail_url=f"smtp://127.0.0.1:{trap.port}", mail_from="thidua@example.gov.vn")
        yield trap


def use(app, **settings):
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], **settings)


@pytest.fixture
def auditor(office):
    change_email(office.person("auditor").public_id, "thanhtra@example.gov.vn", actor=SYSTEM, now=office.now)


def body(message):
    return message.get_content()


def test_auditors_with_an_address_get_the_fingerprint(office, trap, auditor):
    make_checkpoint(actor=SYSTEM, now=office.now, occasion=NIGHT)
    assert mail_checkpoints(office.now) == 1
    [message] = trap.messages
    [kept] = eventlog.checkpoints(db.session())
    assert trap.recipients == [["thanhtra@example.gov.vn"]]
    assert fingerprint(kept.body) in body(message)
    assert kept.signature in body(message)
    assert "hằng đêm" in body(message)
    assert message["Subject"].startswith("Mã đối chiếu của nhật ký")
    event = eventlog.read_stream(db.session(), "system")[-1]
    assert event.type == "checkpoints_mailed"
    assert event.fields == {"checkpoints": [fingerprint(kept.body)], "receivers": 1}


def test_each_goes_out_once_and_several_go_out_together(office, trap, auditor):
    make_checkpoint(actor=SYSTEM, now=office.now)
    assert [mail_checkpoints(office.now) for _turn in range(2)] == [1, 0]
    make_checkpoint(actor=SYSTEM, now=office.now)
    make_checkpoint(actor=SYSTEM, now=office.now)
    assert mail_checkpoints(office.now) == 1
    first, *later = (fingerprint(kept.body) for kept in eventlog.checkpoints(db.session()))
    assert [first in body(message) for message in trap.messages] == [True, False]
    assert all(each in body(trap.messages[1]) for each in later)


def test_of_what_was_signed_before_there_was_a_server_only_the_newest_goes_out(office, trap, auditor):
    for _turn in range(2):
        make_checkpoint(actor=SYSTEM, now=office.now)
    mail_checkpoints(office.now)
    old, new = (fingerprint(kept.body) for kept in eventlog.checkpoints(db.session()))
    assert (old in body(trap.messages[0]), new in body(trap.messages[0])) == (False, True)


def test_addresses_of_the_setting_come_instead(app, office, trap, auditor):
    use(app, checkpoint_mail=("a@tinh.gov.vn", "b@tinh.gov.vn"))
    make_checkpoint(actor=SYSTEM, now=office.now)
    assert mail_checkpoints(office.now) == 2
    assert trap.recipients == [["a@tinh.gov.vn"], ["b@tinh.gov.vn"]]


def test_a_server_that_fails_is_tried_again_under_the_same_id(office, trap, auditor, caplog):
    make_checkpoint(actor=SYSTEM, now=office.now)
    trap.refuses = "451 later"
    assert mail_checkpoints(office.now) == 0
    assert "cannot be mailed" in caplog.text
    trap.refuses = ""
    assert mail_checkpoints(office.now) == 1
    assert mail_checkpoints(office.now) == 0


def test_nothing_is_mailed_without_a_server_or_a_receiver(app, office):
    make_checkpoint(actor=SYSTEM, now=office.now)
    assert mail_checkpoints(office.now) == 0
    use(app, mail_url="smtp://127.0.0.1:9", mail_from="thidua@example.gov.vn")
    assert mail_checkpoints(office.now) == 0


def test_who_reads_english_gets_it_in_english(office, trap, auditor):
    office.person("auditor").locale = "en"
    db.session.commit()
    make_checkpoint(actor=SYSTEM, now=office.now)
    mail_checkpoints(office.now)
    assert trap.messages[0]["Subject"].startswith("Fingerprint of the record")


def test_one_that_was_refused_does_not_hold_up_the_others_twice(app, office, trap):
    """Whoever has it already does not get it again; what the server said stands there."""
    use(app, checkpoint_mail=("a@tinh.gov.vn", "b@tinh.gov.vn"))
    make_checkpoint(actor=SYSTEM, now=office.now)
    trap.refuses = "451 later"
    mail_checkpoints(office.now)
    states = [(mail.sent_at, (mail.fault or "")[:4]) for mail in db.session.scalars(select(CheckpointMail))]
    assert states == [(None, "SMTP"), (None, "")]
    trap.refuses = ""
    assert mail_checkpoints(office.now) == 2
    assert mail_checkpoints(office.now) == 0
    assert all(mail.sent_at and not mail.fault for mail in db.session.scalars(select(CheckpointMail)))


def test_administrators_see_what_was_written_and_whether_it_went(app, office, trap, auditor):
    run_self_test(actor=SYSTEM, now=office.now)
    make_checkpoint(actor=SYSTEM, now=office.now)
    trap.refuses = "451 later"
    mail_checkpoints(office.now)
    browser = Browser(app)
    browser.sign_in_as(office.person("admin"))
    [row] = browser.get("/admin/mails").all("tbody tr")
    [kept] = eventlog.checkpoints(db.session())
    assert "thanhtra@example.gov.vn" in row.text
    assert fingerprint(kept.body) in row.text
    assert "Tự kiểm tra lúc" in row.text
    assert "chờ gửi" in row.text
    assert "451" in row.text
    assert row.select("form") == [], "it is tried again by itself"
    trap.refuses = ""
    mail_checkpoints(office.now)
    assert browser.get("/admin/mails?state=waiting").all("tbody tr") == []
    [row] = browser.get("/admin/mails?state=sent").all("tbody tr")
    assert row.select_one("td a")["href"] == "/audit/proof"
