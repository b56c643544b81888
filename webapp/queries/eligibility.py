"""What is known of nominees when their eligibility is checked, and what each condition finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Campaign, Case, Nomination, Override, Unit
from webapp.queries.award_history import PastEntry, history_of
from webapp.queries.cluster_uses import ClusterUses
from webapp.queries.competing import Competition, Use
from webapp.queries.eligibility_facts import (
    communes_below,
    others_of,
    overrides_of,
    rounds_of_records,
    siblings,
    titles_held,
)
from webapp.queries.latest_entries import dossiers
from webapp.queries.law import rule_set_for
from webapp.queries.place_use import TAKEN
from webapp.queries.plans import plan_of
from webapp.queries.rule_names import rule_names
from webapp.text import search_key
from workflows.law import Condition
from workflows.plan_rounds import is_extraordinary
from workflows.rules.eligibility import (
    Candidate,
    EarlierRound,
    Finding,
    Other,
    PastAward,
    Point,
    Room,
    Share,
    check,
)
from workflows.rules.quotas import place_of

HOLDING: Mapping[Point, frozenset[str]] = {"outcome": TAKEN, "decision": frozenset({"awarded"})}
"""Where quotas bind: who holds a place beside those that are checked. Those a decision lists were deciding."""

SHARES = frozenset({"share_of_title", "share_of_units", "share_of_eligible", "share_of_members"})
"""Rules with a share of something that has been counted somewhere."""

QUOTAS = frozenset({"ceiling", "per_cluster", "share_of_title", "share_of_units", "share_of_eligible"})
"""Rules whose warning holds nothing up: the secretary may let it pass with a reason, the council chooses."""


@dataclass(frozen=True)
class Checked:
    """One nomination with its conditions and what they found; ``history`` is what was awarded before."""

    nomination: Nomination
    conditions: tuple[Condition, ...]
    findings: tuple[Finding, ...]
    history: tuple[PastEntry, ...]
    overrides: Mapping[str, Override] = field(default_factory=dict)

    def condition(self, code: str) -> Condition | None:
        """The condition of a finding; None where the plan itself says it."""
        return next((each for each in self.conditions if each.code == code), None)

    @property
    def bars(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.verdict == "bar")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Warnings that the secretary has not let pass."""
        return tuple(
            each for each in self.findings if each.verdict == "warning" and each.code not in self.overrides
        )

    @property
    def open_warnings(self) -> tuple[Finding, ...]:
        """Warnings that hold the agenda up until the secretary lets them pass."""
        return tuple(each for each in self.warnings if each.rule not in QUOTAS)


def check_nominations(
    session: Session, campaign: Campaign, nominations: Collection[Nomination], point: Point, day: dt.date
) -> list[Checked]:
    """What every condition finds, by the rules of the day of receipt (before that: of ``day``).

    The nominations come loaded with case, nominee, round and strand; a fixed number of statements.
    """
    known = _Known(session, campaign, nominations, point, day)
    return [known.checked(nomination) for nomination in nominations]


def check_nomination(session: Session, case_row: Case, point: Point, day: dt.date) -> Checked:
    """The nomination of a case, checked."""
    nomination = session.execute(
        select(Nomination)
        .where(Nomination.case_id == case_row.id)
        .options(joinedload(Nomination.nominee), joinedload(Nomination.round), joinedload(Nomination.strand))
    ).scalar_one()
    campaign = session.get_one(Campaign, nomination.campaign_id)
    return check_nominations(session, campaign, [nomination], point, day)[0]


