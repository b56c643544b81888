"""A vote in words: the rule, the numbers, what they came to, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.i18n import content
from webapp.queries.profiles import thawed_profile
from webapp.ui.formats import number, percent

HUNDRED = 100
CHOICES: dict[str, LazyString] = {
    "agree": _l("Agree"),
    "disagree": _l("Disagree"),
    "abstain": _l("Abstain"),
    "recused": _l("Stood aside"),
}
VOTE_MARKS = {"agree": "✓", "disagree": "✗", "abstain": "–", "recused": "○"}
"""How a choice stands in a narrow table, beside its name for those who listen."""

RESULTS: dict[str, LazyString] = {
    "passed": _l("Passed"),
    "not_passed": _l("Not passed"),
    "passed_higher": _l("Passed for a higher award"),
    "deferred": _l("Deferred"),
    "withdrawn": _l("Withdrawn"),
}
TRIED: dict[str, LazyString] = {
    "passed": RESULTS["passed"],
    "not_passed": RESULTS["not_passed"],
    "chair_decides": _l("Level, the chairman decides"),
    "second_ballot": _l("Level, a second ballot decides"),
}
"""What an outcome is called while nothing hangs on it yet."""
ATTENDANCE: dict[str, LazyString] = {
    "invited": _l("Invited"),
    "present": _l("Present"),
    "late": _l("Came late"),
    "replied": _l("Has replied"),
    "absent": _l("Absent"),
}
MEDIA: dict[str, LazyString] = {
    "electronic": _l("Votes on the screen"),
    "paper": _l("Paper ballots"),
    "mixed": _l("Votes on the screen and paper ballots"),
}
ROUNDS: dict[str, LazyString] = {
    "first": _l("Vote"),
    "second": _l("Second ballot"),
    "repeat": _l("Vote held again"),
}
NUMBER_NAMES: dict[str, LazyString] = {
    "issued": _l("Ballots given out"),
    "returned": _l("Ballots returned"),
    "blank": _l("Blank"),
    "invalid": _l("Invalid"),
    **{name: CHOICES[name] for name in ("agree", "disagree", "abstain")},
}
REASONS: dict[str, LazyString] = {
    "same_person": _l("You are the nominee yourself: no vote"),
    "same_unit": _l("Of your own unit: no vote"),
    "declared": _l("You have declared a relation: no vote"),
    "withdrawn": _l("Withdrawn: no vote any more"),
    "suspended": _l("Suspended: no vote until it is resumed"),
}


def choice_name(choice: str) -> str:
    """The name of a choice."""
    return str(CHOICES.get(choice, choice))


def result_name(result: str | None) -> str:
    """The name of a result."""
    return str(RESULTS.get(result or "", ""))


def rule_sentence(profile: Mapping[str, Any]) -> str:
    """What a nominee needs, as a noun: at least 80 % of all members."""
    rule = thawed_profile(profile)
    return RULES[rule.comparison, rule.base](_share(rule.threshold))


def outcome_sentence(count: Mapping[str, Any], profile: Mapping[str, Any]) -> str:
    """The numbers of one nominee, what was needed, and what it came to, as one sentence."""
    agree, base = count["agree"], count["base"]
    share = percent(agree / base) if base else "–"
    return NUMBERS[profile["rule"]["base"]](
        {
            "agree": number(agree),
            "base": number(base),
            "share": share,
            "rule": rule_sentence(profile),
            "result": _result(count),
        }
    )


def _share(threshold: Fraction) -> str:
    """80 %, 50 %; a share that is no whole percentage stays a fraction."""
    part = threshold * HUNDRED
    return percent(float(threshold), 0) if part.denominator == 1 else str(threshold)


NUMBERS: dict[str, Callable[[Mapping[str, str]], str]] = {
    "all": lambda values: _(
        "%(agree)s of %(base)s members agreed (%(share)s), %(rule)s needed: %(result)s.", **values
    ),
    "present": lambda values: _(
        "%(agree)s of %(base)s members present agreed (%(share)s), %(rule)s needed: %(result)s.", **values
    ),
    "valid": lambda values: _(
        "%(agree)s of %(base)s valid ballots agreed (%(share)s), %(rule)s needed: %(result)s.", **values
    ),
}
RULES: dict[tuple[str, str], Callable[[str], str]] = {
    ("at_least", "all"): lambda share: _("at least %(share)s of all members", share=share),
    ("at_least", "present"): lambda share: _("at least %(share)s of the members present", share=share),
    ("at_least", "valid"): lambda share: _("at least %(share)s of the valid ballots", share=share),
    ("more_than", "all"): lambda share: _("more than %(share)s of all members", share=share),
    ("more_than", "present"): lambda share: _("more than %(share)s of the members present", share=share),
    ("more_than", "valid"): lambda share: _("more than %(share)s of the valid ballots", share=share),
}


TIES: dict[str, Callable[[], str]] = {
    "passed": lambda: _("passed, the chairman decided the tie"),
    "not_passed": lambda: _("not passed, a tie"),
    "chair_decides": lambda: _("deferred, a tie that the chairman has not decided"),
    "second_ballot": lambda: _("deferred, a tie that a second ballot decides"),
}


EDGES: dict[str, Callable[[], str]] = {
    "chair_decides": lambda: _("deferred, as many votes as others for the last places; the chairman decides"),
    "second_ballot": lambda: _(
        "deferred, as many votes as others for the last places; a second ballot decides"
    ),
}


CHOSEN: dict[str, Callable[[], str]] = {
    "passed": lambda: _("passed, level with others and chosen by the chairman"),
    "not_passed": lambda: _("not passed, level with others and not chosen by the chairman"),
}


GROUNDED: dict[str, Callable[[str], str]] = {
    "not_eligible": lambda grounds: _("not passed, barred by a condition: %(grounds)s", grounds=grounds),
    "beyond_cap": lambda grounds: _(
        "not passed, others had more votes; the cap is: %(grounds)s", grounds=grounds
    ),
}


def _result(count: Mapping[str, Any]) -> str:
    margin = count["agree"] - count["needed"]
    match count["reason"]:
        case "no_quorum":
            return _("deferred, too few members were there")
        case "chair_not_in_favour":
            return _("not passed, the chairman did not agree")
        case "tie":
            return TIES[count["result"]]()
        case "chair_decided":
            return CHOSEN[count["result"]]()
        case "beyond_quota":
            return _("not passed, others had more votes for the places there are")
        case "not_eligible" | "beyond_cap":
            return GROUNDED[count["reason"]](_grounds(count))
        case "quota_tie" | "cap_tie":
            return EDGES[count["result"]]()
    if margin < 0:
        return ngettext("not passed, %(num)d vote short", "not passed, %(num)d votes short", -margin)
    if margin == 0:
        return _("passed, just enough")
    return ngettext("passed, %(num)d vote more than needed", "passed, %(num)d votes more than needed", margin)


def _grounds(count: Mapping[str, Any]) -> str:
    """The conditions with their sources; a source nobody has verified says so."""
    return "; ".join(_cited(ground) for ground in count.get("grounds", ()))


def _cited(ground: Mapping[str, Any]) -> str:
    source = content(ground["citation"])
    if ground["mark"] != "verified":
        source = _("%(source)s, not yet verified", source=source)
    name = (
        _("Awarded in an earlier round")
        if ground["condition"] == "earlier_round"
        else content(ground["name"])
    )
    return f"“{name}” ({source})"
