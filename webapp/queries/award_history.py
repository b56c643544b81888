"""What was awarded before: by list, of a nominee (surely or perhaps the same), and what is on record already."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from webapp.models import Award, AwardImport, AwardRecord, Nomination, Nominee, SamePerson, Unit
from webapp.queries.standing import AT_AUTHORITY, AT_SUBMITTER, Standing, at_or_below
from webapp.text import search_key
from workflows.rules.identity import Likeness, Somebody, likeness
from workflows.vocabulary import NomineeKind

KEEPERS = frozenset({"specialist", "head", "secretary"})
"""Who keeps the history of the unit they work in and of all below it."""

PAGE_SIZE = 50
_twin = aliased(AwardRecord)
_given = aliased(Award)


@dataclass(frozen=True)
class NewRecord:
    """An award to be put on record; ``award``: its code, where a rule set knows it."""

    kind: NomineeKind
    name: str
    unit_id: int
    award: str | None
    award_name: str
    year: int
    movement: str
    birth_year: int | None = None
    identity: str | None = None
    decided_by: str | None = None
    decision_number: str | None = None
    decided_on: dt.date | None = None


@dataclass(frozen=True)
class PastEntry:
    """A record of a nominee; ``judged``: somebody has said that it is theirs."""

    record: AwardRecord
    likeness: Likeness
    judged: bool = False


@dataclass(frozen=True)
class Wanted:
    """Which records: ``q`` finds names without marks, of a year, with an award; only those that may be twins."""

    q: str = ""
    year: int | None = None
    award: str = ""
    twins: bool = False


def listed() -> ColumnElement[bool]:
    """Condition on AwardRecord: it comes from a decision, or from a list that has not been taken back."""
    taken_back = exists().where(
        AwardImport.id == AwardRecord.import_id, AwardImport.taken_back_at.is_not(None)
    )
    return ~taken_back


def counting() -> ColumnElement[bool]:
    """Condition on AwardRecord: it is listed, and no decision has revoked it."""
    revoked = exists().where(_given.id == AwardRecord.award_id, _given.revoked_on.is_not(None))
    return and_(listed(), ~revoked)


def record_key(record: NewRecord | AwardRecord) -> tuple[Any, ...]:
    """Records alike in this are one award, entered twice."""
    return (
        record.kind,
        search_key(record.name),
        record.unit_id,
        record.birth_year,
        record.identity,
        record.award or search_key(record.award_name),
        record.year,
    )


def known_keys(session: Session, records: Sequence[NewRecord]) -> set[tuple[Any, ...]]:
    """The keys of what is on record in the units and years that the new ones speak of. One statement."""
    units = {each.unit_id for each in records}
    years = {each.year for each in records}
    query = select(AwardRecord).where(AwardRecord.unit_id.in_(units), AwardRecord.year.in_(years), counting())
    return {record_key(each) for each in session.scalars(query)}


def somebody(one: Nominee | AwardRecord) -> Somebody:
    """An entry as the rule compares it."""
    return Somebody(one.kind, one.search_key, one.unit_id, one.birth_year, one.identity)


def history_of(session: Session, nominees: Collection[Nominee]) -> Mapping[int, tuple[PastEntry, ...]]:
    """Nominee id → records that are or may be theirs, the latest first; two statements for any number.

    What our own decision awarded to the nominee is theirs, whatever name stood on the paper.
    """
    by_name: defaultdict[str, list[AwardRecord]] = defaultdict(list)
    by_identity: defaultdict[str, list[AwardRecord]] = defaultdict(list)
    own: defaultdict[int | None, dict[int, AwardRecord]] = defaultdict(dict)
    for record, awarded in session.execute(_candidates(nominees)):
        by_name[record.search_key].append(record)
        by_identity[record.identity or ""].append(record)
        own[awarded][record.id] = record
    judged = _judged(session, nominees)
    found = {}
    for nominee in nominees:
        here = {record.id: record for record in by_name[nominee.search_key]}
        here |= {record.id: record for record in by_identity[nominee.identity or ""] if nominee.identity}
        entries = [_entry(nominee, each, judged) for key, each in here.items() if key not in own[nominee.id]]
        entries += [PastEntry(each, "same", judged=False) for each in own[nominee.id].values()]
        found[nominee.id] = tuple(
            sorted((each for each in entries if each), key=lambda each: (-each.record.year, each.record.id))
        )
    return found


def _candidates(nominees: Collection[Nominee]) -> Select[AwardRecord, int]:
    """Records, each with the id of the nominee whom our own decision awarded, if it comes from one."""
    names = {nominee.search_key for nominee in nominees}
    identities = {nominee.identity for nominee in nominees if nominee.identity}
    alike = AwardRecord.search_key.in_(names), AwardRecord.identity.in_(identities)
    return (
        select(AwardRecord, Nomination.nominee_id)
        .outerjoin(Award, Award.id == AwardRecord.award_id)
        .outerjoin(Nomination, Nomination.id == Award.nomination_id)
        .where(or_(*alike, Nomination.nominee_id.in_([each.id for each in nominees])), counting())
        .options(joinedload(AwardRecord.unit))
    )


def _judged(session: Session, nominees: Collection[Nominee]) -> dict[tuple[int, int], bool]:
    rows = session.execute(
        select(SamePerson.nominee_id, SamePerson.record_id, SamePerson.same).where(
            SamePerson.nominee_id.in_([nominee.id for nominee in nominees])
        )
    )
    return {(nominee_id, record_id): same for nominee_id, record_id, same in rows}


def _entry(nominee: Nominee, record: AwardRecord, judged: Mapping[tuple[int, int], bool]) -> PastEntry | None:
    like = likeness(somebody(nominee), somebody(record))
    said = judged.get((nominee.id, record.id))
    if like is None or said is False:
        return None
    return PastEntry(record, "same" if said else like, judged=bool(said))


def suspects(session: Session, nominee: Nominee) -> list[AwardRecord]:
    """Records that may be the nominee's by name, year and unit, whatever has been said of them."""
    return [
        record
        for record in session.scalars(_candidates([nominee]))
        if likeness(somebody(nominee), somebody(record)) == "suspected"
    ]