class _Known:
    """Everything that is read once for all nominations that are checked together."""

    def __init__(
        self,
        session: Session,
        campaign: Campaign,
        nominations: Collection[Nomination],
        point: Point,
        day: dt.date,
    ) -> None:
        self.session, self.campaign, self.point, self.day = session, campaign, point, day
        self.nominations = nominations
        self.plan = plan_of(session, campaign)
        self.codes = {name: code for code, name in _award_keys(session)}
        nominees = [nomination.nominee for nomination in nominations]
        self.history = history_of(session, nominees)
        self.dossiers = dossiers(session, [nomination.case_id for nomination in nominations])
        self.competition = Competition(session, self.plan, nominations, HOLDING.get(point))
        self.siblings = siblings(session, nominees)
        self.rounds = rounds_of_records(session, self.history)
        self.titles = titles_held(session, nominations)
        self.overrides = overrides_of(session, nominations)
        self.communes = communes_below(session, campaign)

    @cached_property
    def clusters(self) -> ClusterUses:
        """What clusters have used; read only where a condition asks for it."""
        return ClusterUses(self.session, self.nominations, HOLDING.get(self.point))

    @cached_property
    def units(self) -> Mapping[int, str]:
        """Names of the units something is counted in; read only where a condition asks for it."""
        ids = {n.nominee.unit_id for n in self.nominations} | {n.case.unit_id for n in self.nominations}
        return dict(self.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids))).all())

    def checked(self, nomination: Nomination) -> Checked:
        """What the conditions find on one of them."""
        day = nomination.received_on or self.day
        rules = rule_set_for(self.session, day, self.campaign.unit_id)
        conditions = rules.conditions_for(nomination.award, nomination.nominee.kind, day)
        history = tuple(
            each for each in self.history[nomination.nominee_id] if not self._own(each, nomination)
        )
        candidate = self._candidate(nomination, conditions, history)
        return Checked(
            nomination,
            conditions,
            check(conditions, candidate, self.point),
            history,
            self.overrides.get(nomination.id, {}),
        )

    def _own(self, entry: PastEntry, nomination: Nomination) -> bool:
        return self.rounds.get(entry.record.id, (0, ""))[0] == nomination.id

    def _candidate(
        self, nomination: Nomination, conditions: Iterable[Condition], history: tuple[PastEntry, ...]
    ) -> Candidate:
        year = nomination.round.on_date.year
        others = others_of(nomination, self.siblings)
        return Candidate(
            award=nomination.award,
            kind=nomination.nominee.kind,
            year=year,
            past=(*_recorded(history), *self._declared(nomination)),
            pending=any(sibling.state == "frozen" for sibling, certain in others if certain),
            others=tuple(
                # Two merits of one year are no less two: somebody has to look, nobody is barred.
                Other(
                    sibling.code,
                    sibling.outcome == "awarded" and not is_extraordinary(nomination.round.code),
                    certain,
                )
                for sibling, certain in others
                if sibling.round_id == nomination.round_id
                and (sibling.state != "ended" or sibling.outcome == "awarded")
            ),
            earlier=self._earlier(nomination, history),
            shares={each.code: self._share(each, nomination, year) for each in conditions if each.share},
            clusters={
                each.code: self.clusters.of(nomination, each)
                for each in conditions
                if each.rule == "per_cluster"
            },
            room=self._room(nomination),
        )

    def _declared(self, nomination: Nomination) -> Iterable[PastAward]:
        """What the dossier says was received: to be looked at, not on record."""
        for row in self.dossiers[nomination.case_id].get("previous_awards", ()):
            code = self.codes.get(search_key(row["award"]))
            if code:
                yield PastAward(code, row["year"], certain=False)

    def _earlier(self, nomination: Nomination, history: Iterable[PastEntry]) -> tuple[EarlierRound, ...]:
        excluded = self.plan.round(nomination.round.code).not_awarded_in
        names = {code: self.plan.round(code).name for code in excluded}
        found = ((self.rounds.get(each.record.id, (0, ""))[1], each) for each in history)
        return tuple(
            EarlierRound(names[code], each.likeness == "same") for code, each in found if code in names
        )

    def _share(self, condition: Condition, nomination: Nomination, year: int) -> Share:
        """How many of how many, and where these were counted."""
        unit, own = nomination.case.unit_id, nomination.nominee.unit_id
        match condition.rule:
            case "share_of_members":
                held = self.titles[own, condition.lower or "", year]
                return Share(held, nomination.nominee.people, {"unit": self.units[own], "year": year})
            case "share_of_units":
                where = {"unit": self.campaign.unit.name}
                return Share(self._used(condition, nomination, unit=None), self.communes or None, where)
            case "share_of_eligible":
                return Share(
                    self._used(condition, nomination, unit=unit),
                    self._counted_of(self.competition.met, condition, nomination, unit) or None,
                    {"unit": self.units[unit], "round": nomination.round.title},
                )
        return Share(
            self._used(condition, nomination, unit=unit),
            self.titles[unit, condition.lower or "", year] or None,
            {"unit": self.units[unit], "year": year},
        )

    def _used(self, condition: Condition, nomination: Nomination, unit: int | None) -> int:
        uses = self.competition.in_rounds if unit is None else self.competition.in_units
        return self._counted_of(uses, condition, nomination, unit)

    def _counted_of(
        self, uses: Iterable[Use], condition: Condition, nomination: Nomination, unit: int | None
    ) -> int:
        """Those of the round and the award whom the condition holds for: of a unit, or of all."""
        return sum(
            use.number
            for use in uses
            if (use.round_id, use.award) == (nomination.round_id, nomination.award)
            and unit in (None, use.unit_id)
            and (not condition.kinds or use.kind in condition.kinds)
        )

    def _room(self, nomination: Nomination) -> Room | None:
        board = self.competition.boards[nomination.round_id]
        place = place_of(board, self.plan, nomination.strand.code, nomination.nominee.kind)
        return Room(place.at_most, place.used) if place else None


def _award_keys(session: Session) -> Iterable[tuple[str, str]]:
    return ((code, search_key(name)) for code, name in rule_names(session).awards.items())


def _recorded(history: Iterable[PastEntry]) -> Iterable[PastAward]:
    for each in history:
        record = each.record
        if record.award:
            yield PastAward(
                record.award,
                record.year,
                record.movement,  # type: ignore[arg-type]  # one of the movements, by the form that entered it
                certain=each.likeness == "same",
            )
