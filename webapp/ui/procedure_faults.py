"""Faults that a procedure finds in a form as sentences: days, lists, numbers, papers, signatures."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from webapp.i18n import content
from webapp.ui.amendment_faults import AMENDMENTS
from webapp.ui.cluster_faults import SCORES
from webapp.ui.decision_faults import DECISIONS
from webapp.ui.formats import day, number, size
from webapp.ui.registration_faults import REGISTRATIONS
from webapp.ui.signing_faults import SIGNING


def _in_the_future(label: str, _params: Mapping[str, Any]) -> str:
    return _("“%(label)s” must not be later than today.", label=label)


def _in_the_past(label: str, _params: Mapping[str, Any]) -> str:
    return _("“%(label)s” must not be before today.", label=label)


def _too_far_ahead(label: str, _params: Mapping[str, Any]) -> str:
    return _("“%(label)s” lies more than a year ahead. Check the year.", label=label)


def _introduced_too_long(label: str, params: Mapping[str, Any]) -> str:
    last = day(dt.date.fromisoformat(params["day"]))
    return _("“%(label)s” may be %(day)s at the latest.", label=label, day=last)


def _above_other(label: str, params: Mapping[str, Any]) -> str:
    return _(
        "“%(label)s” may not be more than “%(other)s” (%(limit)s).",
        label=label,
        other=content(params["other"]),
        limit=number(params["limit"]),
    )


def _rule_set_fault(_label: str, params: Mapping[str, Any]) -> str:
    told = f"{_(params['problem'])} {_(params['remedy'])}" % params["values"]
    return _("Line %(line)s: %(fault)s", line=params["line"], fault=told) if params["shown"] else told


def _nothing_amended(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This says the same as the version it goes on from. Change something, or leave the page.")


def _no_rule(label: str, _params: Mapping[str, Any]) -> str:
    return _(
        "There is no rule set for the day in “%(label)s”. Check the day, or ask the administrator.",
        label=label,
    )


def _still_member(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "%(names)s: still a member of the council on this day. Mark them as absent, or have the end of their "
        "membership entered first.",
        names=params["names"],
    )


def _attendance_missing(_label: str, params: Mapping[str, Any]) -> str:
    return _("Call each member; not called yet: %(names)s.", names=params["names"])


def _line_twice(_label: str, params: Mapping[str, Any]) -> str:
    return _("Answer each dossier once; answered twice: %(codes)s.", codes=params["codes"])


def _lines_closed(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "These dossiers have been withdrawn since the list was drawn up: %(codes)s. Return the submission, so that "
        "they are taken out.",
        codes=params["codes"],
    )


def _before_the_meeting(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "The session is called for %(day)s. It can be opened on that day.",
        day=day(dt.date.fromisoformat(params["day"])),
    )


def _number_taken(_label: str, params: Mapping[str, Any]) -> str:
    return _("This number is that of another decision of %(year)s. Check the book.", year=params["year"])


def _not_marked(_label: str, params: Mapping[str, Any]) -> str:
    return _("Mark your vote on dossier %(code)s.", code=params["code"])


def _lines_missing(_label: str, params: Mapping[str, Any]) -> str:
    return _("Receive or return each dossier; not answered yet: %(codes)s.", codes=params["codes"])


def _paper_empty(label: str, _params: Mapping[str, Any]) -> str:
    return _("The file chosen for “%(label)s” is empty. Choose another one.", label=label)


def _paper_too_large(label: str, params: Mapping[str, Any]) -> str:
    return _(
        "The file chosen for “%(label)s” is too large; at most %(limit)s. A scan in grey at 200 dpi is enough.",
        label=label,
        limit=size(params["limit"]),
    )


def _paper_wrong_type(label: str, _params: Mapping[str, Any]) -> str:
    return _(
        "The file chosen for “%(label)s” is not a PDF, Word or Excel file or picture, or its content is not what "
        "its name says.",
        label=label,
    )


def _paper_too_many(label: str, _params: Mapping[str, Any]) -> str:
    return _(
        "The file for “%(label)s” was not taken: too many of your files wait for a form to be sent. Send the form "
        "without it, or try again tomorrow; files that are not sent are removed after a day.",
        label=label,
    )


def _paper_no_picture(label: str, _params: Mapping[str, Any]) -> str:
    return _(
        "“%(label)s” must be a whole PNG or JPEG picture. This file cannot be opened or is cut off: choose it again, "
        "or another one.",
        label=label,
    )


def _not_in_power(_label: str, _params: Mapping[str, Any]) -> str:
    return _(
        "This award is not in the chairman's power. Propose it to the higher level, or choose another award."
    )


def _award_not_in_force(_label: str, _params: Mapping[str, Any]) -> str:
    return _("The rules of today do not have this award. Return the dossier, so that it names another one.")


def _award_not_from_above(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This award is given here, not by a level above.")


def _in_own_power(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This award is decided here. Award it, or let the dossier name a higher award.")


def _not_your_seat(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This is not the seat you hold in the council. Choose the one you preside from.")


def _not_a_share(label: str, _params: Mapping[str, Any]) -> str:
    return _("“%(label)s” must be a share of at most one, for example 2/3.", label=label)


def _never_reached(_label: str, _params: Mapping[str, Any]) -> str:
    return _("More than all can never be reached. Choose “At least”.")


def _mixed_profiles(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "The council votes on these awards by different rules: %(names)s. Hold a session for each of them.",
        names=", ".join(content(name) for name in params["names"]),
    )


def _too_many_votes(_label: str, _params: Mapping[str, Any]) -> str:
    return _("These are more votes than members who may vote. Check the numbers.")


def _no_members(_label: str, _params: Mapping[str, Any]) -> str:
    return _("The council has no members on this day. Choose another day, or have the members entered first.")


def _over_ceiling(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "Strand “%(strand)s”, %(pool)s: %(number)s awards, but the plan allows at most %(limit)s in this round. "
        "Take some out.",
        strand=content(params["strand"]),
        pool=content(params["pool"]),
        number=params["number"],
        limit=params["limit"],
    )


def _before_draft(label: str, params: Mapping[str, Any]) -> str:
    return _(
        "“%(label)s” must not lie before %(day)s, when the draft was begun.",
        label=label,
        day=day(dt.date.fromisoformat(params["day"])),
    )


def _after_other(label: str, params: Mapping[str, Any]) -> str:
    return _("“%(label)s” must not be after “%(other)s”.", label=label, other=content(params["other"]))


def _paper_unknown(label: str, _params: Mapping[str, Any]) -> str:
    return _(
        "“%(label)s” names a file that was not added to this form for this purpose. Choose it again.",
        label=label,
    )


def _signed_dossiers_closed(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "These dossiers have been withdrawn or suspended since the signature: %(codes)s. Wait until they go on, or "
        "have the head of office cancel this decision and draft it anew.",
        codes=params["codes"],
    )


def _dossiers_closed(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "These dossiers have been withdrawn or suspended since the draft: %(codes)s. Return the decision for "
        "correction.",
        codes=params["codes"],
    )


PROCEDURES: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "blank_name_taken": lambda _label, _params: _(
        "The unit has a blank of this name already. Choose another name."
    ),
    "unknown_place": lambda label, params: _(
        "“%(label)s”: nothing is known for [%(place)s]. Write one of %(known)s, or leave the brackets out.",
        label=label,
        place=params["place"],
        known=params["known"],
    ),
    "paper_empty": _paper_empty,
    "paper_too_large": _paper_too_large,
    "paper_wrong_type": _paper_wrong_type,
    "paper_no_picture": _paper_no_picture,
    "paper_too_many": _paper_too_many,
    "own_exemplar": lambda _label, _params: _(
        "This is the unit the exemplar comes from. Choose a unit that takes it over."
    ),
    "applies_already": lambda _label, _params: _(
        "This unit applies the exemplar already. Go on with what it has recorded."
    ),
    "wrong_password": lambda _label, _params: _("The password is not right. Enter it again."),
    "in_the_future": _in_the_future,
    "too_many_rows": lambda _label, _params: _(
        "A sheet holds 1,000,000 events: choose fewer dossiers, or CSV."
    ),
    "no_cases": lambda _label, _params: _("There is no such case. Choose another procedure or campaign."),
    "in_the_past": _in_the_past,
    "not_worked": lambda _label, _params: _("This is no working day. Choose another one."),
    "beyond_term": lambda _label, params: _(
        "This term is fixed: %(citation)s. It ends on %(day)s; choose that day or one before it.",
        citation=content(params["citation"]),
        day=day(params["day"]),
    ),
    "same_deadline": lambda _label, _params: _("It is due on this day already. Choose another one."),
    "introduced_too_long": _introduced_too_long,
    "too_far_ahead": _too_far_ahead,
    "above_other": _above_other,
    "no_rule": _no_rule,
    "rule_set_fault": _rule_set_fault,
    "nothing_amended": _nothing_amended,
    "still_member": _still_member,
    "attendance_missing": _attendance_missing,
    "line_twice": _line_twice,
    "lines_closed": _lines_closed,
    "before_the_meeting": _before_the_meeting,
    "number_taken": _number_taken,
    "not_marked": _not_marked,
    "lines_missing": _lines_missing,
    **AMENDMENTS,
    **DECISIONS,
    **SCORES,
    **REGISTRATIONS,
    **SIGNING,
    "not_in_power": _not_in_power,
    "award_not_in_force": _award_not_in_force,
    "award_not_from_above": _award_not_from_above,
    "in_own_power": _in_own_power,
    "not_your_seat": _not_your_seat,
    "not_a_share": _not_a_share,
    "never_reached": _never_reached,
    "mixed_profiles": _mixed_profiles,
    "too_many_votes": _too_many_votes,
    "no_members": _no_members,
    "over_ceiling": _over_ceiling,
    "before_draft": _before_draft,
    "after_other": _after_other,
    "paper_unknown": _paper_unknown,
    "dossiers_closed": _dossiers_closed,
    "signed_dossiers_closed": _signed_dossiers_closed,
}
