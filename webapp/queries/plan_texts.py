"""What a plan that has been loaded says, for the forms that draft and publish it: nobody types it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Campaign, Task
from webapp.queries.plans import plan_of
from workflows.plan import Plan, Strand


def draft_values(session: Session, task: Task) -> Mapping[str, Any]:
    """Title, purposes, requirements and strands, to be worded as the office wants them; afterwards its own words."""
    if task.round > 1:
        return {}
    plan = _plan(session, task)
    texts = {
        "abstract": plan.title,
        "purpose": _lines(plan.purposes),
        "requirements": _lines(plan.requirements),
        "contents": contents_text(plan),
    }
    return {name: text for name, text in texts.items() if text}


def contents_text(plan: Plan) -> str:
    """The strands of a plan with their contents, as the form that drafts it begins."""
    return "\n".join(_strand(number, each) for number, each in enumerate(plan.strands, 1))


def published_values(session: Session, task: Task) -> Mapping[str, Any]:
    """Number and date of the paper, where the plan has them."""
    document = _plan(session, task).document
    issued = document.issued.isoformat() if document.issued else None
    known = {"document_number": document.number, "issued_on": issued}
    return {name: value for name, value in known.items() if value}


def _plan(session: Session, task: Task) -> Plan:
    return plan_of(session, session.get_one(Campaign, task.case.campaign_id))


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


def _strand(number: int, strand: Strand) -> str:
    return "\n".join([f"{number}. {strand.name}", *(f"- {text}" for text in strand.contents)])
