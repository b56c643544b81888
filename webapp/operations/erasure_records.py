"""Erasures on record outside the database, so that a backup that is put back does not bring erased data back for good.

One small file an erasure, in the folder `erased` of DATA_DIR and of CHECKPOINT_DIR: the code of the case, the ground,
who and when; no name of the nominee and no reason.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from webapp.extensions import db
from webapp.models import Case, Erasure, Person
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.erasing import ERASED_TABLES, erase
from webapp.operations.purging import purge, want_purge
from webapp.operations.transaction import Transaction, write
from webapp.queries.erasure_hindrances import blockers
from webapp.queries.erasures import live_erasure, whole_of

FOLDER = "erased"
Record = dict[str, Any]


def keep_records() -> None:
    """Write down every erasure that is done and not on record yet."""
    known = {folder: {path.stem for path in folder.glob("*.json")} for folder in _folders()}
    for row in db.session.scalars(select(Erasure).where(Erasure.state == "done")):
        text = json.dumps(_record(row), ensure_ascii=False, indent=1) + "\n"
        for folder, names in known.items():
            if row.public_id not in names:
                _put(folder / f"{row.public_id}.json", text)


def returned_erasures() -> list[Record]:
    """Records of erasures of which this database holds the data again, the oldest first."""
    found = {each["erasure"]: each for folder in _folders() for each in _read(folder)}
    again = set(
        db.session.scalars(
            select(Case.code).where(
                Case.code.in_([each["case"] for each in found.values()]), Case.erased_at.is_(None)
            )
        )
    )
    return sorted(
        (each for each in found.values() if each["case"] in again), key=lambda each: each["decided_at"]
    )


def repeat_erasure(record: Record, now: Now) -> str | None:
    """Erase again what a record says was erased; returns what is in the way, None when it is done."""
    with write(SYSTEM, now) as transaction:
        session = transaction.session
        case = session.scalar(select(Case).where(Case.code == record["case"]))
        assert case is not None  # it was found among the cases
        cases = [transaction.lock_case(each.id) for each in whole_of(session, case)]
        if found := blockers(session, cases):
            return found[0]
        erase(transaction, _row(transaction, case, record), cases)
        want_purge(transaction)
    purge(*ERASED_TABLES)
    return None


def _row(transaction: Transaction, case: Case, record: Record) -> Erasure:
    """The erasure as it was decided; one that waits in the older state gives way to it."""
    session = transaction.session
    row = session.scalar(select(Erasure).where(Erasure.public_id == record["erasure"]))
    waiting = live_erasure(session, case)
    if waiting is not None and waiting is not row:
        waiting.state = "withdrawn"
        session.flush()
    row = row or Erasure(public_id=record["erasure"], case_id=case.id)
    for name in ("ground", "rule", "number"):
        setattr(row, name, record[name])
    row.dated_on = dt.date.fromisoformat(record["dated_on"]) if record["dated_on"] else None
    row.proposed_by_id, row.proposed_at = _who(transaction, record, "proposed")
    row.decided_by_id, row.decided_at = _who(transaction, record, "decided")
    row.state = "done"
    session.add(row)
    return row


def _who(transaction: Transaction, record: Record, act: str) -> tuple[int, dt.datetime]:
    """Who did it, and when."""
    wanted = select(Person.id).where(Person.public_id == record[f"{act}_by"])
    return transaction.session.scalars(wanted).one(), dt.datetime.fromisoformat(record[f"{act}_at"])


def _record(row: Erasure) -> Record:
    assert row.decided_by is not None  # it is done
    assert row.decided_at is not None
    return {
        "case": row.case.code,
        "erasure": row.public_id,
        "ground": row.ground,
        "rule": row.rule,
        "number": row.number,
        "dated_on": row.dated_on.isoformat() if row.dated_on else None,
        "proposed_by": row.proposed_by.public_id,
        "proposed_at": row.proposed_at.isoformat(),
        "decided_by": row.decided_by.public_id,
        "decided_at": row.decided_at.isoformat(),
    }


def _folders() -> list[Path]:
    settings = current_app.config["SETTINGS"]
    return [folder / FOLDER for folder in (settings.data_dir, settings.checkpoint_dir) if folder is not None]


def _read(folder: Path) -> Iterator[Record]:
    for path in sorted(folder.glob("*.json")):
        record: Record = json.loads(path.read_text("utf-8"))
        yield record


def _put(path: Path, text: str) -> None:
    """Whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(text, "utf-8")
    draft.replace(path)
