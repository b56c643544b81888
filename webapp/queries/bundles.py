"""What belongs into a bundle of evidence: the cases of a case, a session, a campaign or a random sample, and proofs of
their streams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.as_it_lies import KeptCheckpoint
from webapp.models import AgendaItem, Campaign, Case, CouncilSession, Nomination, Paper
from webapp.queries.checkpoints import history_of
from webapp.queries.replays import UnknownCase
from webapp.queries.samples import STREAM as DRAWS
from webapp.queries.samples import Draw, draw_of
from webapp.queries.standing import Standing, visible
from workflows.record import merkle_paths

Scope = Literal["case", "session", "campaign", "sample"]
SESSION, CAMPAIGN = "council_vote", "campaign"


@dataclass(frozen=True)
class Wanted:
    """Of what a bundle is, and for whom (None: for the office): a case, a session or a campaign by its code, a random
    sample by its seed."""

    scope: Scope
    of: str
    standing: Standing | None


def cases_in(session: Session, wanted: Wanted) -> list[Case]:
    """The cases of a bundle that the reader may know of, in the order in which they were opened.

    Of a session its own case and the nominations on its agenda; a sample only while it is what was drawn. Raises
    UnknownCase where there is none.
    """
    cases = list(session.scalars(select(Case).where(*_conditions(session, wanted)).order_by(Case.id)))
    own = wanted.scope in ("case", "session")
    if not cases or (own and wanted.of not in {case.code for case in cases}):
        raise UnknownCase(wanted.of)
    return cases


def count_cases(session: Session, wanted: Wanted) -> int:
    """How many cases such a bundle has."""
    query = select(func.count()).select_from(Case).where(*_conditions(session, wanted))
    return session.scalar(query) or 0


def sample_in(session: Session, wanted: Wanted) -> Draw | None:
    """The random sample that a bundle is of, as it was drawn; None where it cannot be drawn like that any more."""
    draw = draw_of(session, wanted.standing, wanted.of) if wanted.scope == "sample" else None
    return draw if draw and draw.same else None


def case_of(session: Session, code: str) -> Case:
    """The case of a code."""
    return session.scalars(select(Case).where(Case.code == code)).one()


def _conditions(session: Session, wanted: Wanted) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Conditions on Case: it belongs to what the bundle is of, and the reader may know of it."""
    seen = true() if wanted.standing is None else visible(wanted.standing)
    return _within(session, wanted), seen


def _within(session: Session, wanted: Wanted) -> ColumnElement[bool]:
    if wanted.scope == "sample":
        draw = sample_in(session, wanted)
        return Case.code.in_(draw.drawn if draw else ())
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


def papers_in(session: Session, wanted: Wanted) -> tuple[int, int]:
    """How many papers the cases of a bundle have, and of how many bytes."""
    cases = select(Case.id).where(*_conditions(session, wanted))
    query = select(func.count(), func.coalesce(func.sum(Paper.size), 0)).where(Paper.case_id.in_(cases))
    count, size = session.execute(query).one()
    return count, int(size)


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


def streams_of(cases: Sequence[Case], wanted: Wanted) -> list[str]:
    """The streams of a bundle: those of its cases, those that tell which diagrams were put into use, and of a sample
    the one in which all draws are on record."""
    processes = sorted({case.process for case in cases})
    draws = [DRAWS] if wanted.scope == "sample" else []
    return [
        *map(eventlog.case_stream, (case.code for case in cases)),
        *(f"deployment/{each}" for each in processes),
        *draws,
    ]
