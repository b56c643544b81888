"""Whether a nomination has the papers its award asks for, by the rules of the day it was received."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import AgendaItem, Case, CouncilSession, Nomination, Task
from webapp.queries.declared_papers import held_types
from webapp.queries.law import rule_set_for
from workflows.law import PaperStage, PaperType
from workflows.values import local_day

ASKED: Mapping[str, tuple[PaperStage, ...]] = {
    "check_dossier": ("dossier",),
    "consider_award": ("dossier",),
    "appraise": ("dossier", "assessment"),
    "appraise_at_province": ("dossier", "assessment", "council"),
}
"""By which task which papers are to be there."""

OWN: tuple[PaperStage, ...] = ("dossier", "assessment")
SIMPLE: tuple[PaperStage, ...] = ("dossier",)
PREPARED = frozenset({"prepare_dossier", "prepare_on_behalf"})
SUPPLEMENTED: Mapping[str, tuple[PaperStage, ...]] = {
    "supplement_dossier": SIMPLE,
    "supplement_for_district": OWN,
    "supplement_for_province": ASKED["appraise_at_province"],
    "supplement_by_submitter": ASKED["appraise_at_province"],
}
"""By which supplement which papers can be asked for."""

BALLOT_RESULT = "secret_ballot_result"


@dataclass(frozen=True)
class PaperLine:
    """A paper of the list of an award; ``there``: it has been handed in, or made by the council."""

    paper: PaperType
    there: bool

    @property
    def missing(self) -> bool:
        return self.paper.required and not self.there


def paper_list(session: Session, case: Case, stages: Collection[PaperStage]) -> list[PaperLine]:
    """The papers a nomination can or must hold by these stages, the required ones first.

    An extraordinary merit goes by the simple procedure: no meeting assesses it and no council votes on it.
    """
    stages = SIMPLE if case.process == "extraordinary" else stages
    nomination = session.scalars(select(Nomination).where(Nomination.case_id == case.id)).one()
    day: dt.date = nomination.received_on or local_day(case.opened_at)
    rules = rule_set_for(session, day, case.organiser_id)
    found = _there(session, case, nomination)
    papers = rules.dossier_papers(nomination.award, nomination.nominee.kind, day, stages)
    lines = [PaperLine(paper, paper.code in found) for paper in papers]
    return sorted(lines, key=lambda line: not line.paper.required)


def missing_papers(
    session: Session, codes: Collection[str], stages: Collection[PaperStage] = OWN
) -> dict[str, list[str]]:
    """By the code of a nomination the names of the required papers it lacks, by default when it leaves who submits it.

    As many statements for a hundred of them as for one.
    """
    query = select(Nomination).join(Case, Case.id == Nomination.case_id).where(Case.code.in_(codes))
    found = session.scalars(query.options(joinedload(Nomination.case), joinedload(Nomination.nominee))).all()
    held = held_types(session, [each.case_id for each in found])
    days = {each.id: each.received_on or local_day(each.case.opened_at) for each in found}
    places = {(days[each.id], each.case.organiser_id) for each in found}
    rules = {(day, place): rule_set_for(session, day, place) for day, place in places}
    return {
        each.case.code: [
            paper.name
            for paper in rules[days[each.id], each.case.organiser_id].dossier_papers(
                each.award, each.nominee.kind, days[each.id], stages
            )
            if paper.required and paper.code not in held[each.case_id]
        ]
        for each in found
    }


def requestable(session: Session, task: Task) -> list[PaperType]:
    """The papers a task can ask for, or hand in by the list: those of the award, none that is made later."""
    stages = ASKED.get(task.element) or SUPPLEMENTED.get(task.element) or OWN
    stages = OWN if set(stages) <= set(OWN) else stages
    return [line.paper for line in paper_list(session, task.case, stages)]


def papers_of_task(session: Session, task: Task) -> tuple[PaperLine, ...]:
    """The papers to be there by a task that judges, prepares or supplements a dossier; none where it is not about that.

    The meeting of a commune comes after the dossier: only who is not assessed there brings its minutes along.
    """
    element = task.element
    if element in ASKED:
        return tuple(paper_list(session, task.case, ASKED[element]))
    if element in PREPARED:
        route = session.scalar(select(Nomination.route).where(Nomination.case_id == task.case_id))
        return tuple(paper_list(session, task.case, SIMPLE if route == "commune" else OWN))
    if element in SUPPLEMENTED:
        return tuple(paper_list(session, task.case, SUPPLEMENTED[element]))
    return ()


def _there(session: Session, case: Case, nomination: Nomination) -> set[str]:
    """The kinds of the papers handed in, those named on a form, and the result of a vote that was held."""
    held = {BALLOT_RESULT} if voted_by(session, nomination) else set()
    return held_types(session, [case.id])[case.id] | held


def voted_by(session: Session, nomination: Nomination, at: dt.datetime | None = None) -> bool:
    """Whether a council has voted on a nomination; with an instant, by then."""
    voted = exists().where(
        AgendaItem.nomination_id == nomination.id,
        AgendaItem.session_id == CouncilSession.id,
        CouncilSession.concluded_at.is_not(None) if at is None else CouncilSession.concluded_at <= at,
    )
    return bool(session.scalar(select(voted)))
