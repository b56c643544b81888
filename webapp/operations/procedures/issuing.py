"""Award issuance after the signing: gap-free in the register, told to its people, handed over, public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from webapp.models import Award, Case, Decision, Paper, Unit
from webapp.operations import hooks
from webapp.operations.archive import archive_file
from webapp.operations.award_recording import record_awards
from webapp.operations.decision_days import refuse_before
from webapp.operations.hooks import Carrying, Completing
from webapp.operations.numbers import take_number
from webapp.operations.procedures.awards import decision_of, prizes_of
from webapp.operations.refusals import InvalidForm
from webapp.operations.transaction import Transaction
from webapp.queries.award_lists import standing_awards
from webapp.queries.law import rule_set_for
from webapp.text import nfc
from workflows.award_events import AwardsRegistered
from workflows.forms import Fault
from workflows.law import NoRule
from workflows.rules.deadlines import end_of_day


def register(transaction: Transaction, case: Case, decision: Decision, dated_on: dt.date) -> None:
    """Prizes by the rules of the day of a decision, register numbers and the log of its awards."""
    try:
        prize_of = prizes_of(transaction, decision, dated_on)
        prizes = [prize_of(award.nomination) for award in decision.awards]
    except NoRule as fault:
        raise InvalidForm([Fault("/dated_on", "no_rule")]) from fault
    rules = rule_set_for(transaction.session, dated_on, decision.unit_id)
    for award, prize in zip(decision.awards, prizes, strict=True):
        award.prize = prize
        if rules.award(award.nomination.award, dated_on).register:
            award.register_unit_id, award.register_year = decision.unit_id, dated_on.year
            award.register_number = take_number(transaction, f"register/{decision.unit_id}", dated_on.year)
    record_awards(transaction, decision, decision.awards)
    transaction.log_case(
        case,
        AwardsRegistered(
            number=decision.number or 0,
            year=dated_on.year,
            entries=[
                {"nomination": a.nomination.case.code, "register": a.register_number, "prize": a.prize}
                for a in decision.awards
            ],
        ),
    )


@hooks.carrying("deliver_awards")
def deliver_awards(carrying: Carrying) -> Mapping[str, Any]:
    """Tell every nomination that its decision is out; it tells its people."""
    decision = decision_of(carrying.transaction, carrying.case)
    for award in decision.awards:
        carrying.transaction.promise(
            "decision_result",
            {"issued": True},
            receiver_id=award.nomination.case_id,
            message_id=f"{carrying.case.code}/{award.position}",
        )
    return {"awards": len(decision.awards)}


@hooks.completing("award_issuance", "hand_over")
def hand_over(completing: Completing) -> None:
    """Who received what, when; for somebody else how related, and by which paper."""
    session = completing.transaction.session
    decision = decision_of(completing.transaction, completing.case)
    completing.transaction.hold(Unit, decision.unit_id)
    named = [row["proxy"] for row in completing.form["recipients"] if "proxy" in row]
    of_case = Paper.case_id == completing.case.id, Paper.public_id.in_(named)
    proxies = dict(session.execute(select(Paper.public_id, Paper.id).where(*of_case)).all())
    awards = {award.nomination.case.code: award for award in decision.awards}
    handed = [(at, row) for at, row in enumerate(completing.form["recipients"]) if "handed_on" in row]
    refuse_before(decision, {f"/recipients/{at}/handed_on": row["handed_on"] for at, row in handed})
    _refuse_revoked(handed, awards)
    _refuse_own_proxies(handed, awards)
    for _at, row in handed:
        award = awards.get(row["recipient"])
        if award is not None:
            award.handed_over_on = dt.date.fromisoformat(row["handed_on"])
            award.handed_over_to = row.get("received_by") or award.nomination.case.title
            award.received_relation = nfc(row.get("relation", "")) or None
            award.proxy_paper_id = proxies.get(row.get("proxy", ""))
    _refuse_unfinished(completing.form, decision)


def _refuse_revoked(handed: Iterable[tuple[int, Mapping[str, Any]]], awards: Mapping[str, Award]) -> None:
    """What does not hold any more is not handed over. Raises InvalidForm."""
    revoked = {code: award for code, award in awards.items() if award.revoked_on is not None}
    faults = [
        Fault(f"/recipients/{at}/handed_on", "award_revoked", {"name": award.nomination.case.title})
        for at, row in handed
        if (award := revoked.get(row["recipient"]))
    ]
    if faults:
        raise InvalidForm(faults)


def _refuse_own_proxies(handed: Iterable[tuple[int, Mapping[str, Any]]], awards: Mapping[str, Award]) -> None:
    """Whoever receives it for somebody, and is related to them, is another person. Raises InvalidForm."""
    faults = [
        Fault(f"/recipients/{at}/received_by", "received_by_self")
        for at, row in handed
        if "relation" in row
        and (award := awards.get(row["recipient"]))
        and row.get("received_by", award.nomination.case.title) == award.nomination.case.title
    ]
    if faults:
        raise InvalidForm(faults)


def _refuse_unfinished(form: Mapping[str, Any], decision: Decision) -> None:
    """All is handed over when each that holds has a day; and nobody comes back who has handed nothing over.

    Raises InvalidForm.
    """
    if form.get("decision") == "more" and not any("handed_on" in row for row in form["recipients"]):
        raise InvalidForm([Fault("/decision", "none_handed_over")])
    left = [
        award.nomination.case.title for award in standing_awards(decision) if award.handed_over_on is None
    ]
    if form.get("decision") == "done" and left:
        raise InvalidForm([Fault("/decision", "not_all_handed_over", {"names": ", ".join(left)})])


@hooks.completing("award_issuance", "publish_decision")
def publish(completing: Completing) -> None:
    """The decision is public, since the day that the form names."""
    decision = decision_of(completing.transaction, completing.case)
    published_on = completing.form["published_on"]
    refuse_before(decision, {"/published_on": published_on})
    day_over = end_of_day(dt.date.fromisoformat(published_on))
    decision.published_at = min(completing.transaction.now.at, day_over)


@hooks.completing("award_issuance", "close_file")
def close_file(completing: Completing) -> None:
    """The file of the decision is closed: how long it is kept is settled by the rules of now."""
    form = completing.form
    archive_file(completing.transaction, completing.case, form.get("file_number", ""), form["kept_at"])
