"""Criteria tables and their versions as their pages show them: where each stands, what it changes, what uses it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.extensions import db
from webapp.i18n import content
from webapp.models import Cluster, ClusterYear, CriteriaVersion, Unit
from webapp.queries.clusters import criteria_of
from webapp.queries.criteria import (
    TableRow,
    approved_before,
    current_version,
    may_draft_criteria,
    places_to_draft,
    readable_version,
    table_rows,
    versions_of,
    years_using,
)
from webapp.queries.drafted_versions import OPEN, may_decide
from webapp.ui.access import hidden, standing
from webapp.ui.formats import number
from workflows.criteria import CriteriaTable, Criterion
from workflows.criteria_drafts import Finding, findings
from workflows.rules.scoring import Total, most_points

KIND_NAMES: dict[str, LazyString] = {
    "regular": _l("Regular points"),
    "bonus": _l("Bonus points"),
    "penalty": _l("Points taken off"),
}
Change = tuple[str, str | None, str | None]
"""What is changed, what stood there before and what stands there now; None where there was or is nothing."""


@dataclass(frozen=True)
class ShownTables:
    """The tables that concern the reader, and the units for which they may draft one."""

    rows: Sequence[TableRow]
    places: Sequence[Unit]


@dataclass(frozen=True)
class ShownCriteria:
    """One version of a table; ``before`` is the approved one it goes on from, if there is one."""

    version: CriteriaVersion
    table: CriteriaTable
    before: CriteriaVersion | None
    current: CriteriaVersion | None
    versions: Sequence[CriteriaVersion]
    years: Sequence[tuple[Cluster, ClusterYear]]
    places: Sequence[Unit]
    may_draft: bool
    may_decide: bool

    @property
    def most(self) -> Total:
        return most_points(self.table)

    @property
    def open(self) -> bool:
        return self.version.status in OPEN

    @property
    def may_amend(self) -> bool:
        """Whether the reader may go on from this version: from the open draft, else from the one in force."""
        return self.may_draft and self.current is not None and self.current.id == self.version.id

    @property
    def findings(self) -> list[Finding]:
        return findings(self.table)

    @property
    def changes(self) -> list[Change]:
        return list(_changes(criteria_of(self.before.content), self.table)) if self.before else []


def shown_tables() -> ShownTables:
    """The list of tables."""
    session = db.session()
    return ShownTables(table_rows(session, standing()), places_to_draft(session, standing()))


def shown_criteria(public_id: str) -> ShownCriteria:
    """One version, when the reader may read it; else 404."""
    session = db.session()
    version = readable_version(session, standing(), public_id) or hidden()
    versions = versions_of(session, standing(), version.code)
    return ShownCriteria(
        version=version,
        table=criteria_of(version.content),
        before=approved_before(session, version),
        current=current_version(session, version.code),
        versions=versions,
        years=years_using(session, standing(), versions),
        places=places_to_draft(session, standing()),
        may_draft=version.unit is not None and may_draft_criteria(standing(), version.unit),
        may_decide=version.unit is not None and may_decide(standing(), version.unit),
    )


def newest_of(code: str) -> str:
    """The public id of the newest version of a table that the reader may read; else 404."""
    versions = versions_of(db.session(), standing(), code)
    return versions[0].public_id if versions else hidden()


def _changes(before: CriteriaTable, after: CriteriaTable) -> Iterator[Change]:
    old, new = dict(_heads(before)), dict(_heads(after))
    yield from ((name, old[name], said) for name, said in new.items() if old[name] != said)
    was, now = dict(_criteria(before)), dict(_criteria(after))
    for code, (name, said) in now.items():
        earlier = was.get(code)
        if earlier != (name, said):
            yield name, earlier and _told(earlier, name), said
    yield from ((name, said, None) for code, (name, said) in was.items() if code not in now)


def _told(earlier: tuple[str, str], name: str) -> str:
    """What a criterion said; with its name where that was another one."""
    was, said = earlier
    return said if was == name else f"{was}: {said}"


def _heads(table: CriteriaTable) -> Iterator[tuple[str, str]]:
    rule = table.acclaim
    yield _("Name of the table"), content(table.name)
    yield _("Source"), content(table.source)
    yield _("Checked"), _("verified") if table.mark == "verified" else _("not yet verified")
    yield _("Points of difference that want a reason"), number(table.difference)
    yield (
        _("Vote for the leading unit"),
        _(
            "more than %(share)s %% of all members; %(days)s and %(second)s days",
            share=number(rule.more_than),
            days=rule.days,
            second=rule.second_days,
        ),
    )
    own = _("A member may vote for itself.") if rule.own_unit else _("A member may not vote for itself.")
    yield _("Vote for itself"), own
    yield _("Where the rule of the vote stands"), content(rule.source)


def _criteria(table: CriteriaTable) -> Iterator[tuple[str, tuple[str, str]]]:
    for part in table.sections:
        for each in part.criteria:
            yield each.code, (content(each.name), f"{content(part.name)} · {described(each)}")


def described(criterion: Criterion) -> str:
    """``at most 15 points × 1.2, bonus points, with a paper``."""
    told = [_("at most %(points)s points", points=number(criterion.maximum))]
    if criterion.weight != 1:
        told[0] += f" × {number(criterion.weight)}"
    if criterion.kind != "regular":
        told.append(str(KIND_NAMES[criterion.kind]).lower())
    return ", ".join([*told, *([_("with a paper")] if criterion.evidence else [])])


def finding_text(finding: Finding) -> str:
    """What is to be looked at, in words that name its row."""
    points, at = number(finding.points), {"row": finding.row, "name": content(finding.name)}
    match finding.kind:
        case "unverified":
            return _("The source of the table has not been verified yet.")
        case "not_hundred":
            return _("The regular points come to %(points)s with their weights, not to 100.", points=points)
        case "same_name":
            return _("Row %(row)s, “%(name)s”: another part has a criterion of this name, too.", **at)
        case "bonus_unproved":
            return _("Row %(row)s, “%(name)s”: bonus points that no paper has to prove.", **at)
    return _("Row %(row)s, “%(name)s”: counts up to %(points)s points by its weight.", points=points, **at)
