"""Prints certificates of a decision in portions: those it is issued with, and those somebody prints from its page.

Each portion is drawn and read back before its transaction, which only notes the file; the last step binds the portions.
What an issue has made is a paper of the case; what somebody has printed is kept for some days.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from webapp.documents.catalogue import CERTIFICATES_TITLE
from webapp.documents.certificates import PORTION, certificate_type
from webapp.models import Case, Decision, PrintPortion, PrintRun
from webapp.operations.acting import SYSTEM, Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.long_work import ItemWork, try_again
from webapp.operations.papers import Drawn, keep_document
from webapp.operations.print_portions import Made, made_of
from webapp.operations.refusals import InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.operations.verifications import keep_certificates
from webapp.queries.blanks import measures_of, printing_places
from webapp.queries.print_runs import ISSUE, LIST, PRINT, Printable, printable, printed_ids
from workflows.award_events import PrintRunBegun, PrintRunEnded
from workflows.forms import Fault

KEPT = dt.timedelta(days=7)
PIECE = 4
"""Portions that are drawn before other work has its turn: a second or two where each certificate is a file."""


@dataclass(frozen=True)
class NewRun:
    """What somebody wants printed: certificates of a ``type`` (empty: all) on a ``blank`` (public id; empty: plain)."""

    type: str
    blank: str
    ordering: str
    arrangement: str


def begin_run(code: str, new: NewRun, *, actor: Actor, now: Now) -> str:
    """Let certificates of a decision be printed; returns the public id of the run, of one at work that prints the same
    for the same person. Raises NotFound and InvalidForm.
    """
    with write(actor, now) as transaction:
        found = printable(transaction.session, acting_standing(transaction), code)
        if found is None:
            raise NotFound
        transaction.lock_case(found.case.id)
        blank = _blank(found, new)
        kind = new.type or (blank["type"] if blank else "")
        if not kind and not found.counts:
            raise InvalidForm([Fault("/type", "nothing_to_print")])
        run = PrintRun(
            person_id=actor.person_id,
            decision=found.decision,
            purpose=PRINT,
            type=kind or None,
            ordering=new.ordering,
            arrangement=new.arrangement,
            blank=blank["measures"] if blank else None,
            file_name=_file_name(found.case, kind, new.arrangement),
        )
        return _at_work(transaction, run) or _begin(transaction, run)


def _at_work(transaction: Transaction, run: PrintRun) -> str | None:
    """The public id of a run that was begun by the same click, or as if."""
    query = select(PrintRun).where(
        PrintRun.person_id == run.person_id,
        PrintRun.decision_id == run.decision.id,
        PrintRun.purpose == PRINT,
        PrintRun.state == "running",
    )

    def asks(each: PrintRun) -> list[Any]:
        return [each.type, each.ordering, each.arrangement, each.blank]

    with transaction.session.no_autoflush:
        running = transaction.session.scalars(query).all()
        return next((each.public_id for each in running if asks(each) == asks(run)), None)


def _blank(found: Printable, new: NewRun) -> dict[str, Any] | None:
    """The blank that was chosen, with its measures of now."""
    if not new.blank:
        return None
    blank = next((each for each in found.blanks if each.public_id == new.blank), None)
    if blank is None:
        raise NotFound
    if new.type not in ("", blank.type):
        raise InvalidForm([Fault("/blank", "blank_of_other_type")])
    if new.arrangement == "two_up":
        raise InvalidForm([Fault("/arrangement", "two_up_on_blank")])
    return {"type": blank.type, "measures": measures_of(blank)}


def _file_name(case: Case, kind: str, arrangement: str) -> str:
    title = certificate_type(kind).title if kind else CERTIFICATES_TITLE
    return f"{title} {case.code}.{'zip' if arrangement == 'zip' else 'pdf'}"


def begin_issue(transaction: Transaction, case: Case, effect_id: str) -> str:
    """Let the certificates of a numbered decision be drawn up; its case waits for them. Returns the run's public id."""
    decision = transaction.session.execute(select(Decision).where(Decision.case_id == case.id)).scalar_one()
    run = PrintRun(
        decision=decision,
        purpose=ISSUE,
        ordering=LIST,
        arrangement="one_file",
        file_name=f"{CERTIFICATES_TITLE} {case.code}.pdf",
        effect_id=effect_id,
    )
    return _begin(transaction, run)


def _begin(transaction: Transaction, run: PrintRun) -> str:
    keep_certificates(transaction, run.decision)
    ids = printed_ids(transaction.session, run.decision, run.ordering, run.type)
    run.total, run.started_at = len(ids), transaction.now.at
    portions = [{"first": at, "certificates": ids[at : at + PORTION]} for at in range(0, len(ids), PORTION)]
    return PRINTS.begin(transaction, run, [*portions, {"first": len(ids), "certificates": []}])


