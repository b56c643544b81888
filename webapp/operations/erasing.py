"""Erases the personal data of a case: rows, personal parts of the log, and what its papers are read by.

The files themselves go with the next sweep: nothing names them any more, unless another case has the same file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Update, delete, or_, select, update

from webapp import eventlog
from webapp.models import (
    ERASED,
    Case,
    Erasure,
    ListExport,
    Nomination,
    Nominee,
    OutboxItem,
    Registration,
    SamePerson,
    Task,
)
from webapp.operations.transaction import Transaction
from webapp.queries.erased_parts import PARTS, files_of, logged_parts, parts_of
from webapp.text import search_key, sort_key
from workflows.after_events import CaseErased

ERASED_TABLES = tuple(
    sorted(
        {
            *("event_private", "case", "nominee", "nomination", "same_person"),
            *("list_export", "outbox_item", "payee"),
            *(part.model.__tablename__ for part in PARTS.values()),
        }
    )
)
"""Where something was deleted or changed."""

_UNTRACKED = {"synchronize_session": False}


def _emptied(at: dt.datetime) -> Mapping[str, Mapping[str, Any] | None]:
    """What the columns of each kind are set to; None: the rows go."""
    return {
        "forms": {
            "data": {},
            "digest": "",
        },  # of a form with a name in it: whoever guesses the name could confirm it
        "drafts": None,
        "papers": {
            "filename": ERASED,
            "facts": None,
            "facts_digest": None,
            "uploaded_by_id": None,
            "erased_at": at,
        },
        "remarks": {"text": None, "mentioned": []},
        "mails": None,
        "notices": None,
        "overrides": {"reason": ERASED},
        "suspensions": {"ordered_by": ERASED},
        "versions": {"name": ERASED, "targets": [], "commitment": ""},
        "list_rows": {"name": ERASED, "start": {}, "form": {}, "fault": None},
        "bulk_forms": {"form": {}},
        "exemplars": None,
        "pictures": None,
        "introductions": {
            "name": ERASED,
            "headline": ERASED,
            "search_key": search_key(ERASED),
            "text": "",
            "place": None,
            "effects": [],
        },
        "results": {"results": None},
    }


def erase(transaction: Transaction, row: Erasure, cases: Sequence[Case]) -> None:
    """Erase locked cases, each with its event; what went is counted on ``row``."""
    session = transaction.session
    totals: dict[str, int] = {}
    for case in cases:
        counts, files = parts_of(session, [case]), files_of(session, case)
        _empty(transaction, case)
        _unname(transaction, case)
        transaction.log_case(case, CaseErased(erasure=row.public_id, counts=counts, files=files))
        for kind, count in counts.items():
            totals[kind] = totals.get(kind, 0) + count
    row.counts = totals
    _let_lists_go(transaction)


def _empty(transaction: Transaction, case: Case) -> None:
    session = transaction.session
    for event_id in logged_parts(session, case):
        eventlog.erase_private(session, event_id)
    for kind, values in _emptied(transaction.now.at).items():
        part = PARTS[kind]
        change = delete(part.model) if values is None else update(part.model).values(values)
        session.execute(change.where(part.where([case.id])), execution_options=_UNTRACKED)
    faults = update(OutboxItem).where(or_(OutboxItem.case_id == case.id, OutboxItem.receiver_id == case.id))
    session.execute(faults.values(fault=None), execution_options=_UNTRACKED)  # may quote what was entered
    if case.registrant_id is not None:
        for change in _acts_of(case):
            session.execute(change, execution_options=_UNTRACKED)


def _acts_of(case: Case) -> list[Update]:
    """Whoever registered themselves stands beside no task of the case any more; officials do."""
    mine = Task.case_id == case.id
    who = case.registrant_id
    return [
        update(Task).where(mine, Task.holder_id == who).values(holder_id=None),
        update(Task).where(mine, Task.closed_by_id == who).values(closed_by_id=None),
    ]


def _unname(transaction: Transaction, case: Case) -> None:
    """The case speaks of nobody any more: its nominee is one without a name, for itself alone."""
    session = transaction.session
    case.title, case.erased_at = ERASED, transaction.now.at
    for link in (*_links(transaction, Nomination, case), *_links(transaction, Registration, case)):
        before = link.nominee
        link.nominee = Nominee(
            kind=before.kind,
            name=ERASED,
            unit_id=before.unit_id,
            sort_key=sort_key(ERASED),
            search_key=search_key(ERASED),
        )
        if isinstance(link, Nomination):
            link.achievement, link.registration_id = "", None
        session.flush()
        _forget(transaction, before)


def _links(transaction: Transaction, model: type[Any], case: Case) -> Sequence[Any]:
    return transaction.session.scalars(select(model).where(model.case_id == case.id)).all()


def _forget(transaction: Transaction, nominee: Nominee) -> None:
    """A nominee that no case speaks of goes, with what was judged of their past awards."""
    session = transaction.session
    named = or_(
        select(Nomination.id).where(Nomination.nominee_id == nominee.id).exists(),
        select(Registration.id).where(Registration.nominee_id == nominee.id).exists(),
    )
    if not session.scalar(select(named)):
        session.execute(delete(SamePerson).where(SamePerson.nominee_id == nominee.id))
        session.delete(nominee)
        session.flush()


def _let_lists_go(transaction: Transaction) -> None:
    """Files of lists may name the nominee: who needs one asks for it again, and one being written begins anew."""
    session = transaction.session
    done, running = (update(ListExport).where(ListExport.state == state) for state in ("done", "running"))
    session.execute(done.values(state="expired", sha256=None), execution_options=_UNTRACKED)
    over = ListExport.state.not_in(("waiting", "running"))  # what was searched for may be the name
    session.execute(update(ListExport).where(over).values(query=""), execution_options=_UNTRACKED)
    session.execute(running.values(state="waiting", lease_until=None), execution_options=_UNTRACKED)
