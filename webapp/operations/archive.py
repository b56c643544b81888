"""Closes the file of a decision for the archive, with how long it is kept by the rules of that day."""

from __future__ import annotations

from webapp.models import ArchivedFile, Case
from webapp.operations.refusals import InvalidForm
from webapp.operations.transaction import Transaction
from webapp.queries.archive_papers import archived_file, retention_of
from webapp.queries.award_lists import numbered_decision
from webapp.text import nfc
from workflows.after_events import FileArchived
from workflows.forms import Fault


def archive_file(transaction: Transaction, case: Case, code: str, kept_at: str) -> ArchivedFile:
    """Close the file of a decision; ``code`` is its number in the office's list of files, ``kept_at`` where it lies.

    Closed again it stays as it was.

    Raises InvalidForm while the decision has no number.
    """
    if known := archived_file(transaction.session, case):
        return known
    decision = numbered_decision(transaction.session, case)
    if decision is None:
        raise InvalidForm([Fault("", "no_number_yet")])
    kept = retention_of(transaction.session, decision, transaction.day)
    row = ArchivedFile(
        case_id=case.id,
        code=nfc(code) or None,
        kept_at=nfc(kept_at) or None,
        title=decision.title,
        kept_until=kept.until,
        retention=kept.facts or {},
        closed_by_id=transaction.actor.person_id,
        closed_at=transaction.now.at,
    )
    transaction.session.add(row)
    rule, until = kept.rule.code if kept.rule else "", kept.until.isoformat() if kept.until else ""
    transaction.log_case(case, FileArchived(title=decision.title, rule=rule, until_date=until))
    return row
