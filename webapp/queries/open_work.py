"""What a campaign leaves open when it is closed: dossiers, decisions, reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import NOMINATIONS, Award, AwardRound, Case, Decision, Nomination, Task, Unit
from webapp.queries.plans import milestone_of
from webapp.queries.reviews import REPORT, VERIFY


@dataclass(frozen=True)
class OpenReport:
    """A report that a unit has not sent yet, or that nobody has verified."""

    unit: str
    review: str
    sent: bool


@dataclass(frozen=True)
class OpenWork:
    """``decisions`` are those of which a certificate is not handed over, or that are not published."""

    dossiers: Sequence[Case]
    decisions: Sequence[Case]
    reports: Sequence[OpenReport]

    def __bool__(self) -> bool:
        return bool(self.dossiers or self.decisions or self.reports)


def open_work(session: Session, task_id: str) -> OpenWork:
    """What is open in the campaign of a task (its public id); beside the end of a round, of that round alone,
    which has no reports."""
    task = session.execute(select(Task).where(Task.public_id == task_id)).scalar_one()
    campaign_id, of_round = task.case.campaign_id, task.element == "close_round"
    dossiers = select(Case).where(Case.campaign_id == campaign_id, Case.state != "ended")
    decisions = dossiers.join(Decision, Decision.case_id == Case.id).order_by(Case.id)
    if of_round:
        round_ = select(AwardRound.id).where(
            AwardRound.campaign_id == campaign_id, AwardRound.code == milestone_of(task.items)
        )
        of_it = Nomination.round_id.in_(round_)
        dossiers = dossiers.join(Nomination, Nomination.case_id == Case.id).where(of_it)
        decisions = decisions.where(Decision.awards.any(Award.nomination.has(of_it)))
    return OpenWork(
        session.scalars(dossiers.where(Case.process.in_(NOMINATIONS)).order_by(Case.id)).all(),
        session.scalars(decisions).all(),
        () if of_round else _reports(session, task.case),
    )


def _reports(session: Session, case: Case) -> list[OpenReport]:
    query = (
        select(Task.element, Task.items, Unit.name)
        .join(Unit, Unit.id == Task.unit_id)
        .where(Task.case_id == case.id, Task.status == "open", Task.element.in_((REPORT, VERIFY)))
        .order_by(Unit.sort_key)
    )
    return [
        OpenReport(name, items["milestone"]["code"], element == VERIFY)
        for element, items, name in session.execute(query)
    ]
