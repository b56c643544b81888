"""Removes what nothing refers to any more."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from webapp.extensions import db
from webapp.models import Paper
from webapp.operations.papers import file_store

GRACE = dt.timedelta(days=1)


def sweep_files(wall: dt.datetime) -> int:
    """Delete files that no paper names and that are older than a day; returns how many.

    A file is written before its row is committed, hence the day of grace.
    """
    store = file_store()
    named = set(db.session.scalars(select(Paper.sha256).distinct()))
    orphans = [sha256 for sha256 in store.older(wall - GRACE) if sha256 not in named]
    store.remove(orphans)
    return len(orphans)
