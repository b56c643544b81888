"""What of a nominee's case is personal, and where it lies: the one list for the page that asks and the act that erases.

What stands in the record of a collective act (a submission, a session, a decision) is not among it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select, union
from sqlalchemy.orm import Session, aliased

from webapp import eventlog
from webapp.eventlog import case_stream
from webapp.models import (
    BulkAct,
    BulkItem,
    Case,
    ExemplarNomination,
    FormDraft,
    FormEntry,
    IntroducedPicture,
    Introduction,
    Mail,
    Nomination,
    Nominee,
    Notice,
    Override,
    Paper,
    Registration,
    RegistrationVersion,
    Remark,
    Replication,
    RowImportLine,
    Suspension,
    Task,
)

KEPT_EVENTS = frozenset({"erasure_proposed", "erasure_decided"})
"""Events whose private part is the ground of the erasure itself."""

_task, _other = aliased(Task), aliased(Case)


@dataclass(frozen=True)
class Part:
    """Rows of a kind, by the row ids of the cases."""

    model: type[Any]
    where: Callable[[Sequence[int]], ColumnElement[bool]]


def _of_case(model: type[Any]) -> Part:
    return Part(model, lambda cases: model.case_id.in_(cases))


def _tasks(cases: Sequence[int]) -> Any:
    return select(Task.id).where(Task.case_id.in_(cases))


def _nominations(cases: Sequence[int]) -> Any:
    return select(Nomination.id).where(Nomination.case_id.in_(cases))


def _registrations(cases: Sequence[int]) -> Any:
    return select(Registration.id).where(Registration.case_id.in_(cases))


def _introductions(cases: Sequence[int]) -> Any:
    return select(Introduction.id).where(Introduction.case_id.in_(cases))


def _codes(cases: Sequence[int]) -> Any:
    return select(Case.code).where(Case.id.in_(cases))


def _bulk(cases: Sequence[int]) -> ColumnElement[bool]:
    """Acts on many of which each case is erased by now, or is one of these."""
    mine = select(BulkItem.bulk_id).where(BulkItem.task_id.in_(_tasks(cases)))
    others = exists().where(
        BulkItem.bulk_id == BulkAct.id,
        _task.id == BulkItem.task_id,
        _other.id == _task.case_id,
        _other.erased_at.is_(None),
        _other.id.not_in(cases),
    )
    return BulkAct.id.in_(mine) & (BulkAct.state != "running") & ~others


PARTS: dict[str, Part] = {
    "forms": _of_case(FormEntry),
    "drafts": Part(FormDraft, lambda cases: FormDraft.task_id.in_(_tasks(cases))),
    "papers": _of_case(Paper),
    "remarks": _of_case(Remark),
    "mails": _of_case(Mail),
    "notices": _of_case(Notice),
    "overrides": Part(Override, lambda cases: Override.nomination_id.in_(_nominations(cases))),
    "suspensions": _of_case(Suspension),
    "versions": Part(
        RegistrationVersion, lambda cases: RegistrationVersion.registration_id.in_(_registrations(cases))
    ),
    "list_rows": Part(RowImportLine, lambda cases: RowImportLine.case_code.in_(_codes(cases))),
    "bulk_forms": Part(BulkAct, _bulk),
    "exemplars": Part(
        ExemplarNomination, lambda cases: ExemplarNomination.nomination_id.in_(_nominations(cases))
    ),
    "pictures": Part(
        IntroducedPicture, lambda cases: IntroducedPicture.introduction_id.in_(_introductions(cases))
    ),
    "introductions": _of_case(Introduction),
    "results": _of_case(Replication),
}


def parts_of(session: Session, cases: Sequence[Case]) -> dict[str, int]:
    """How much of each kind there is, personal parts of the log first; kinds without any are left out."""
    ids = [case.id for case in cases]
    found = {"log": sum(len(logged_parts(session, case)) for case in cases)}
    for kind, part in PARTS.items():
        query = select(func.count()).select_from(part.model).where(part.where(ids))
        found[kind] = session.scalar(query) or 0
    return {kind: count for kind, count in found.items() if count}


def names_of(session: Session, cases: Sequence[Case]) -> set[str]:
    """What the cases, their nominees and earlier versions are called."""
    ids = [case.id for case in cases]
    nominees = (select(link.nominee_id).where(link.case_id.in_(ids)) for link in (Nomination, Registration))
    registered = RegistrationVersion.registration_id.in_(_registrations(ids))
    names = (
        select(Case.title).where(Case.id.in_(ids)),
        *(select(Nominee.name).where(Nominee.id.in_(some)) for some in nominees),
        select(RegistrationVersion.name).where(registered),
        select(Introduction.name).where(Introduction.case_id.in_(ids)),
    )
    return set(session.scalars(union(*names)))


def logged_parts(session: Session, case: Case) -> list[int]:
    """Row ids of the events of a case that have a personal part which goes."""
    events = eventlog.read_stream(session, case_stream(case.code))
    return [event.id for event in events if event.private is not None and event.type not in KEPT_EVENTS]


def files_of(session: Session, case: Case) -> list[str]:
    """Digests of the files of a case, each once, in their order."""
    return sorted(set(session.scalars(select(Paper.sha256).where(Paper.case_id == case.id))))
