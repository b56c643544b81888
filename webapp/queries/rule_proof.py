"""Whether the rule sets that cases are judged by are still those that were put into force."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import RuleSetVersion
from webapp.queries.chains import Finding, plain

KIND = "law"


@dataclass
class LoggedRules:
    """What the log says of rule sets: the digests of all, and of those that were put into force with their codes."""

    known: set[str] = field(default_factory=set)
    in_force: dict[str, str] = field(default_factory=dict)

    def see(self, kind: str, fields: Mapping[str, Any]) -> None:
        """The next event about a rule set."""
        self.known.add(fields["digest"])
        if kind == "rule_set_imported" or fields.get("status") == "approved":
            self.in_force[fields["digest"]] = fields["code"]


def changed_rules(session: Session, logged: LoggedRules | None) -> Iterator[Finding]:
    """Texts that are not what their digest says; versions that the log knows otherwise (None: not compared)."""
    rows = select(
        RuleSetVersion.code, RuleSetVersion.digest, RuleSetVersion.status, RuleSetVersion.content
    ).order_by(RuleSetVersion.id)
    there = set()
    for code, digest, status, content in session.execute(rows):
        there.add(digest)
        if hashlib.sha256(str(content).encode("utf-8", "surrogateescape")).hexdigest() != digest:
            yield Finding(KIND, plain(code), f"its text is not that of version {plain(digest)}")
        elif logged is None:
            continue
        elif digest not in logged.known:
            yield Finding(KIND, plain(code), "is not in the log")
        elif status == "approved" and digest not in logged.in_force:
            yield Finding(KIND, plain(code), "is in force, and the log tells of no approval")
    for digest, code in logged.in_force.items() if logged else ():
        if digest not in there:
            yield Finding(KIND, plain(code), f"version {plain(digest)} was put into force, and is gone")
