"""The reports: what each counts, by what it can be grouped, and what its columns are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.i18n import content
from webapp.numbers.periods import period_name
from webapp.queries.numbers import Facts
from webapp.queries.numbers_awards import prize_facts, yearly_facts
from webapp.queries.numbers_by import By, Group
from webapp.queries.numbers_facts import entry_facts, funnel_facts
from webapp.queries.numbers_returns import return_facts
from webapp.queries.numbers_time import GROUPS
from webapp.queries.periods import BY_PERIOD
from webapp.queries.standing import Standing
from webapp.ui.case_states import PHASES, kind_name

NARROWED_BY = ("campaign", "strand", "unit", "award", "kind")
"""What a report is usually narrowed by, beside its period."""


@dataclass(frozen=True)
class Report:
    """A report. ``facts``: None where times are measured. ``shares``: columns also told as a share of their total.

    ``drawn`` are the columns of its chart; ``groups`` begins with what it is usually grouped by; ``dated`` is what the
    day is called by which a row counts in a period.
    """

    title: LazyString
    lead: LazyString
    groups: tuple[str, ...]
    columns: Mapping[str, LazyString]
    drawn: tuple[str, ...]
    dated: LazyString
    facts: Callable[[Standing], Facts] | None = None
    filters: tuple[str, ...] = NARROWED_BY
    shares: tuple[str, ...] = ()
    notes: tuple[LazyString, ...] = ()


GROUP_NAMES: Mapping[By | str, LazyString] = {
    "campaign": _l("Campaign"),
    "strand": _l("Strand"),
    "unit": _l("Unit"),
    "award": _l("Award"),
    "kind": _l("Nominee"),
    "year": _l("Year"),
    "quarter": _l("Quarter"),
    "month": _l("Month"),
    "decision": _l("Decision"),
    "ground": _l("Ground"),
    "stage": _l("Stage"),
}

_FUNNEL: Mapping[str, LazyString] = {
    "proposed": _l("Proposed"),
    "assessed": _l("Appraised"),
    "passed": _l("Passed"),
    "awarded": _l("Awarded"),
    "refused": _l("Refused"),
    "withdrawn": _l("Withdrawn"),
    "under_way": _l("Under way"),
}
STAGE_NAMES: Mapping[str, LazyString] = {
    **{stage: PHASES[stage] for stage in ("draft", "commune", "submission", "district", "province")},
    "council": PHASES["council"],
    "decision": PHASES["decision"],
    "whole": _l("The whole way"),
}
MEASURES: Mapping[str, LazyString] = {
    "count": _l("Dossiers"),
    "median": _l("Median"),
    "share": _l("Four in five within"),
    "longest": _l("Longest"),
}
GROUND_NAMES: Mapping[str, LazyString] = {
    "supplement": _l("Supplement: as the request says"),
    "line_returned": _l("Sent back at receipt: as the reason says"),
    "not_passed": _l("Not enough votes in the council"),
    "higher_refused": _l("By the decision of the level above"),
    "other": _l("Ground not recorded"),
}
"""Grounds that no rule set has."""

_DAY_OF_HANDING_IN = _l("A dossier counts in the period in which it was first handed in.")

REPORTS: dict[str, Report] = {
    "proposals": Report(
        _l("Proposals, awards"),
        _l("How many were proposed, appraised, passed and awarded, and what became of the others."),
        ("campaign", "unit", "strand", "award", *BY_PERIOD),
        _FUNNEL,
        ("proposed", "assessed", "passed", "awarded"),
        _l("Handed in"),
        funnel_facts,
        notes=(
            _l("Proposed: handed in by whoever prepared it; drafts are not counted."),
            _l("Appraised: a level has concluded that it may be voted on, or that it is refused."),
            _l("Proposed = awarded + refused + withdrawn + under way."),
            _DAY_OF_HANDING_IN,
        ),
    ),
    "nominees": Report(
        _l("Who is proposed"),
        _l(
            "Individuals, households and collectives: their share of what is proposed and of what is awarded."
        ),
        ("kind", "unit", "campaign"),
        {name: _FUNNEL[name] for name in ("proposed", "passed", "awarded")},
        ("proposed", "awarded"),
        _l("Handed in"),
        funnel_facts,
        shares=("proposed", "awarded"),
        notes=(
            _l(
                "Dossiers do not record sex, position or whether somebody works directly; no such share is shown."
            ),
            _DAY_OF_HANDING_IN,
        ),
    ),
    "times": Report(
        _l("Stage times"),
        _l("How many working days dossiers took that have left a stage."),
        ("stage", *GROUPS),
        MEASURES,
        ("median", "share"),
        _l("Until"),
        notes=(
            _l(
                "Working days of the office, from the day after it came to the day it went on; public posting too,"
                " whose own clock runs in calendar days."
            ),
            _l("Returns and supplements are part of the stage they happened at."),
            _l("The whole way: from the opening of the dossier to its end, whichever it was."),
            _l(
                "A stage counts in the period in which the dossier left it, the whole way in that of its end."
            ),
        ),
    ),
    "returns": Report(
        _l("Returns, refusals"),
        _l("Supplements asked for, dossiers sent back, refusals, each with its ground."),
        ("unit", "ground", "campaign", "strand", "award", *BY_PERIOD),
        {
            "supplement": _l("Supplement asked for"),
            "returned": _l("Sent back at receipt"),
            "rejected": _l("Not eligible"),
            "not_passed": _l("Not passed"),
            "higher_refused": _l("Refused above"),
        },
        ("supplement", "returned", "rejected", "not_passed"),
        _l("Day"),
        return_facts,
        filters=(*NARROWED_BY, "ground"),
        notes=(
            _l("Every request counts: a dossier that was asked twice stands here twice."),
            _l("Each counts in the period in which it was asked for, sent back or refused."),
        ),
    ),
    "registrations": Report(
        _l("Registered, nominated"),
        _l("Who of those that registered was nominated, and who was nominated without having registered."),
        ("campaign", "unit", "strand", "kind", *BY_PERIOD),
        {
            "registered": _l("Registered"),
            "nominated": _l("Of them nominated"),
            "not_nominated": _l("Not nominated"),
            "unregistered": _l("Nominated without registering"),
        },
        ("registered", "nominated", "unregistered"),
        _l("Accepted or handed in"),
        entry_facts,
        filters=("campaign", "strand", "unit", "kind"),
        notes=(
            _l(
                "Registered: accepted, in the period of acceptance. Nominated: handed in, in whichever round."
            ),
            _l("Who had not registered counts in the period in which the dossier was first handed in."),
            _l("An extraordinary merit asks for no registration and is not counted here."),
        ),
    ),
    "prizes": Report(
        _l("Prize money"),
        _l("The money of numbered decisions as it was recorded with each award."),
        ("decision", "campaign", "award", "unit", "kind", *BY_PERIOD),
        {"awards": _l("Awards given"), "with_money": _l("With money"), "prize": _l("Prize money")},
        ("prize",),
        _l("Decided on"),
        prize_facts,
        filters=(*NARROWED_BY, "decision"),
        notes=(_l("Money counts in the period of the day of the decision."),),
    ),
    "year": Report(
        _l("Year table"),
        _l("What was awarded in a year, by award and kind of nominee, and the campaigns of that year."),
        ("award",),
        {
            "individuals": _l("Individuals"),
            "households": _l("Households"),
            "collectives": _l("Collectives"),
            "total": _l("Total"),
            "regular": _l("Regular"),
            "thematic": _l("Thematic"),
            "extraordinary": _l("Extraordinary"),
            "prize": _l("Prize money"),
        },
        ("individuals", "households", "collectives"),
        _l("Decided on"),
        yearly_facts,
        notes=(
            _l("This is the office's own table, not the form prescribed for statistical reports."),
            _l(
                "By the day of the decision. Awards of a level above on nominations from here count, not their money."
            ),
        ),
    ),
}


def group_name(by: str, group: Group) -> tuple[str, str]:
    """What a group is called, and what stands beside it."""
    name = content(group.name)
    if by == "kind":
        name = kind_name(group.name)
    elif by in BY_PERIOD:
        name = period_name(group.filters)
    elif by == "ground" and group.name in GROUND_NAMES:
        name = str(GROUND_NAMES[group.name])
    return name, content(group.note)
