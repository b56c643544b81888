"""After a secret session of nine: whatever is read, nothing links a voter with a choice, or orders the choices.

An auditor with every table, the physical order of rows, the transactions, a backup taken in the middle and all files
knows who has voted, and how many voted how; of a single member no more than that.
"""

from __future__ import annotations

import io
import logging
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from flask import current_app
from sqlalchemy import DateTime, inspect, text

from tests.offices import scene
from tests.sittings import CODES, SESSION
from webapp.ballot_keys import KeyMissing
from webapp.extensions import Model, db
from webapp.models import BallotTracker, CountedBallot, SealedBallot
from webapp.models.types import Instant
from webapp.operations.rounds import destroy_spent_keys, keys
from webapp.operations.tasks import complete_task

COUNCIL = "waiting"
CHOICE = re.compile(r"\b(agree|disagree|abstain)\b")
BALLOT_TABLES = (SealedBallot, CountedBallot, BallotTracker)
PATTERNS = ["ddddd", "adaaa", "aadaa", "aaada", "aaaad", "xaaaa", "axaaa", "aaxaa", "dadad"]
"""How each of the nine votes on the five nominees: no two alike."""
SMALL = 2_000
"""Bytes of the empty PDF that tests upload."""

NAMES = {"a": "agree", "d": "disagree", "x": "abstain"}


class Session:
    """A secret vote of nine: who voted in which order, what each was told, and what lay there in the middle."""

    def __init__(self, council):
        council.rule(ballot="secret")
        self.members = ["authority", "chair", "member1", "member2", *council.seat(5)]
        council.sit(CODES)
        self.before = dump()
        self.trackers = [self._cast(council, who, at) for at, who in enumerate(self.members[:5])]
        [path] = keys().folder.glob("*.key")
        self.key, self.round = path.read_bytes(), path.stem
        self.sealed = db.session.scalars(db.select(SealedBallot.sealed)).all()
        self.middle = dump()
        self.trackers += [self._cast(council, who, at + 5) for at, who in enumerate(self.members[5:])]
        council.work()
        destroy_spent_keys(council.now)
        council.conclude(SESSION)
        db.session.remove()
        self.log = ""

    def _cast(self, council, who, at):
        rows = [
            {"nomination": code, "vote": NAMES[mark]}
            for code, mark in zip(CODES, PATTERNS[at], strict=True)
            if not (who == "member2" and code == CODES[-1])
        ]
        task = council.ballot(who, SESSION).public_id
        return complete_task(task, {"ballots": rows}, actor=council.actor(who), now=council.now).told[
            "tracker"
        ]


def dump():
    """Every row of every table, with what the database itself knows of it: a backup that hides nothing."""
    db.session.rollback()
    hidden = ", xmin::text, ctid::text" if db.engine.dialect.name == "postgresql" else ""
    found = {}
    for name in sorted(Model.metadata.tables):
        rows = db.session.execute(text(f'SELECT *{hidden} FROM "{name}"')).mappings()
        found[name] = [dict(row) for row in rows]
    return found


@scene
def session(council):
    """Nine have voted in secret, and the session is concluded."""
    heard = io.StringIO()
    ear = logging.StreamHandler(heard)
    root = logging.getLogger()
    level = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    try:
        voted = Session(council)
    finally:
        root.removeHandler(ear)
        root.setLevel(level)
    voted.log = heard.getvalue()
    return voted


def files():
    """Every file of the installation: database, write-ahead log, papers, keys, checkpoints."""
    folder = current_app.config["SETTINGS"].data_dir
    db.session.remove()
    return [path for path in Path(folder).rglob("*") if path.is_file()]


def test_nothing_links_a_voter_with_a_choice(session):
    members = (
        db.session.execute(
            text(
                "SELECT m.id, m.public_id AS seat, p.id AS person, p.public_id, p.username FROM council_membership m"
                " JOIN person p ON p.id = m.person_id"
            )
        )
        .mappings()
        .all()
    )  # fmt: skip -- a statement reads better whole
    ids = {str(member[name]) for member in members for name in ("seat", "public_id")}
    by_number = {"membership_id", "person_id", "actor_id", "holder_id", "closed_by_id"}
    for table, rows in dump().items():
        for row in (row for row in rows if row not in session.before[table]):
            said = " ".join(str(value) for value in row.values())
            names_a_member = any(one in said for one in ids) or any(row.get(column) for column in by_number)
            assert not (CHOICE.search(said) and names_a_member), (table, row)
            assert table == "ballot_tracker" or not any(tracker in said for tracker in session.trackers)


