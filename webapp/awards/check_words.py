"""The legal check of a decision in sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from textwrap import shorten
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.extensions import db
from webapp.i18n import content
from webapp.queries.decision_checks import Check, Sort, Verdict, decision_checks
from webapp.queries.instances import visible_case
from webapp.ui.access import standing
from webapp.ui.case_states import kind_name, level_name
from webapp.ui.clock import today
from webapp.ui.formats import day, money, number
from webapp.ui.shown_cases import ShownCase, shown_case
from workflows.vocabulary import LEVEL_NAMES

Values = Mapping[str, Any]
LONGEST_TEXT = 200
"""Letters of a text that a sentence repeats."""

SORTS: dict[Sort, LazyString] = {
    "competence": _l("Who decides the awards"),
    "bases": _l("Legal bases"),
    "vote": _l("Vote of the council"),
    "ceilings": _l("Places of the plan"),
    "conditions": _l("Conditions"),
    "sums": _l("Prize money"),
    "papers": _l("Papers of the dossiers"),
    "text": _l("Wording"),
}
VERDICTS: dict[Verdict, tuple[LazyString, str, str]] = {
    "pass": (_l("In order"), "done", "check-lg"),
    "warning": (_l("To be looked at"), "due_soon", "exclamation-triangle-fill"),
    "bar": (_l("Not in order"), "overdue", "x-octagon-fill"),
}
"""What a verdict is called, which state it looks like, its icon."""


@dataclass(frozen=True)
class ShownCheck:
    """One check in words; ``citation`` and ``mark`` as the rule set has them."""

    verdict: LazyString
    state: str
    icon: str
    text: str
    citation: str
    mark: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class ShownChecks:
    """The checks by what they are about; ``open``: how many are not in order, or to be looked at."""

    groups: list[tuple[LazyString, list[ShownCheck]]]
    open: int


def checks_of(code: str) -> ShownChecks | None:
    """The legal check of a decision beside a task of it; None when the reader may not know of it."""
    case = visible_case(db.session(), standing(), code)
    return shown_checks(decision_checks(db.session(), case, today())) if case else None


def checked_decision(code: str) -> tuple[ShownCase, ShownChecks]:
    """The decision of this code with its legal check, or 404."""
    shown = shown_case(code, "award_issuance")
    return shown, shown_checks(decision_checks(db.session(), shown.page.case, today()))


def shown_checks(checks: list[Check]) -> ShownChecks:
    """The checks in words, by what they are about."""
    groups = [
        (SORTS[sort], [_shown(each) for each in some])
        for sort, some in groupby(checks, lambda each: each.sort)
    ]
    return ShownChecks(groups, sum(each.verdict != "pass" for each in checks))


def _shown(check: Check) -> ShownCheck:
    verdict, state, icon = VERDICTS[check.verdict]
    text = SENTENCES[check.told](check.values)
    return ShownCheck(verdict, state, icon, text, check.citation, check.mark or "", check.codes)


def _decides(values: Values) -> str:
    return _(
        "“%(award)s” is decided by: %(office)s.",
        award=content(values["award"]),
        office=content(values["office"]),
    )


def _decides_not(values: Values) -> str:
    levels = ", ".join(level_name(each) if each in LEVEL_NAMES else each for each in values["levels"])
    return _(
        "“%(award)s” is not decided at the level of this body (%(level)s), but at: %(levels)s.",
        award=content(values["award"]),
        level=level_name(values["level"]),
        levels=levels,
    )


def _rule_set(values: Values) -> str:
    until = day(values["to"]) if values["to"] else _("until further notice")
    return _(
        "On %(day)s this rule set is in force: %(title)s (from %(start)s to %(end)s).",
        day=day(values["day"]),
        title=content(values["title"]),
        start=day(values["from"]),
        end=until,
    )


def _passed(values: Values) -> str:
    return ngettext(
        "%(num)s dossier was passed by the council in session %(number)s/%(year)s (%(council)s).",
        "%(num)s dossiers were passed by the council in session %(number)s/%(year)s (%(council)s).",
        values["count"],
        number=f"{values['number']:02d}",
        year=values["year"],
        council=content(values["council"]),
    )


def _ceiling(values: Values) -> str:
    return _(
        "%(round)s, %(strand)s: %(given)s of at most %(most)s %(pool)s.",
        round=content(values["round"]),
        strand=content(values["strand"]),
        given=values["given"],
        most=values["most"],
        pool=content(values["pool"]),
    )


def _prize(values: Values) -> str:
    return _(
        "%(award)s, %(kind)s: %(count)s × %(amount)s (%(multiple)s × base salary %(salary)s).",
        award=content(values["award"]),
        kind=kind_name(values["kind"]),
        count=values["count"],
        amount=money(values["amount"]),
        multiple=number(values["multiple"]),
        salary=money(values["salary"]),
    )


def _other_prize(values: Values) -> str:
    told = _("The list has another amount than the rules of the day give.")
    return f"{_prize(values)} {told}"


def _reference(values: Values) -> str:
    if values["typed"] == values["last"]:
        return _("“Như Điều %(typed)s” among the recipients is the article on who carries it out.", **values)
    return _(
        "The recipients say “Như Điều %(typed)s”; who carries it out stands in article %(last)s.", **values
    )


def _no_letter(values: Values) -> str:
    """A letter is named by its number as well: without a font it may look like nothing."""
    letters = ", ".join(f"{each} (U+{ord(each):04X})" for each in values["letters"])
    return _(
        "“%(text)s” cannot be printed: the fonts of the papers do not have %(letters)s. Write it otherwise.",
        text=shorten(values["text"], LONGEST_TEXT, placeholder="…"),
        letters=letters,
    )


def _final_text(values: Values) -> str:
    if not values["count"]:
        return _("The final text from Word is the text here.")
    return ngettext(
        "The final text from Word differs from the text here in %(num)s place: it is signed outside of the software.",
        "The final text from Word differs from the text here in %(num)s places: it is signed outside of the software.",
        values["count"],
    )


SENTENCES: dict[str, Callable[[Values], str]] = {
    "no_rule_set": lambda v: _("No rule set is in force on %(day)s.", day=day(v["day"])),
    "no_award": lambda v: _(
        "“%(award)s” is not an award of the rule set in force.", award=content(v["award"])
    ),
    "decides": _decides,
    "decides_not": _decides_not,
    "wrong_kind": lambda v: _(
        "“%(award)s” is not given to nominees of this kind.", award=content(v["award"])
    ),
    "rule_set": _rule_set,
    "other_rule_set": lambda v: _(
        "The draft was begun on %(day)s under another rule set: %(title)s.",
        day=day(v["day"]),
        title=content(v["title"]),
    ),
    "cited": lambda v: _("Cited: %(base)s", base=v["base"]),
    "not_cited": lambda v: _("Not cited, though the rule set gives it: %(base)s", base=v["base"]),
    "own_base": lambda v: _(
        "Not in the rule set; whether it is in force is to be looked up: %(base)s", base=v["base"]
    ),
    "passed": _passed,
    "not_passed": lambda _v: _("The council has not passed these dossiers."),
    "suspended": lambda _v: _("These dossiers are suspended."),
    "ceiling": _ceiling,
    "condition": lambda v: content(v["name"]),
    "prize": _prize,
    "other_prize": _other_prize,
    "no_prize": lambda v: _(
        "%(award)s, %(kind)s: the rule set gives no money.",
        award=content(v["award"]),
        kind=kind_name(v["kind"]),
    ),
    "no_prize_rule": lambda v: _(
        "%(award)s: the rule set has no base salary or rounding for this day.", award=content(v["award"])
    ),
    "total": lambda v: _("Sum of the list: %(total)s.", total=money(v["total"])),
    "lacking": lambda v: _("Missing: %(paper)s", paper=content(v["paper"])),
    "complete": lambda v: ngettext(
        "The papers that are asked for are there in %(num)s dossier.",
        "The papers that are asked for are there in all %(num)s dossiers.",
        v["count"],
    ),
    "reference": _reference,
    "no_letter": _no_letter,
    "final_text": _final_text,
}
