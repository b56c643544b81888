"""Copies cases in bulk: new ids, codes and names, other units and people, and recomputed chains.

A block is a copy of all templates. Every id of a block is that of the template plus so many spans, and so are all
references within it; a code and a UUID are replaced wherever they stand in the log, the id of a task by the one that
the engine gives to the same task of the copied case: copies can be run again. The snapshots stay as they are unless
the copies are to be worked on: lists do not read them, and the chain does not hold them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from sqlalchemy import select

from bench.places import SQLITE, Place
from tests.factories import LONG_AGO
from tests.people import AN_CU, TINH_BIEN
from webapp.extensions import db
from webapp.models import Person, Unit
from webapp.operations import people
from webapp.operations.acting import SYSTEM
from webapp.text import search_key, sort_key
from workflows.engine import engine_id
from workflows.record import GENESIS, chained

# Tables in the order of their references: which rows of each belong to some cases.
OF_CASES = "case_id IN ({ids})"
OF_STREAMS = "stream IN ({streams})"
TABLES = {
    "case": "id IN ({ids})",
    "nominee": f"id IN (SELECT nominee_id FROM nomination WHERE {OF_CASES})",
    "nomination": OF_CASES,
    "stage_visit": OF_CASES,
    "task": OF_CASES,
    "form_entry": OF_CASES,
    "paper": OF_CASES,
    "outbox_item": f"{OF_CASES} OR receiver_id IN ({{ids}})",
    "event": OF_STREAMS,
    "event_private": f"event_id IN (SELECT id FROM event WHERE {OF_STREAMS})",
}
SHIFTED = {"id", "case_id", "nominee_id", "task_id", "form_entry_id", "receiver_id", "event_id"}
PERSONS = {"closed_by_id", "holder_id", "person_id", "uploaded_by_id", "registrant_id"}
SUBMITTERS = ("officer", "commune_chair")
FAMILIES = "Nguyễn Trần Lê Phạm Huỳnh Võ Đặng Bùi Đỗ Hồ Ngô Dương".split()
GIVEN = "An Bình Chi Dũng Em Giang Hạnh Khánh Lan Minh Ngọc Oanh Phúc Quý Sơn Thảo Uyên Vinh Xuân Yến".split()
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
BLOCKS_AT_ONCE = 100
INPUTS, IDS = 20, 200
"""So many inputs a template has at the most, and so many ids the engine gives in one."""

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Commune:
    """Who submits: a unit and its people; ``persons`` and ``public_ids`` map those of the templates to them."""

    unit_id: int
    persons: dict[int, int]
    public_ids: dict[str, str]


class Copier:
    """Copies the cases of these codes, which are numbered from 1 without a gap, block by block."""

    def __init__(self, place: Place, codes: Sequence[str], workable: bool = False) -> None:
        self.place = place
        self.codes = codes
        self.home = db.session.scalars(select(Unit.id).where(Unit.code == AN_CU)).one()
        self.communes = _communes(place)
        marks = {
            "ids": ",".join(str(place.office.case(code).id) for code in codes),
            "streams": ",".join(f"'case/{code}'" for code in codes),
        }
        self.raw = db.engine.raw_connection()
        self.names: dict[str, list[str]] = {}
        self.rows: dict[str, list[Row]] = {}
        for table, belongs in TABLES.items():
            cursor = self.raw.cursor()
            cursor.execute(f'SELECT * FROM "{table}" WHERE {belongs.format(**marks)} ORDER BY 1')
            self.names[table] = [column[0] for column in cursor.description]
            self.rows[table] = cursor.fetchall()
        self.raw.rollback()
        self.span = 1 + max(row[0] for rows in self.rows.values() for row in rows)
        self.tokens = re.compile(f"({UUID}|{'|'.join(codes)})")
        self.bodies = {
            row[0]: self.tokens.split(row[self.names["event"].index("body")]) for row in self.rows["event"]
        }
        self.owned = {row[1] for table in ("task", "paper") for row in self.rows[table]}
        self.engine_ids = {identity: place for code in codes for identity, place in _engine_ids(code)}
        self.snapshots = self._states() if workable else {}
        self.blocks = 0

    def grow_to(self, nominations: int) -> None:
        """Copy until there are so many nominations, the templates included."""
        db.session.rollback()  # what is read there would keep SQLite's log from going into the file
        wanted = nominations // len(self.codes) - 1
        while self.blocks < wanted:
            upto = min(wanted, self.blocks + BLOCKS_AT_ONCE)
            blocks = [_Block(self, number) for number in range(self.blocks + 1, upto + 1)]
            if self.place.kind == SQLITE:
                self.raw.cursor().execute("BEGIN IMMEDIATE")
            for table in TABLES:
                self._insert(table, [row for block in blocks for row in block.rows(table)])
            self.raw.commit()
            self.blocks = upto
        self._finish(nominations)

    def _states(self) -> dict[int, list[str]]:
        """The state of each template's engine by the id of its case, in pieces as the bodies of events."""
        at = self.names["case"].index("snapshot")
        return {row[0]: self.tokens.split(zlib.decompress(row[at]).decode()) for row in self.rows["case"]}

    def _insert(self, table: str, rows: list[Row]) -> None:
        columns = ", ".join(self.names[table])
        cursor = self.raw.cursor()
        if self.place.kind == SQLITE:
            marks = ", ".join("?" * len(self.names[table]))
            cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows)
            return
        with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)

    def _finish(self, nominations: int) -> None:
        """Numbers go on behind the copies; PostgreSQL does at once what its autovacuum would do in a minute."""
        cursor = self.raw.cursor()
        cursor.execute(f"UPDATE number_series SET last = {nominations} WHERE series = 'nomination'")
        if self.place.kind != SQLITE:
            for table in TABLES:
                if "id" in self.names[table]:
                    at = f"pg_get_serial_sequence('\"{table}\"', 'id')"
                    cursor.execute(f'SELECT setval({at}, (SELECT max(id) FROM "{table}"))')
            cursor.execute("ANALYZE")
        self.raw.commit()


