"""Faults of votes and counts as sentences."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.i18n import content
from webapp.ui.formats import number


def _counter_not_present(_label: str, _params: Mapping[str, Any]) -> str:
    return _("Choose two of the members who are present: they enter the count, each on their own.")


def _chair_on_paper(_label: str, _params: Mapping[str, Any]) -> str:
    return _(
        "By this rule the chairman's vote must be known, so the chairman cannot vote on an unnamed paper ballot. "
        "Let the chairman vote on the screen."
    )


def _issued_to_others(_label: str, params: Mapping[str, Any]) -> str:
    return ngettext(
        "%(num)s member is present and votes on paper, but %(issued)s ballots are said to be given out. "
        "Count them again.",
        "%(num)s members are present and vote on paper, but %(issued)s ballots are said to be given out. "
        "Count them again.",
        params["people"],
        issued=number(params["issued"]),
    )


def _not_counted(_label: str, params: Mapping[str, Any]) -> str:
    return _("Enter the count of dossier %(code)s.", code=params["code"])


def _count_does_not_add_up(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "The numbers of this nominee come to %(total)s, but %(returned)s ballots were returned: the difference is "
        "%(difference)s. Count them again.",
        total=number(params["total"]),
        returned=number(params["returned"]),
        difference=number(params["difference"]),
    )


def _too_many_chosen(_label: str, params: Mapping[str, Any]) -> str:
    return ngettext(
        "Strand “%(strand)s”: only %(num)s place is left. Choose fewer.",
        "Strand “%(strand)s”: only %(num)s places are left. Choose fewer.",
        params["places"],
        strand=content(params["strand"]),
    )


def _chair_vote_secret(_label: str, _params: Mapping[str, Any]) -> str:
    return _(
        "Where the chairman must agree, the chairman's vote has to be known. Choose an open vote, or drop the "
        "condition."
    )


def _named_twice(_label: str, _params: Mapping[str, Any]) -> str:
    return _("Somebody stands in this list twice. Enter each once.")


def _paper_voter_absent(_label: str, _params: Mapping[str, Any]) -> str:
    return _("Whoever votes on paper must be present. Take out those who are absent.")


def _too_few_for_secret(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "In a secret vote at least %(least)s must vote in each way, or the count tells how each has voted. Let all "
        "vote on the screen, or all on paper.",
        least=number(params["least"]),
    )


VOTES: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "counter_not_present": _counter_not_present,
    "chair_on_paper": _chair_on_paper,
    "issued_to_others": _issued_to_others,
    "not_counted": _not_counted,
    "count_does_not_add_up": _count_does_not_add_up,
    "too_many_chosen": _too_many_chosen,
    "chair_vote_secret": _chair_vote_secret,
    "named_twice": _named_twice,
    "paper_voter_absent": _paper_voter_absent,
    "too_few_for_secret": _too_few_for_secret,
}
