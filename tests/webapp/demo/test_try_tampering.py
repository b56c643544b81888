"""In the demo anybody who inspects may falsify a copy, and sees how it is found."""

import pytest
from flask import Flask

from tests.pages import Browser
from webapp import create_app
from webapp.config import Settings
from webapp.extensions import db
from webapp.operations.papers import file_store
from webapp.queries.proof import Proof
from webapp.tampering.ways import WAYS


@pytest.fixture
def browser(demo: Flask) -> Browser:
    browser = Browser(demo)
    browser.get("/sign-in")
    browser.post("/sign-in/as/auditor")
    return browser


@pytest.mark.parametrize("way", WAYS)
def test_each_way_is_found_out(browser: Browser, way: str) -> None:
    browser.get("/demo/tampering")
    page = browser.submit("main form.tampering", way=way)
    assert "Đã phát hiện" in page.one(".outcome-found").text
    assert page.one(f"input[value={way}]").has_attr("checked")


def test_what_readers_would_see_stands_side_by_side(browser: Browser) -> None:
    browser.get("/demo/tampering")
    page = browser.submit("main form.tampering", way="changed_value")
    [changed] = page.all(".side-changed")
    assert changed.find("del").text != changed.find("ins").text
    assert changed.find("time").text == changed.find_all("time")[1].text


def test_a_case_is_chosen(browser: Browser) -> None:
    page = browser.get("/demo/tampering")
    wanted = page.all("#aim option")[3]["value"]
    page = browser.submit("main form.tampering", way="deleted_stream", aim=wanted)
    assert str(wanted).partition(" #")[0].removeprefix("case/") in page.one(".outcome-where").text
    assert page.one("#aim option[selected]")["value"] == wanted


@pytest.mark.parametrize("sent", [{"way": "magic"}, {"way": "inserted", "aim": "case/HS-1999-0001 #3"}])
def test_what_is_not_offered_does_no_harm(browser: Browser, sent: dict[str, str]) -> None:
    browser.get("/demo/tampering")
    page = browser.post("/demo/tampering", sent)
    assert len(page.all(".outcome-found")) == (sent["way"] in WAYS)


def test_the_record_of_the_demo_stays_what_it_is(demo: Flask, browser: Browser) -> None:
    browser.get("/demo/tampering")
    browser.submit("main form.tampering", way="deleted_stream")
    data_dir = demo.config["SETTINGS"].data_dir
    assert list(Proof(db.session(), data_dir, file_store()).findings()) == []
    assert list(data_dir.glob("copy-*")) == []


def test_it_is_for_auditors_and_administrators(demo: Flask) -> None:
    browser = Browser(demo)
    for username, status in (("admin", 200), ("specialist", 403)):
        browser.get("/sign-in")
        browser.post(f"/sign-in/as/{username}")
        browser.get("/demo/tampering", status=status)


def test_there_is_none_outside_a_demo(settings: Settings) -> None:
    assert create_app(settings).test_client().get("/demo/tampering").status_code == 404
