"""The index of the file of a decision for the archive: its papers, and those it stands on, with how long it is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.documents.catalogue import title_of
from webapp.models import (
    AgendaItem,
    ArchivedFile,
    Case,
    CouncilSession,
    Decision,
    Paper,
    Submission,
    SubmissionLine,
)
from webapp.queries.award_lists import decided_on, mentioned_decision, office_signature
from webapp.queries.facts import committee_name, letterhead, signature
from webapp.queries.law import rule_set_for
from webapp.queries.rule_names import rule_names
from webapp.queries.units import standing_level
from workflows.law import Retention
from workflows.values import local_day

DOCUMENT = "archive_index"
FOR_EVER = "Vĩnh viễn"
OTHER = "Văn bản kèm theo"
WITHOUT_RULE = {
    "signed_decision": "Quyết định khen thưởng (bản đã ký, đóng dấu)",
    "permit": "Văn bản giao ký thay",
    "proxy": "Giấy ủy quyền, giấy giới thiệu của người nhận thay",
    "receipt": "Giấy ký nhận",
    "reply": "Văn bản trả lời của cấp trên",
    "signed_sheet": "Bản quét giấy có chữ ký",
}
"""Papers that forms ask for and no rule set names."""
OF_SESSION = {"authorisation": "Văn bản ủy quyền chủ trì phiên họp"}
"""What a session calls otherwise than the rule sets call it in a dossier."""
SECTIONS = {
    "award_issuance": "Quyết định khen thưởng",
    "council_vote": "Phiên họp Hội đồng",
    "submission": "Tờ trình của đơn vị",
    "nomination": "Hồ sơ đề nghị khen thưởng",
}
"""What the papers of a file are grouped by, in the order of the index."""


@dataclass(frozen=True)
class Kept:
    """How long a file is kept once it is closed, and by which rule; without one nobody has said."""

    rule: Retention | None
    until: dt.date | None

    @property
    def facts(self) -> dict[str, Any] | None:
        """The rule as it is kept with the file."""
        if self.rule is None:
            return None
        names = ("code", "name", "years", "citation", "mark")
        return {name: getattr(self.rule, name) for name in names}


def retention_of(session: Session, decision: Decision, closed: dt.date) -> Kept:
    """How long the file of a decision closed on a day is kept: by the level that decided, to the end of a year.

    A unit's own rules may be older than this list; the general ones stand in for it.
    """
    on, level = decided_on(decision), standing_level(session, decision.unit)
    sets = (rule_set_for(session, on, place) for place in (decision.unit_id, None))
    rule = next((found for rules in sets if (found := rules.retention(level, on))), None)
    until = dt.date(closed.year + rule.years, 12, 31) if rule and rule.years else None
    return Kept(rule, until)


def archived_file(session: Session, case: Case) -> ArchivedFile | None:
    """The file of a case, once it was closed."""
    return session.scalar(select(ArchivedFile).where(ArchivedFile.case_id == case.id))


def archive_index_facts(session: Session, decision: Decision, today: dt.date) -> dict[str, Any]:
    """Facts of the index; until the file is closed it says what would be kept if it were closed today."""
    closed = archived_file(session, decision.case)
    day = local_day(closed.closed_at) if closed else today
    kept = retention_of(session, decision, day)
    rule = closed.retention if closed else kept.facts
    until = closed.kept_until if closed else kept.until
    sections = _sections(session, decision)
    return {
        "letterhead": letterhead(decision.unit, "MLHS", None, None),
        "body": committee_name(decision.unit),
        "decision": mentioned_decision(decision),
        "title": decision.title,
        "code": closed.code if closed else None,
        "kept_at": closed.kept_at if closed else None,
        "closed": day.isoformat() if closed else None,
        "retention": _retention(rule, until),
        "sections": sections,
        "number": sum(len(section["lines"]) for section in sections),
        "prepared": signature([], "Người lập", None, signed=False),
        "signature": office_signature(session, decision),
    }


def _retention(rule: dict[str, Any] | None, until: dt.date | None) -> dict[str, Any] | None:
    if not rule:
        return None
    return {
        "span": f"{rule['years']:02d} năm" if rule["years"] else FOR_EVER,
        "until": until.isoformat() if until else None,
        "name": rule["name"],
        "citation": rule["citation"],
        "verified": rule["mark"] == "verified",
    }


def _sections(session: Session, decision: Decision) -> list[dict[str, Any]]:
    """The papers by what they belong to, one line each, oldest first."""
    cases = _cases(session, decision)
    later = aliased(Paper)
    query = select(Paper).where(
        Paper.case_id.in_(cases),
        or_(Paper.form_entry_id.is_not(None), Paper.document_type.is_not(None)),
        ~exists().where(
            later.origin_id == Paper.id
        ),  # of what was signed step by step, the file with all signatures
    )
    names = {**WITHOUT_RULE, **rule_names(session).papers}
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in SECTIONS}
    for paper in session.scalars(query.order_by(Paper.created_at, Paper.id)):
        case = cases[paper.case_id or 0]
        section = case.process if case.process in SECTIONS else "nomination"
        found[section].append(_line(paper, case, names))
    sections: list[dict[str, Any]] = [
        {"title": title, "lines": found[name]} for name, title in SECTIONS.items() if found[name]
    ]
    for number, line in enumerate((line for section in sections for line in section["lines"]), 1):
        line["number"] = number
    return sections


def _line(paper: Paper, case: Case, names: Mapping[str, str]) -> dict[str, Any]:
    own = OF_SESSION if case.process == "council_vote" else {}
    title = (
        title_of(paper.document_type) if paper.document_type else own.get(paper.kind, names.get(paper.kind))
    )
    return {
        "number": 0,
        "title": title or OTHER,
        "about": f"{case.code}, {case.title}",
        "date": local_day(paper.created_at).isoformat(),
    }


def _cases(session: Session, decision: Decision) -> dict[int, Case]:
    """The case of the decision, and those its awards stand on: nominations, their submissions and sessions."""
    nominations = [award.nomination_id for award in decision.awards]
    batches = (
        select(Submission.case_id)
        .join(SubmissionLine, SubmissionLine.submission_id == Submission.id)
        .where(SubmissionLine.nomination_id.in_(nominations), SubmissionLine.result == "received")
    )
    sessions = (
        select(CouncilSession.case_id)
        .join(AgendaItem, AgendaItem.session_id == CouncilSession.id)
        .where(AgendaItem.nomination_id.in_(nominations), AgendaItem.result == "passed")
    )
    own: Iterable[int] = [decision.case_id, *(award.nomination.case_id for award in decision.awards)]
    query = select(Case).where(Case.id.in_([*own]) | Case.id.in_(batches) | Case.id.in_(sessions))
    return {case.id: case for case in session.scalars(query)}
