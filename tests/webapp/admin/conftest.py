"""Pages of the administration, tested in an office that is already founded."""

import pytest

from tests.desk import browser, campaign, database, office, signed_in
from tests.people import AN_CU
from webapp import eventlog
from webapp.extensions import db
from webapp.operations.acting import SYSTEM
from webapp.operations.people import give_role

__all__ = ["browser", "campaign", "database", "office", "signed_in"]


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
