"""A checkpoint at the closing of a council session: signed when its minutes are written, printed in them.

The minutes are drawn up for good when they are signed, before the case ends. So the checkpoint that stands in them is
the one made when they were written: it covers the votes, their count, what the chair decided and the text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from webapp import clock
from webapp.models import Case
from webapp.operations import hooks
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.audit import make_checkpoint
from webapp.operations.hooks import Carrying, Completing
from webapp.queries.checkpoints import Occasion
from workflows.inspection_events import SessionSealed

SEAL = "seal_session"


class SealHeld(RuntimeError):
    """The case was suspended when the checkpoint should have been signed."""


def promise_seal(completing: Completing) -> None:
    """Let a checkpoint be signed over all that a session has come to."""
    promised = {"params": {"at": completing.transaction.now.at.isoformat()}, "data": {}}
    address = {"case_id": completing.case.id, "effect_id": f"seal/{completing.task.public_id}"}
    completing.transaction.promise(SEAL, promised, **address)


@hooks.preparing(SEAL)
def sign_for_session(_session: Session, case: Case, params: Mapping[str, Any]) -> str | None:
    """Sign it, in a transaction of its own; whoever dies before it is noted signs another one, which does no harm."""
    if case.state == "frozen":
        return None
    now = Now(dt.datetime.fromisoformat(params["at"]), clock.wall())
    return make_checkpoint(actor=SYSTEM, now=now, occasion=Occasion("session", case.code)).fingerprint


@hooks.carrying(SEAL, quiet=True)
def note_seal(carrying: Carrying) -> None:
    """Note its fingerprint in the log of the session, where the minutes find it."""
    if carrying.prepared is None:
        raise SealHeld("the case was suspended")
    carrying.transaction.log_case(carrying.case, SessionSealed(checkpoint=carrying.prepared))
