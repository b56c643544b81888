"""Rule sets and their versions as their pages show them: what is in force, what is drafted, what differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.campaigns.rule_tables import RuleRow, RuleTable, rows_by_place, tables, unverified
from webapp.extensions import db
from webapp.i18n import content
from webapp.models import RuleSetVersion, Unit
from webapp.queries.drafted_versions import may_decide
from webapp.queries.law import rule_sets
from webapp.queries.rule_sets import (
    is_involved,
    may_draft_rules,
    open_draft,
    place_of,
    places_of,
    readable_version,
    version_in_force,
    versions_of,
    waiting_drafts,
)
from webapp.ui.access import standing
from webapp.ui.formats import day
from workflows.law import RuleSet, parse_rule_set
from workflows.law_amendments import HEADS, differences
from workflows.typed_yaml import Path, read
from workflows.vocabulary import LEVEL_NAMES

HEAD_NAMES: dict[str, LazyString] = {
    "title": _l("Name of the rule set"),
    "starts": _l("In force from"),
    "ends": _l("In force until"),
    "levels": _l("Levels"),
    "legal_bases": _l("Legal bases"),
}


@dataclass(frozen=True)
class ShownSets:
    """The rule sets that count in a unit, by era, and its drafts; ``places`` are the units one may choose from."""

    place: Unit
    places: Sequence[Unit]
    rule_sets: list[RuleSet]
    drafts: list[tuple[RuleSetVersion, RuleSet]]
    may_draft: bool


@dataclass(frozen=True)
class Said:
    """What a version says in a place that another says otherwise: a row of its tables, or a text on its head."""

    name: str
    value: str
    row: RuleRow | None


@dataclass(frozen=True)
class ShownVersion:
    """One version of a rule set, looked at from a unit.

    ``changes``: what it says otherwise than the one in force there, as (before, after).
    """

    place: Unit
    version: RuleSetVersion
    rules: RuleSet
    in_force: RuleSetVersion | None
    draft: RuleSetVersion | None
    versions: Sequence[RuleSetVersion]
    may_draft: bool
    may_decide: bool

    @property
    def tables(self) -> list[RuleTable]:
        return tables(self.rules)

    @property
    def unverified(self) -> int:
        return unverified(self.tables)

    @property
    def counts(self) -> bool:
        """Whether this is the version in force."""
        return self.in_force is not None and self.in_force.id == self.version.id

    @property
    def may_amend(self) -> bool:
        """Whether the reader may go on from this version: from the open draft, else from the one in force."""
        current = self.draft or self.in_force
        return self.may_draft and current is not None and current.id == self.version.id

    @property
    def may_draft_again(self) -> bool:
        """Whether the reader may take up a version that is neither in force nor to be decided."""
        return self.may_draft and self.draft is None and not self.counts

    @property
    def changes(self) -> list[tuple[Said | None, Said | None]]:
        if self.counts or self.in_force is None:
            return []
        return compared(self.in_force.content, self.version.content)


def place_asked() -> tuple[Unit, Sequence[Unit]]:
    """The unit the address names, by default the reader's first, and those they may choose from; 404 for others."""
    places = places_of(db.session(), standing())
    return place_of(places, request.args.get("unit")) or abort(404), places


def shown_rule_sets() -> ShownSets:
    """The rule sets of the unit asked for, the newest era first."""
    place, places = place_asked()
    found = sorted(rule_sets(db.session(), place.id), key=lambda rules: rules.starts, reverse=True)
    waiting = waiting_drafts(db.session(), place) if is_involved(standing(), place) else []
    drafts = [(each, parse_rule_set(each.content)) for each in waiting]
    return ShownSets(place, places, found, drafts, may_draft_rules(standing(), place))


def shown_rules(code: str) -> ShownVersion:
    """The version of a rule set that is in force in the unit asked for, or 404."""
    place, _places = place_asked()
    return _shown(version_in_force(db.session(), code, place) or abort(404), place)


def shown_version(public_id: str) -> ShownVersion:
    """A version of a rule set; drafts are 404 for those who neither draft nor decide them."""
    version = readable_version(db.session(), standing(), public_id) or abort(404)
    place = place_asked()[0] if version.unit is None or version.status == "approved" else version.unit
    return _shown(version, place)


def _shown(version: RuleSetVersion, place: Unit) -> ShownVersion:
    session, involved = db.session(), is_involved(standing(), place)
    known = versions_of(session, version.code, place)
    return ShownVersion(
        place=place,
        version=version,
        rules=parse_rule_set(version.content),
        in_force=version_in_force(session, version.code, place),
        draft=open_draft(session, version.code, place),
        versions=[each for each in known if involved or each.status == "approved"],
        may_draft=may_draft_rules(standing(), place),
        may_decide=may_decide(standing(), place),
    )


@dataclass(frozen=True)
class ShownComparison:
    """Two versions of a rule set, and what they say otherwise."""

    before: RuleSetVersion
    after: RuleSetVersion
    changes: list[tuple[Said | None, Said | None]]

    @property
    def title(self) -> str:
        return content(parse_rule_set(self.after.content).title)


def compared_versions(before: str, after: str) -> ShownComparison:
    """Two versions by their public ids; 404 unless both are of one rule set."""
    old, new = (shown_version(public_id).version for public_id in (before, after))
    if old.code != new.code:
        abort(404)
    return ShownComparison(old, new, compared(old.content, new.content))


def compared(before: str, after: str) -> list[tuple[Said | None, Said | None]]:
    """What two texts of a rule set say otherwise, each place as the one and as the other says it."""
    old, new = _Reading(before), _Reading(after)
    return [(old.at(each.before), new.at(each.after)) for each in differences(old.data, new.data)]


class _Reading:
    """The text of a version, to be asked what stands in a place."""

    def __init__(self, text: str) -> None:
        self.data: Mapping[str, Any] = read(text).data
        self.rows = rows_by_place(parse_rule_set(text))

    def at(self, place: Path | None) -> Said | None:
        if place is None:
            return None
        if place[0] in HEADS:
            head = str(place[0])
            return Said(str(HEAD_NAMES[head]), _head(head, self.data.get(head)), None)
        row = self.rows[place]
        name = f"{self.rows[place[:2]].name}: {row.name}" if row.part else row.name
        return Said(name, row.value, row)


def _head(name: str, value: Any) -> str:
    if value is None:
        return "–"
    if name in ("starts", "ends"):
        return day(dt.date.fromisoformat(value))
    if name == "levels":
        return ", ".join(content(LEVEL_NAMES[each]) for each in value)
    return content(value) if isinstance(value, str) else "; ".join(content(each) for each in value)