def test_no_table_of_ballots_knows_an_order_or_a_time(session):
    for table in BALLOT_TABLES:
        columns = inspect(table).columns
        assert not any(isinstance(column.type, (Instant, DateTime)) for column in columns)
        assert not any(column.autoincrement is True for column in columns)
        assert {"membership_id", "person_id"}.isdisjoint(columns.keys())
    if db.engine.dialect.name == "sqlite":
        for table in BALLOT_TABLES:
            made = db.session.execute(
                text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": table.__tablename__}
            ).scalar_one()
            assert "WITHOUT ROWID" in made.upper()


def test_the_rows_lie_in_the_order_of_random_ids(session):
    """One transaction wrote them all, and where a row lies follows from its id alone."""
    rows = dump()["counted_ballot"]
    assert len(rows) == 9 * len(CODES) - 1
    ids = [bytes(row["id"]) for row in rows]
    if db.engine.dialect.name == "postgresql":
        assert len({row["xmin"] for row in rows}) == 1
        places = [tuple(map(int, row["ctid"].strip("()").split(","))) for row in rows]
        assert [one for _place, one in sorted(zip(places, ids, strict=True))] == sorted(ids)
        voted = {row["xmin"] for row in dump()["ballot_marker"]}
        assert voted.isdisjoint({row["xmin"] for row in rows})
    else:
        assert ids == sorted(ids)


def test_lines_of_one_sheet_are_not_beside_one_another(session):
    """The sheets cannot be put together again: the table has only so many of each choice for each nominee."""
    rows = dump()["counted_ballot"]
    counted = Counter((row["agenda_item_id"], row["choice"]) for row in rows)
    told = dump()["agenda_item"]
    wanted = Counter()
    for place, item in enumerate(sorted(told, key=lambda row: row["position"])):
        for who, pattern in zip(session.members, PATTERNS, strict=True):
            if not (who == "member2" and place == len(CODES) - 1):
                wanted[item["id"], NAMES[pattern[place]]] += 1
    assert counted == wanted
    assert len({bytes(row["id"])[:8] for row in rows}) == len(rows)


def test_a_backup_from_the_middle_cannot_be_opened_afterwards(session):
    """It joins each voter with a ballot, and the ballot with nothing: its key is gone everywhere."""
    middle = session.middle["sealed_ballot"]
    assert len(middle) == 5
    assert len({len(bytes(row["sealed"])) for row in middle}) == 1
    assert session.middle["counted_ballot"] == session.middle["ballot_tracker"] == []
    assert dump()["sealed_ballot"] == []
    with pytest.raises(KeyMissing):
        keys().open(session.round, bytes(middle[0]["sealed"]))
    raw = bytes.fromhex(session.key.decode())
    for path in files():
        content = path.read_bytes()
        assert session.key not in content
        assert raw not in content


def test_deleted_ballots_leave_nothing_on_disk(session):
    """SQLite overwrites deleted rows, and the write-ahead log is cut; PostgreSQL's table file is emptied."""
    if db.engine.dialect.name == "sqlite":
        kept = [path.read_bytes() for path in files() if "sqlite" in path.name]
        assert kept
        assert not any(bytes(sealed) in content for sealed in session.sealed for content in kept)
    else:
        size = db.session.execute(text("SELECT pg_relation_size('sealed_ballot')")).scalar_one()
        assert size == 0


def test_neither_log_nor_mail_nor_paper_tells(session):
    told = session.log + " ".join(str(value) for row in dump().get("mail", ()) for value in row.values())
    assert not any(tracker in told for tracker in session.trackers)
    assert not CHOICE.search(told)
    drawn = [path for path in files() if path.read_bytes()[:5] == b"%PDF-" and path.stat().st_size > SMALL]
    assert drawn
    for path in drawn:
        said = subprocess.run(
            ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
        ).stdout
        for line in said.splitlines():
            assert not ("Trần Văn Extra" in line and "đồng ý" in line.lower()), line
        if session.trackers[0] in said:
            places = [said.index(tracker) for tracker in sorted(session.trackers)]
            assert places == sorted(places)
