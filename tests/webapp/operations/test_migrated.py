"""A migration of the database stands in the log."""

import pytest
from flask_migrate import downgrade, upgrade

from tests.offices import MIGRATIONS
from webapp import eventlog
from webapp.extensions import db


def migrated():
    db.session.rollback()
    events = eventlog.read_stream(db.session(), "system")
    return [
        (event.fields["before"], event.fields["after"]) for event in events if event.type == "schema_migrated"
    ]


@pytest.mark.usefixtures("app")
def test_from_which_revision_to_which_by_the_system():
    [(before, newest)] = migrated()
    assert before == "", "a new database"
    downgrade(str(MIGRATIONS), revision="0041")
    upgrade(str(MIGRATIONS))
    upgrade(str(MIGRATIONS))
    assert migrated() == [("", newest), (newest, "0041"), ("0041", newest)]
    assert eventlog.read_stream(db.session(), "system")[-1].actor == "system"
