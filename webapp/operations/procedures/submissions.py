"""Submission batch: one paper with many nominations, signed once, received once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from webapp.models import Case, Nomination, Submission, SubmissionLine
from webapp.operations import hooks
from webapp.operations.cases import open_case
from webapp.operations.hooks import Carrying, Completing
from webapp.operations.notices import tell
from webapp.operations.refusals import InvalidForm
from webapp.operations.starts import Start
from webapp.operations.transaction import Transaction
from webapp.queries.law import clock_at
from webapp.queries.people import holders_in
from webapp.queries.units import places_of
from workflows.forms import Fault

RECEIPTED = ("officer", "commune_chair")
"""Who learns that a submission was received, and for when its result is due."""


@hooks.opening("submission")
def open_submission(start: Start) -> Case:
    """Open a batch of the officer's unit."""
    transaction, session = start.transaction, start.transaction.session
    round_ = start.open_round()
    unit = start.own_unit("officer")
    case = open_case(
        transaction,
        "submission",
        title=unit.name,
        places=places_of(session, start.campaign, unit),
        campaign_id=start.campaign.id,
        data={},
    )
    session.add(
        Submission(case_id=case.id, campaign_id=start.campaign.id, round_id=round_.id, unit_id=unit.id)
    )
    return case


def submission_of(transaction: Transaction, case: Case) -> Submission:
    """The submission a case is about."""
    return transaction.session.execute(select(Submission).where(Submission.case_id == case.id)).scalar_one()


@hooks.completing("submission", "prepare_submission")
def prepare(completing: Completing) -> None:
    """The list as chosen now replaces the one before."""
    session = completing.transaction.session
    submission = submission_of(completing.transaction, completing.case)
    session.execute(delete(SubmissionLine).where(SubmissionLine.submission_id == submission.id))
    codes = completing.form["nominations"]
    chosen = session.execute(
        select(Case.code, Nomination.id)
        .join(Nomination, Nomination.case_id == Case.id)
        .where(Case.code.in_(codes))
    )
    ids = dict(chosen.all())
    session.add_all(
        SubmissionLine(submission_id=submission.id, nomination_id=ids[code], position=position)
        for position, code in enumerate(codes, 1)
    )


@hooks.completing("submission", "sign_submission")
def sign(completing: Completing) -> None:
    """Signed once for all lines; what was withdrawn since the list was drawn up must not stand in it."""
    if completing.form["decision"] != "sign":
        return
    submission = submission_of(completing.transaction, completing.case)
    if closed := [line.nomination.case.code for line in submission.lines if _is_closed(line)]:
        raise InvalidForm([Fault("/decision", "lines_closed", {"codes": ", ".join(closed)})])
    submission.signed_at = completing.transaction.now.at


@hooks.completing("submission", "receive_submission")
def receive(completing: Completing) -> None:
    """Every line is received or returned with a reason, once; the receipt names the day of answer.

    A line whose dossier was withdrawn since the signature needs no answer.
    """
    transaction = completing.transaction
    submission = submission_of(transaction, completing.case)
    answers = _answers(submission, completing.form["lines"])
    for line in submission.lines:
        if _is_closed(line):
            line.result = "withdrawn"
            continue
        answer = answers[line.nomination.case.code]
        line.result, line.reason = answer["line"], answer.get("reason")
        if line.result == "received":
            line.nomination.received_on = transaction.day
    submission.received_at = transaction.now.at
    submission.return_by = clock_at(transaction.session, completing.case, "appraisal", transaction.now.at)
    told = holders_in(transaction.session, [submission.unit_id], RECEIPTED, transaction.day)
    about = {"due": submission.return_by.isoformat()}
    tell(transaction, completing.case, told, "submission_received", about=about)


def _answers(submission: Submission, rows: list[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The answer to each line by the code of its dossier. Raises InvalidForm for a second one, and for none."""
    answers = {row["nomination"]: row for row in rows}
    given = Counter(row["nomination"] for row in rows)
    twice = [code for code, count in given.items() if count > 1]
    waiting = {line.nomination.case.code for line in submission.lines if not _is_closed(line)}
    found = (("line_twice", twice), ("lines_missing", waiting - answers.keys()))
    if faults := [Fault("/lines", code, {"codes": ", ".join(sorted(them))}) for code, them in found if them]:
        raise InvalidForm(faults)
    return answers


def _is_closed(line: SubmissionLine) -> bool:
    return line.nomination.case.state == "ended"


@hooks.carrying("deliver_lines")
def deliver_lines(carrying: Carrying) -> Mapping[str, Any]:
    """Tell each nomination that still waits what became of its line: one small message each."""
    submission = submission_of(carrying.transaction, carrying.case)
    told = [line for line in submission.lines if line.result != "withdrawn"]
    for line in told:
        carrying.transaction.promise(
            "submission_result",
            {"line": line.result},
            receiver_id=line.nomination.case_id,
            message_id=f"{carrying.case.code}/{line.position}",
        )
    return {"lines": len(told)}
