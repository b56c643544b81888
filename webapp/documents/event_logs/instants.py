"""Instants in files for process mining."""

from __future__ import annotations

import datetime as dt


def utc(instant: dt.datetime) -> str:
    """UTC with microseconds, as ``2019-12-10T01:30:00.000000+00:00``."""
    return instant.astimezone(dt.UTC).isoformat(timespec="microseconds")
