"""Certificates printed by runs: which of a decision can be printed, in which order, and how far a run has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.documents.certificates import Blank as Sheet
from webapp.models import (
    Award,
    Blank,
    Case,
    Certificate,
    Decision,
    Nomination,
    Nominee,
    PrintPortion,
    PrintRun,
    Unit,
)
from webapp.queries.blanks import printing_places, sheet_of_measures
from webapp.queries.certificate_facts import worded_certificates
from webapp.queries.decisions import decision_of
from webapp.queries.facts import award_names
from webapp.queries.law import rule_set_for
from webapp.queries.long_work import Progress, progress_of
from webapp.queries.standing import Standing, visible
from workflows.values import local_day

ISSUE, PRINT = "issue", "print"
LIST, BY_AWARD, BY_UNIT = "list", "award", "unit"
RECENT = 5


@dataclass(frozen=True)
class Printable:
    """What of a decision can be printed: how many certificates of each type, and the blanks of its unit for them."""

    case: Case
    decision: Decision
    counts: Mapping[str, int]
    blanks: Sequence[Blank]


@dataclass(frozen=True)
class FailedPortion:
    """Certificates of a run that could not be printed, by their places in it, and why."""

    first: int
    last: int
    fault: Mapping[str, Any]


@dataclass(frozen=True)
class RunPage:
    """A run as its page shows it; counts are of certificates. ``binding``: the file is being put together."""

    run: PrintRun
    progress: Progress
    failed: tuple[FailedPortion, ...]
    binding: bool


def printable(session: Session, standing: Standing, code: str) -> Printable | None:
    """What somebody can print of a decision, whose unit's certificates they print."""
    query = (
        select(Decision)
        .join(Case, Case.id == Decision.case_id)
        .where(Case.code == code, visible(standing), Decision.unit_id.in_(printing_places(standing)))
        .options(joinedload(Decision.case), joinedload(Decision.unit))
    )
    decision = session.scalar(query)
    if decision is None:
        return None
    by_type = _valid(decision.id, Certificate.type, func.count()).group_by(Certificate.type)
    counts = Counter(dict(session.execute(by_type.order_by(Certificate.type)).all()))
    if decision.number is not None and not certificates_kept(session, decision.id):
        awards = decision_of(session, decision.case)
        counts.update(each.type for each in worded_certificates(session, awards))
    blanks = select(Blank).where(Blank.unit_id == decision.unit_id, Blank.type.in_(counts))
    return Printable(
        decision.case, decision, counts, session.scalars(blanks.order_by(Blank.type, Blank.name)).all()
    )


def certificates_kept(session: Session, decision_id: int) -> bool:
    """Whether what the certificates of a decision say was kept when it got its number; it was not always done."""
    kept = select(Certificate.id).where(
        Certificate.decision_id == decision_id, Certificate.award_id.is_not(None)
    )
    return session.scalar(kept.limit(1)) is not None


def printed_ids(session: Session, decision: Decision, ordering: str, type: str | None = None) -> list[int]:
    """Ids of the certificates of a decision that hold, of all types or of one; letters of thanks stand last."""
    query = _valid(decision.id, Certificate.id)
    query = query.where(Certificate.type == type) if type else query
    order: list[Any] = [Certificate.award_id.is_(None)]
    if ordering == BY_AWARD:
        order.append(_place_of_award(session, decision))
    elif ordering == BY_UNIT:
        query = query.outerjoin(Nominee, Nominee.id == Nomination.nominee_id).outerjoin(
            Unit, Unit.id == Nominee.unit_id
        )
        order.append(Unit.sort_key)
    return list(session.scalars(query.order_by(*order, Award.position, Certificate.id)))


def _valid(decision_id: int, *columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns)
        .select_from(Certificate)
        .outerjoin(Award, Award.id == Certificate.award_id)
        .outerjoin(Nomination, Nomination.id == Award.nomination_id)
        .where(
            Certificate.decision_id == decision_id,
            Certificate.state == "valid",
            Award.revoked_on.is_(None),
        )
    )


def _place_of_award(session: Session, decision: Decision) -> Any:
    """The order in which the rule set names awards."""
    on = decision.dated_on or local_day(decision.case.opened_at)
    names = award_names(rule_set_for(session, on, decision.unit_id), decision.unit)
    return case({code: place for place, code in enumerate(names)}, value=Nomination.award, else_=len(names))


def sheet_of_run(run: PrintRun) -> Sheet | None:
    """The blank of a run as it was measured when the run began; None for plain sheets."""
    return sheet_of_measures(run.blank) if run.blank is not None else None


def run_page(session: Session, standing: Standing, public_id: str) -> RunPage | None:
    """A run of the reader's own, or one that issues certificates which they print. A fixed number of statements."""
    query = select(PrintRun).join(Decision, Decision.id == PrintRun.decision_id)
    run = session.scalar(
        query.where(PrintRun.public_id == public_id, _own(standing)).options(
            joinedload(PrintRun.person), joinedload(PrintRun.decision).joinedload(Decision.case)
        )
    )
    if run is None:
        return None
    portions = session.scalars(
        select(PrintPortion).where(PrintPortion.run_id == run.id).order_by(PrintPortion.id)
    ).all()
    counts: Counter[str] = Counter()
    for portion in portions:
        counts[portion.state] += len(portion.certificates)
    failed = [portion for portion in portions if portion.state == "failed"]
    state = "failed" if run.state == "done" and failed else run.state
    return RunPage(
        run,
        progress_of(state, counts),
        tuple(
            FailedPortion(each.first + 1, each.first + len(each.certificates), each.fault) for each in failed
        ),
        binding=run.state == "running" and not counts["waiting"],
    )


def runs_of(session: Session, standing: Standing, case_id: int) -> list[PrintRun] | None:
    """The last runs of the decision of a case that the reader may look at, the latest first.

    None where they do not print its certificates.
    """
    places = printing_places(standing)
    mine = select(Decision.id).where(Decision.case_id == case_id, Decision.unit_id.in_(places))
    if not places or (decision_id := session.scalar(mine)) is None:
        return None
    query = select(PrintRun).join(Decision, Decision.id == PrintRun.decision_id)
    query = query.where(PrintRun.decision_id == decision_id, _own(standing))
    return list(session.scalars(query.order_by(PrintRun.id.desc()).limit(RECENT)))


def _own(standing: Standing) -> Any:
    issuing = (PrintRun.purpose == ISSUE) & Decision.unit_id.in_(printing_places(standing))
    return or_(PrintRun.person_id == standing.person_id, issuing)