def _keep(transaction: Transaction, run: PrintRun, portion: PrintPortion, made: Made) -> None:
    """Note the file of a portion; with the whole file the run has ended, in the same transaction."""
    if portion.certificates:
        portion.sha256 = made.stored.sha256
        return
    run.sha256, run.size = made.stored.sha256, made.stored.size
    if made.drawn is not None:
        _tell(transaction, run, made.drawn)
    transaction.session.execute(
        update(PrintPortion).where(PrintPortion.run_id == run.id).values(sha256=None)
    )  # the sweep removes them
    portion.state = "done"
    PRINTS.end(transaction, run, "done")


def _tell(transaction: Transaction, run: PrintRun, drawn: Drawn) -> None:
    """Keep what was issued as a paper of the case, and tell the case that it is there."""
    case = transaction.lock_case(run.decision.case_id)
    run.file_name = drawn.filename
    keep_document(transaction, case, drawn)
    message_id = f"{case.code}/{run.effect_id}"
    transaction.promise("papers_ready", {}, receiver_id=case.id, message_id=message_id)


class _Prints(ItemWork[PrintRun, PrintPortion]):
    """What was cancelled can go on, as long as its portions are kept; those of an issue are kept until it is done."""

    def end(self, transaction: Transaction, made: PrintRun, state: str) -> None:
        made.expires_at = None if made.purpose == ISSUE else transaction.now.wall + KEPT
        super().end(transaction, made, state)

    def again(self, transaction: Transaction, made: PrintRun) -> bool:
        if made.state not in ("done", "cancelled") or made.sha256 is not None:
            return False
        failed = update(PrintPortion).where(PrintPortion.run_id == made.id, PrintPortion.state == "failed")
        transaction.session.execute(failed.values(state="waiting", fault={}))
        made.state, made.ended_at, made.expires_at = "running", None, None
        self.tell_begun(transaction, made, self.count(transaction, made, "waiting"))
        return True


def _begun(run: PrintRun, _waiting: int) -> PrintRunBegun:
    return PrintRunBegun(
        run=run.public_id,
        decision=run.decision.case.code,
        purpose=run.purpose,
        kind=run.type,
        ordering=run.ordering,
        arrangement=run.arrangement,
        blank=run.blank["name"] if run.blank else None,
        certificates=run.total,
    )


def _ended(run: PrintRun, state: str, _done: int, _failed: int) -> PrintRunEnded:
    printed = run.total if run.sha256 else 0
    return PrintRunEnded(
        run=run.public_id, decision=run.decision.case.code, state=state, certificates=printed
    )


PRINTS = _Prints(
    made=PrintRun,
    over="print_ended",
    item=PrintPortion,
    of=PrintPortion.run_id,
    stream="prints",
    begun=_begun,
    ended=_ended,
    do=_keep,
    person=lambda run: run.person,
    prepare=made_of,
    piece=PIECE,
)
"""Certificates that are printed, as work that can be left."""


def cancel_run(public_id: str, *, actor: Actor, now: Now) -> None:
    """Print no more of it. Raises NotFound, NotNow("print_ended")."""
    with write(actor, now) as transaction:
        run = _held(transaction, public_id)
        if run.state != "running":
            raise NotNow(PRINTS.over)
        PRINTS.end(transaction, run, "cancelled")


def retry_run(public_id: str, *, actor: Actor, now: Now) -> None:
    """Go on with what failed or was cancelled. Raises NotFound, NotNow("nothing_to_retry")."""
    with write(actor, now) as transaction:
        try_again(transaction, PRINTS, _held(transaction, public_id))


def _held(transaction: Transaction, public_id: str) -> PrintRun:
    """A run of the actor's own, or an issue of a unit whose certificates they print, locked."""
    query = select(PrintRun).where(PrintRun.public_id == public_id).with_for_update()
    run = transaction.session.scalar(query.execution_options(populate_existing=True))
    if run is None:
        raise NotFound
    places = printing_places(acting_standing(transaction))
    issuing = run.purpose == ISSUE and run.decision.unit_id in places
    if not issuing and run.person_id != transaction.actor.person_id:
        raise NotFound
    return run


def forget_prints(wall: dt.datetime) -> None:
    """Let go of the files that were kept long enough; the sweep removes them."""
    with write(SYSTEM, Now(wall, wall)) as transaction:
        over = select(PrintRun.id).where(PrintRun.expires_at < wall)
        portions = update(PrintPortion).where(PrintPortion.run_id.in_(over))
        transaction.session.execute(portions.values(sha256=None))
        runs = update(PrintRun).where(PrintRun.expires_at < wall)
        transaction.session.execute(runs.values(state="expired", sha256=None, expires_at=None))
