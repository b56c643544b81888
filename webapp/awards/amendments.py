"""A correction or revocation as its page draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.extensions import db
from webapp.follow_codes import shown_code
from webapp.models import AwardCorrection, Decision, Revocation, RevokedAward
from webapp.queries.amendment_papers import ground_name
from webapp.queries.amendments import (
    PROCESSES,
    Owed,
    amending,
    corrections_of,
    original_of,
    owed,
    revocation_of,
    written_number,
)
from webapp.queries.case_page import TaskRow
from webapp.queries.copies import SENDERS, SentCopy, sent_copies, unsent_recipients
from webapp.queries.payments import PAYERS
from webapp.queries.signed_decisions import SignedDecision, signed_decision
from webapp.queries.verifications import DecisionCode, decision_code
from webapp.ui.access import standing
from webapp.ui.shown_cases import ShownCase, shown_case
from webapp.ui.stepper import Step

SIGNING: tuple[tuple[LazyString, tuple[str, ...]], ...] = (
    (_l("Submitting"), ("submit_decision",)),
    (_l("Checking the text"), ("check_decision",)),
    (_l("Signed and numbered"), ("number_decision", "record_signed_decision")),
)
STEPS: dict[str, tuple[tuple[LazyString, tuple[str, ...]], ...]] = {
    "award_correction": ((_l("Draft"), ("draft_correction",)), *SIGNING),
    "award_revocation": (
        (_l("Proposal"), ("prepare_revocation",)),
        (_l("Submission"), ("review_revocation",)),
        (_l("Deciding"), ("decide_revocation",)),
        (_l("Draft"), ("draft_revocation",)),
        *SIGNING,
        (_l("Money paid back"), ("collect_prize",)),
    ),
}
"""Steps of each process, with the tasks of which the last one done ends the step."""
FIELDS: dict[str, LazyString] = {
    "name": _l("Name"),
    "address": _l("Position, unit, place"),
    "achievement": _l("Achievement"),
}


@dataclass(frozen=True)
class ShownAmendment:
    """One correction or revocation; ``about`` is its decision, ``original`` the one it changes."""

    case: ShownCase
    about: Decision
    original: Decision
    corrections: Sequence[AwardCorrection]
    revocation: Revocation | None
    ground: str
    code: DecisionCode | None
    signed: SignedDecision
    copies: list[SentCopy]
    unsent: int

    @property
    def may_send(self) -> bool:
        """Whether the reader records copies, and there is a recipient left."""
        return bool(self.number and self.unsent) and self.about.unit_id in standing().units(*SENDERS)

    @property
    def steps(self) -> list[Step]:
        return amendment_steps(self.case, self.about, money=bool(self.total.due))

    @property
    def number(self) -> str:
        return written_number(self.about) if self.about.number else ""

    @property
    def original_number(self) -> str:
        return written_number(self.original)

    @property
    def code_text(self) -> str:
        return shown_code(self.code.code) if self.code else ""

    @property
    def total(self) -> Owed:
        """The money of all its awards."""
        each = [owed(one) for one in self.revoked]
        return Owed(sum(one.due for one in each), sum(one.returned for one in each))

    @property
    def collects(self) -> bool:
        """Whether the reader enters, and takes back, the money that comes back."""
        return self.about.unit_id in standing().units(*PAYERS)

    @property
    def revoked(self) -> Sequence[RevokedAward]:
        return self.revocation.awards if self.revocation else ()


def shown_amendment(code: str) -> ShownAmendment:
    """The correction or revocation of this code, or 404."""
    case = shown_case(code, *PROCESSES.values())
    session, found = db.session(), case.page.case
    about = amending(session, found)
    revocation = revocation_of(session, about) if about.kind == "revocation" else None
    return ShownAmendment(
        case=case,
        about=about,
        original=original_of(about),
        corrections=corrections_of(session, about),
        revocation=revocation,
        ground=ground_name(session, about, revocation) if revocation else "",
        code=decision_code(session, found.id),
        signed=signed_decision(session, found),
        copies=sent_copies(session, found),
        unsent=len(unsent_recipients(session, found)),
    )


def amendment_steps(case: ShownCase, about: Decision, *, money: bool) -> list[Step]:
    """What has been done, what is being done, what is ahead; a case that was given up ends there."""
    page = case.page
    way = [step for step in STEPS[page.case.process] if money or step[1] != ("collect_prize",)]
    at = {task.element for task in page.open_tasks}
    done = {task.element: task for task in page.tasks if task.status == "done"}
    place = next((number for number, (_name, elements) in enumerate(way) if at & set(elements)), None)
    if place is None and "sign_decision" in at:
        place = next(number for number, (_name, elements) in enumerate(way) if "number_decision" in elements)
    if page.case.state == "ended" and about.number is None:
        past = [_done(name, elements, done) for name, elements in way if done.keys() & set(elements)]
        return [*past, Step(str(case.status.word), "stopped", page.case.ended_at)]
    if place is None:
        place = len(way) if page.case.state == "ended" or about.number else 0
    return [
        _done(name, elements, done)
        if number < place
        else Step(name, "current" if number == place else "ahead")
        for number, (name, elements) in enumerate(way)
    ]


def _done(name: LazyString, elements: tuple[str, ...], done: dict[str, TaskRow]) -> Step:
    task = next((done[element] for element in elements if element in done), None)
    return Step(name, "done", task.closed_at if task else None, task.closed_by or "" if task else "")