class _Block:
    """The ``number``-th copy of the templates."""

    def __init__(self, copier: Copier, number: int) -> None:
        self.copier = copier
        self.number = number
        self.shift = number * copier.span
        self.commune = copier.communes[number % len(copier.communes)]
        self.codes = {code: self._code(code) for code in copier.codes}

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, in the order of its columns."""
        names, rows = self.copier.names[table], self.copier.rows[table]
        if table == "event":
            yield from self._chained(names, rows)
            return
        for place, row in enumerate(rows):
            own = self._named(place) if table in ("case", "nominee") else {}
            if table == "case" and row[0] in self.copier.snapshots:
                pieces = self.copier.snapshots[row[0]]
                own["snapshot"] = zlib.compress("".join(map(self._stated, pieces)).encode(), 1)
            yield tuple(
                own[name] if name in own else self._changed(name, value)
                for name, value in zip(names, row, strict=True)
            )

    def _changed(self, name: str, value: Any) -> Any:
        if value is None:
            return None
        if name in SHIFTED:
            return value + self.shift
        if name == "unit_id":
            return self.commune.unit_id if value == self.copier.home else value
        if name in PERSONS:
            return self.commune.persons.get(value, value)
        if name == "public_id":
            return self._uuid(value)
        return self.codes[value] if name == "code" else value

    def _chained(self, names: list[str], rows: list[Row]) -> Iterator[Row]:
        heads: dict[str, str] = {}
        for row in rows:
            event = dict(zip(names, row, strict=True))
            body = "".join(self._token(part) for part in self.copier.bodies[event["id"]])
            stream = "case/" + self.codes[event["stream"].removeprefix("case/")]
            previous = heads.get(stream, GENESIS)
            heads[stream] = chained(previous, body.encode())
            event |= {"id": event["id"] + self.shift, "stream": stream, "body": body}
            event |= {"previous_hash": previous, "hash": heads[stream], "actor": self._token(event["actor"])}
            yield tuple(event.values())

    def _token(self, part: str) -> str:
        """A code, an id or whatever stands between them in the text of an event."""
        if part in self.codes:
            return self.codes[part]
        known = self.commune.public_ids.get(part)
        return known or (self._uuid(part) if part in self.copier.owned else part)

    def _stated(self, part: str) -> str:
        """As a token of the log, and the ids of tasks that have not come to be as well."""
        return self._uuid(part) if re.fullmatch(UUID, part) else self._token(part)

    def _code(self, code: str) -> str:
        series, _, number = code.rpartition("-")
        return f"{series}-{int(number) + self.number * len(self.copier.codes):04d}"

    def _uuid(self, value: str) -> str:
        """Of a task the id that the engine gives it, of anything else one of its own."""
        if value in self.copier.engine_ids:
            code, place = self.copier.engine_ids[value]
            return engine_id(self.codes[code], *place)
        return f"{self.number:08x}{value[8:]}"

    def _named(self, place: int) -> dict[str, Any]:
        every = self.number * len(self.copier.codes) + place
        family, given = FAMILIES[every % len(FAMILIES)], GIVEN[every // len(FAMILIES) % len(GIVEN)]
        name = f"{family} Văn {given} {every}"
        return {"title": name, "name": name, "sort_key": sort_key(name), "search_key": search_key(name)}


def _engine_ids(code: str) -> Iterator[tuple[str, tuple[str, tuple[int, int]]]]:
    """The ids that the engine may have given in a case, with the case and their places."""
    for number, counter in product(range(1, INPUTS + 1), range(1, IDS + 1)):
        yield engine_id(code, number, counter), (code, (number, counter))


def _communes(place: Place) -> list[Commune]:
    """All communes of the district, each with an officer and a chairman."""
    below = (
        select(Unit).where(Unit.code.startswith(f"{TINH_BIEN}/"), Unit.kind == "committee").order_by(Unit.id)
    )
    found = []
    for unit in db.session.scalars(below).all():
        persons, public_ids = {}, {}
        for role in SUBMITTERS:
            of_templates = place.office.person(role)
            own = of_templates if unit.code == AN_CU else _person(place, unit, role)
            persons[of_templates.id], public_ids[of_templates.public_id] = own.id, own.public_id
        found.append(Commune(unit.id, persons, public_ids))
    return found


def _person(place: Place, unit: Unit, role: str) -> Person:
    """Somebody who holds a role in a unit."""
    then = {"actor": SYSTEM, "now": place.office.now}
    username = f"{role}.{unit.code.rpartition('/')[2]}"
    new = people.NewPerson(f"Cán bộ {unit.name}", username, fictitious=True)
    people.give_role(people.add_person(new, **then), role, unit.code, LONG_AGO, **then)
    return place.office.person(username)
