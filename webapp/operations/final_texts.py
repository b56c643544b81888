"""Takes back the text of a decision that was edited outside, and decides on what its list says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from webapp.models import Case, DecisionVersion, FinalText, Paper
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.form_papers import enter_paper
from webapp.operations.interventions import checked_reason
from webapp.operations.papers import PaperRefused, Upload, store_upload
from webapp.operations.refusals import Forbidden, NotFound, NotNow
from webapp.operations.steps import refuse_unless_active
from webapp.operations.transaction import Transaction, write
from webapp.queries.decision_versions import may_edit, newest_version, takes_texts
from webapp.queries.papers import FINAL_TEXT
from webapp.queries.standing import may_see
from workflows.award_events import FinalTextDecided, FinalTextTaken

if TYPE_CHECKING:
    from webapp.documents.list_differences import Difference


def take_back(code: str, file: Upload, *, actor: Actor, now: Now) -> str:
    """Take a Word file back as the text of the newest version; returns its public id.

    Its list is compared with ours: without differences it is accepted at once, else somebody decides on them. That its
    words are other ones is noted: for that it was edited. One that waited gives way. Raises NotFound, Forbidden,
    NotNow("no_draft"), CaseFrozen, PaperRefused, and UnreadableTextError.
    """
    from webapp.documents import render_docx
    from webapp.documents.read_back import (
        differences,
        read_back,
        wording_differences,
    )  # few processes read them

    if not file.filename.lower().endswith(".docx"):
        raise PaperRefused("wrong_type")
    with write(actor, now) as transaction:
        drafted = _newest(transaction, _edited_case(transaction, code))  # nobody else fills the disk
        number, facts = drafted.number, drafted.facts
    stored = store_upload(file)
    file.content.seek(0)
    read = read_back(file.content.read())
    wording = wording_differences(read_back(render_docx("decision", facts, draft=True)).prose, read.prose)
    with write(actor, now) as transaction:
        case = _edited_case(transaction, code)
        version = _newest(transaction, case)
        if version.number != number:  # drafted anew meanwhile
            raise NotNow("no_draft")
        found = differences(version.facts, read)
        paper_id = enter_paper(transaction, case, FINAL_TEXT, stored)
        text = _entered(transaction, version, paper_id, found, wording)
        transaction.log_case(
            case, FinalTextTaken(version=version.number, sha256=stored.sha256, differences=len(found))
        )
        return text.public_id


def decide(public_id: str, *, accept: bool, reason: str, actor: Actor, now: Now) -> None:
    """Accept the differences of a text that came back, or refuse it; either needs a reason.

    Raises NotFound, Forbidden, NotNow("text_decided"), CaseFrozen, InvalidForm for want of a reason.
    """
    with write(actor, now) as transaction:
        query = select(FinalText).where(FinalText.public_id == public_id)
        text = transaction.session.scalar(query.options(joinedload(FinalText.paper)))
        if text is None:
            raise NotFound
        case = _editable(transaction, text.paper.case_id or 0)
        transaction.session.refresh(text)
        if text.state != "waiting":
            raise NotNow("text_decided")
        text.reason = checked_reason(reason)
        if accept:
            _replace(transaction, text.version, ("accepted",))
        text.state = "accepted" if accept else "refused"
        text.decided_by_id, text.decided_at = transaction.actor.person_id, transaction.now.at
        happening = FinalTextDecided(version=text.version.number, sha256=text.paper.sha256, accepted=accept)
        transaction.log_case(case, happening, private={"reason": text.reason})


def _edited_case(transaction: Transaction, code: str) -> Case:
    """The case of a decision whose text may come back, locked."""
    case_id = transaction.session.scalar(
        select(Case.id).where(Case.code == code, Case.process == "award_issuance")
    )
    case = _editable(transaction, case_id or 0)
    if not takes_texts(transaction.session, case):
        raise NotNow("no_draft")
    return case


def _newest(transaction: Transaction, case: Case) -> DecisionVersion:
    version = newest_version(transaction.session, case)
    assert version is not None  # the case takes texts
    return version


def _replace(transaction: Transaction, version: DecisionVersion, states: Sequence[str]) -> None:
    """Texts of this decision in these states are followed by another one."""
    versions = select(DecisionVersion.id).where(DecisionVersion.decision_id == version.decision_id)
    followed = FinalText.version_id.in_(versions), FinalText.state.in_(states)
    transaction.session.execute(update(FinalText).where(*followed).values(state="replaced"))


def _editable(transaction: Transaction, case_id: int) -> Case:
    """A case the actor works on the text of, locked and active."""
    standing = acting_standing(transaction)
    if not may_see(transaction.session, standing, case_id):
        raise NotFound
    case = transaction.lock_case(case_id)
    if not may_edit(standing, case):
        raise Forbidden
    refuse_unless_active(case)
    return case


def _entered(
    transaction: Transaction,
    version: DecisionVersion,
    paper_id: str,
    found: Sequence[Difference],
    wording: Sequence[Difference],
) -> FinalText:
    """The row of a text; those that still wait give way to it, and to one with our list those that were accepted."""
    session = transaction.session
    _replace(transaction, version, ("waiting",) if found else ("waiting", "accepted"))
    paper = session.scalars(select(Paper).where(Paper.public_id == paper_id)).one()
    text = FinalText(
        version_id=version.id,
        paper_id=paper.id,
        found=[asdict(each) for each in (*found, *wording)],
        state="waiting" if found else "accepted",
    )
    session.add(text)
    session.flush()
    return text
