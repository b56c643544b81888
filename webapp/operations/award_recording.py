"""What goes into the history of awards by itself: our own decisions, those of a level above, and those of before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from webapp.models import Award, AwardRecord, Campaign, Case, Decision, HigherAward, Nomination, Nominee
from webapp.operations import hooks
from webapp.operations.acting import Actor, Now
from webapp.operations.award_history import record_row
from webapp.operations.hooks import Completing
from webapp.operations.notices import tell
from webapp.operations.refusals import InvalidForm
from webapp.operations.transaction import Transaction, write
from webapp.queries.award_history import NewRecord, known_keys, record_key
from webapp.queries.latest_entries import latest_entries
from webapp.queries.law import rule_set_for
from webapp.queries.nominees import wrong_award
from webapp.queries.people import holders_in
from webapp.queries.plans import plan_of
from webapp.queries.rule_names import rule_names
from webapp.queries.units import standing_level
from webapp.text import nfc
from workflows.forms import Fault
from workflows.history_events import HistoryFilled
from workflows.plan_rounds import is_extraordinary
from workflows.rules.voting import is_higher
from workflows.values import local_day

HIGHER = "nomination/record_higher_decision"


def record_awards(transaction: Transaction, decision: Decision, awards: Iterable[Award]) -> None:
    """What our own decision gives goes into the history, once each; the year is that of the round."""
    for award in awards:
        transaction.session.add(record_row(_of_award(transaction, decision, award), award_id=award.id))


@hooks.completing("nomination", "record_higher_decision")
@hooks.completing("extraordinary", "record_higher_decision")
def record_higher_decision(completing: Completing) -> None:
    """What a level above has awarded goes into the history with its number and date, as its decision says.

    What it has not awarded the submitting side is told with the reason.
    """
    transaction = completing.transaction
    if completing.form["decision"] != "awarded":
        people = _submitting_side(transaction, completing.case)
        about = {"reason": completing.form["refusal_reason"]}
        tell(transaction, completing.case, people, "higher_refused", about=about)
        return
    nomination = transaction.session.execute(
        select(Nomination).where(Nomination.case_id == completing.case.id)
    ).scalar_one()
    _refuse_other_award(transaction, nomination, completing.form["award_given"])
    _add_higher(transaction, nomination, _of_form(transaction, nomination, completing.form))


def _refuse_other_award(transaction: Transaction, nomination: Nomination, code: str) -> None:
    """What a level above gives is for this kind of nominee, and not in the organiser's own power."""
    session, organiser = transaction.session, nomination.case.organiser
    rules = rule_set_for(session, local_day(nomination.case.opened_at), organiser.id)
    award = next((each for each in rules.awards if each.code == code), None)
    if award is None or code == nomination.award:
        return
    fitting = {code: frozenset(award.kinds)}
    if faults := wrong_award(fitting, nomination.nominee.kind, code, "/award_given"):
        raise InvalidForm(faults)
    if not is_higher(standing_level(session, organiser), award.levels):
        raise InvalidForm([Fault("/award_given", "award_not_from_above")])


def tell_of_award(transaction: Transaction, case: Case) -> None:
    """Tell the nominee, the registrant and the submitting unit what a decision, ours or one above, has given."""
    nominee = transaction.session.execute(
        select(Nominee).join(Nomination).where(Nomination.case_id == case.id)
    ).scalar_one()
    people = awarded_people(transaction, case, nominee)
    tell(transaction, case, people, "nomination_awarded", about=_decided(transaction, case))


def awarded_people(transaction: Transaction, case: Case, nominee: Nominee) -> set[int]:
    """Whom an award is told: the nominee, if they have an account, the registrant, and the submitting unit."""
    own = {nominee.person_id} if nominee.person_id is not None else set()
    return _submitting_side(transaction, case) | own


def _submitting_side(transaction: Transaction, case: Case) -> set[int]:
    """The registrant, and who speaks for the submitting unit."""
    people = holders_in(transaction.session, [case.unit_id], ("officer", "commune_chair"), transaction.day)
    return people | ({case.registrant_id} if case.registrant_id else set())


