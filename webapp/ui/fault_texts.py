"""Faults of a form as sentences that name the field and the remedy, in the reader's language."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.i18n import content
from webapp.ui.formats import day, number, size
from webapp.ui.people_faults import PEOPLE
from webapp.ui.shapes import Kind, kind_of
from workflows.form_faults import Fault
from workflows.form_places import Schema


def fault_text(fault: Fault, label: str, schema: Schema) -> str:
    """What is wrong with the field called `label` and what to do about it."""
    kind = kind_of(schema)
    if fault.code == "required":
        return MISSING.get(kind, _enter)(label)
    if fault.code in PROCEDURES:
        return PROCEDURES[fault.code](label, fault.params)
    if fault.code in LIMITS:
        return LIMITS[fault.code](label, kind, fault.params["limit"])
    return SENTENCES.get(fault.code, _malformed)(label, kind)


def _enter(label: str) -> str:
    return _("Enter “%(label)s”.", label=label)


def _choose(label: str) -> str:
    return _("Choose “%(label)s”.", label=label)


def _choose_some(label: str) -> str:
    return _("Choose at least one of “%(label)s”.", label=label)


def _tick(label: str) -> str:
    return _("Tick “%(label)s” to go on.", label=label)


def _attach(label: str) -> str:
    return _("Attach the file “%(label)s”.", label=label)


def _add_row(label: str) -> str:
    return _("Add at least one row to “%(label)s”.", label=label)


def _fill(label: str) -> str:
    return _("Fill in the part “%(label)s”.", label=label)


MISSING: dict[Kind, Callable[[str], str]] = {
    "choice": _choose,
    "yes_no": _choose,
    "choices": _choose_some,
    "tick": _tick,
    "paper": _attach,
    "papers": _attach,
    "rows": _add_row,
    "group": _fill,
}


def _wrong_type(label: str, kind: Kind) -> str:
    match kind:
        case "integer":
            return _(
                "“%(label)s” must be a whole number, for example %(example)s.",
                label=label,
                example=number(1200),
            )
        case "number":
            return _(
                "“%(label)s” must be a number, for example %(example)s.", label=label, example=number(1234.5)
            )
        case "choice" | "choices" | "yes_no" | "tick":
            return _not_a_choice(label, kind)
    return _malformed(label, kind)


def _not_a_choice(label: str, _kind: Kind) -> str:
    return _("The choice for “%(label)s” is not offered any more. Choose again.", label=label)


def _not_a_date(label: str, _kind: Kind) -> str:
    return _("“%(label)s” must be a day written dd/mm/yyyy, for example 10/12/2019.", label=label)


def _not_a_date_time(label: str, _kind: Kind) -> str:
    return _("“%(label)s” must be a day and time, for example 10/12/2019 14:30.", label=label)


def _not_confirmed(label: str, kind: Kind) -> str:
    if kind == "yes_no":
        return _(
            "This conclusion needs “Yes” for “%(label)s”. Answer so, or conclude otherwise.", label=label
        )
    return _tick(label)


def _not_unique(label: str, _kind: Kind) -> str:
    return _("“%(label)s” holds the same entry twice. Take one out.", label=label)


def _extra(label: str, _kind: Kind) -> str:
    return _("“%(label)s” is not asked for here. Load the page again.", label=label)


def _malformed(label: str, kind: Kind) -> str:
    if kind in ("paper", "papers"):
        return _("The file in “%(label)s” is not available any more. Choose it again.", label=label)
    return _("“%(label)s” is not written as asked. See the note under it.", label=label)


SENTENCES: dict[str, Callable[[str, Kind], str]] = {
    "wrong_type": _wrong_type,
    "not_a_choice": _not_a_choice,
    "not_a_date": _not_a_date,
    "not_a_date_time": _not_a_date_time,
    "not_confirmed": _not_confirmed,
    "not_unique": _not_unique,
    "extra": _extra,
}


def _too_short(label: str, _kind: Kind, least: int) -> str:
    return ngettext(
        "“%(label)s” needs at least %(num)d character.",
        "“%(label)s” needs at least %(num)d characters.",
        least,
        label=label,
    )


def _too_long(label: str, _kind: Kind, most: int) -> str:
    return ngettext(
        "“%(label)s” may have at most %(num)d character. Shorten it.",
        "“%(label)s” may have at most %(num)d characters. Shorten it.",
        most,
        label=label,
    )


def _too_small(label: str, _kind: Kind, least: int | float) -> str:
    return _("“%(label)s” must be at least %(limit)s.", label=label, limit=number(least))


def _too_large(label: str, _kind: Kind, most: int | float) -> str:
    return _("“%(label)s” may be at most %(limit)s.", label=label, limit=number(most))


def _too_few(label: str, kind: Kind, least: int) -> str:
    if least == 1:
        return MISSING.get(kind, _enter)(label)
    return ngettext(
        "“%(label)s” needs at least %(num)d entry.",
        "“%(label)s” needs at least %(num)d entries.",
        least,
        label=label,
    )


def _too_many(label: str, _kind: Kind, most: int) -> str:
    return ngettext(
        "“%(label)s” may have at most %(num)d entry. Take some out.",
        "“%(label)s” may have at most %(num)d entries. Take some out.",
        most,
        label=label,
    )


LIMITS: dict[str, Callable[[str, Kind, int], str]] = {
    "too_short": _too_short,
    "too_long": _too_long,
    "too_small": _too_small,
    "too_large": _too_large,
    "too_few": _too_few,
    "too_many": _too_many,
}


def _wrong_password(_label: str, _params: Mapping[str, Any]) -> str:
    return _("The password is not right. Enter it again.")


def _in_the_future(label: str, _params: Mapping[str, Any]) -> str:
    return _("“%(label)s” must not lie in the future.", label=label)


def _in_the_past(label: str, _params: Mapping[str, Any]) -> str:
    return _("“%(label)s” must not lie in the past.", label=label)


def _too_far_ahead(label: str, _params: Mapping[str, Any]) -> str:
    return _("“%(label)s” lies more than a year ahead. Check the year.", label=label)


def _above_other(label: str, params: Mapping[str, Any]) -> str:
    return _(
        "“%(label)s” may not be more than “%(other)s” (%(limit)s).",
        label=label,
        other=content(params["other"]),
        limit=number(params["limit"]),
    )


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


def _supplement_limit(_label: str, params: Mapping[str, Any]) -> str:
    return ngettext(
        "A supplement may be asked for only once. Decide with what there is.",
        "A supplement may be asked for at most %(num)d times. Decide with what there is.",
        params["limit"],
    )


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


def _not_in_strand(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This strand is not for this kind of nominee. Choose another strand or kind.")


def _not_your_seat(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This is not the seat you hold in the council. Choose the one you preside from.")


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


def _dossiers_closed(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "These dossiers have been withdrawn or suspended since the draft: %(codes)s. Return the decision for "
        "correction.",
        codes=params["codes"],
    )


PROCEDURES: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "paper_empty": _paper_empty,
    "paper_too_large": _paper_too_large,
    "paper_wrong_type": _paper_wrong_type,
    "wrong_password": _wrong_password,
    "in_the_future": _in_the_future,
    "in_the_past": _in_the_past,
    "too_far_ahead": _too_far_ahead,
    "above_other": _above_other,
    "no_rule": _no_rule,
    "still_member": _still_member,
    "attendance_missing": _attendance_missing,
    "line_twice": _line_twice,
    "lines_closed": _lines_closed,
    "before_the_meeting": _before_the_meeting,
    "number_taken": _number_taken,
    "supplement_limit": _supplement_limit,
    "not_marked": _not_marked,
    "lines_missing": _lines_missing,
    "not_in_strand": _not_in_strand,
    "not_your_seat": _not_your_seat,
    "no_members": _no_members,
    "over_ceiling": _over_ceiling,
    "dossiers_closed": _dossiers_closed,
    **PEOPLE,
}
