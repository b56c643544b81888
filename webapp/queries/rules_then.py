"""The rules a case stood under at any instant: which version had been approved by then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import Case, RuleSetVersion, Unit
from webapp.queries.law import basis_of, nearest, version_of
from workflows.law import Clock, RuleSet
from workflows.values import local_day

_APPROVED = (
    select(
        RuleSetVersion.code,
        Unit.code.label("unit"),
        RuleSetVersion.digest,
        func.coalesce(RuleSetVersion.decided_at, RuleSetVersion.imported_at).label("since"),
    )
    .outerjoin(Unit, Unit.id == RuleSetVersion.unit_id)
    .where(RuleSetVersion.status == "approved")
    .order_by(RuleSetVersion.id)
)


@dataclass(frozen=True)
class RulesThen:
    """A version of a rule set: its SHA-256, since when it counts, and the general one beside it for what it lacks."""

    rule_set: RuleSet
    digest: str
    since: dt.datetime
    general: RuleSet

    def clock(self, codes: Iterable[str], day: dt.date, award: str | None) -> Clock | None:
        """The longest of these clocks; None when the version knows none of them."""
        sets = (self.rule_set, self.general)
        known = (
            next((each.clock(code, day, award) for each in sets if code in each.clock_codes), None)
            for code in codes
        )
        return max(filter(None, known), key=lambda clock: clock.days, default=None)


class RulesOfCase:
    """The rules of one case through time; three statements for all of it."""

    def __init__(self, session: Session, case: Case) -> None:
        self.session = session
        self.opened = local_day(case.opened_at)
        self.received, self.award = basis_of(session, case)
        self.place = session.get_one(Unit, case.organiser_id).code
        self.approved = session.execute(_APPROVED).all()
        self._found: dict[tuple[int, dt.date], RulesThen | None] = {}

    def day(self, at: dt.datetime) -> dt.date:
        """The day that chose the rules at an instant: that of receipt, before it that of opening."""
        return self.received if local_day(at) >= self.received else self.opened

    def at(self, at: dt.datetime) -> RulesThen | None:
        """The version that counted at an instant; None when none had been approved yet."""
        known = sum(row.since <= at for row in self.approved)
        key = known, self.day(at)
        if key not in self._found:
            self._found[key] = self._look(at)
        return self._found[key]

    def clock(self, codes: Iterable[str], at: dt.datetime) -> Clock | None:
        """The clock that a deadline set at an instant runs by."""
        rules = self.at(at)
        return rules.clock(codes, self.day(at), self.award) if rules else None

    def _look(self, at: dt.datetime) -> RulesThen | None:
        approved: dict[tuple[str, str | None], str] = {}
        since: dict[str, dt.datetime] = {}
        for row in (row for row in self.approved if row.since <= at):
            approved.pop((row.code, row.unit), None)
            approved[row.code, row.unit] = row.digest
            since[row.digest] = row.since
        own, general = (self._of_day(nearest(approved, place), self.day(at)) for place in (self.place, ""))
        if own is None or general is None:
            return None
        return RulesThen(own[0], own[1], since[own[1]], general[0])

    def _of_day(self, counting: dict[str, str], day: dt.date) -> tuple[RuleSet, str] | None:
        for code, digest in counting.items():
            found = version_of(self.session, code, digest)
            if found.starts <= day and (found.ends is None or day <= found.ends):
                return found, digest
        return None
