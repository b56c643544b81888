"""Amends rule sets: drafted by an administrator, sent to the authority, approved or discarded there."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import select

from webapp.models import RuleSetVersion, Unit
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.drafted_versions import Drafts, digest_of
from webapp.operations.refusals import InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.drafted_versions import OPEN
from webapp.queries.rule_sets import may_draft_rules, open_draft, readable_version, version_in_force
from workflows.forms import Fault
from workflows.law import LawFaults, RuleSet, parse_rule_set
from workflows.law_amendments import Amendment, NoEntry, as_text
from workflows.rule_events import RuleSetDecided, RuleSetDrafted, RuleSetReturned
from workflows.typed_yaml import read

MOST_FAULTS = 20
DRAFTS = Drafts(
    kind=RuleSetVersion,
    stream="law",
    moved="rules_moved",
    notice="rule_set_submitted",
    told_back="rule_set_returned",
    title=lambda version: parse_rule_set(version.content).title,
    may_draft=may_draft_rules,
    drafted=RuleSetDrafted,
    decided=RuleSetDecided,
    returned=RuleSetReturned,
)


def amend_rules(upon: str, unit: str, amendment: Amendment, *, actor: Actor, now: Now) -> str:
    """Amend, for a unit and all below it, the version of a public id; returns the draft's public id.

    The version is the unit's open draft, which goes on, or without one that in force there, of which a draft is begun.
    Raises NotFound, Forbidden, NotNow("rules_moved") when it is another one by now, InvalidForm when the rule set would
    be at odds with itself or says the same as before.
    """
    with write(actor, now) as transaction:
        place = DRAFTS.drafting(transaction, unit)
        version = _held(transaction, upon)
        if _current(transaction, version.code, place) is not version:
            raise NotNow("rules_moved")
        try:
            text = as_text(amendment.upon(read(version.content).data))
        except NoEntry as fault:
            raise NotFound from fault
        rules = _parsed(text)
        if rules == parse_rule_set(version.content):
            raise InvalidForm([Fault("", "nothing_amended")])
        return _draft(transaction, text, rules, version, place)


def draft_text(text: str, unit: str, *, actor: Actor, now: Now) -> str:
    """Draft a whole rule set for a unit, a new one or a new version; returns the draft's public id.

    Raises NotFound, Forbidden, InvalidForm with every fault of the text, and when it says the same as what is there.
    """
    rules = _parsed(text, "/text")
    with write(actor, now) as transaction:
        place = DRAFTS.drafting(transaction, unit)
        current = _current(transaction, rules.code, place)
        if current is not None:
            current = _held(transaction, current.public_id)
            if rules == parse_rule_set(current.content):
                raise InvalidForm([Fault("/text", "nothing_amended")])
        return _draft(transaction, text, rules, current, place)


def draft_again(public_id: str, unit: str, *, actor: Actor, now: Now) -> str:
    """Draft for a unit what another version says; returns the draft's public id.

    Raises NotFound, Forbidden, NotNow("draft_open") while there is a draft, InvalidForm when it is what counts anyway.
    """
    with write(actor, now) as transaction:
        place = DRAFTS.drafting(transaction, unit)
        if readable_version(transaction.session, acting_standing(transaction), public_id) is None:
            raise NotFound
        version = _held(transaction, public_id)
        current = _current(transaction, version.code, place)
        if current is not None and current.status in OPEN:
            raise NotNow("draft_open")
        if current is not None and current.digest == version.digest:
            raise InvalidForm([Fault("", "nothing_amended")])
        return _draft(transaction, version.content, parse_rule_set(version.content), current, place)


def submit_rules(public_id: str, *, actor: Actor, now: Now) -> None:
    """Send a draft to the authority, who is told of it. Raises NotFound, Forbidden, NotNow("rules_moved")."""
    with write(actor, now) as transaction:
        DRAFTS.submit(transaction, public_id)


def return_rules(public_id: str, reason: str, *, actor: Actor, now: Now) -> None:
    """Give what was submitted back to who drafted it, as the authority, with a reason.

    Raises NotFound, Forbidden, InvalidForm for no reason, NotNow("rules_moved").
    """
    with write(actor, now) as transaction:
        DRAFTS.give_back(transaction, public_id, reason)


def decide_rules(public_id: str, *, approve: bool, actor: Actor, now: Now) -> None:
    """Approve what was submitted, or discard it; an open draft may be discarded by who drafts, too.

    What is approved counts at once, for the days it names. Raises NotFound, Forbidden, NotNow("rules_moved").
    """
    with write(actor, now) as transaction:
        DRAFTS.decide(transaction, public_id, approve=approve)


def _held(transaction: Transaction, public_id: str) -> RuleSetVersion:
    """The version of a public id, locked with all others of its rule set."""
    session = transaction.session
    code = select(RuleSetVersion.code).where(RuleSetVersion.public_id == public_id).scalar_subquery()
    rows = session.scalars(
        select(RuleSetVersion)
        .where(RuleSetVersion.code == code)
        .order_by(RuleSetVersion.id)
        .with_for_update(of=RuleSetVersion)
        .execution_options(populate_existing=True)
    ).all()
    found = next((row for row in rows if row.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


def _current(transaction: Transaction, code: str, place: Unit) -> RuleSetVersion | None:
    """What a unit goes on from: its open draft, or the version in force there."""
    session = transaction.session
    return open_draft(session, code, place) or version_in_force(session, code, place)


def _parsed(text: str, pointer: str = "") -> RuleSet:
    """The rule set of a text; its faults belong to the field at ``pointer``, which shows their lines."""
    try:
        return parse_rule_set(text)
    except LawFaults as refusal:
        found = ({**asdict(fault), "shown": bool(pointer)} for fault in refusal.faults[:MOST_FAULTS])
        raise InvalidForm([Fault(pointer, "rule_set_fault", told) for told in found]) from refusal


def _draft(
    transaction: Transaction, text: str, rules: RuleSet, upon: RuleSetVersion | None, place: Unit
) -> str:
    row = RuleSetVersion(
        code=rules.code,
        digest=digest_of(text),
        from_date=rules.starts,
        to_date=rules.ends,
        status="draft",
        content=text,
        imported_at=transaction.now.at,
    )
    return DRAFTS.enter(transaction, row, place, upon)
