"""The history of awards: lists taken over and taken back, and who is the same person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import select

from webapp.models import (
    NOMINATIONS,
    AwardImport,
    AwardRecord,
    Case,
    Nomination,
    SamePerson,
    Unit,
)
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import standing_in
from webapp.operations.interventions import checked_reason
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.award_history import KEEPERS, NewRecord, known_keys, record_key, suspects
from webapp.queries.standing import may_see
from webapp.text import nfc, search_key, sort_key
from workflows.forms import Fault
from workflows.history_events import AwardsImported, AwardsTakenBack, SamePersonJudged

NO_ROWS = InvalidForm([Fault("/file", "all_known")])


def import_awards(
    unit: str, file_name: str, sha256: str, records: Sequence[NewRecord], *, actor: Actor, now: Now
) -> tuple[str, list[NewRecord]]:
    """Take over a list for a unit and all below it; returns the id of the import and the records left out, since they
    were known already or stand in the list twice.

    All or nothing. Raises NotFound, Forbidden, InvalidForm when every award is on record already.
    """
    with write(actor, now) as transaction:
        session = transaction.session
        place = session.scalar(select(Unit).where(Unit.code == unit))
        if place is None:
            raise NotFound
        _refuse_other_units(transaction, place, records)
        transaction.hold(Unit, place.id)
        fresh, left = _sorted_out(known_keys(session, records), records)
        if not fresh:
            raise NO_ROWS
        made = AwardImport(
            unit_id=place.id,
            file_name=nfc(file_name)[:300],
            sha256=sha256,
            rows=len(fresh),
            person_id=actor.person_id,
            imported_at=now.at,
        )
        session.add(made)
        session.flush()
        session.add_all(record_row(each, import_id=made.id) for each in fresh)
        happening = AwardsImported(
            unit=unit, batch=made.public_id, sha256=sha256, rows=len(fresh), known=len(left)
        )
        transaction.log("history", happening)
        return made.public_id, left


def _sorted_out(
    known: Collection[tuple[Any, ...]], records: Iterable[NewRecord]
) -> tuple[list[NewRecord], list[NewRecord]]:
    """Those to enter, and those left out: on record already, or in the list before."""
    fresh: dict[tuple[Any, ...], NewRecord] = {}
    left = []
    for each in records:
        key = record_key(each)
        if key in known or key in fresh:
            left.append(each)
        else:
            fresh[key] = each
    return list(fresh.values()), left


def _refuse_other_units(transaction: Transaction, place: Unit, records: Iterable[NewRecord]) -> None:
    standing = standing_in(transaction)
    if not standing or place.id not in standing.units(*KEEPERS):
        raise Forbidden
    wanted = {each.unit_id for each in records}
    below = transaction.session.scalars(select(Unit).where(Unit.id.in_(wanted)))
    if any(not f"{each.code}/".startswith(f"{place.code}/") for each in below):
        raise Forbidden


def record_row(record: NewRecord, **source: int) -> AwardRecord:
    """A record as it is kept; ``source`` is the list or the award of ours it comes from."""
    return AwardRecord(
        kind=record.kind,
        name=record.name,
        unit_id=record.unit_id,
        birth_year=record.birth_year,
        identity=record.identity,
        award=record.award,
        award_name=record.award_name,
        year=record.year,
        movement=record.movement,
        decided_by=record.decided_by,
        decision_number=record.decision_number,
        decided_on=record.decided_on,
        sort_key=sort_key(record.name),
        search_key=search_key(record.name),
        **source,
    )


def take_back_import(public_id: str, reason: str, *, actor: Actor, now: Now) -> None:
    """Let the records of a list count no more, with a reason.

    Raises NotFound, Forbidden, NotNow("taken_back"), InvalidForm for want of a reason.
    """
    with write(actor, now) as transaction:
        made = transaction.session.scalar(select(AwardImport).where(AwardImport.public_id == public_id))
        standing = standing_in(transaction)
        if made is None or standing is None:
            raise NotFound
        if made.unit_id not in standing.units(*KEEPERS):
            raise Forbidden
        transaction.hold(Unit, made.unit_id)
        transaction.session.refresh(made)
        if made.taken_back_at is not None:
            raise NotNow("taken_back")
        kept = checked_reason(reason)
        made.taken_back_at = now.at
        happening = AwardsTakenBack(unit=made.unit.code, batch=made.public_id, rows=made.rows)
        transaction.log("history", happening, private={"reason": kept})


def judge_same(code: str, record: str, same: bool, reason: str, *, actor: Actor, now: Now) -> None:
    """Say whether a suspected record is that of the nominee of a nomination. The last word counts.

    Raises NotFound, Forbidden, InvalidForm for want of a reason.
    """
    with write(actor, now) as transaction:
        session = transaction.session
        case_id = session.scalar(select(Case.id).where(Case.code == code, Case.process.in_(NOMINATIONS)))
        standing = standing_in(transaction)
        if case_id is None or standing is None or not may_see(session, standing, case_id):
            raise NotFound
        case = transaction.lock_case(case_id)
        if case.organiser_id not in standing.units(*KEEPERS):
            raise Forbidden
        nominee = (
            session.execute(select(Nomination).where(Nomination.case_id == case.id)).scalar_one().nominee
        )
        found = {each.public_id: each for each in suspects(session, nominee)}
        if record not in found:
            raise NotFound
        row = session.scalar(
            select(SamePerson).where(
                SamePerson.nominee_id == nominee.id, SamePerson.record_id == found[record].id
            )
        )
        if row is None:
            row = SamePerson(nominee_id=nominee.id, record_id=found[record].id)
            session.add(row)
        row.same, row.reason = same, checked_reason(reason)
        row.person_id, row.judged_at = standing.person_id, now.at
        happening = SamePersonJudged(record=record, same=same)
        transaction.log_case(case, happening, private={"reason": row.reason})
