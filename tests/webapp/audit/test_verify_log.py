"""The worker verifies the record, however long it is: once for two clicks, with progress, again when it was killed."""

import dataclasses

import pytest
from sqlalchemy import select

from webapp.extensions import db
from webapp.models import LogVerification
from webapp.operations import log_verifications
from webapp.operations.acting import SYSTEM
from webapp.operations.audit import make_checkpoint
from webapp.operations.log_verifications import LEASE, begin_verification, carry_verification
from webapp.queries import proof


@pytest.fixture
def asked(office, walked):
    make_checkpoint(actor=SYSTEM, now=office.now)
    begin_verification(actor=office.actor("auditor"), now=office.now)


def verifications():
    db.session.rollback()
    return db.session.scalars(select(LogVerification).order_by(LogVerification.id)).all()


def nothing():
    return None


def test_two_clicks_begin_one(office, browser, walked):
    browser.get("/audit/proof")
    browser.submit(".proof-now form")
    page = browser.get("/audit/proof")
    assert "Đang chờ" in page.one("#verification-progress").text
    assert page.one(".proof-now button").has_attr("disabled")
    browser.post("/audit/proof")
    assert [each.state for each in verifications()] == ["waiting"]


def test_it_says_how_far_it_has_come_and_lets_others_work(office, browser, asked, monkeypatch):
    monkeypatch.setattr(log_verifications, "SPAN", 0)
    monkeypatch.setattr(proof, "EACH", 5)
    seen = []

    def between():
        [made] = verifications()
        seen.append((made.state, made.events))

    assert carry_verification(lambda: office.now, between) == 1
    assert seen[0] == ("running", 5)
    assert [events for _state, events in seen] == sorted(events for _state, events in seen)
    [made] = verifications()
    assert (made.state, made.faults, made.findings) == ("done", 0, [])
    assert made.events > seen[0][1]
    assert carry_verification(lambda: office.now, between) == 0


def test_one_whose_worker_died_is_carried_out_again(office, asked, monkeypatch):
    def killed(*_given):
        raise SystemExit

    with monkeypatch.context() as here:
        here.setattr(log_verifications, "_verify", killed)
        with pytest.raises(SystemExit):
            carry_verification(lambda: office.now, nothing)
    [made] = verifications()
    assert made.state == "running"
    assert carry_verification(lambda: office.now, nothing) == 0, "perhaps it is alive"
    later = dataclasses.replace(office.now, wall=office.now.wall + 2 * LEASE)
    assert carry_verification(lambda: later, nothing) == 1
    assert [each.state for each in verifications()] == ["done"]


def test_one_that_fails_is_told_and_can_be_asked_for_again(office, browser, asked, monkeypatch, caplog):
    def broken(*_given):
        raise RuntimeError("no bucket")

    with monkeypatch.context() as here:
        here.setattr(log_verifications, "_verify", broken)
        carry_verification(lambda: office.now, nothing)
    assert "no bucket" in caplog.text
    page = browser.get("/audit/proof")
    assert "Không kiểm tra được nhật ký" in page.one("#verification-progress").text
    browser.submit(".proof-now form")
    assert [each.state for each in verifications()] == ["failed", "waiting"]


def test_a_script_gets_the_part_alone(browser, asked):
    part = browser.client.get("/audit/proof", headers={"HX-Request": "true"}).get_data(as_text=True)
    assert 'hx-get="/audit/proof"' in part
    assert "<h1" not in part


def test_only_so_many_are_kept(office, walked, monkeypatch):
    monkeypatch.setattr(log_verifications, "KEPT", 2)
    for _turn in range(4):
        begin_verification(actor=office.actor("auditor"), now=office.now)
        carry_verification(lambda: office.now, nothing)
    assert len(verifications()) == 2


def test_others_may_not_ask_for_it(browser, office, walked):
    browser.sign_in_as(office.person("specialist"))
    browser.post("/audit/proof", {}, 403)
    assert verifications() == []
