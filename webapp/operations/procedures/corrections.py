"""Corrections: a decision of its own puts texts of another one right; register, certificate and history follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from webapp.documents.formats import full_name, sentence
from webapp.models import Award, AwardCorrection, AwardRecord, Case, Certificate, Decision, Nominee
from webapp.operations import hooks
from webapp.operations.certificates import reissue
from webapp.operations.hooks import Carrying, Completing
from webapp.operations.procedures.amending import (
    fault,
    held_amendment,
    open_amendment,
    refuse_numbered,
    word_draft,
)
from webapp.operations.refusals import InvalidForm
from webapp.operations.starts import Start
from webapp.operations.transaction import Transaction
from webapp.queries.amendments import corrections_of, original_of, standing_awards, written_number
from webapp.queries.certificate_facts import told_achievement
from webapp.queries.facts import nominee
from webapp.queries.latest_entries import dossiers
from webapp.text import nfc, search_key, sort_key
from workflows.amendment_events import AwardsCorrected
from workflows.forms import Fault

LIMITS = {"name": 300, "address": 500, "achievement": 1000}
"""Letters of each text that can be put right."""


@hooks.opening("award_correction")
def open_correction(start: Start) -> Case:
    """Open the correction of a decision."""
    return open_amendment(start, "correction")


@hooks.completing("award_correction", "draft_correction")
def draft_correction(completing: Completing) -> None:
    """What is put right, beside what the original says; the rows as drafted now replace those of before."""
    transaction, session = completing.transaction, completing.transaction.session
    decision = held_amendment(transaction, completing.case)
    session.execute(delete(AwardCorrection).where(AwardCorrection.decision_id == decision.id))
    awards = standing_awards(original_of(decision))
    seen = set()
    for place, row in enumerate(completing.form["corrections"]):
        award, after = awards[row["award"]], " ".join(nfc(row["after"]).split())
        before = printed_texts(transaction, award)[row["field"]]
        if len(after) > LIMITS[row["field"]]:
            raise fault(place, "corrections", "after", "too_long", limit=LIMITS[row["field"]])
        if before == after:
            raise fault(place, "corrections", "after", "nothing_corrected")
        if (row["award"], row["field"]) in seen:
            raise fault(place, "corrections", "field", "corrected_twice")
        seen.add((row["award"], row["field"]))
        session.add(
            AwardCorrection(
                decision_id=decision.id, award_id=award.id, field=row["field"], before=before, after=after
            )
        )
    word_draft(completing.case, decision, completing.form)


def printed_texts(transaction: Transaction, award: Award) -> Mapping[str, str]:
    """What papers say of an award now, by the field that can be put right."""
    case_id = award.nomination.case_id
    bearer = nominee(award.nomination.nominee, dossiers(transaction.session, [case_id])[case_id])
    return {
        "name": bearer["name"],
        "address": bearer["address"] or "",
        "achievement": told_achievement(award),
    }


def refuse_outdated(transaction: Transaction, decision: Decision, field: str) -> None:
    """What is signed says what papers say now: others may have corrected or revoked since. Raises InvalidForm."""
    changed = [
        row.award.nomination.case.title
        for row in corrections_of(transaction.session, decision)
        if row.award.revoked_on is not None or printed_texts(transaction, row.award)[row.field] != row.before
    ]
    if changed:
        names = ", ".join(dict.fromkeys(changed))
        raise InvalidForm([Fault(field, "corrected_meanwhile", {"names": names})])


@hooks.carrying("apply_correction")
def apply_correction(carrying: Carrying) -> Mapping[str, Any]:
    """Put right what the numbered decision names; carried out again it changes nothing."""
    transaction, session = carrying.transaction, carrying.transaction.session
    decision = held_amendment(transaction, carrying.case)
    rows = [row for row in corrections_of(session, decision) if not row.applied]
    for award in {row.award_id: row.award for row in rows}.values():
        texts = {row.field: row.after for row in rows if row.award_id == award.id}
        _put_right(transaction, award, texts)
        award.corrected_by_id = decision.id
        for row in rows:
            row.applied = row.applied or row.award_id == award.id
        _reissue(transaction, carrying.case, decision, award)
    original = original_of(decision)
    if original.status == "valid":
        original.status = "corrected"
    if rows:
        codes = sorted({row.award.nomination.case.code for row in rows})
        happening = AwardsCorrected(number=decision.number or 0, year=decision.year or 0, nominations=codes)
        transaction.log_case(carrying.case, happening)
    return {"corrected": len(rows)}


def _put_right(transaction: Transaction, award: Award, texts: Mapping[str, str]) -> None:
    nomination = award.nomination
    if "achievement" in texts:
        nomination.achievement = texts["achievement"]
    if "address" in texts:
        nomination.nominee.address = texts["address"]
    if "name" not in texts:
        return
    name = texts["name"]
    record = transaction.session.scalar(select(AwardRecord).where(AwardRecord.award_id == award.id))
    named: list[Nominee | AwardRecord] = [nomination.nominee]
    if record is not None:
        named.append(record)
    for row in named:
        row.name, row.sort_key, row.search_key = name, sort_key(name), search_key(name)
    nomination.case.title = name


def _reissue(transaction: Transaction, case: Case, decision: Decision, award: Award) -> None:
    """The certificate with the right texts, in the place of the one that stands."""
    session = transaction.session
    session.flush()
    query = select(Certificate).where(Certificate.award_id == award.id, Certificate.state == "valid")
    earlier = session.scalar(query.order_by(Certificate.issue.desc()).limit(1))
    if earlier is None:
        return
    case_id = award.nomination.case_id
    bearer = nominee(award.nomination.nominee, dossiers(session, [case_id])[case_id])
    now = {
        "bearer": full_name(bearer),
        "address": sentence(bearer["address"] or ""),
        "achievement": sentence(told_achievement(award)),
    }
    printed = {name: now.get(name, text) for name, text in earlier.printed.items()}
    reissue(transaction, case, earlier, printed, "correction", f"Quyết định số {written_number(decision)}")


@hooks.ended("award_correction")
def end_correction(transaction: Transaction, case: Case) -> None:
    """A draft that was given up leaves no trace on the awards."""
    if case.outcome == "cancelled":
        refuse_numbered(transaction, case)
