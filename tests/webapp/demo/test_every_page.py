"""Every page is reached from a link by somebody of the demo, or it is said here why not."""

from sqlalchemy import select

from tests.pages import Browser
from tests.walked import SHOWN, START, Walk, pages
from webapp.extensions import db
from webapp.models import Person

NOT_REACHED = {
    "inbox.show_draft": "a file",
    "inbox.show_paper": "a file",
    "inbox.show_thumbnail": "a picture",
    "public.show_picture": "a picture",
    "inbox.show_import": "there once a list has been sent",
    "tracking.show_export": "there once a long list has been exported",
    "bulk.show_bulk": "there once many tasks have been done at once",
    "campaigns.compare_rules": "there once a rule set has a second version",
    "voting.show_opinion": "in a session by correspondence whose members write on paper, and the demo has none open",
}
"""Endpoint → why nobody of the demo comes there by a link."""


def test_every_page_is_reached_or_has_a_reason(demo):
    walk = Walk(demo)
    for username in START:
        browser = Browser(demo)
        if username:
            browser.sign_in_as(db.session.scalars(select(Person).where(Person.username == username)).one())

        def fetch(address, browser=browser):
            answer = browser.client.get(address, follow_redirects=True)
            is_page = answer.status_code in SHOWN and answer.mimetype == "text/html"
            return answer.request.full_path.rstrip("?"), answer.get_data(as_text=True) if is_page else ""

        walk.follow(username, fetch)
    reached = {kind.endpoint for kind in walk.reached}
    missing = {rule.endpoint for rule in pages(demo)} - reached
    assert missing == set(NOT_REACHED)
