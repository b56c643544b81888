"""Faults of a form as sentences that name the field and the remedy, in the reader's language."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.ui.after_faults import AFTER
from webapp.ui.assessment_faults import ASSESSMENTS
from webapp.ui.delegation_words import FAULTS
from webapp.ui.formats import number
from webapp.ui.inspection_words import FAULTS as INSPECTIONS
from webapp.ui.people_faults import PEOPLE
from webapp.ui.print_faults import PRINTING
from webapp.ui.procedure_faults import PROCEDURES
from webapp.ui.shapes import Kind, kind_of
from webapp.ui.vote_faults import VOTES
from workflows.form_faults import Fault
from workflows.form_places import Schema


def fault_text(fault: Fault, label: str, schema: Schema) -> str:
    """What is wrong with the field called `label` and what to do about it."""
    kind = kind_of(schema)
    if fault.code == "required":
        return MISSING.get(kind, _enter)(label)
    for known in (PROCEDURES, ASSESSMENTS, VOTES, PEOPLE, FAULTS, AFTER, PRINTING, INSPECTIONS):
        if fault.code in known:
            return known[fault.code](label, fault.params)
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


def _limit(value: int | float) -> str:
    """A limit as it is read: of four digits it may be a year, and stays in one piece."""
    return number(value, grouped=abs(value) >= 10_000)


def _too_small(label: str, _kind: Kind, least: int | float) -> str:
    return _("“%(label)s” must be at least %(limit)s.", label=label, limit=_limit(least))


def _too_large(label: str, _kind: Kind, most: int | float) -> str:
    return _("“%(label)s” may be at most %(limit)s.", label=label, limit=_limit(most))


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