def _decided(transaction: Transaction, case: Case) -> dict[str, str]:
    """What the history says of the award of a nomination, its prize in đồng; nothing of one that is not in it."""
    found = transaction.session.execute(
        select(AwardRecord, Award.prize)
        .outerjoin(Award, Award.id == AwardRecord.award_id)
        .outerjoin(HigherAward, HigherAward.record_id == AwardRecord.id)
        .join(
            Nomination, or_(Nomination.id == Award.nomination_id, Nomination.id == HigherAward.nomination_id)
        )
        .where(Nomination.case_id == case.id)
        .order_by(AwardRecord.id.desc())
    ).first()
    if found is None:
        return {}
    record, prize = found
    told = {
        "award": record.award_name,
        "number": record.decision_number,
        "decided": record.decided_on.isoformat() if record.decided_on else None,
        "prize": str(prize) if prize else None,
    }
    return {key: value for key, value in told.items() if value}


def fill_history(*, actor: Actor, now: Now) -> tuple[int, int]:
    """Enter what was awarded before there was a history: from the register and from recorded decisions above.

    Returns how many were entered, and how many stood in it already by a list. Doing it again changes nothing.
    """
    with write(actor, now) as transaction:
        session = transaction.session
        ours = [(each, _of_award(transaction, each.decision, each)) for each in _unrecorded(transaction)]
        above = list(_unrecorded_above(transaction))
        known = known_keys(session, [record for _source, record in (*ours, *above)])
        fresh_ours = [pair for pair in ours if record_key(pair[1]) not in known]
        fresh_above = [pair for pair in above if record_key(pair[1]) not in known]
        session.add_all(record_row(record, award_id=award.id) for award, record in fresh_ours)
        for nomination, record in fresh_above:
            _add_higher(transaction, nomination, record)
        entered = len(fresh_ours) + len(fresh_above)
        left = len(ours) + len(above) - entered
        if entered:
            transaction.log("history", HistoryFilled(rows=entered, known=left))
        return entered, left


def _unrecorded(transaction: Transaction) -> list[Award]:
    """Awards of numbered decisions that no record names."""
    recorded = select(AwardRecord.award_id).where(AwardRecord.award_id.is_not(None))
    query = (
        select(Award)
        .join(Decision, Decision.id == Award.decision_id)
        .where(Decision.number.is_not(None), Award.id.not_in(recorded))
        .options(joinedload(Award.decision), joinedload(Award.nomination).joinedload(Nomination.case))
        .order_by(Award.id)
    )
    return list(transaction.session.scalars(query))


def _unrecorded_above(transaction: Transaction) -> Iterator[tuple[Nomination, NewRecord]]:
    """Nominations that a level above has awarded and no record names, with what the form of that day says."""
    query = (
        select(Nomination)
        .join(Case, Case.id == Nomination.case_id)
        .where(
            Case.outcome == "awarded_higher",
            Nomination.id.not_in(select(HigherAward.nomination_id)),
        )
        .order_by(Nomination.id)
    )
    nominations = list(transaction.session.scalars(query))
    told = latest_entries(transaction.session, [each.case_id for each in nominations], [HIGHER])
    for nomination in nominations:
        if entry := told.get((nomination.case_id, HIGHER)):
            yield nomination, _of_form(transaction, nomination, entry.data)


def _add_higher(transaction: Transaction, nomination: Nomination, record: NewRecord) -> None:
    row = record_row(record)
    transaction.session.add(row)
    transaction.session.flush()
    transaction.session.add(HigherAward(record_id=row.id, nomination_id=nomination.id))


def _of_award(transaction: Transaction, decision: Decision, award: Award) -> NewRecord:
    return _record(
        transaction,
        award.nomination,
        award.nomination.award,
        decided_by=decision.unit.name,
        decision_number=f"{decision.number}/{decision.symbol}",
        decided_on=decision.dated_on,
    )


def _of_form(transaction: Transaction, nomination: Nomination, form: Mapping[str, Any]) -> NewRecord:
    return _record(
        transaction,
        nomination,
        form["award_given"],
        decided_by=nfc(form["issuer"]),
        decision_number=nfc(form["decision_number"]),
        decided_on=dt.date.fromisoformat(form["decision_date"]),
    )


def _record(transaction: Transaction, nomination: Nomination, award: str, **decision: Any) -> NewRecord:
    nominee = nomination.nominee
    campaign = transaction.session.get_one(Campaign, nomination.campaign_id)
    extraordinary = is_extraordinary(nomination.round.code)
    return NewRecord(
        kind=nominee.kind,
        name=nomination.case.title,
        unit_id=nominee.unit_id,
        birth_year=nominee.birth_year,
        identity=nominee.identity,
        award=award,
        award_name=rule_names(transaction.session).awards.get(award, award),
        year=nomination.round.on_date.year,
        movement="extraordinary" if extraordinary else plan_of(transaction.session, campaign).campaign_kind,
        **decision,
    )
