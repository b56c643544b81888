"""Faults that eligibility, meetings and lists from Excel find, as sentences."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.i18n import content
from webapp.ui.formats import day, number

MOST_NAMED = 5


def _all_known(_label: str, _params: Mapping[str, Any]) -> str:
    return _("Every award of this list is on record already. Nothing was taken over.")


def _unit_unknown(label: str, params: Mapping[str, Any]) -> str:
    return _(
        "“%(name)s” is not a unit at or below yours. Write “%(label)s” as in the list of units, or its code.",
        name=params["name"],
        label=label,
    )


def _unit_ambiguous(label: str, params: Mapping[str, Any]) -> str:
    return _(
        "Several units are called “%(name)s”. Write the code in “%(label)s”: %(codes)s.",
        name=params["name"],
        label=label,
        codes=params["codes"],
    )


def _not_eligible(_label: str, params: Mapping[str, Any]) -> str:
    names = {"ceiling": _("Places of the plan"), "earlier_round": _("Awarded in an earlier round")}
    return _(
        "Barred by the condition “%(condition)s”: %(codes)s. See the conditions on the page of the dossier.",
        condition=names.get(params["condition"]) or content(params["condition"]),
        codes=params["codes"],
    )


def _before_campaign(label: str, params: Mapping[str, Any]) -> str:
    return _(
        "“%(label)s” must not be before %(day)s, when the campaign begins by its plan.",
        label=label,
        day=day(dt.date.fromisoformat(params["day"])),
    )


def _barred_since(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "Since the count the condition “%(condition)s” bars: %(codes)s. Return the minutes: written anew, they say so.",
        condition=content(params["condition"]),
        codes=params["codes"],
    )


def _appraisal_parts_missing(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "The rules ask this award for parts the appraisal form does not have: %(parts)s. Tell the administrator; until "
        "then the dossier cannot be found eligible.",
        parts="; ".join(content(name) for name in params["parts"]),
    )


def _papers_missing(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "Papers of this award are missing: %(papers)s. Ask for a supplement.",
        papers="; ".join(content(name) for name in params["papers"]),
    )


def _papers_missing_for_good(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "Papers of this award are missing: %(papers)s. No supplement can be asked for any more: find the dossier not "
        "eligible, or the unit that submitted it withdraws it and proposes anew with these papers.",
        papers="; ".join(content(name) for name in params["papers"]),
    )


def _papers_of_award_missing(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "The dossier lacks papers this award asks for: %(papers)s. Choose another award; papers can be asked for only "
        "while the dossier is appraised.",
        papers="; ".join(content(name) for name in params["papers"]),
    )


def _cadre_body_left_out(label: str, params: Mapping[str, Any]) -> str:
    return _(
        "“%(label)s” leaves out %(body)s, which manages the cadre. Choose it as well, or give the reason below.",
        label=label,
        body=content(params["body"]),
    )


def _warnings_open(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "Conditions to be looked at: %(codes)s. The secretary lets the warning pass with a reason on the page of the "
        "dossier, or the dossier is left out.",
        codes=params["codes"],
    )


def _too_few_present(label: str, params: Mapping[str, Any]) -> str:
    if params["needed"] is None:
        return _(
            "By the rule too few were present for the council to decide. Conclude otherwise, or meet again."
        )
    return _(
        "“%(label)s” must be at least %(needed)s by the rule. Conclude otherwise, or meet again.",
        label=label,
        needed=number(params["needed"]),
    )


def _too_few_agree(label: str, params: Mapping[str, Any]) -> str:
    return _(
        "“%(label)s” must be at least %(needed)s by the rule to agree. Check the number, or conclude otherwise.",
        label=label,
        needed=number(params["needed"]),
    )


def _named_before(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This one is registered already, or stands in the list twice. Take the row out.")


def _not_an_identity(label: str, _params: Mapping[str, Any]) -> str:
    return _("“%(label)s” has 9 or 12 digits.", label=label)


def _round_unfinished(_label: str, params: Mapping[str, Any]) -> str:
    codes = params["codes"]
    return ngettext(
        "%(num)s dossier of the round has no result yet: %(codes)s. Wait for it, or say why the round ends now.",
        "%(num)s dossiers of the round have no result yet: %(codes)s. Wait for them, or say why the round ends now.",
        len(codes),
        codes=", ".join(codes[:MOST_NAMED]) + ("; …" if len(codes) > MOST_NAMED else ""),
    )


ASSESSMENTS: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "all_known": _all_known,
    "cadre_body_left_out": _cadre_body_left_out,
    "named_before": _named_before,
    "nominated_before": lambda _label, _params: _(
        "This one is nominated in this round already, or stands in the list twice. Take the row out."
    ),
    "not_an_identity": _not_an_identity,
    "not_eligible": _not_eligible,
    "before_campaign": _before_campaign,
    "barred_since_the_count": _barred_since,
    "same_day": lambda _label, _params: _("This is the day of review already. Choose another one."),
    "papers_missing": _papers_missing,
    "round_unfinished": _round_unfinished,
    "papers_missing_for_good": _papers_missing_for_good,
    "ground_not_denied": lambda label, _params: _(
        "The ground of the refusal is that “%(label)s” is not so. Answer “No”, or choose another ground.",
        label=label,
    ),
    "nothing_denied": lambda _label, _params: _(
        "A refusal says which criterion is not met. Answer at least one with “No”."
    ),
    "papers_of_award_missing": _papers_of_award_missing,
    "appraisal_parts_missing": _appraisal_parts_missing,
    "too_few_agree": _too_few_agree,
    "too_few_present": _too_few_present,
    "unit_ambiguous": _unit_ambiguous,
    "unit_unknown": _unit_unknown,
    "warnings_open": _warnings_open,
}
