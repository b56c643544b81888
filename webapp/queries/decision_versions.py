"""Versions of a decision, and the texts of it that came back from outside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Case, Decision, DecisionVersion, FinalText, FormEntry, Person
from webapp.queries.standing import Standing

EDITORS = ("specialist", "head", "office")
"""Who works on the text of a decision, and so may bring it back edited."""


@dataclass(frozen=True)
class VersionRow:
    """A version: its number, when and by whom it was drafted."""

    number: int
    made_at: dt.datetime
    by: str


def version_rows(session: Session, case: Case) -> list[VersionRow]:
    """The versions of the decision of a case, the oldest first."""
    rows = session.execute(
        select(DecisionVersion.number, DecisionVersion.made_at, Person.name)
        .join(Decision, Decision.id == DecisionVersion.decision_id)
        .join(FormEntry, FormEntry.id == DecisionVersion.entry_id)
        .join(Person, Person.id == FormEntry.person_id)
        .where(Decision.case_id == case.id)
        .order_by(DecisionVersion.number)
    )
    return [VersionRow(*row) for row in rows]


def version_facts(session: Session, case: Case, number: int) -> Mapping[str, Any] | None:
    """What the paper of a version said; None where there is no such version."""
    query = select(DecisionVersion.facts).join(Decision, Decision.id == DecisionVersion.decision_id)
    facts: Mapping[str, Any] | None = session.scalar(
        query.where(Decision.case_id == case.id, DecisionVersion.number == number)
    )
    return facts


def newest_version(session: Session, case: Case) -> DecisionVersion | None:
    """The version drafted last; None for a decision from before versions were kept, and before the first draft."""
    query = select(DecisionVersion).join(Decision, Decision.id == DecisionVersion.decision_id)
    mine = query.where(Decision.case_id == case.id).order_by(DecisionVersion.number.desc()).limit(1)
    return session.scalar(mine.options(joinedload(DecisionVersion.decision)))


def final_texts(session: Session, case: Case) -> list[FinalText]:
    """The texts of a decision that came back, the newest first."""
    query = (
        select(FinalText)
        .join(DecisionVersion, DecisionVersion.id == FinalText.version_id)
        .join(Decision, Decision.id == DecisionVersion.decision_id)
        .where(Decision.case_id == case.id)
        .options(joinedload(FinalText.version), joinedload(FinalText.paper), joinedload(FinalText.decided_by))
        .order_by(FinalText.id.desc())
    )
    return list(session.scalars(query))


def final_text(session: Session, case: Case) -> FinalText | None:
    """What stands as the final text of the newest version; None where nothing came back, or nothing was accepted."""
    version = newest_version(session, case)
    accepted = (each for each in final_texts(session, case) if each.state == "accepted")
    return next((each for each in accepted if version and each.version_id == version.id), None)


def may_edit(standing: Standing, case: Case) -> bool:
    """Whether somebody works on the text of the decision of this case."""
    return case.organiser_id in standing.units(*EDITORS)


def takes_texts(session: Session, case: Case) -> bool:
    """Whether a text may come back: there is a draft, and the decision has no number."""
    version = newest_version(session, case)
    return case.state == "active" and version is not None and version.decision.number is None