def readable(standing: Standing) -> ColumnElement[bool]:
    """Condition on Unit: the reader may know what was awarded there; who submits knows their own unit's."""
    return or_(
        at_or_below(standing, *AT_AUTHORITY, *AT_SUBMITTER, "auditor"),
    )


def award_records(session: Session, standing: Standing, wanted: Wanted, page: int) -> list[AwardRecord]:
    """One page of the history, by name in Vietnamese order, then the latest first."""
    query = (
        _wanted(select(AwardRecord), standing, wanted)
        .options(joinedload(AwardRecord.unit), joinedload(AwardRecord.given).joinedload(Award.revoked_by))
        .order_by(AwardRecord.sort_key, AwardRecord.year.desc(), AwardRecord.id)
    )
    return list(session.scalars(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)))


def count_records(session: Session, standing: Standing, wanted: Wanted) -> int:
    """How many fit."""
    return session.scalar(_wanted(select(func.count(AwardRecord.id)), standing, wanted)) or 0


def _wanted(query: Select[Any], standing: Standing, wanted: Wanted) -> Select[Any]:
    query = query.join(Unit, Unit.id == AwardRecord.unit_id).where(readable(standing), listed())
    if wanted.q:
        query = query.where(AwardRecord.search_key.contains(search_key(wanted.q), autoescape=True))
    if wanted.year:
        query = query.where(AwardRecord.year == wanted.year)
    if wanted.award:
        query = query.where(AwardRecord.award == wanted.award)
    if wanted.twins:
        query = query.where(_has_twin())
    return query


def _has_twin() -> ColumnElement[bool]:
    """Another record of the name and birth year stands in another unit, without identity numbers that differ."""
    return exists().where(
        _twin.search_key == AwardRecord.search_key,
        _twin.kind == AwardRecord.kind,
        _twin.birth_year == AwardRecord.birth_year,
        _twin.unit_id != AwardRecord.unit_id,
        or_(_twin.identity.is_(None), AwardRecord.identity.is_(None)),
    )


def history_years(session: Session, standing: Standing) -> list[int]:
    """The years in which something is on record, the latest first."""
    query = _wanted(select(AwardRecord.year).distinct(), standing, Wanted())
    return list(session.scalars(query.order_by(AwardRecord.year.desc())))


def keeping_units(session: Session, standing: Standing) -> list[Unit]:
    """The units whose history the person keeps."""
    query = select(Unit).where(Unit.id.in_(standing.units(*KEEPERS)))
    return list(session.scalars(query.order_by(Unit.sort_key)))


def award_imports(session: Session, standing: Standing) -> list[AwardImport]:
    """Lists taken over for the units whose history the person keeps, the latest first."""
    query = (
        select(AwardImport)
        .where(AwardImport.unit_id.in_(standing.units(*KEEPERS)))
        .options(joinedload(AwardImport.unit), joinedload(AwardImport.person))
    )
    return list(session.scalars(query.order_by(AwardImport.id.desc()).limit(PAGE_SIZE)))


def units_below(session: Session, place: Unit) -> list[Unit]:
    """The unit and all below it."""
    below = or_(Unit.id == place.id, Unit.code.startswith(place.code + "/", autoescape=True))
    return list(session.scalars(select(Unit).where(below)))
