"""The tour: eight steps, each with a page that its role may really open."""

import pytest
from flask import Flask
from sqlalchemy import update

from tests.pages import Browser
from webapp import create_app
from webapp.config import Settings
from webapp.demo.tour import STEPS
from webapp.extensions import db
from webapp.models import Task

OPENED = ("/tasks/", "/council/", "/audit/cases/")


@pytest.mark.parametrize("place", range(len(STEPS)))
def test_each_step_opens_its_page_in_its_role(demo: Flask, place: int) -> None:
    browser = Browser(demo)
    tour = browser.get("/demo/tour")
    actions = [str(form["action"]) for form in tour.all("main form")]
    assert actions == [f"/sign-in/as/{step.username}" for step in STEPS]
    opened = browser.submit(f"main .tour li:nth-of-type({place + 1}) form")
    assert opened.answer.request.path.startswith(OPENED)


def test_a_step_that_is_done_has_no_button(demo: Flask) -> None:
    db.session.execute(update(Task).where(Task.element == "sign_decision").values(status="done"))
    db.session.commit()
    tour = Browser(demo).get("/demo/tour")
    assert len(tour.all("main form")) == len(STEPS) - 1
    assert len(tour.all(".tour-done")) == 1


def test_the_sign_in_page_leads_to_it(demo: Flask) -> None:
    page = Browser(demo).get("/sign-in")
    assert page.all("main a[href='/demo/tour']")
    assert page.all(".demo-bar a[href='/demo/tour']")


def test_it_speaks_english_as_well(demo: Flask) -> None:
    browser = Browser(demo)
    browser.get("/demo/tour")
    browser.post("/language", {"language": "en"})
    assert browser.get("/demo/tour").heading == "Ten-minute tour"


def test_there_is_none_outside_a_demo(settings: Settings) -> None:
    assert create_app(settings).test_client().get("/demo/tour").status_code == 404
