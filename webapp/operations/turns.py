"""Long work of the worker lets other work have its turn."""

from __future__ import annotations

import logging
from collections.abc import Callable

from webapp.extensions import db

_log = logging.getLogger(__name__)


def let_others(between: Callable[[], object]) -> None:
    """Other work has its turn; what it raises is no matter of the long one, and is met again in the turn after it."""
    try:
        between()
    except Exception:  # noqa: BLE001 -- whatever other work raises: the long one goes on
        _log.exception("other work between the steps of a long one has failed")
        db.session.rollback()
