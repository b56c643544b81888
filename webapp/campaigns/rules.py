"""A rule set as tables to read: every entry with its value, period, citation and mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import abort
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.extensions import db
from webapp.i18n import content
from webapp.queries.law import rule_sets
from webapp.ui.case_states import kind_name
from webapp.ui.formats import money, number
from workflows.law import Award, Clock, Entry, PaperType, Prize, RuleSet, VotePreset
from workflows.vocabulary import LEVEL_NAMES


@dataclass(frozen=True)
class RuleRow:
    """One entry; ``part``: it belongs to the entry above it."""

    name: str
    value: str
    entry: Entry
    part: bool = False


@dataclass(frozen=True)
class RuleTable:
    """Entries of one sort."""

    title: str
    rows: tuple[RuleRow, ...]


def shown_rule_sets() -> list[RuleSet]:
    """All rule sets, the newest era first."""
    return sorted(rule_sets(db.session()), key=lambda rules: rules.starts, reverse=True)


def rule_set_or_404(code: str) -> RuleSet:
    """The rule set of this code."""
    return next((rules for rules in rule_sets(db.session()) if rules.code == code), None) or abort(404)


def tables(rules: RuleSet) -> list[RuleTable]:
    """The entries of a rule set, sort by sort."""
    limits = [
        RuleRow(_("Supplements of a dossier"), _times(each.times), each) for each in rules.supplement_limits
    ]
    grounds = [RuleRow(content(each.name), "", each) for each in rules.refusal_grounds]
    salaries = [RuleRow(_("Base salary a month"), money(each.amount), each) for each in rules.base_salaries]
    found = [
        (_("Awards: who decides, prize money"), _awards(rules.awards)),
        (_("Papers"), (_paper(each) for each in rules.papers)),
        (_("Deadlines"), (_clock(each) for each in rules.clocks)),
        (_("Supplements"), limits),
        (_("Grounds for refusing"), grounds),
        (_("Amounts"), [*salaries, *(_rounding(rules))]),
        (_("How a council votes"), (_preset(each) for each in rules.vote_presets)),
    ]
    return [RuleTable(title, tuple(rows)) for title, rows in found]


def unverified(found: Iterable[RuleTable]) -> int:
    """How many entries have not been checked against the source."""
    return sum(row.entry.mark == "unverified" for table in found for row in table.rows)


def _awards(awards: Iterable[Award]) -> Iterator[RuleRow]:
    for award in awards:
        yield RuleRow(content(award.name), ", ".join(kind_name(kind) for kind in award.kinds), award)
        for decider in award.decided_by:
            yield RuleRow(_(LEVEL_NAMES[decider.level]), content(decider.office), decider, part=True)
        for prize in award.prizes:
            yield RuleRow(
                _("Prize money: %(kind)s", kind=kind_name(prize.nominee)), _prize(prize), prize, True
            )


def _prize(prize: Prize) -> str:
    share = _("%(multiple)s × base salary", multiple=number(float(prize.multiple * prize.factor)))
    levels = ", ".join(_(LEVEL_NAMES[level]) for level in prize.levels)
    return f"{share} ({levels})" if levels else share


def _paper(paper: PaperType) -> RuleRow:
    need = _("required") if paper.required else _("if any")
    stages = {
        "dossier": _("dossier"),
        "batch": _("submission batch"),
        "process": _("made in the procedure"),
    }
    return RuleRow(content(paper.name), f"{stages[paper.stage]}, {need}", paper)


def _clock(clock: Clock) -> RuleRow:
    if clock.day_kind == "working":
        span = ngettext("%(num)s working day", "%(num)s working days", clock.days)
    else:
        span = ngettext("%(num)s calendar day", "%(num)s calendar days", clock.days)
    text = _("%(span)s before the deadline", span=span) if clock.runs == "before" else span
    return RuleRow(content(clock.name), text, clock)


def _times(times: int) -> str:
    return ngettext("at most %(num)s time", "at most %(num)s times", times)


def _rounding(rules: RuleSet) -> Iterator[RuleRow]:
    ways = {"nearest": _("to the nearest"), "up": _("up to"), "down": _("down to")}
    for each in rules.roundings:
        yield RuleRow(_("Rounding of prize money"), f"{ways[each.direction]} {money(each.to)}", each)


def _preset(preset: VotePreset) -> RuleRow:
    ballot = _("secret ballot") if preset.profile.ballot == "secret" else _("open vote")
    return RuleRow(content(preset.name), ballot, preset)
