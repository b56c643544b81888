"""Later decisions about awards: what can be corrected or revoked, what was, and what money is still owed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.documents.formats import document_number, money
from webapp.models import (
    Award,
    AwardCorrection,
    Campaign,
    Case,
    Decision,
    Nomination,
    Nominee,
    Repayment,
    Revocation,
    RevokedAward,
)
from webapp.queries.nomination_choices import Choice
from webapp.queries.payments import paid_amounts
from webapp.queries.rule_names import rule_names

PROCESSES = {"correction": "award_correction", "revocation": "award_revocation"}
"""Kinds of decision about another decision, and the process of each."""


@dataclass(frozen=True)
class Owed:
    """The prize of a revoked award in đồng: what is to come back, and what has."""

    due: int
    returned: int

    @property
    def left(self) -> int:
        return max(self.due - self.returned, 0)


@dataclass(frozen=True)
class Amendment:
    """A later decision about a decision; ``number`` as it is written, None until it has one."""

    code: str
    process: str
    kind: str
    number: str | None
    dated_on: dt.date | None


def owed(revoked: RevokedAward) -> Owed:
    """The money of a revoked award, always counted from what came back and was not taken back."""
    returned = sum(each.amount for each in revoked.repayments if each.undone_at is None)
    return Owed(revoked.amount_due, returned)


def repayment_of(session: Session, public_id: str) -> Repayment | None:
    """Money that came back, by its public id."""
    revocation = joinedload(Repayment.revoked_award).joinedload(RevokedAward.revocation)
    decision = revocation.joinedload(Revocation.decision).joinedload(Decision.case)
    return session.scalar(select(Repayment).where(Repayment.public_id == public_id).options(decision))


def written_number(decision: Decision) -> str:
    """``08/QĐ-UBND``."""
    return document_number(decision.number, decision.symbol or "")


def issued_decisions(session: Session, campaign: Campaign) -> Sequence[Choice]:
    """Award decisions of a campaign that have a number and still give something, the newest first."""
    query = (
        select(Case.code, Decision)
        .join(Decision, Decision.case_id == Case.id)
        .where(
            Decision.campaign_id == campaign.id,
            Decision.kind == "award",
            Decision.number.is_not(None),
            Decision.status != "revoked",
        )
        .order_by(Decision.dated_on.desc(), Decision.id.desc())
    )
    return [
        (code, f"{written_number(decision)} – {decision.title} ({code})")
        for code, decision in session.execute(query)
    ]


def amending(session: Session, case: Case) -> Decision:
    """The decision of a case that corrects or revokes, with its original and whoever that awards."""
    awards = joinedload(Decision.original).selectinload(Decision.awards).joinedload(Award.nomination)
    return session.execute(
        select(Decision)
        .where(Decision.case_id == case.id)
        .options(
            awards.joinedload(Nomination.case),
            awards.joinedload(Nomination.strand),
            awards.joinedload(Nomination.nominee).joinedload(Nominee.unit),
        )
        .execution_options(populate_existing=True)
    ).scalar_one()


def original_of(decision: Decision) -> Decision:
    """The decision another one corrects or revokes."""
    assert decision.original is not None
    return decision.original


def standing_awards(decision: Decision) -> Mapping[str, Award]:
    """The awards of a decision that nobody has revoked, by the code of the nomination."""
    return {each.nomination.case.code: each for each in decision.awards if each.revoked_on is None}


def amended_awards(session: Session, case: Case) -> Sequence[Choice]:
    """What the original gives still: who, what, the number of the register."""
    names, awards = rule_names(session).awards, standing_awards(original_of(amending(session, case)))
    paid = paid_amounts(session, [each.id for each in awards.values()])
    return [(code, award_text(each, names, each.id in paid)) for code, each in awards.items()]


def award_text(award: Award, names: Mapping[str, str], paid: bool) -> str:
    """``Nguyễn Thị Ượng – Giấy khen, số 2/2019, 450.000 đ (đã chi)``."""
    given = names.get(award.nomination.award, award.nomination.award)
    number = f"số {award.register_number}/{award.register_year}" if award.register_number else ""
    prize = f"{money(award.prize)} ({'đã chi' if paid else 'chưa chi'})" if award.prize else ""
    told = [given, number, prize]
    return f"{award.nomination.case.title} – {', '.join(filter(None, told))}"


def revocation_of(session: Session, decision: Decision) -> Revocation | None:
    """What a decision revokes, with the money that came back."""
    awards = selectinload(Revocation.awards)
    nomination = awards.joinedload(RevokedAward.award).joinedload(Award.nomination)
    return session.scalar(
        select(Revocation)
        .where(Revocation.decision_id == decision.id)
        .options(
            awards.selectinload(RevokedAward.repayments).joinedload(Repayment.undone_by),
            nomination.joinedload(Nomination.case),
            nomination.joinedload(Nomination.strand),
            nomination.joinedload(Nomination.nominee).joinedload(Nominee.unit),
        )
    )


def owing_awards(session: Session, case: Case) -> Sequence[Choice]:
    """The revoked awards of a case of which money is still to come back."""
    found = revocation_of(session, amending(session, case))
    return [
        (
            each.award.nomination.case.code,
            f"{each.award.nomination.case.title} – còn {money(owed(each).left)}",
        )
        for each in (found.awards if found else ())
        if owed(each).left
    ]


def corrections_of(session: Session, decision: Decision) -> list[AwardCorrection]:
    """What a decision corrects, in the order it was drafted in."""
    nomination = joinedload(AwardCorrection.award).joinedload(Award.nomination)
    query = (
        select(AwardCorrection)
        .where(AwardCorrection.decision_id == decision.id)
        .options(
            nomination.joinedload(Nomination.case),
            nomination.joinedload(Nomination.nominee).joinedload(Nominee.unit),
        )
    )
    return list(session.scalars(query.order_by(AwardCorrection.id)))


def amendments_of(session: Session, case_id: int) -> list[Amendment]:
    """Later decisions about the decision of a case, and those under way; what was given up is left out."""
    original = select(Decision.id).where(Decision.case_id == case_id).scalar_subquery()
    query = (
        select(Case, Decision)
        .join(Decision, Decision.case_id == Case.id)
        .where(Decision.original_id == original)
        .order_by(Decision.id)
    )
    return [
        Amendment(
            case.code,
            case.process,
            decision.kind,
            written_number(decision) if decision.number else None,
            decision.dated_on,
        )
        for case, decision in session.execute(query)
        if decision.number or case.state != "ended"
    ]


def open_revocations(session: Session, award_ids: Collection[int], decision_id: int) -> set[int]:
    """Which of these awards stand in another revocation that is still under way."""
    query = (
        select(RevokedAward.award_id)
        .join(Revocation, Revocation.id == RevokedAward.revocation_id)
        .join(Decision, Decision.id == Revocation.decision_id)
        .join(Case, Case.id == Decision.case_id)
        .where(RevokedAward.award_id.in_(award_ids), Decision.id != decision_id, Case.state != "ended")
    )
    return set(session.scalars(query))
