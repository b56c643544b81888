"""Facts of the submission with which the head of office brings a draft to whoever signs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.documents.formats import padded
from webapp.models import AgendaItem, CouncilSession, Decision, DecisionVersion, FormEntry, Person
from webapp.queries.award_papers import SUBMITTED, initials
from webapp.queries.facts import (
    OFFICE_HEADS,
    day_text,
    office_letterhead,
    signature,
    signed_here,
)
from webapp.queries.outcome_checks import PASSED
from webapp.queries.units import standing_level

ABOUT, PROPOSED = "Về việc ", "Theo đề nghị"


def decision_submission_facts(
    session: Session, decision: Decision, version: DecisionVersion
) -> dict[str, Any]:
    """Facts of the submission of a version: what its paper says, the vote before it, and who submits it."""
    facts, level = version.facts, standing_level(session, decision.unit)
    passed = passed_in(session, (award.nomination_id for award in decision.awards))
    submitted = _submitted(session, decision, version)
    return {
        "letterhead": office_letterhead(decision.unit, level),
        "abstract": f"{ABOUT}đề nghị {facts['abstract'].removeprefix(ABOUT)}",
        "addressees": [facts["issuer"]],
        "bases": [base for base in facts["bases"] if not base.startswith(PROPOSED)],
        "process": [vote_told(each, count) for each, count in passed],
        **{name: facts[name] for name in ("act", "acts", "reason", "fund", "grouping", "groups")},
        "attachments": [
            "Dự thảo Quyết định khen thưởng và danh sách kèm theo",
            *(f"Biên bản {_session(each)}" for each, _count in passed),
        ],
        "signature": signature(
            [],
            OFFICE_HEADS[level],
            submitted[1] if submitted else None,
            signed=submitted is not None and signed_here(submitted[0]),
        ),
        "initials": [initials(session.get_one(Person, version.entry.person_id).name)],
        "recipients": ["Như trên", "Lưu: VT"],
    }


def passed_in(session: Session, nominations: Iterable[int]) -> list[tuple[CouncilSession, int]]:
    """The sessions of the council that passed nominations, and how many of these each of them passed."""
    rows = session.scalars(
        select(AgendaItem.session_id).where(
            AgendaItem.nomination_id.in_(list(nominations)),
            AgendaItem.result.in_(PASSED),
        )
    ).all()
    found = session.scalars(
        select(CouncilSession).where(CouncilSession.id.in_(rows)).order_by(CouncilSession.id)
    )
    return [(each, rows.count(each.id)) for each in found]


def vote_told(session: CouncilSession, count: int) -> str:
    """What the council decided, as a sentence of a submission."""
    return (
        f"{session.council.name} đã biểu quyết thông qua {padded(count)} trường hợp có tên tại danh sách kèm theo "
        f"tại {_session(session)}."
    )


def _session(session: CouncilSession) -> str:
    day = day_text(session.opened_at or session.case.opened_at)
    return f"Phiên họp số {padded(session.number)}/{session.year} ngày {day}"


def _submitted(
    session: Session, decision: Decision, version: DecisionVersion
) -> tuple[Mapping[str, Any], str] | None:
    """The form with which the version was submitted, and by whom; None as long as it was not."""
    rows = session.execute(
        select(FormEntry.data, Person.name)
        .join(Person, Person.id == FormEntry.person_id)
        .where(
            FormEntry.case_id == decision.case_id,
            FormEntry.form.in_(SUBMITTED),
            FormEntry.id > version.entry_id,
        )
        .order_by(FormEntry.id)
    )
    return next(((data, name) for data, name in rows if data.get("decision") == "submit"), None)
