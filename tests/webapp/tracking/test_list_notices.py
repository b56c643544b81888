"""Notices, and the bell that counts them."""

import re

from tests.architecture.tree import files
from tests.offices import scene
from webapp.operations.handovers import GIVEN, TAKEN
from webapp.operations.procedures.exemplar_news import (
    NO_LONGER_INTRODUCED,
    SELECTED,
    TAKEN_DOWN,
    WITHDRAWN,
)
from webapp.queries.cluster_reminders import OWED
from webapp.ui.notices import SENTENCES


@scene
def told(office):
    """The officers of the two communes have been told that the plan is out, and that a report is due by it."""
    office.publish_plan()


def bell(page):
    return page.one(".bell").get_text(" ", strip=True)


def test_the_bell_counts_what_has_not_been_read(signed_in, told):
    page = signed_in("officer").get("/")
    assert bell(page) == "2 2 thông báo chưa đọc"
    assert page.one(".bell")["href"] == "/notices"
    assert bell(signed_in("clerk").get("/")) == "Thông báo"


def test_opening_one_marks_it_and_leads_to_what_it_is_about(signed_in, told):
    browser = signed_in("officer")
    page = browser.get("/notices")
    assert "đã được ban hành" in page.one(".notice-list li:last-child").get_text()
    page = browser.submit(".notice-list li:last-child form")
    assert page.answer.request.path.startswith("/campaigns/tinh-bien")
    assert len(browser.get("/notices").all(".is-unread")) == 1
    assert bell(browser.page) == "1 1 thông báo chưa đọc"


def test_what_asked_for_a_task_is_read_when_the_task_is_done(signed_in, office, told):
    """Both people of the commune have answered; those of the other commune have not."""
    asked = office.task("acknowledge_plan", unit_id=office.person("officer").holdings[0].unit_id)
    office.do("officer", "acknowledge_plan", task=asked, unit_plan_number="21/KH-UBND")
    texts = [row.get_text() for row in signed_in("officer").get("/notices").all(".is-unread")]
    assert not any("đã được ban hành" in text for text in texts)
    others = signed_in("other_officer").get("/notices").all(".is-unread")
    assert any("đã được ban hành" in row.get_text() for row in others)


def test_all_are_marked_at_once(signed_in, told):
    browser = signed_in("officer")
    browser.get("/notices")
    page = browser.submit(".page-actions form")
    assert not page.all(".is-unread")
    assert "0 chưa đọc" in page.one(".lead-line").get_text()


def test_nobody_reads_those_of_others(signed_in, told):
    browser = signed_in("officer")
    address = browser.get("/notices").one(".notice-list li:last-child form")["action"]
    browser = signed_in("secretary")
    browser.get("/notices")
    browser.post(address, status=404)
    signed_in("officer").get("/notices")
    assert signed_in("officer").page.all(".is-unread")


def test_without_notices_it_says_what_will_stand_here(signed_in, office):
    assert "Chưa có thông báo" in signed_in("clerk").get("/notices").text


def test_every_template_has_its_sentence(app):
    """Templates stand in the diagrams as quoted names and in the procedures as plain ones."""
    drawn = re.compile(r"id=\"template\"[^>]*value=\"'(\w+)'\"")
    written = re.compile(
        r"_notify_electors\(carrying, \"(\w+)\"|notify_people\(carrying, people, \"(\w+)\"\)"
        r"|_tell_members\(carrying, members, \"(\w+)\"\)"
    )
    templates = {*OWED.values(), *SELECTED.values(), WITHDRAWN, TAKEN_DOWN, NO_LONGER_INTRODUCED}
    templates |= {GIVEN, TAKEN}
    templates |= {f"delegation_{what}" for what in ("proposed", "accepted", "declined", "revoked")}
    templates |= {"vote_rule_drafted", "vote_rule_approved", "vote_rule_discarded"}
    for path in files("workflows/diagrams", suffix=".bpmn"):
        templates.update(drawn.findall(path.read_text("utf-8")))
    told = re.compile(
        r"^\s*tell(?:_of_pause)?\(transaction, (?:\w+\.)?case, (?:.+, )?\"(\w+)\"(?:, about=.+)?\)$",
        flags=re.M,
    )
    alone = re.compile(r"^\s*(?:template|notice|told_back)=\"(\w+)\",$", flags=re.M)
    for path in files("webapp/operations", suffix=".py"):
        templates.update(alone.findall(path.read_text("utf-8")))
        templates.update(told.findall(path.read_text("utf-8")))
        templates.update(name for found in written.findall(path.read_text("utf-8")) for name in found if name)
    assert templates == SENTENCES.keys()
