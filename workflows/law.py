"""Rule sets (`law/*.yaml`): the awards, papers, clocks and amounts of an era, each with its citation."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from workflows.law_checks import law_faults
from workflows.law_entries import (
    OWN_STAGES,
    AppraisalPart,
    Award,
    BaseSalary,
    Clock,
    Condition,
    Decider,
    Entry,
    Ground,
    InspectionLimit,
    Limit,
    MeetingRule,
    PaperStage,
    PaperType,
    Prize,
    Retention,
    Rounding,
    VoteDefault,
    VotePreset,
)
from workflows.typed_yaml import SourceFaults, build, check, read
from workflows.vocabulary import (
    SINGLE_KINDS,
    DecidingLevel,
    Level,
    NomineeKind,
)

SHIPPED_LAW: Final = Path(__file__).with_name("law")
SCHEMA: Final[dict[str, Any]] = json.loads((SHIPPED_LAW / "schema.json").read_text("utf-8"))


__all__ = [
    "SCHEMA",
    "SHIPPED_LAW",
    "AppraisalPart",
    "Award",
    "BaseSalary",
    "Clock",
    "Condition",
    "Decider",
    "Entry",
    "Ground",
    "InspectionLimit",
    "LawFaults",
    "Limit",
    "MeetingRule",
    "NoRule",
    "PaperStage",
    "PaperType",
    "Prize",
    "Retention",
    "Rounding",
    "RuleSet",
    "VoteDefault",
    "VotePreset",
    "parse_rule_set",
    "rule_set_at",
]


class LawFaults(SourceFaults):
    """The text is not a rule set; ``faults`` lists line, path, problem and remedy of each fault."""


class NoRule(LookupError):
    """No rule set, or no entry of it, is in force for what was asked."""


E_ = TypeVar("E_", bound=Entry)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of an era, from ``starts`` to ``ends`` (None: until further notice)."""

    code: str
    title: str
    starts: dt.date
    levels: tuple[Level, ...]
    legal_bases: tuple[str, ...]
    awards: tuple[Award, ...]
    papers: tuple[PaperType, ...]
    clocks: tuple[Clock, ...]
    supplement_limits: tuple[Limit, ...]
    refusal_grounds: tuple[Ground, ...]
    base_salaries: tuple[BaseSalary, ...]
    roundings: tuple[Rounding, ...]
    vote_presets: tuple[VotePreset, ...]
    vote_defaults: tuple[VoteDefault, ...]
    ends: dt.date | None = None
    meeting_rules: tuple[MeetingRule, ...] = ()
    conditions: tuple[Condition, ...] = ()
    appraisal_parts: tuple[AppraisalPart, ...] = ()
    revocation_grounds: tuple[Ground, ...] = ()
    retention_periods: tuple[Retention, ...] = ()
    inspection_limits: tuple[InspectionLimit, ...] = ()
    """Meeting rules, conditions and all after them: none in versions from before there were any."""

    @property
    def clock_codes(self) -> tuple[str, ...]:
        """The ids of its clocks, each once."""
        return tuple(dict.fromkeys(clock.code for clock in self.clocks))

    def award(self, code: str, on: dt.date) -> Award:
        """The award of this code in force on a day. Raises NoRule."""
        return _one((a for a in self.awards if a.code == code), on, f"award {code}")

    def decider(self, award: str, level: DecidingLevel, on: dt.date) -> Decider:
        """Who signs the award at a level. Raises NoRule."""
        deciders = (d for d in self.award(award, on).decided_by if d.level == level)
        return _one(deciders, on, f"decision on {award} at {level}")

    def prize(self, award: str, kind: NomineeKind, level: DecidingLevel, on: dt.date) -> Prize | None:
        """The prize of an award for a kind of nominee; None where the award brings no money for it."""
        nominee = kind if kind in SINGLE_KINDS else "collective"
        prizes = [p for p in self.award(award, on).prizes if p.nominee == nominee and p.in_force(on)]
        named = [p for p in prizes if level in p.levels]
        return next(iter(named or [p for p in prizes if not p.levels]), None)

    def dossier_papers(
        self,
        award: str,
        kind: NomineeKind,
        on: dt.date,
        stages: Collection[PaperStage] = OWN_STAGES,
    ) -> tuple[PaperType, ...]:
        """The papers a dossier for this award and kind of nominee can or must hold by these stages."""
        return tuple(
            paper
            for paper in self.papers
            if paper.stage in stages
            and paper.in_force(on)
            and (not paper.awards or award in paper.awards)
            and (not paper.kinds or kind in paper.kinds)
        )

    def clock(self, code: str, on: dt.date, award: str | None = None) -> Clock:
        """The clock of this id, the one kept for the award before the general one. Raises NoRule."""
        clocks = [c for c in self.clocks if c.code == code and (not c.awards or award in c.awards)]
        return _one(sorted(clocks, key=lambda clock: not clock.awards), on, f"clock {code}")

    def posting_days(self, award: str, on: dt.date) -> int:
        """Days the commune posts the list publicly; 0 means the step is passed over. Raises NoRule."""
        return self.clock("public_posting", on, award).days

    def supplement_limit(self, on: dt.date) -> int:
        """How often one level may ask for a supplement. Raises NoRule."""
        return _one(self.supplement_limits, on, "limit of supplements").times

    def meeting_rule(self, kind: str, on: dt.date) -> MeetingRule | None:
        """How a meeting of this kind decides; None in versions that do not say."""
        return next((each for each in self.meeting_rules if each.kind == kind and each.in_force(on)), None)

    def appraisal(
        self, award: str, kind: NomineeKind, on: dt.date, *, exemplar: bool
    ) -> tuple[AppraisalPart, ...]:
        """What the appraisal asks of this award and kind of nominee; ``exemplar``: it stands on one."""
        return tuple(
            each
            for each in self.appraisal_parts
            if each.in_force(on)
            and (exemplar or not each.exemplars)
            and (not each.awards or award in each.awards)
            and (not each.kinds or kind in each.kinds)
        )

    def conditions_for(self, award: str, kind: NomineeKind, on: dt.date) -> tuple[Condition, ...]:
        """The conditions of eligibility for this award and kind of nominee."""
        return tuple(
            each
            for each in self.conditions
            if each.in_force(on)
            and (not each.awards or award in each.awards)
            and (not each.kinds or kind in each.kinds)
        )

    def retention(self, level: DecidingLevel, on: dt.date) -> Retention | None:
        """How long the file of a decision of this level is kept; None in versions that do not say."""
        fitting = (each for each in self.retention_periods if not each.levels or level in each.levels)
        return next((each for each in fitting if each.in_force(on)), None)

    def inspection_limit(self, code: str, on: dt.date) -> InspectionLimit | None:
        """A limit of the signs shown to an inspection; None in versions that do not say."""
        return next(
            (each for each in self.inspection_limits if each.code == code and each.in_force(on)), None
        )

    def base_salary(self, on: dt.date) -> int:
        """The base salary on the day of decision, in đồng. Raises NoRule."""
        return _one(self.base_salaries, on, "base salary").amount

    def rounding(self, on: dt.date) -> Rounding:
        """How prize money is rounded. Raises NoRule."""
        return _one(self.roundings, on, "rounding")

    def vote_profile(self, level: Level, award: str, on: dt.date) -> VotePreset:
        """The preset a council of this level votes by on an award. Raises NoRule."""
        fitting = [d for d in self.vote_defaults if d.level == level and (not d.awards or award in d.awards)]
        default = _one(sorted(fitting, key=lambda d: not d.awards), on, f"vote profile at {level}")
        return _one((p for p in self.vote_presets if p.code == default.preset), on, default.preset)


def _one(entries: Iterable[E_], on: dt.date, what: str) -> E_:
    found = next((entry for entry in entries if entry.in_force(on)), None)
    if found is None:
        raise NoRule(f"no {what} in force on {on}")
    return found


def rule_set_at(sets: Sequence[RuleSet], on: dt.date) -> RuleSet:
    """The rule set of a day: of receipt for papers and clocks, of decision for money. Raises NoRule."""
    for rule_set in sets:
        if rule_set.starts <= on and (rule_set.ends is None or on <= rule_set.ends):
            return rule_set
    raise NoRule(f"no rule set in force on {on}")


def parse_rule_set(text: str) -> RuleSet:
    """Read a rule set. Raises LawFaults with every fault of syntax, of schema, or else of meaning."""
    try:
        document = read(text)
        faults = check(document, SCHEMA) or law_faults(document)
    except SourceFaults as error:
        raise LawFaults(error.faults) from error
    if faults:
        raise LawFaults(faults)
    return build(RuleSet, document.data)
