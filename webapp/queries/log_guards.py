"""The triggers that refuse to change, delete or replace an event: whether the database has them as they were made.

A trigger that has the name and does nothing guards nothing: its whole text is compared, on PostgreSQL that of its
function.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import text
from sqlalchemy.orm import Session

SQLITE = {
    "event_no_update": """CREATE TRIGGER event_no_update BEFORE UPDATE ON event
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    "event_no_delete": """CREATE TRIGGER event_no_delete BEFORE DELETE ON event
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    "event_no_replace": """CREATE TRIGGER event_no_replace BEFORE INSERT ON event
       WHEN EXISTS (SELECT 1 FROM event
                    WHERE id = NEW.id OR hash = NEW.hash OR (stream = NEW.stream AND number = NEW.number))
       BEGIN SELECT RAISE(ABORT, 'the event exists'); END""",
}
_REFUSES = "BEGIN RAISE EXCEPTION 'the log is append-only'; END"
_REFUSES_REPLACEMENT = """BEGIN
            IF EXISTS (SELECT 1 FROM event WHERE id = NEW.id OR (stream = NEW.stream AND number = NEW.number)) THEN
              RAISE EXCEPTION 'the event exists';
            END IF;
            RETURN NEW;
          END"""
_ROW, _BEFORE, _INSERT, _DELETE, _UPDATE, _TRUNCATE = 1, 2, 4, 8, 16, 32
POSTGRESQL = {
    "event_no_update": (_ROW | _BEFORE | _UPDATE, _REFUSES),
    "event_no_delete": (_ROW | _BEFORE | _DELETE, _REFUSES),
    "event_no_truncate": (_BEFORE | _TRUNCATE, _REFUSES),
    "event_no_replace": (_ROW | _BEFORE | _INSERT, _REFUSES_REPLACEMENT),
}
"""Of each trigger when it fires, as PostgreSQL keeps it, and the text of its function."""

_OF_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
_OF_POSTGRESQL = """
SELECT tgname, tgtype, prosrc, tgenabled IN ('O', 'A') AND tgqual IS NULL AND tgattr::text = ''
FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE tgrelid = 'event'::regclass AND NOT tgisinternal"""
_RULES = "SELECT rulename FROM pg_rewrite WHERE ev_class = 'event'::regclass"
_SWITCHED_OFF = """
SELECT current_setting('session_replication_role') <> 'origin'
    OR EXISTS (SELECT 1 FROM pg_db_role_setting, unnest(setconfig) AS one
               WHERE one LIKE 'session_replication_role=%')"""

MISSING, CHANGED, FOREIGN = (
    "the trigger is missing",
    "the trigger was changed",
    "a trigger that is not one of ours",
)
OFF = "triggers are switched off for whoever connects"


def broken_guards(session: Session) -> dict[str, str]:
    """What is wrong with the guards of the log, by their names; nothing where they are as they were made."""
    if session.get_bind().dialect.name == "postgresql":
        return dict(_of_postgresql(session))
    lying = {name: _folded(sql) for name, sql in session.execute(text(_OF_SQLITE))}
    return dict(_compared({name: _folded(sql) for name, sql in SQLITE.items()}, lying))


def _of_postgresql(session: Session) -> Iterator[tuple[str, str]]:
    lying = {
        name: (when, _folded(source)) if fires else None
        for name, when, source, fires in session.execute(text(_OF_POSTGRESQL))
    }
    yield from _compared(
        {name: (when, _folded(source)) for name, (when, source) in POSTGRESQL.items()}, lying
    )
    for rule in session.scalars(text(_RULES)):
        yield rule, FOREIGN
    if session.scalar(text(_SWITCHED_OFF)):
        yield "session_replication_role", OFF


def _compared(made: Mapping[str, object], lying: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name in sorted(made.keys() | lying.keys()):
        if name not in lying:
            yield name, MISSING
        elif name not in made:
            yield name, FOREIGN
        elif lying[name] != made[name]:
            yield name, CHANGED


def _folded(sql: str | None) -> str:
    """A text whose lines may be broken otherwise."""
    return " ".join((sql or "").split())
