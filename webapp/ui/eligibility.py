"""What a check of eligibility found, as sentences with the rule's own words and source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.i18n import content
from webapp.ui.formats import percent
from workflows.rules.eligibility import Finding, Verdict

Values = Mapping[str, Any]
Names = Mapping[str, str]

VERDICTS: dict[Verdict, tuple[LazyString, str, str]] = {
    "pass": (_l("Met"), "done", "check-lg"),
    "warning": (_l("To be looked at"), "due_soon", "exclamation-triangle-fill"),
    "bar": (_l("Barred"), "overdue", "x-octagon-fill"),
}
"""What a verdict is called, which state it looks like, its icon."""

INFORMS = (_l("For information"), "open", "info-circle")
"""What stands in nobody's way and is worth knowing all the same."""


def is_crowded(finding: Finding) -> bool:
    """Whether a dossier goes on although more are proposed than there are places."""
    crowded: bool = finding.rule == "ceiling" and finding.values["used"] > finding.values["at_most"]
    return crowded and finding.verdict == "pass"


def finding_sentence(finding: Finding, awards: Names) -> str:
    """What was found; ``awards`` are names by code."""
    told = SENTENCES.get(finding.rule)
    if told is None:
        return _("Holds for every dossier.")
    counted = COUNTED.get(finding.rule) if "unit" in finding.values else None
    sentences = [told(finding.values, awards), *([counted(finding.values, awards)] if counted else [])]
    return " ".join(sentences)


def _ladder(values: Values, awards: Names) -> str:
    award = content(awards.get(values["lower"], values["lower"]))
    if not values["years"]:
        return _("“%(award)s” is on record for no year in a row up to now.", award=award)
    years = ", ".join(str(year) for year in values["years"])
    if len(values.get("recorded", values["years"])) < len(values["years"]):
        return _(
            "“%(award)s” in %(years)s, partly told by the dossier only or perhaps of another person.",
            award=award,
            years=years,
        )
    return _("“%(award)s” in %(years)s.", award=award, years=years)


def _interval(values: Values, _awards: Names) -> str:
    if not values["years"]:
        return _("Not given within this time.")
    return _("Given in %(years)s.", years=", ".join(str(year) for year in values["years"]))


def _cap(values: Values, awards: Names) -> str:
    share = percent(values["share"])
    of = content(awards[values["lower"]]) if values["lower"] in awards else _("communes")
    if values["base"] is None:
        return _(
            "%(used)s proposed, at most %(share)s of “%(of)s”; how many these are is not on record.",
            used=values["used"],
            share=share,
            of=of,
        )
    return _(
        "%(used)s proposed; at most %(most)s, %(share)s of %(base)s “%(of)s”.",
        used=values["used"],
        most=values["at_most"],
        share=share,
        base=values["base"],
        of=of,
    )


def _of_eligible(values: Values, _awards: Names) -> str:
    if values["base"] is None:
        return _(
            "%(used)s proposed by the unit, at most %(share)s of those who meet the standard; nobody has been found "
            "eligible at the appraisal yet.",
            used=values["used"],
            share=percent(values["share"]),
        )
    return _(
        "%(used)s proposed by the unit; at most %(most)s, %(share)s of the %(base)s who met the standard at the "
        "appraisal.",
        used=values["used"],
        most=values["at_most"],
        share=percent(values["share"]),
        base=values["base"],
    )


def _members(values: Values, awards: Names) -> str:
    of = content(awards.get(values["lower"], values["lower"]))
    if not values["base"]:
        return _("The dossier does not say how many people belong to the collective.")
    return _(
        "%(used)s of %(base)s people are “%(of)s” by the record; asked for: %(share)s.",
        used=values["used"],
        base=values["base"],
        of=of,
        share=percent(values["share"]),
    )


def _per_cluster(values: Values, _awards: Names) -> str:
    if values["cluster"] is None:
        return _("The submitting unit belongs to no cluster or block.")
    return ngettext(
        "%(used)s proposed from “%(cluster)s” in this year; at most %(num)s.",
        "%(used)s proposed from “%(cluster)s” in this year; at most %(num)s.",
        values["at_most"],
        used=values["used"],
        cluster=content(values["cluster"]),
    )


def _one_award(values: Values, _awards: Names) -> str:
    said = []
    if codes := values["codes"]:
        said.append(_("In the same round there is also: %(codes)s.", codes=", ".join(codes)))
    if perhaps := values.get("perhaps"):
        said.append(
            _("Another unit proposed somebody who may be the same: %(codes)s.", codes=", ".join(perhaps))
        )
    return " ".join(said) or _("There is no other dossier in this round.")


def _earlier(values: Values, _awards: Names) -> str:
    return _("Awarded in: %(rounds)s.", rounds=", ".join(content(name) for name in values["rounds"]))


def _ceiling(values: Values, _awards: Names) -> str:
    return ngettext(
        "%(used)s compete for %(num)s place of the strand.",
        "%(used)s compete for %(num)s places of the strand.",
        values["at_most"],
        used=values["used"],
    )


def _in_history(values: Values, awards: Names) -> str:
    return _(
        "“%(of)s” are counted in the award history of %(unit)s in %(year)s.",
        of=content(awards.get(values["lower"], values["lower"])),
        unit=content(values["unit"]),
        year=values["year"],
    )


def _of_dossier(values: Values, awards: Names) -> str:
    people = _("How many people there are is what the dossier says.")
    return f"{people} {_in_history(values, awards)}"


def _in_round(values: Values, _awards: Names) -> str:
    return _(
        "They are counted among the dossiers of %(unit)s for this award in “%(round)s”.",
        unit=content(values["unit"]),
        round=content(values["round"]),
    )


def _in_register(values: Values, _awards: Names) -> str:
    return _("The communes below %(unit)s are counted in the list of units.", unit=content(values["unit"]))


COUNTED: dict[str, Callable[[Values, Names], str]] = {
    "share_of_title": _in_history,
    "share_of_units": _in_register,
    "share_of_eligible": _in_round,
    "share_of_members": _of_dossier,
}
"""Where the number that a share is of was counted, by rule."""


SENTENCES: dict[str, Callable[[Values, Names], str]] = {
    "ladder": _ladder,
    "interval": _interval,
    "share_of_title": _cap,
    "share_of_units": _cap,
    "share_of_eligible": _of_eligible,
    "share_of_members": _members,
    "per_cluster": _per_cluster,
    "one_award": _one_award,
    "earlier_round": _earlier,
    "ceiling": _ceiling,
    "no_pending_matter": lambda _values, _awards: _("Judged by suspended dossiers of the same nominee."),
}
"""By rule; principles have none of their own."""
