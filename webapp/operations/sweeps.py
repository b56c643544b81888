"""Removes what nothing refers to any more."""

from __future__ import annotations

import datetime as dt
import shutil

from flask import current_app
from sqlalchemy import delete, select, union

from webapp.extensions import db
from webapp.models import (
    EndedSession,
    IntroducedPicture,
    ListExport,
    Paper,
    PrintPortion,
    PrintRun,
    SealPicture,
    SigningKey,
    WaitingPaper,
)
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.papers import file_store
from webapp.operations.transaction import write
from webapp.tampering.copies import NAME as COPIES

GRACE = dt.timedelta(days=1)


def sweep_sessions(wall: dt.datetime) -> None:
    """Forget ended sessions whose cookies have expired since; one more day for clocks that differ."""
    with write(SYSTEM, Now(wall, wall)) as transaction:
        oldest = wall - current_app.config["PERMANENT_SESSION_LIFETIME"] - GRACE
        transaction.session.execute(delete(EndedSession).where(EndedSession.ended_at < oldest))


def sweep_papers(wall: dt.datetime) -> None:
    """Forget papers that were chosen for a new case a day ago or earlier, and none was opened with them."""
    with write(SYSTEM, Now(wall, wall)) as transaction:
        transaction.session.execute(delete(WaitingPaper).where(WaitingPaper.saved_at < wall - GRACE))


def sweep_files(wall: dt.datetime) -> int:
    """Delete files older than a day that no paper, picture, list, seal, key or print run names; returns how many.

    A file is written before its row is committed, hence the day of grace.
    """
    store = file_store()
    kinds = WaitingPaper, IntroducedPicture, ListExport, SealPicture, PrintRun, PrintPortion
    papers = select(Paper.sha256).where(Paper.erased_at.is_(None))
    digests = [papers, *(select(kind.sha256) for kind in kinds)]
    named = set(db.session.scalars(union(*digests, select(SigningKey.picture))))
    orphans = [sha256 for sha256 in store.older(wall - GRACE) if sha256 not in named]
    store.remove(orphans)
    return len(orphans)


def sweep_copies(wall: dt.datetime) -> None:
    """Delete copies of the record that whoever falsified them has left behind by dying."""
    for folder in current_app.config["SETTINGS"].data_dir.glob(f"{COPIES}*"):
        if folder.stat().st_mtime < (wall - GRACE).timestamp():
            shutil.rmtree(folder, ignore_errors=True)
