"""Events about people, roles, councils, their questions and accounts as plain sentences."""

import datetime as dt
from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.i18n import content
from webapp.queries.history import Line
from webapp.ui.formats import day
from webapp.ui.roles import role_name
from webapp.ui.seats import seat_name


def who(line: Line) -> str:
    """Who did it, as the beginning of a sentence; with the person they acted for."""
    if line.principal:
        return on_behalf(line.actor, line.principal)
    return line.actor or _("The system")


def on_behalf(delegate: str, principal: str) -> str:
    """Both names, of who did something and of whom they did it for."""
    return _("%(delegate)s (for %(principal)s)", delegate=delegate, principal=principal)


def of_person(text: Callable[[str, str], str]) -> Callable[[Line], str]:
    """A sentence of who did it and the person it was done to."""
    return lambda line: text(who(line), _person(line))


def given_reason(line: Line) -> str:
    """The reason given, as a second sentence; it is personal and may have been erased."""
    if line.event.erased:
        return " " + _("(The reason has been erased.)")
    reason = line.event.private.get("reason") if isinstance(line.event.private, Mapping) else None
    return " " + _("Reason: %(reason)s", reason=reason) if reason else ""


def _person(line: Line) -> str:
    return line.person or str(line.event.fields["person"])


def _unit(line: Line) -> str:
    return content(line.unit) or str(line.event.fields["unit"])


def _day(line: Line, field: str) -> str:
    return day(dt.date.fromisoformat(line.event.fields[field]))


def _password_set(line: Line) -> str:
    if line.event.actor == line.event.fields["person"]:
        return _("%(who)s chose a new password.", who=who(line))
    return _("%(who)s set the password of %(person)s.", who=who(line), person=_person(line))


def _role_given(line: Line) -> str:
    return _(
        "%(who)s gave %(person)s the role “%(role)s” in %(unit)s from %(day)s.",
        who=who(line),
        person=line.person,
        role=role_name(line.event.fields["role"]),
        unit=content(line.unit),
        day=_day(line, "from_date"),
    )


def _role_ended(line: Line) -> str:
    until = (
        _(" (until now: %(day)s)", day=_day(line, "before_date"))
        if line.event.fields.get("before_date")
        else ""
    )
    told = _(
        "%(who)s ended the role “%(role)s” of %(person)s in %(unit)s on %(day)s.",
        who=who(line),
        person=line.person,
        role=role_name(line.event.fields["role"]),
        unit=content(line.unit),
        day=_day(line, "to_date"),
    )
    return told.rstrip(".") + until + "." if until else told


def _council_formed(line: Line) -> str:
    return ngettext(
        "%(who)s formed the council of %(unit)s with %(num)s member.",
        "%(who)s formed the council of %(unit)s with %(num)s members.",
        len(line.event.fields["members"]),
        who=who(line),
        unit=content(line.unit),
    )


def _membership_began(line: Line) -> str:
    return _(
        "%(who)s entered %(person)s into the council of %(unit)s as “%(seat)s” from %(day)s.",
        who=who(line),
        person=_person(line),
        unit=content(line.unit),
        seat=seat_name(line.event.fields["position"]),
        day=_day(line, "from_date"),
    )


def _membership_ended(line: Line) -> str:
    return _(
        "%(who)s ended the membership of %(person)s in the council of %(unit)s on %(day)s.",
        who=who(line),
        person=_person(line),
        unit=content(line.unit),
        day=_day(line, "to_date"),
    )


def _question_asked(line: Line) -> str:
    code = line.event.fields["nomination"]
    if code is None:
        return _("%(who)s asked a question on the session.", who=who(line))
    return _("%(who)s asked a question on %(code)s.", who=who(line), code=code)


def _question_answered(line: Line) -> str:
    if line.event.fields["corrected"]:
        return _("%(who)s corrected the answer to a question.", who=who(line))
    return _("%(who)s answered a question.", who=who(line))


def _cadre_body_set(line: Line) -> str:
    unit = content(line.unit)
    if line.event.fields["body"]:
        told = _(
            "%(who)s named the party body that manages the cadres of %(unit)s.", who=who(line), unit=unit
        )
        codes = line.event.fields.get("before") or "–", line.event.fields["body"]
        bodies = [content(line.units.get(code, code)) for code in codes]
        return " ".join([told, _("Before: %(before)s; now: %(after)s.", before=bodies[0], after=bodies[1])])
    return _("%(who)s took out the party body that managed the cadres of %(unit)s.", who=who(line), unit=unit)


PEOPLE: dict[str, Callable[[Line], str]] = {
    "cadre_body_set": _cadre_body_set,
    "person_added": of_person(lambda name, person: _("%(who)s entered %(person)s.", who=name, person=person)),
    "password_set": _password_set,
    "account_closed": of_person(
        lambda name, person: _("%(who)s closed the account of %(person)s.", who=name, person=person)
    ),
    "account_reopened": of_person(
        lambda name, person: _("%(who)s reopened the account of %(person)s.", who=name, person=person)
    ),
    "role_given": _role_given,
    "role_ended": _role_ended,
    "council_formed": _council_formed,
    "vote_profile_drafted": lambda line: _(
        "%(who)s drafted a voting rule of %(unit)s.", who=who(line), unit=_unit(line)
    ),
    "vote_profile_decided": lambda line: (
        _("%(who)s approved the voting rule of %(unit)s.", who=who(line), unit=_unit(line))
        if line.event.fields["status"] == "approved"
        else _("%(who)s discarded a draft voting rule of %(unit)s.", who=who(line), unit=_unit(line))
    ),
    "question_asked": _question_asked,
    "question_answered": _question_answered,
    "email_changed": of_person(
        lambda name, person: _("%(who)s changed the e-mail address of %(person)s.", who=name, person=person)
    ),
    "membership_began": _membership_began,
    "membership_ended": _membership_ended,
    "token_made": of_person(
        lambda name, person: _("%(who)s made an access token for %(person)s.", who=name, person=person)
    ),
    "token_revoked": of_person(
        lambda name, person: _("%(who)s revoked an access token of %(person)s.", who=name, person=person)
    ),
}
