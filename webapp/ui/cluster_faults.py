"""Faults of scores, of reported figures and of the administration of clusters as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

Params = Mapping[str, Any]

SCORES: dict[str, Callable[[str, Params], str]] = {
    "scores_missing": lambda label, params: ngettext(
        "“%(label)s”: %(num)s line has no points.",
        "“%(label)s”: %(num)s lines have no points.",
        params["count"],
        label=label,
    ),
    "score_twice": lambda label, params: ngettext(
        "“%(label)s”: %(num)s line stands twice.",
        "“%(label)s”: %(num)s lines stand twice.",
        params["count"],
        label=label,
    ),
    "figures_missing": lambda label, params: ngettext(
        "“%(label)s”: %(num)s figure is not answered.",
        "“%(label)s”: %(num)s figures are not answered.",
        params["count"],
        label=label,
    ),
    "figure_twice": lambda label, params: ngettext(
        "“%(label)s”: %(num)s figure stands twice.",
        "“%(label)s”: %(num)s figures stand twice.",
        params["count"],
        label=label,
    ),
    "too_fine": lambda label, _params: _(
        "“%(label)s”: enter at most two digits after the comma.", label=label
    ),
    "other_units_result": lambda label, _params: _(
        "“%(label)s” must be a result of the submitting unit, and the nominee that unit itself.", label=label
    ),
    "scores_itself": lambda label, _params: _(
        "“%(label)s”: no unit scores itself. Choose another one.", label=label
    ),
    "scores_twice": lambda label, params: _(
        "“%(label)s”: this unit scores that of row %(row)s already. Each scores exactly one.",
        label=label,
        row=params["row"],
    ),
    "table_exists": lambda _label, _params: _("The unit has a criteria table of this name already."),
    "first_row_without_part": lambda label, _params: _(
        "“%(label)s”: the first row names the part it begins.", label=label
    ),
    "criterion_twice": lambda label, params: _(
        "“%(label)s”: “%(part)s” has this criterion in row %(row)s already.",
        label=label,
        part=params["part"],
        row=params["row"],
    ),
    "part_too_long": lambda label, params: _(
        "“%(label)s”: “%(part)s” has more than %(limit)s criteria. Divide it.",
        label=label,
        part=params["part"],
        limit=params["limit"],
    ),
    "too_many_parts": lambda _label, params: _(
        "A table has at most %(limit)s parts. Look for a part that is written in two ways.",
        limit=params["limit"],
    ),
    "no_regular_criterion": lambda _label, _params: _(
        "There are bonus points and points taken off only. Enter a criterion with regular points."
    ),
    "cluster_exists": lambda _label, _params: _("The unit has a cluster of this name already."),
    "member_already": lambda _label, _params: _("This unit belongs to the cluster already."),
    "no_member": lambda label, _params: _("“%(label)s” must be a member in this year.", label=label),
    "leads_already": lambda _label, _params: _("The deputy must be another unit than the leader."),
}
