"""The triggers that refuse to change, delete or replace what the record stands on: whether they are as they were made.

A trigger that has the name and does nothing guards nothing: its whole text is compared, on PostgreSQL with that of its
function.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

ALWAYS, EXISTS = "the log is append-only", "the event exists"
PLACE = "(stream = NEW.stream AND number = NEW.number)"
KEYS = {"event_private": "event_id", "checkpoint": "id", "deployment": "digest", "deployed_file": "digest"}
"""What is guarded beside the log, by its key. The personal part of an event may go, with an erasure."""
REFUSED = ("event", *KEYS)

_OF_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN :tables"
_OF_POSTGRESQL = """
SELECT tgname, CASE WHEN tgenabled IN ('O', 'A') THEN pg_get_triggerdef(pg_trigger.oid) || ': ' || prosrc END
FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND relname IN :tables"""
_RULES = """
SELECT rulename FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class WHERE relname IN :tables"""
_SWITCHED_OFF = """
SELECT current_setting('session_replication_role') <> 'origin'
    OR EXISTS (SELECT 1 FROM pg_db_role_setting, unnest(setconfig) AS one
               WHERE one LIKE 'session_replication_role=%')"""

FOUND = {"sqlite": _OF_SQLITE, "postgresql": _OF_POSTGRESQL}
"""Triggers with their text; without one those that sleep."""

MISSING, CHANGED, FOREIGN = (
    "the trigger is missing",
    "the trigger was changed",
    "a trigger that is not one of ours",
)
OFF = "triggers are switched off for whoever connects"


def guards(dialect: str) -> dict[str, str]:
    """How each trigger must be made, by its name; on PostgreSQL with what its function does."""
    return dict(_sqlite() if dialect == "sqlite" else _postgresql())


def broken_guards(session: Session) -> dict[str, str]:
    """What is wrong with the guards of the record, by their names; nothing where they are as they were made."""
    return dict(_broken(session, session.get_bind().dialect.name))


def _broken(session: Session, dialect: str) -> Iterator[tuple[str, str]]:
    def found(sql: str) -> list[tuple[str, ...]]:
        statement = text(sql).bindparams(bindparam("tables", REFUSED, expanding=True))
        return [tuple(row) for row in session.execute(statement)]

    made = guards(dialect)
    lying = [(name, _plain(sql or "")) for name, sql in found(FOUND[dialect])]
    names = {name for name, _sql in lying}
    for name, sql in made.items():
        if (name, sql) not in lying:
            yield name, CHANGED if name in names else MISSING
    for name, sql in lying:
        if name not in made or ((name, made[name]) in lying and sql != made[name]):
            yield name, FOREIGN
    if dialect == "postgresql":
        yield from ((rule, FOREIGN) for (rule,) in found(_RULES))
        if session.scalar(text(_SWITCHED_OFF)):
            yield "session_replication_role", OFF


def _plain(sql: str) -> str:
    """On one line, and without the schema that PostgreSQL names."""
    return re.sub(r"(ON|FUNCTION) \w+\.(?=\w)", r"\1 ", " ".join(sql.split()))


def _acts(table: str) -> tuple[str, ...]:
    return ("update",) if table == "event_private" else ("update", "delete")


def _sqlite() -> Iterator[tuple[str, str]]:
    """Name and statement."""
    for table in REFUSED:
        log = table == "event"
        always, exists = (ALWAYS, EXISTS) if log else (f"rows of {table} do not change",) * 2
        for act in _acts(table):
            name = f"{table}_no_{act}"
            refusal = f"BEGIN SELECT RAISE(ABORT, '{always}'); END"
            yield name, f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} {refusal}"
        same = f"id = NEW.id OR hash = NEW.hash OR {PLACE}" if log else f"{KEYS[table]} = NEW.{KEYS[table]}"
        name = f"{table}_no_replace"
        known = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 -- compared, never executed
        refusal = f"BEGIN SELECT RAISE(ABORT, '{exists}'); END"
        yield name, f"CREATE TRIGGER {name} BEFORE INSERT ON {table} {known} {refusal}"


def _postgresql() -> Iterator[tuple[str, str]]:
    """Name and statement, then the body of the function. What replaces a row there is an update; a table can be
    emptied at once."""
    for table in REFUSED:
        log = table == "event"
        function = "event_refuse" if log else "kept_refuse"
        said = f"'{ALWAYS}'" if log else "'rows of % do not change', TG_TABLE_NAME"
        for act in (*_acts(table), "truncate"):
            name, each = f"{table}_no_{act}", "STATEMENT" if act == "truncate" else "ROW"
            made = f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} FOR EACH {each}"
            yield name, f"{made} EXECUTE FUNCTION {function}(): BEGIN RAISE EXCEPTION {said}; END"
    made = "CREATE TRIGGER event_no_replace BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION"
    known = f"IF EXISTS (SELECT 1 FROM event WHERE id = NEW.id OR {PLACE})"  # noqa: S608 -- compared, never executed
    known += f" THEN RAISE EXCEPTION '{EXISTS}'; END IF;"
    yield "event_no_replace", f"{made} event_refuse_replacement(): BEGIN {known} RETURN NEW; END"
