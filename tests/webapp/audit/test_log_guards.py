"""What somebody with full access to the database tries on the record is refused, on both databases; what takes the
guards away, or hollows them out, is named."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from webapp.extensions import db
from webapp.operations.acting import SYSTEM
from webapp.operations.audit import make_checkpoint
from webapp.queries.log_guards import MISSING, broken_guards

KEYS = {
    "event": "id",
    "event_private": "event_id",
    "checkpoint": "id",
    "deployment": "digest",
    "deployed_file": "digest",
}
EVERYWHERE = {
    "update": "UPDATE {table} SET {key} = {key}",
    "delete": "DELETE FROM {table}",
    "upsert": (
        "INSERT INTO {table} SELECT * FROM {table} WHERE true"
        " ON CONFLICT ({key}) DO UPDATE SET {key} = excluded.{key}"
    ),
}
ON_ONE = {
    "sqlite": {
        "replace": "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "update or replace": "UPDATE OR REPLACE {table} SET {key} = (SELECT max({key}) FROM {table})",
    },
    "postgresql": {
        "truncate": "TRUNCATE {table} CASCADE",
        "update from": "UPDATE {table} SET {key} = one.{key} FROM {table} one WHERE one.{key} = {table}.{key}",
    },
}


@pytest.fixture
def sealed_log(office, walked):
    """Something in each table."""
    make_checkpoint(actor=SYSTEM, now=office.now)


def _rows(table):
    return db.session.execute(text(f'SELECT * FROM "{table}" ORDER BY 1')).all()


@pytest.mark.parametrize("table", KEYS)
def test_every_way_to_change_a_row_is_refused(database, sealed_log, forge, table):
    before = _rows(table)
    assert before
    ways = EVERYWHERE | ON_ONE[database.kind]
    if table == "event_private":
        del ways["delete"]  # erased by law; one that is gone without a record is found by the verification
    for way, statement in ways.items():
        with pytest.raises(DBAPIError, match=r"append-only|exists|do not change"):
            forge(statement.format(table=table, key=KEYS[table]), guarded=True)
        assert _rows(table) == before, way
    assert broken_guards(db.session()) == {}


@pytest.mark.parametrize("table", KEYS)
def test_guards_that_are_taken_away_are_named(database, forge, table):
    of_table = f" ON {table}" if database.kind == "postgresql" else ""
    forge(f"DROP TRIGGER {table}_no_update{of_table}", guarded=True)
    assert broken_guards(db.session()) == {f"{table}_no_update": MISSING}


HOLLOWED = {
    "sqlite": """CREATE TRIGGER event_no_update BEFORE UPDATE ON event WHEN 0
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    "postgresql": """CREATE OR REPLACE FUNCTION event_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RETURN NEW; END $$""",
}


def test_guards_that_refuse_nothing_any_more_are_named(database, forge):
    before = ("DROP TRIGGER event_no_update",) if database.kind == "sqlite" else ()
    forge(*before, HOLLOWED[database.kind], guarded=True)
    assert "event_no_update" in broken_guards(db.session())


SLEEPING = ("DISABLE TRIGGER USER", "ENABLE REPLICA TRIGGER event_no_delete")


@pytest.mark.mostly_on("postgresql")
@pytest.mark.parametrize("how", SLEEPING)
def test_guards_that_sleep_are_named(database, forge, how):
    forge(f"ALTER TABLE event {how}", guarded=True)
    assert "event_no_delete" in broken_guards(db.session())
