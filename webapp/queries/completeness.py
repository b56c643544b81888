"""Whether a nomination has the papers its award asks for, by the rules of the day it was received."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from webapp.models import AgendaItem, Case, CouncilSession, FormEntry, Nomination, Paper
from webapp.queries.law import rule_set_for
from webapp.queries.papers import handed_in_or_own
from workflows.law import PaperStage, PaperType
from workflows.values import local_day

ASKED: Mapping[str, tuple[PaperStage, ...]] = {
    "check_dossier": ("dossier",),
    "consider_award": ("dossier",),
    "appraise": ("dossier", "assessment"),
    "appraise_at_province": ("dossier", "assessment", "council"),
}
"""By which task which papers are to be there."""

SIMPLE: tuple[PaperStage, ...] = ("dossier",)
BALLOT_RESULT = "secret_ballot_result"
NOBODY = 0


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


def _there(session: Session, case: Case, nomination: Nomination) -> set[str]:
    """The kinds of the papers handed in, those named on a form, and the result of a vote that was held."""
    kinds = select(Paper.kind).where(Paper.case_id == case.id, handed_in_or_own(NOBODY))
    entries = session.scalars(select(FormEntry.data).where(FormEntry.case_id == case.id))
    listed = {row["paper_type"] for data in entries for row in data.get("listed_papers", ())}
    voted = exists().where(
        AgendaItem.nomination_id == nomination.id,
        AgendaItem.session_id == CouncilSession.id,
        CouncilSession.concluded_at.is_not(None),
    )
    held = {BALLOT_RESULT} if session.scalar(select(voted)) else set()
    return set(session.scalars(kinds)) | listed | held
