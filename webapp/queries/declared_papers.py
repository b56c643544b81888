"""What papers handed in are, where the form says it: by the list of the rules, in place of an upload without a name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import FormEntry, Paper
from webapp.queries.papers import handed_in_or_own

LISTED: Final = "listed_papers"
"""The field of a form in which papers are handed in by the list of the rules: ``paper_type`` and ``file``."""

FILLS: Mapping[str, str] = {"signed_sheet": "authorisation"}
"""A kind of upload that is a paper of the list itself: who signs the sheet asks for it to be entered."""

NOBODY = 0


def declared(answers: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The type of each paper (by public id) that stands on the list of a completed form."""
    return {row["file"]: row["paper_type"] for data in answers for row in data.get(LISTED, ())}


def held_types(session: Session, case_ids: Collection[int]) -> set[str]:
    """The types of the papers these cases hold: as declared, else by the field they came with."""
    named = declared(session.scalars(select(FormEntry.data).where(FormEntry.case_id.in_(case_ids))))
    rows = session.execute(
        select(Paper.public_id, Paper.kind).where(Paper.case_id.in_(case_ids), handed_in_or_own(NOBODY))
    )
    return {named.get(paper, FILLS.get(kind, kind)) for paper, kind in rows} | set(named.values())
