"""The button that moves business time to the next due date."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.pages import Browser
from webapp.clock import now
from webapp.demo.script import people
from webapp.extensions import db
from webapp.jobs import run
from webapp.models import Case
from webapp.operations.transaction import on_promise
from webapp.queries.due import due_cases, next_due

BUTTON = ".demo-bar form"


def stepped_into(demo: Flask, username: str) -> Browser:
    browser = Browser(demo)
    browser.get("/sign-in")
    browser.submit(f"form[action='/sign-in/as/{username}']")
    return browser


def business_now() -> dt.datetime:
    """The instant as the database has it by now, after what requests have written."""
    db.session.rollback()
    db.session.expire_all()
    return now(db.session()).at


def test_time_comes_to_the_next_due_date_and_the_worker_is_rung_for(demo: Flask) -> None:
    rings: list[bool] = []
    browser = stepped_into(demo, "specialist")
    due = next_due(db.session(), business_now())
    assert due is not None
    code = db.session.scalar(select(Case.code).where(Case.next_due == due).order_by(Case.code))
    on_promise(lambda: rings.append(True))
    page = browser.submit(BUTTON)
    assert rings == [True]
    assert due < business_now() < due + dt.timedelta(minutes=1)
    assert code in page.one(".flashes").text


def test_button_pressed_twice_moves_the_clock_once(demo: Flask) -> None:
    first, second = stepped_into(demo, "specialist"), stepped_into(demo, "secretary")
    first.submit(BUTTON)
    reached = business_now()
    page = second.submit(BUTTON)
    assert "Đồng hồ vừa được chuyển rồi." in page.one(".flashes").text
    assert business_now() - reached < dt.timedelta(minutes=1)


def test_the_worker_then_carries_out_what_fell_due(demo: Flask) -> None:
    stepped_into(demo, "secretary").submit(BUTTON)
    assert due_cases(db.session(), business_now(), 10)
    run.settle(lambda: now(db.session()))
    assert due_cases(db.session(), business_now(), 10) == []


def test_it_says_when_nothing_is_due(demo: Flask) -> None:
    db.session.execute(update(Case).values(next_due=None))
    db.session.commit()
    before = business_now()
    page = stepped_into(demo, "clerk").submit(BUTTON)
    assert page.one(".flashes").text.strip()
    assert business_now() - before < dt.timedelta(minutes=1)


def test_every_account_has_the_button(demo: Flask) -> None:
    missing = [
        account.username
        for account in people().accounts
        if not stepped_into(demo, account.username).get("/account").all(BUTTON)
    ]
    assert missing == []


def test_a_visitor_has_none(demo: Flask) -> None:
    browser = Browser(demo)
    assert browser.get("/sign-in").all(BUTTON) == []
    before = business_now()
    browser.client.post("/demo/clock")
    assert business_now() - before < dt.timedelta(minutes=1)


@pytest.mark.parametrize("username", ["secretary", "nb_officer"])
def test_a_role_card_says_how_much_waits_and_steps_into_the_role(demo: Flask, username: str) -> None:
    browser = Browser(demo)
    card = browser.get("/sign-in").one(f"form[action='/sign-in/as/{username}']")
    page = browser.submit(f"form[action='/sign-in/as/{username}']")
    counts = [int(count.get_text()) for count in page.all(".tab-bar .count")[:2]]
    assert f"{sum(counts)} việc" in " ".join(card.get_text(" ").split())
