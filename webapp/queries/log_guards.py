"""The triggers that refuse to change, delete or replace what the record stands on: whether they are still there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.orm import Session

ALWAYS, EXISTS = "the log is append-only", "the event exists"
PLACE = "(stream = NEW.stream AND number = NEW.number)"
KEYS = {"event_private": "event_id", "checkpoint": "id", "deployment": "digest", "deployed_file": "digest"}
"""What is guarded beside the log, by its key. The personal part of an event may go, with an erasure."""
REFUSED = ("event", *KEYS)
FOUND = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT pg_get_triggerdef(pg_trigger.oid) || ': ' || prosrc FROM pg_trigger"
    " JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
}
"""Those that act, each as it was made; on PostgreSQL with what its function does."""


def guards(dialect: str) -> dict[str, str]:
    """How each trigger must be made, by its name; on PostgreSQL with what its function does."""
    return dict(_sqlite() if dialect == "sqlite" else _postgresql())


def missing_guards(session: Session) -> set[str]:
    """Names of the triggers that should protect the record and are not there, or do not refuse as they should."""
    dialect = session.get_bind().dialect.name
    made = {_plain(sql) for sql in session.execute(text(FOUND[dialect])).scalars()}
    return {name for name, sql in guards(dialect).items() if sql not in made}


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
