"""What papers handed in are, where the form says it: by the list of the rules, in place of an upload without a name."""

from __future__ import annotations

import datetime as dt
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


def held_types(
    session: Session, case_ids: Collection[int], at: dt.datetime | None = None
) -> dict[int, set[str]]:
    """By case the types of the papers it holds: as declared, else by the field they came with; two statements.

    With an instant, those it held then.
    """
    held: dict[int, set[str]] = {case_id: set() for case_id in case_ids}
    named: dict[str, str] = {}
    entries = select(FormEntry.case_id, FormEntry.data).where(FormEntry.case_id.in_(case_ids))
    if at is not None:
        entries = entries.where(FormEntry.submitted_at <= at)
    for case_id, data in session.execute(entries):
        found = declared([data])
        named |= found
        held[case_id].update(found.values())
    papers = select(Paper.case_id, Paper.public_id, Paper.kind).where(Paper.case_id.in_(case_ids))
    if at is not None:
        papers = papers.where(Paper.created_at <= at)
    for case_id, paper, kind in session.execute(papers.where(handed_in_or_own(NOBODY))):
        if case_id in held:
            held[case_id].add(named.get(paper, FILLS.get(kind, kind)))
    return held
