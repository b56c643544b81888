"""Pages of the administration, tested in an office that is already founded."""

import pytest

from tests.factories import Office
from tests.founded import campaign, database
from tests.pages import Browser
from tests.people import AN_CU
from webapp import eventlog
from webapp.extensions import db
from webapp.operations.acting import SYSTEM
from webapp.operations.people import give_role

__all__ = ["browser", "campaign", "database", "office"]


@pytest.fixture
def office(app) -> Office:
    """The office of Tịnh Biên on 2/12/2019, nothing running yet."""
    return Office()


@pytest.fixture
def browser(app, office) -> Browser:
    """A browser; `browser.sign_in_as(office.person("officer"))` says whose."""
    return Browser(app)


@pytest.fixture
def signed_in(browser, office):
    """A browser in which this person is signed in."""

    def as_(username: str) -> Browser:
        browser.sign_in_as(office.person(username))
        return browser

    return as_


@pytest.fixture
def commune_admin(office):
    """The clerk administers the commune An Cư besides; everybody else's administrator sits at the province."""
    clerk = office.person("clerk").public_id
    give_role(clerk, "admin", AN_CU, office.at.date(), actor=SYSTEM, now=office.now)
    return "clerk"


@pytest.fixture
def stored(app):
    """Reads what is in the database now, whatever this test has read before."""

    def read(query):
        db.session.rollback()
        return db.session.execute(query).scalar_one()

    return read


@pytest.fixture
def told(app):
    """Types of the events in a stream, in order, and the fields of the last one."""

    def read(stream):
        db.session.rollback()
        events = eventlog.read_stream(db.session(), stream)
        return [event.type for event in events], events[-1].fields

    return read
