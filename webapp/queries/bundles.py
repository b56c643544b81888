"""What belongs into a bundle of evidence: the cases of a case, a session or a campaign, and proofs of their streams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import KeptCheckpoint
from webapp.models import AgendaItem, Campaign, Case, CouncilSession, Nomination, Paper
from webapp.queries.checkpoints import history_of
from webapp.queries.replays import UnknownCase
from webapp.queries.standing import Standing, visible
from workflows.record import merkle_paths

Scope = Literal["case", "session", "campaign"]
SESSION, CAMPAIGN = "council_vote", "campaign"


@dataclass(frozen=True)
class Wanted:
    """Of what a bundle is: a scope, the code of its case, session or campaign, and for whom; None: for the office."""

    scope: Scope
    of: str
    standing: Standing | None


def cases_in(session: Session, wanted: Wanted) -> list[Case]:
    """The cases of a bundle that the reader may know of, in the order in which they were opened.

    Of a session its own case and the nominations on its agenda. Raises UnknownCase where there is none.
    """
    seen = true() if wanted.standing is None else visible(wanted.standing)
    cases = list(session.scalars(select(Case).where(_within(wanted), seen).order_by(Case.id)))
    if not cases or (wanted.scope != "campaign" and wanted.of not in {case.code for case in cases}):
        raise UnknownCase(wanted.of)
    return cases


def case_of(session: Session, code: str) -> Case:
    """The case of a code."""
    return session.scalars(select(Case).where(Case.code == code)).one()


def _within(wanted: Wanted) -> ColumnElement[bool]:
    """Condition on Case: it belongs to what the bundle is of."""
    if wanted.scope == "campaign":
        return Case.campaign_id.in_(select(Campaign.id).where(Campaign.code == wanted.of))
    own = Case.code == wanted.of
    if wanted.scope == "case":
        return own
    held = (
        select(CouncilSession.id).join(Case, Case.id == CouncilSession.case_id).where(Case.code == wanted.of)
    )
    agenda = select(Nomination.case_id).join(AgendaItem, AgendaItem.nomination_id == Nomination.id)
    return or_(own & (Case.process == SESSION), Case.id.in_(agenda.where(AgendaItem.session_id.in_(held))))


def paper_count(session: Session, cases: Sequence[Case]) -> int:
    """How many papers these cases have."""
    query = select(func.count()).where(Paper.case_id.in_([case.id for case in cases]))
    return session.scalar(query) or 0


def campaign_code(session: Session, case: Case) -> str:
    """The code of the campaign of a case."""
    return session.scalars(select(Campaign.code).where(Campaign.id == case.campaign_id)).one()


def proofs(kept: Sequence[KeptCheckpoint], streams: Sequence[str]) -> Mapping[str, Any]:
    """For each of these streams its head in the last checkpoint, and the audit path from there to its root.

    A stream that the checkpoint does not know has none.
    """
    heads = history_of(kept).heads
    order = sorted(heads)
    at = {stream: index for index, stream in enumerate(order)}
    known = [stream for stream in streams if stream in heads]
    leaves = [f"{stream} {heads[stream][0]} {heads[stream][1]}" for stream in order]
    paths = merkle_paths(leaves, [at[stream] for stream in known])
    return {
        stream: {
            "number": heads[stream][0],
            "hash": heads[stream][1],
            "index": at[stream],
            "size": len(order),
            "path": path,
        }
        for stream, path in zip(known, paths, strict=True)
    }


def streams_of(session: Session, cases: Sequence[Case]) -> list[str]:
    """The streams of a bundle: those of its cases, and those that tell which diagrams were put into use."""
    processes = sorted({case.process for case in cases})
    return [eventlog.case_stream(case.code) for case in cases] + [f"deployment/{each}" for each in processes]
