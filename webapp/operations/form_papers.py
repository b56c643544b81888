"""The papers a form names: bound to its entry when it is completed; what they are, whatever their ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, union_all

from webapp.extensions import db
from webapp.models import Case, FormEntry, Paper, WaitingPaper
from webapp.models.types import is_uuid
from webapp.operations.acting import Actor
from webapp.operations.refusals import InvalidForm
from webapp.operations.transaction import Transaction
from workflows import forms
from workflows.events import PaperAdded
from workflows.forms import Fault, Schema


@dataclass(frozen=True)
class StoredUpload:
    """A file as it was kept: its name, media type, size in bytes and digest."""

    filename: str
    media_type: str
    size: int
    sha256: str


def bind_papers(
    transaction: Transaction,
    entry: FormEntry,
    schema: Schema,
    kept: Mapping[str, Any],
) -> list[Paper]:
    """Bind the papers named on the form to the entry; each is one of its case, added for its field.

    A paper that an earlier form has handed in stays with that one. Raises InvalidForm with ``paper_unknown``.
    """
    uses = forms.papers_of(schema, kept)
    named = [use.paper_id for use in uses]
    if not named:
        return []
    of_case = Paper.public_id.in_(named), Paper.case_id == entry.case_id
    papers = list(transaction.session.scalars(select(Paper).where(*of_case)))
    kinds = {paper.public_id: paper.kind for paper in papers}
    if faults := [
        Fault(use.pointer, "paper_unknown") for use in uses if kinds.get(use.paper_id) != use.paper_type
    ]:
        raise InvalidForm(faults, schema)
    for paper in papers:
        if paper.form_entry_id is None:
            paper.form_entry_id = entry.id
    return papers


def take_over(transaction: Transaction, case: Case, schema: Schema, kept: Mapping[str, Any]) -> None:
    """What the form that opens the case names and the actor has waiting becomes papers of the case, in its log."""
    named = [use.paper_id for use in forms.papers_of(schema, kept)]
    if not named:
        return
    own = WaitingPaper.public_id.in_(named), WaitingPaper.person_id == transaction.actor.person_id
    # Locked: of two forms that name a paper at once, one gets it.
    query = select(WaitingPaper).where(*own).order_by(WaitingPaper.id).with_for_update()
    for waits in transaction.session.scalars(query).all():
        enter_paper(transaction, case, waits.kind, waits, public_id=waits.public_id)
        transaction.session.delete(waits)


def enter_paper(
    transaction: Transaction, case: Case, kind: str, kept: StoredUpload | Paper | WaitingPaper, **more: str
) -> str:
    """A file that is kept becomes a paper of a case, handed in by the actor, in its log; returns its public id.

    ``more``: a ``public_id`` that it has already.
    """
    paper = Paper(
        case_id=case.id,
        kind=kind,
        filename=kept.filename,
        media_type=kept.media_type,
        size=kept.size,
        sha256=kept.sha256,
        uploaded_by_id=transaction.actor.person_id,
        created_at=transaction.now.at,
        **more,
    )
    transaction.session.add(paper)
    transaction.session.flush()
    transaction.log_case(case, PaperAdded(paper=paper.public_id, kind=kind, sha256=paper.sha256))
    return paper.public_id


def by_content(actor: Actor, data: Any) -> Any:
    """``data`` with the digest of each paper of the actor instead of its id.

    A form that is sent twice uploads its files twice: under other ids it is the same request still.
    """
    named = {text for text in _texts(data) if is_uuid(text)}
    if not named:
        return data
    handed_in = select(Paper.public_id, Paper.sha256).where(
        Paper.public_id.in_(named), Paper.uploaded_by_id == actor.person_id
    )
    waiting = select(WaitingPaper.public_id, WaitingPaper.sha256).where(
        WaitingPaper.public_id.in_(named), WaitingPaper.person_id == actor.person_id
    )
    return _replaced(data, {row[0]: row[1] for row in db.session.execute(union_all(handed_in, waiting))})


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping | list):
        for part in data.values() if isinstance(data, Mapping) else data:
            yield from _texts(part)


def _replaced(data: Any, others: Mapping[str, str]) -> Any:
    if isinstance(data, Mapping):
        return {name: _replaced(part, others) for name, part in data.items()}
    if isinstance(data, list):
        return [_replaced(part, others) for part in data]
    return others.get(data, data) if isinstance(data, str) else data
