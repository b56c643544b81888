"""What a dossier lacks: asked for as a supplement, and said beside it where it is submitted and received."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import FormEntry, Task
from webapp.queries.completeness import SUPPLEMENTED, missing_papers, requestable
from webapp.queries.declared_papers import LISTED
from webapp.queries.nomination_choices import Choice
from webapp.queries.task_forms import task_schema
from workflows.forms import Schema


def asked_papers(session: Session, task: Task) -> tuple[str, ...]:
    """Types of the papers asked for by the form that led to this supplement; of other tasks none."""
    if task.element not in SUPPLEMENTED:
        return ()
    query = select(FormEntry.data).where(FormEntry.case_id == task.case_id).order_by(FormEntry.id.desc())
    asking = (data for data in session.scalars(query) if data.get("decision") == "supplement")
    return next((tuple(data.get("missing_papers", ())) for data in asking), ())


def papers_to_hand_in(session: Session, task: Task) -> Sequence[Choice]:
    """The papers its award asks for, none that is made later; what was asked for as missing comes first."""
    asked = asked_papers(session, task)
    found = [(paper.code, paper.name) for paper in requestable(session, task)]
    return sorted(found, key=lambda each: each[0] not in asked)


def first_papers(session: Session, task: Task) -> Mapping[str, Any]:
    """A row of the list for each paper that was asked for and has no field of its own on the form."""
    schema = task_schema(session, task)
    if LISTED not in schema["properties"]:
        return {}
    offered = {paper.code for paper in requestable(session, task)} - _own_fields(schema)
    rows = [{"paper_type": code} for code in asked_papers(session, task) if code in offered]
    return {LISTED: rows} if rows else {}


def _own_fields(schema: Schema) -> set[str]:
    """Types of paper that a field of the form itself takes."""
    return {part["x-paper"] for part in schema["properties"].values() if "x-paper" in part}


def with_lacks(session: Session, choices: Iterable[Choice]) -> Sequence[Choice]:
    """Nominations to choose from, each with the required papers it lacks."""
    found = list(choices)
    lacks = missing_papers(session, [code for code, _text in found])
    return [(code, _with_lack(text, lacks.get(code, ()))) for code, text in found]


def _with_lack(text: str, papers: Sequence[str]) -> str:
    return f"{text} – còn thiếu {len(papers)} giấy tờ bắt buộc: {'; '.join(papers)}" if papers else text
