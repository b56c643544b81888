"""How long the file of a nominee's case is kept: by the rules in force on the day it ended."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Unit
from webapp.queries.law import rule_set_for
from webapp.queries.units import standing_level
from workflows.law import NoRule, Retention, RuleSet


@dataclass(frozen=True)
class Term:
    """How long a file is kept. Without a rule nobody has said; without ``until`` for ever, or nobody knows."""

    rule: Retention | None = None
    until: dt.date | None = None

    def over(self, day: dt.date) -> bool:
        """Whether the file need not be kept on a day any more."""
        return self.until is not None and day > self.until

    @property
    def facts(self) -> dict[str, Any] | None:
        """The rule as it is kept with what stands on it."""
        if self.rule is None:
            return None
        names = ("code", "name", "years", "citation", "mark")
        until = self.until.isoformat() if self.until else ""
        return {name: getattr(self.rule, name) for name in names} | {"until": until}


def term_of(session: Session, organiser: Unit, award: str | None, ended: dt.date) -> Term:
    """The term of a case that ended on a day; counted, as that of a decision's file, to the end of a year.

    The level is that which decides the award asked for; where several may, the longest term counts. A case about no
    award has the level of its organiser. A unit's own rules may be older than the list; the general ones stand in.
    """
    for place in (organiser.id, None):
        try:
            rules = rule_set_for(session, ended, place)
        except NoRule:
            continue
        if found := [rule for rule in _rules(session, rules, organiser, award, ended) if rule is not None]:
            rule = max(found, key=lambda each: (each.years is None, each.years or 0))
            return Term(rule, dt.date(ended.year + rule.years, 12, 31) if rule.years else None)
    return Term()


def _rules(
    session: Session, rules: RuleSet, organiser: Unit, award: str | None, day: dt.date
) -> list[Retention | None]:
    try:
        levels = rules.award(award, day).levels if award else (standing_level(session, organiser),)
    except NoRule:  # the award came into the rules later, or has gone from them
        levels = (standing_level(session, organiser),)
    return [rules.retention(level, day) for level in levels]
