"""Finds or enters the nominee a start form speaks of."""

from __future__ import annotations

from sqlalchemy import select

from webapp.models import Nominee, Unit
from webapp.operations.refusals import InvalidForm
from webapp.operations.starts import Start
from webapp.operations.transaction import Transaction
from webapp.queries.nominees import award_kinds, fillers, not_in_strand, wrong_award
from webapp.queries.plans import plan_of
from webapp.text import nfc, search_key, sort_key
from workflows.forms import Fault


def nominee_of(transaction: Transaction, kind: str, name: str, unit: Unit) -> Nominee:
    """The nominee of this kind and name in the unit, entered now when unknown."""
    name = nfc(name)
    known = transaction.session.scalar(
        select(Nominee).where(Nominee.unit_id == unit.id, Nominee.kind == kind, Nominee.name == name)
    )
    if known is not None:
        return known
    nominee = Nominee(
        kind=kind, name=name, unit_id=unit.id, sort_key=sort_key(name), search_key=search_key(name)
    )
    transaction.session.add(nominee)
    transaction.session.flush()
    return nominee


def refuse_wrong_filler(start: Start) -> None:
    """Who has an account fills in themselves; an officer fills in for somebody without one."""
    if start.form["filled_by"] not in fillers(start.standing):
        raise InvalidForm([Fault("/filled_by", "not_a_choice")])


def refuse_wrong_kind(start: Start) -> None:
    """A strand is for the kinds of nominee its target groups have."""
    strand = plan_of(start.transaction.session, start.campaign).strand(start.form["strand"])
    if start.form["nominee_kind"] not in strand.kinds:
        raise InvalidForm([not_in_strand(strand)])


def refuse_wrong_award(start: Start) -> None:
    """An award is for the kinds of nominee that the rules of the day name."""
    kinds = award_kinds(start.transaction.session, start.campaign, start.transaction.day)
    if faults := wrong_award(kinds, start.form["nominee_kind"], start.form["proposed_award"]):
        raise InvalidForm(faults)
