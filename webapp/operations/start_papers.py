"""Papers chosen on a form that opens a case: they wait for the person until the case takes them over."""

from __future__ import annotations

from sqlalchemy import func, select

from webapp.models import WaitingPaper
from webapp.operations.acting import Actor, Now
from webapp.operations.papers import PaperRefused, Upload, store_upload
from webapp.operations.starts import admitted
from webapp.operations.transaction import Transaction, write

MOST = 60
"""Papers of one person that may wait at once: some forms full of pictures, and nobody fills the disk."""


def add_start_paper(process: str, campaign_code: str, upload: Upload, *, actor: Actor, now: Now) -> str:
    """Take in a paper for the form that opens a case of ``process``; returns its public id.

    Nobody else sees it until the case is open; the sweep removes it when none is opened within a day. Nothing stands
    in the log before. Raises PaperRefused, Forbidden, NotFound, NotNow.
    """
    with write(actor, now) as transaction:
        _refuse_unless_welcome(transaction, process, campaign_code)  # nobody else fills the disk
    stored = store_upload(upload)
    with write(actor, now) as transaction:
        _refuse_unless_welcome(transaction, process, campaign_code)
        paper = WaitingPaper(
            person_id=actor.person_id,
            kind=upload.kind,
            filename=stored.filename,
            media_type=stored.media_type,
            size=stored.size,
            sha256=stored.sha256,
            saved_at=now.wall,
        )
        transaction.session.add(paper)
        transaction.session.flush()
        return paper.public_id


def _refuse_unless_welcome(transaction: Transaction, process: str, campaign_code: str) -> None:
    _campaign, person, _standing = admitted(transaction, process, campaign_code)
    waiting = select(func.count()).select_from(WaitingPaper).where(WaitingPaper.person_id == person.id)
    if transaction.session.execute(waiting).scalar_one() >= MOST:
        raise PaperRefused("too_many")
