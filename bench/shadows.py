"""Rows that lie in the database, written once more, bare: into tables of the same columns, without anything else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bench.measures import timed
from bench.places import SQLITE, Place
from tests.together import together
from webapp.extensions import db

ROUND = """(SELECT max(r.id) FROM ballot_round r JOIN council_session s ON s.id = r.session_id
  JOIN "case" c ON c.id = s.case_id WHERE c.code = '{code}')"""
CASE = """(SELECT id FROM "case" WHERE code = '{code}')"""
CAST = {
    "ballot_marker": f"round_id = {ROUND} ORDER BY at, membership_id",
    "sealed_ballot": f"round_id = {ROUND} ORDER BY id",
    "form_entry": f"case_id = {CASE} AND form = 'ballot/cast_vote' ORDER BY id DESC LIMIT {{many}}",
    "event": "stream = 'case/{code}' AND type = 'task_completed' ORDER BY id DESC LIMIT {many}",
}
"""What a cast inserts; each voter's rows are the ones at their place."""
TASKS = f"case_id = {CASE} AND element = 'cast_vote' ORDER BY id DESC LIMIT {{many}}"
COUNTED = {
    "counted_ballot": f"round_id = {ROUND}",
    "ballot_tracker": f"round_id = {ROUND}",
    "event": "stream = 'case/{code}' AND type = 'votes_counted' ORDER BY id DESC LIMIT 1",
}
UPDATED = {
    "round_item": (f"round_id = {ROUND}", ("result", "count"), ("round_id", "agenda_item_id")),
    "agenda_item": (
        f"id IN (SELECT agenda_item_id FROM round_item WHERE round_id = {ROUND})",
        ("result", "count"),
        ("id",),
    ),
}
"""What a count changes: which rows, which columns, by which key."""

Statement = tuple[str, Sequence[Sequence[Any]]]


class Table:
    """A bare table with the columns of a real one, and rows read from that."""

    def __init__(self, place: Place, table: str, condition: str) -> None:
        self.mark = "?" if place.kind == SQLITE else "%s"
        self.name = f"shadow_{table}"
        raw = db.engine.raw_connection()
        cursor = raw.cursor()
        cursor.execute(f'SELECT * FROM "{table}" WHERE {condition}')
        self.columns = [column[0] for column in cursor.description]
        self.rows = cursor.fetchall()
        cursor.execute(f'DROP TABLE IF EXISTS "{self.name}"')
        cursor.execute(f'CREATE TABLE "{self.name}" AS SELECT * FROM "{table}" WHERE 1 = 0')
        raw.commit()
        raw.close()

    def insert(self, rows: Sequence[Sequence[Any]]) -> Statement:
        """Put rows into it."""
        marks = ", ".join([self.mark] * len(self.columns))
        return f'INSERT INTO "{self.name}" VALUES ({marks})', rows

    def update(self, names: Sequence[str], keys: Sequence[str], rows: Sequence[Sequence[Any]]) -> Statement:
        """Set columns of rows to what they are, found by their key."""
        changes = ", ".join(f'"{name}" = {self.mark}' for name in names)
        found = " AND ".join(f'"{name}" = {self.mark}' for name in keys)
        places = [self.columns.index(name) for name in (*names, *keys)]
        values = [[row[place] for place in places] for row in rows]
        return f'UPDATE "{self.name}" SET {changes} WHERE {found}', values

    def index(self, keys: Sequence[str]) -> Statement:
        """Let rows be found by their key."""
        return f'CREATE UNIQUE INDEX "{self.name}_key" ON "{self.name}" ({", ".join(keys)})', ()


def casts(place: Place, code: str, many: int) -> list[float]:
    """Seconds that each of ``many`` waits who write the rows of one ballot at the same moment."""
    tables = {name: Table(place, name, where.format(code=code, many=many)) for name, where in CAST.items()}
    tasks = Table(place, "task", TASKS.format(code=code, many=many))
    _write(place, [tasks.insert(tasks.rows), tasks.index(("id",))])
    closing = ("status", "closed_at", "closed_by_id")

    def act(number: int) -> Callable[[], float]:
        statements = [table.insert([table.rows[number]]) for table in tables.values()]
        statements.append(tasks.update(closing, ("id",), [tasks.rows[number]]))
        return lambda: timed(lambda: _write(place, statements))

    return together(place.app, [act(number) for number in range(many)])


def count(place: Place, code: str) -> float:
    """Seconds that one transaction takes to write the rows of a count."""
    statements: list[Statement] = []
    for name, where in COUNTED.items():
        table = Table(place, name, where.format(code=code))
        statements.append(table.insert(table.rows))
    for name, (where, names, keys) in UPDATED.items():
        table = Table(place, name, where.format(code=code))
        _write(place, [table.insert(table.rows), table.index(keys)])
        statements.append(table.update(names, keys, table.rows))
    return timed(lambda: _write(place, statements))


def _write(place: Place, statements: Sequence[Statement]) -> None:
    """One transaction on a connection of its own."""
    raw = db.engine.raw_connection()
    cursor = raw.cursor()
    if place.kind == SQLITE:
        cursor.execute("BEGIN IMMEDIATE")
    for statement, rows in statements:
        if rows:
            cursor.executemany(statement, rows)
        else:
            cursor.execute(statement)
    raw.commit()
    raw.close()
