"""Which version of diagram and rules each step of a case ran under, and where one of them changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.models import Case
from webapp.queries.replay_steps import WalkStep
from webapp.queries.rules_then import RulesOfCase

DEPLOYED = "deployment_made"


@dataclass(frozen=True)
class Version:
    """A version by its SHA-256, and since when it is in use; ``title`` of rules is the Vietnamese text of the law."""

    digest: str
    since: dt.datetime | None
    title: str = ""


@dataclass(frozen=True)
class VersionsThen:
    """``diagram`` and ``rules`` of a step; ``newer``: the diagram that new cases got by then, if it was another."""

    diagram: Version
    newer: Version | None
    rules: Version | None


Kind = Literal["diagram", "newer", "rules"]


@dataclass(frozen=True)
class VersionChange:
    """Between the step before and this one: the case goes on by another ``diagram`` or other ``rules``, or there is a
    ``newer`` diagram by which this case does not go."""

    kind: Kind
    version: Version


def versions_of(
    session: Session, case: Case, rules: RulesOfCase, steps: Sequence[WalkStep]
) -> dict[int, VersionsThen]:
    """The versions of every step, by its number."""
    stream = f"deployment/{case.process}"
    deployed = [each for each in eventlog.read_stream(session, stream) if each.type == DEPLOYED]
    made = {each.fields["digest"]: each.at for each in reversed(deployed)}
    digest = case.deployment_digest
    found: dict[int, VersionsThen] = {}
    for step in steps:
        event = step.input or step.line.event
        digest = event.deployment or digest
        known = [each.fields["digest"] for each in deployed if each.at <= event.at]
        then = rules.at(event.at)
        found[step.number] = VersionsThen(
            diagram=Version(digest, made.get(digest)),
            newer=Version(known[-1], made[known[-1]]) if known and known[-1] != digest else None,
            rules=Version(then.digest, then.since, then.rule_set.title) if then else None,
        )
    return found


def changes_before(versions: Mapping[int, VersionsThen], number: int) -> tuple[VersionChange, ...]:
    """What changed since the step before a step."""
    if number - 1 not in versions:
        return ()
    before, now = versions[number - 1], versions[number]
    pairs: list[tuple[Kind, Version | None, Version | None]] = [
        ("diagram", before.diagram, now.diagram),
        ("newer", before.newer, now.newer),
        ("rules", before.rules, now.rules),
    ]
    return tuple(VersionChange(kind, new) for kind, old, new in pairs if new and new != old)
