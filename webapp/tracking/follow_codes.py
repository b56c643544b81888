"""The code of a case on its page: shown to who hands it out, renewed, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.extensions import db
from webapp.follow_codes import shown_code
from webapp.models import Case
from webapp.operations.follow_codes import FOLLOWED
from webapp.queries.follow_codes import code_of, hands_out
from webapp.ui.access import standing


@dataclass(frozen=True)
class ShownCode:
    """The code of a case as people read it; empty where it was withdrawn, or never made."""

    case: str
    code: str


def follow_code(case: Case) -> ShownCode | None:
    """The code of a case for who hands it out; None for everybody else."""
    if case.process not in FOLLOWED or not hands_out(standing(), case):
        return None
    found = code_of(db.session(), case.id)
    return ShownCode(case.code, shown_code(found.code) if found else "")
