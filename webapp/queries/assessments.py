"""What was found at each level about a nomination, in the short words of lists for submission and council."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import FormEntry, Task, Unit
from webapp.queries.appraisal_words import appraisal_clauses
from webapp.queries.latest_entries import LatestEntries, latest_entries

MEETING = "commune_assessment/record_meeting"
COUNCIL = "commune_assessment/conclude_commune_council"
POSTING = "commune_assessment/conclude_posting"
DISTRICT = "district_assessment/appraise"
PROVINCE = "province_assessment/appraise_at_province"
OPINION_FORMS = ("district_assessment/give_opinion", "province_assessment/give_opinion")
OPINIONS = {"agree": "nhất trí", "disagree": "không nhất trí", "no_comment": "không có ý kiến khác"}


@dataclass(frozen=True)
class Assessment:
    """``below``: meeting, commune council and posting; ``appraisal`` and the ``opinions`` asked for by it: above."""

    below: str | None
    appraisal: str | None
    opinions: tuple[str, ...]

    @property
    def above(self) -> str | None:
        """Appraisal and opinions as one clause."""
        return "; ".join(filter(None, (self.appraisal, *self.opinions))) or None


def assessments(session: Session, case_ids: Collection[int]) -> dict[int, Assessment]:
    """Assessments by case id, in two statements."""
    entries = latest_entries(session, case_ids, [MEETING, COUNCIL, POSTING, DISTRICT, PROVINCE])
    opinions = _opinions(session, case_ids)
    return {
        case_id: Assessment(_below(entries, case_id), _above(entries, case_id), tuple(opinions[case_id]))
        for case_id in case_ids
    }


def _data(entries: LatestEntries, case_id: int, form: str) -> Mapping[str, Any]:
    entry = entries.get((case_id, form))
    return entry.data if entry else {}


def _below(entries: LatestEntries, case_id: int) -> str | None:
    parts = []
    if meeting := _data(entries, case_id, MEETING):
        parts.append(f"Họp bình xét: {meeting['agreed']:02d}/{meeting['present']:02d} người dự họp đồng ý")
    if council := _data(entries, case_id, COUNCIL):
        parts.append(f"Hội đồng cơ sở: {council['agreed']:02d}/{council['members']:02d} đồng ý")
    if posting := _data(entries, case_id, POSTING):
        objections = len(posting.get("objections", ()))
        parts.append(
            f"Niêm yết: {objections:02d} ý kiến phản ánh" if objections else "Niêm yết: không có ý kiến"
        )
    return "; ".join(parts) or None


def _above(entries: LatestEntries, case_id: int) -> str | None:
    data = _data(entries, case_id, PROVINCE) or _data(entries, case_id, DISTRICT)
    written = [data["appraisal"].strip().rstrip(".")] if data.get("appraisal") else []
    return "; ".join([*written, *appraisal_clauses(data)]) or None


def _opinions(session: Session, case_ids: Collection[int]) -> Mapping[int, list[str]]:
    """The opinion of each body asked, as one clause: the last one where it was asked twice."""
    rows = session.execute(
        select(FormEntry.case_id, Unit.name, FormEntry.data)
        .join(Task, Task.id == FormEntry.task_id)
        .join(Unit, Unit.id == Task.unit_id)
        .where(FormEntry.case_id.in_(case_ids), FormEntry.form.in_(OPINION_FORMS))
        .order_by(FormEntry.id)
    )
    last = {(case_id, unit): data for case_id, unit, data in rows}
    found: defaultdict[int, list[str]] = defaultdict(list)
    for (case_id, unit), data in last.items():
        found[case_id].append(f"{unit}: {OPINIONS[data['decision']]}")
    return found


def listed_papers(dossier: Mapping[str, Any]) -> list[str]:
    """The types of the papers a dossier names in its list."""
    return [row["paper_type"] for row in dossier.get("listed_papers", ())]


def minutes_note(dossier: Mapping[str, Any]) -> str | None:
    """That the unit's own meeting stands in minutes which the dossier holds, where no form has its numbers."""
    return "Có biên bản họp xét kèm theo" if "meeting_minutes" in listed_papers(dossier) else None
