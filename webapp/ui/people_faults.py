"""Faults of forms about people, roles, councils and passwords as sentences."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from webapp.i18n import content
from webapp.ui.formats import day
from webapp.ui.roles import role_name


def _username_taken(_label: str, _params: Mapping[str, Any]) -> str:
    return _("Somebody has this user name already. Choose another one.")


def _before_beginning(label: str, params: Mapping[str, Any]) -> str:
    return _("“%(label)s” must not lie before the first day, %(day)s.", label=label, day=day(params["day"]))


def _seated_already(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This person has a seat in the council already. Choose another one.")


def _chair_taken(_label: str, _params: Mapping[str, Any]) -> str:
    return _("The council has a chairman already. Choose another seat, or end that membership first.")


def _council_founded(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This council has been founded already with this day. Look at the list of councils.")


def _not_repeated(_label: str, _params: Mapping[str, Any]) -> str:
    return _("The two new passwords are not the same. Enter both again.")


def _same_password(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This is the password you have now. Choose another one.")


def _day_entered(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This day stands in the calendar of the unit already. Take it out first.")


def _day_off_anyway(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This is a day off anyway. Choose another day, or enter it as worked in exchange.")


def _day_works_anyway(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This day is worked anyway. Choose another day, or enter it as a day off.")


def _successor_needed(_label: str, _params: Mapping[str, Any]) -> str:
    return _(
        "Open work would be left without an owner. Name who takes it over, and let what is listed below go to them."
    )


def _same_person(_label: str, _params: Mapping[str, Any]) -> str:
    return _("Somebody cannot hand over to themselves. Choose another person.")


def _cannot_sign_in(_label: str, _params: Mapping[str, Any]) -> str:
    return _("This person has no open account and could not do the work. Choose another person.")


def _nothing_handed(_label: str, _params: Mapping[str, Any]) -> str:
    return _("Choose at least one role, or let the cases go along.")


def _office_ended(_label: str, params: Mapping[str, Any]) -> str:
    return _(
        "A role chosen ends on %(day)s already. Choose a day until the one after.", day=day(params["day"])
    )


def _no_officer(_label: str, params: Mapping[str, Any]) -> str:
    unit = content(params["unit"])
    return _("Nobody else is an officer in %(unit)s. Let the cases go to the successor.", unit=unit)


UNITS: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "unit_closed": lambda _label, params: _(
        "%(unit)s is closed already. Look at its page.", unit=content(params["unit"])
    ),
    "day_ahead": lambda _label, _params: _(
        "This day has not come yet. Units change at once: enter it on that day, or afterwards."
    ),
    "same_name": lambda _label, _params: _("This is the name it has now."),
    "name_there": lambda _label, _params: _("A unit of this name is there already."),
    "unit_at_work": lambda _label, _params: _(
        "Something is still open in this unit, or a unit below it is not closed. See what is listed."
    ),
    "two_needed": lambda _label, _params: _("At least two different units are needed."),
    "units_unlike": lambda _label, _params: _("Only units of the same kind and level can be merged."),
    "below_itself": lambda _label, _params: _("One of these units lies below another one."),
    "role_left": lambda _label, params: _(
        "Work of the role “%(role)s” is open. Let at least one of those who hold it go on.",
        role=role_name(params["role"]),
    ),
}
"""Faults of forms about units."""

PEOPLE: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    **UNITS,
    "names_nominee": lambda label, _params: _(
        "“%(label)s” names the nominee. Write it without the name: it stays when the name is gone.",
        label=label,
    ),
    "username_taken": _username_taken,
    "before_beginning": _before_beginning,
    "seated_already": _seated_already,
    "chair_taken": _chair_taken,
    "council_founded": _council_founded,
    "not_repeated": _not_repeated,
    "same_password": _same_password,
    "other_name": lambda _label, params: _(
        "Row %(row)s has another name for this user name.", row=params["row"]
    ),
    "role_twice": lambda _label, params: _("Row %(row)s gives this role already.", row=params["row"]),
    "successor_needed": _successor_needed,
    "same_person": _same_person,
    "cannot_sign_in": _cannot_sign_in,
    "nothing_handed": _nothing_handed,
    "office_ended": _office_ended,
    "no_officer": _no_officer,
    "day_entered": _day_entered,
    "day_off_anyway": _day_off_anyway,
    "day_works_anyway": _day_works_anyway,
}
