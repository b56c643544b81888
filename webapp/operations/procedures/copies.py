"""Copies of an award decision: the task that records them."""

from __future__ import annotations

import datetime as dt

from webapp.operations import hooks
from webapp.operations.copies import keep_copies
from webapp.operations.hooks import Completing


@hooks.completing("award_issuance", "send_copies")
def send_copies(completing: Completing) -> None:
    """Who got a copy, how and when."""
    form = completing.form
    sent = {row["recipient"]: row["way"] for row in form.get("copies", ())}
    keep_copies(completing.transaction, completing.case, sent, dt.date.fromisoformat(form["sent_on"]))
