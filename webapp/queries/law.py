"""The rules in force: rule sets as imported, the calendar, and the clocks of a case."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from webapp.models import Case, Nomination, RuleSetVersion
from workflows.law import RuleSet, parse_rule_set, rule_set_at
from workflows.rules.deadlines import Calendar, clock_table, office_calendar
from workflows.values import local_day

_APPROVED = (
    select(RuleSetVersion.code, RuleSetVersion.digest)
    .where(RuleSetVersion.status == "approved")
    .order_by(RuleSetVersion.id)
)
_RECEIVED = select(Nomination.received_on, Nomination.award).where(Nomination.case_id == bindparam("case"))
_SEEN = "rule sets seen"


def rule_sets(session: Session) -> tuple[RuleSet, ...]:
    """The newest approved version of every rule set; asked for once in a transaction, which needs it several times."""
    transaction = session.get_transaction()
    seen, found = session.info.get(_SEEN, (None, ()))
    if seen is None or seen is not transaction:
        newest = dict(session.execute(_APPROVED).all())
        found = tuple(_version(session, code, digest) for code, digest in newest.items())
        session.info[_SEEN] = session.get_transaction(), found
    rules: tuple[RuleSet, ...] = found
    return rules


def rule_set_for(session: Session, day: dt.date) -> RuleSet:
    """The rule set of a day. Raises NoRule."""
    return rule_set_at(rule_sets(session), day)


def clocks_for(session: Session, case: Case, at: dt.datetime) -> dict[str, str]:
    """Every clock of the case started at ``at``: id → ISO instant.

    The day of receipt chooses the rule set of a nomination (domain: conditions, papers and clocks of a dossier); until
    it is received, and for every other case, the day the case was opened does.
    """
    received, award = None, None
    if case.process == "nomination":
        row = session.execute(_RECEIVED, {"case": case.id}).first()
        received, award = (row.received_on, row.award) if row else (None, None)
    rules = rule_set_for(session, received or local_day(case.opened_at))
    return clock_table(rules, at, calendar_around(local_day(at).year), award)


def clock_at(session: Session, case: Case, clock: str, at: dt.datetime) -> dt.datetime:
    """One clock of a case started at ``at``."""
    return dt.datetime.fromisoformat(clocks_for(session, case, at)[clock])


@lru_cache(maxsize=32)
def calendar_around(year: int) -> Calendar:
    """Public holidays of a year and its neighbours: no clock runs longer than that."""
    return office_calendar(range(year - 1, year + 2))


_versions: dict[tuple[str, str], RuleSet] = {}
"""Versions never change, so each is read once in the life of a process."""


def _version(session: Session, code: str, digest: str) -> RuleSet:
    if (code, digest) not in _versions:
        query = select(RuleSetVersion.content)
        found = session.execute(query.where(RuleSetVersion.code == code, RuleSetVersion.digest == digest))
        _versions[code, digest] = parse_rule_set(found.scalar_one())
    return _versions[code, digest]
