"""Where an award decision stands: told from the tasks that are open."""

from __future__ import annotations

from typing import Literal, get_args

from sqlalchemy import ColumnElement, and_, case, exists

from webapp.models import Case, Task

Working = Literal["proposing", "drafting", "submitting", "checking", "signing", "numbering", "recording"]
State = Literal[
    Working,
    "papers",
    "handing_over",
    "copying",
    "publishing",
    "filing",
    "collecting",
    "issued",
    "amended",
    "cancelled",
]
STATES: tuple[State, ...] = get_args(State)
ELEMENTS: dict[str, State] = {
    "draft_decision": "drafting",
    "draft_correction": "drafting",
    "prepare_revocation": "proposing",
    "review_revocation": "proposing",
    "decide_revocation": "proposing",
    "draft_revocation": "drafting",
    "submit_decision": "submitting",
    "check_decision": "checking",
    "sign_decision": "signing",
    "number_decision": "numbering",
    "record_signed_decision": "recording",
    "hand_over": "handing_over",
    "send_copies": "copying",
    "publish_decision": "publishing",
    "close_file": "filing",
    "collect_prize": "collecting",
}
"""Where a decision stands while a task of this element is open; of several at once, by the first of them."""


def decision_state() -> ColumnElement[str]:
    """Where a decision stands, in a query on Case and Decision; between tasks its papers are drawn."""
    standing_at = [
        (
            exists().where(and_(Task.case_id == Case.id, Task.element == element, Task.status == "open")),
            state,
        )
        for element, state in ELEMENTS.items()
    ]
    return case(
        (Case.outcome.in_(("cancelled", "withdrawn", "refused")), "cancelled"),
        (Case.outcome.in_(("corrected", "revoked")), "amended"),
        (Case.state == "ended", "issued"),
        *standing_at,
        else_="papers",
    )
