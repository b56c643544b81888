"""A rule set as tables to read: every entry with its value, period, citation, mark, and its place in the set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.i18n import content
from webapp.ui.case_states import kind_name
from webapp.ui.formats import money, number, percent
from webapp.ui.spans import clock_span
from workflows.law import (
    AppraisalPart,
    Award,
    BaseSalary,
    Clock,
    Condition,
    Entry,
    Ground,
    InspectionLimit,
    Limit,
    MeetingRule,
    PaperType,
    Prize,
    Retention,
    Rounding,
    RuleSet,
    VoteDefault,
    VotePreset,
)
from workflows.typed_yaml import Path
from workflows.vocabulary import LEVEL_NAMES


@dataclass(frozen=True)
class RuleRow:
    """One entry; ``part``: it belongs to the entry above it."""

    name: str
    value: str
    entry: Entry
    place: Path

    @property
    def part(self) -> bool:
        return len(self.place) > len(("awards", 0))


@dataclass(frozen=True)
class RuleTable:
    """Entries of one sort; ``groups`` are the lists of the rule set they stand in."""

    title: str
    groups: tuple[str, ...]
    rows: tuple[RuleRow, ...]


def tables(rules: RuleSet) -> list[RuleTable]:
    """The entries of a rule set, sort by sort."""
    amounts = [
        *_rows("base_salaries", rules.base_salaries, _salary),
        *_rows("roundings", rules.roundings, _rounding),
    ]
    votes = [*_rows("vote_presets", rules.vote_presets, _preset), *_defaults(rules)]
    limits = _rows("supplement_limits", rules.supplement_limits, _limit)
    kept = _rows("retention_periods", rules.retention_periods, _retention)
    signs = _rows("inspection_limits", rules.inspection_limits, _inspection)
    found: list[tuple[str, tuple[str, ...], Iterable[RuleRow]]] = [
        (_("Awards: who decides, prize money"), ("awards",), _awards(rules.awards)),
        (_("Papers"), ("papers",), _rows("papers", rules.papers, _paper)),
        (_("Deadlines"), ("clocks",), _rows("clocks", rules.clocks, _clock)),
        (_("Supplements"), ("supplement_limits",), limits),
        (
            _("Meetings of the people"),
            ("meeting_rules",),
            _rows("meeting_rules", rules.meeting_rules, _meeting),
        ),
        (
            _("Questions of the appraisal"),
            ("appraisal_parts",),
            _rows("appraisal_parts", rules.appraisal_parts, _appraisal(rules)),
        ),
        (_("Conditions of eligibility"), ("conditions",), _conditions(rules)),
        (_("Grounds for refusing"), ("refusal_grounds",), _grounds("refusal_grounds", rules.refusal_grounds)),
        (
            _("Grounds for revoking an award"),
            ("revocation_grounds",),
            _grounds("revocation_grounds", rules.revocation_grounds),
        ),
        (_("How long files are kept"), ("retention_periods",), kept),
        (_("Limits of the red flags of an inspection"), ("inspection_limits",), signs),
        (_("Amounts"), ("base_salaries", "roundings"), amounts),
        (_("How a council votes"), ("vote_presets", "vote_defaults"), votes),
    ]
    return [RuleTable(title, groups, tuple(rows)) for title, groups, rows in found]


def rows_by_place(rules: RuleSet) -> dict[Path, RuleRow]:
    """Every entry of a rule set by its place."""
    return {row.place: row for table in tables(rules) for row in table.rows}


def unverified(found: Iterable[RuleTable]) -> int:
    """How many entries have not been checked against the source."""
    return sum(row.entry.mark == "unverified" for table in found for row in table.rows)


def _awards(awards: Iterable[Award]) -> Iterator[RuleRow]:
    for at, award in enumerate(awards):
        kinds = ", ".join(kind_name(kind) for kind in award.kinds)
        told = kinds if award.register else _("%(kinds)s; in no register of ours", kinds=kinds)
        yield RuleRow(content(award.name), told, award, ("awards", at))
        for part, decider in enumerate(award.decided_by):
            place = ("awards", at, "decided_by", part)
            yield RuleRow(_(LEVEL_NAMES[decider.level]), content(decider.office), decider, place)
        for part, prize in enumerate(award.prizes):
            name = _("Prize money: %(kind)s", kind=kind_name(prize.nominee))
            yield RuleRow(name, _prize(prize), prize, ("awards", at, "prizes", part))


def _prize(prize: Prize) -> str:
    share = _("%(multiple)s × base salary", multiple=number(float(prize.multiple * prize.factor)))
    levels = ", ".join(_(LEVEL_NAMES[level]) for level in prize.levels)
    return f"{share} ({levels})" if levels else share


E_ = TypeVar("E_", bound=Entry)


def _rows(group: str, entries: Iterable[E_], told: Callable[[E_], tuple[str, str]]) -> Iterator[RuleRow]:
    for at, entry in enumerate(entries):
        yield RuleRow(*told(entry), entry, (group, at))


def _grounds(group: str, grounds: Iterable[Ground]) -> Iterator[RuleRow]:
    return _rows(group, grounds, lambda ground: (content(ground.name), ""))


def _inspection(limit: InspectionLimit) -> tuple[str, str]:
    if limit.unit == "hour":
        return content(limit.name), _("%(hour)s:00", hour=limit.value)
    return content(limit.name), ngettext("%(num)s second", "%(num)s seconds", limit.value)


def _retention(retention: Retention) -> tuple[str, str]:
    years = retention.years
    span = ngettext("%(num)s year", "%(num)s years", years) if years else _("for ever")
    levels = ", ".join(_(LEVEL_NAMES[level]) for level in retention.levels)
    return content(retention.name), f"{span} ({levels})" if levels else span


def _paper(paper: PaperType) -> tuple[str, str]:
    need = _("required") if paper.required else _("if any")
    stages = {
        "dossier": _("dossier"),
        "assessment": _("assessment of the unit"),
        "council": _("vote of the council"),
        "batch": _("submission batch"),
        "process": _("made in the procedure"),
    }
    return content(paper.name), f"{stages[paper.stage]}, {need}"


def _clock(clock: Clock) -> tuple[str, str]:
    span = clock_span(clock)
    text = _("%(span)s before the deadline", span=span) if clock.runs == "before" else span
    return content(clock.name), _("%(span)s, fixed by the text cited", span=text) if clock.fixed else text


def _limit(limit: Limit) -> tuple[str, str]:
    times = ngettext("at most %(num)s time", "at most %(num)s times", limit.times)
    return _("Supplements of a dossier"), times


def _meeting(rule: MeetingRule) -> tuple[str, str]:
    words = {
        "more_than": _("more than %(share)s of those present", share=percent(float(rule.threshold))),
        "at_least": _("at least %(share)s of those present", share=percent(float(rule.threshold))),
    }
    present = _("%(share)s of those invited present", share=percent(float(rule.quorum)))
    return content(rule.name), f"{present}; {words[rule.comparison]}"


def _appraisal(rules: RuleSet) -> Callable[[AppraisalPart], tuple[str, str]]:
    awards = {award.code: content(award.name) for award in rules.awards}

    def told(part: AppraisalPart) -> tuple[str, str]:
        named = ", ".join(awards[code] for code in part.awards) or _("all awards")
        kinds = ", ".join(kind_name(kind) for kind in part.kinds)
        only = _("only nominations of an exemplar") if part.exemplars else ""
        return content(part.name), "; ".join(filter(None, (named, kinds, only)))

    return told


def _conditions(rules: RuleSet) -> Iterator[RuleRow]:
    awards = {award.code: content(award.name) for award in rules.awards}
    effects = {"bar": _("a bar"), "warning": _("a warning")}

    def told(condition: Condition) -> tuple[str, str]:
        named = ", ".join(awards[code] for code in condition.awards) or _("all awards")
        if condition.rule in ("thematic_not_counted", "no_lower_first"):
            return content(condition.name), named
        size = condition_size(condition, awards)
        return content(condition.name), "; ".join(
            part for part in (named, size, effects[condition.effect]) if part
        )

    return _rows("conditions", rules.conditions, told)


def condition_size(condition: Condition, awards: Mapping[str, str]) -> str:
    """The number of a condition, in words; nothing where it has none."""
    lower = awards.get(condition.lower or "", "")
    if condition.rule == "per_cluster":
        return ngettext(
            "at most %(num)s a cluster and year", "at most %(num)s a cluster and year", condition.times or 1
        )
    if condition.times:
        return ngettext("%(num)s time %(award)s", "%(num)s times %(award)s", condition.times, award=lower)
    if condition.years:
        return ngettext("within %(num)s year", "within %(num)s years", condition.years)
    if condition.share is None:
        return ""
    share = percent(float(condition.share))
    return _("%(share)s of %(award)s", share=share, award=lower) if lower else share


def _salary(salary: BaseSalary) -> tuple[str, str]:
    return _("Base salary a month"), money(salary.amount)


def _rounding(rounding: Rounding) -> tuple[str, str]:
    ways = {"nearest": _("to the nearest"), "up": _("up to"), "down": _("down to")}
    return _("Rounding of prize money"), f"{ways[rounding.direction]} {money(rounding.to)}"


def _preset(preset: VotePreset) -> tuple[str, str]:
    ballot = _("secret ballot") if preset.profile.ballot == "secret" else _("open vote")
    return content(preset.name), ballot


def _defaults(rules: RuleSet) -> Iterator[RuleRow]:
    presets = {preset.code: content(preset.name) for preset in rules.vote_presets}
    awards = {award.code: content(award.name) for award in rules.awards}

    def told(default: VoteDefault) -> tuple[str, str]:
        named = ", ".join(awards[code] for code in default.awards)
        level = _("Council, %(level)s", level=_(LEVEL_NAMES[default.level]))
        return (f"{level}: {named}" if named else level), presets[default.preset]

    return _rows("vote_defaults", rules.vote_defaults, told)
