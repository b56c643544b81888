"""What pages say of delegations and absences: states, sentences of the log, notices, faults, refusals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, g
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.extensions import db
from webapp.models import Delegation
from webapp.operations.refusals import NotNow
from webapp.operations.stand_ins import CONFLICT
from webapp.queries.absences import Away, absent_on
from webapp.queries.history import Line
from webapp.ui.access import standing
from webapp.ui.clock import today
from webapp.ui.formats import day
from webapp.ui.people_sentences import given_reason, of_person, on_behalf, who
from webapp.ui.refusal_texts import refusal_text


def init_app(app: Flask) -> None:
    """Let templates ask until when the reader is away, and for the mark beside somebody's name."""
    app.jinja_env.globals.update(
        absent_until=lambda: standing().absent_until,
        away_mark=away_mark,
        conflict_text=lambda reason: refusal_text(NotNow(f"{CONFLICT}{reason}")),
        on_behalf=on_behalf,
        delegation_proposals=lambda: standing().proposals,
    )


def away_mark(person: str | None) -> str:
    """Until when somebody (by public id) is away and who acts for them; empty for those at work."""
    if "absent" not in g:
        g.absent = absent_on(db.session(), today())
    found: Away | None = g.absent.get(person)
    if found is None:
        return ""
    if found.delegates:
        names = ", ".join(found.delegates)
        return _("away until %(day)s, delegated to %(names)s", day=day(found.until), names=names)
    return _("away until %(day)s", day=day(found.until))


def state_of(row: Delegation, on: dt.date) -> tuple[str, str]:
    """The kind of status and the word for how a delegation stands on a day."""
    if row.state in ("proposed", "accepted") and row.to_date < on:
        return "done", _("ended")
    if row.state == "accepted":
        return ("open", _("in force")) if row.from_date <= on else ("due_soon", _("accepted"))
    return STATES[row.state][0], str(STATES[row.state][1])


STATES: dict[str, tuple[str, LazyString]] = {
    "proposed": ("due_soon", _l("waits for acceptance")),
    "declined": ("done", _l("declined")),
    "revoked": ("done", _l("revoked")),
    "ended": ("done", _l("ended")),
}


def _proposed(line: Line) -> str:
    fields = line.event.fields
    first, last = (dt.date.fromisoformat(fields[name]) for name in ("from_date", "to_date"))
    told = _(
        "%(who)s proposed to delegate to %(person)s from %(first)s until %(last)s.",
        who=who(line),
        person=line.person,
        first=day(first),
        last=day(last),
    )
    return told + given_reason(line)


def _absence(text: Callable[[str, str, str], str]) -> Callable[[Line], str]:
    def sentence(line: Line) -> str:
        first, last = (
            day(dt.date.fromisoformat(line.event.fields[name])) for name in ("from_date", "to_date")
        )
        return text(who(line), first, last)

    return sentence


SENTENCES: dict[str, Callable[[Line], str]] = {
    "delegation_proposed": _proposed,
    "delegation_accepted": of_person(
        lambda name, person: _("%(who)s accepted the delegation of %(person)s.", who=name, person=person)
    ),
    "delegation_declined": of_person(
        lambda name, person: _("%(who)s declined the delegation of %(person)s.", who=name, person=person)
    ),
    "delegation_revoked": of_person(
        lambda name, person: _("%(who)s ended the delegation with %(person)s.", who=name, person=person)
    ),
    "delegation_ended": of_person(
        lambda name, person: _("A delegation to %(person)s came to its end.", person=person)
    ),
    "absence_noted": _absence(
        lambda name, first, last: _(
            "%(who)s is away from %(first)s until %(last)s.", who=name, first=first, last=last
        )
    ),
    "absence_taken": _absence(
        lambda name, first, last: _(
            "%(who)s took out the absence from %(first)s until %(last)s.", who=name, first=first, last=last
        )
    ),
}

NOTICES: dict[str, Callable[[str, str], str]] = {
    "delegation_proposed": lambda name, code: _(
        "%(name)s asks you to act for them. Accept or decline.", name=name
    ),
    "delegation_accepted": lambda name, code: _("%(name)s has accepted to act for you.", name=name),
    "delegation_declined": lambda name, code: _("%(name)s has declined to act for you.", name=name),
    "delegation_revoked": lambda name, code: _("%(name)s has ended a delegation with you.", name=name),
}


def _no_delegate(_label: str, _params: Mapping[str, Any]) -> str:
    return _(
        "This person does not work in, above or below the unit of every role chosen. Choose somebody else."
    )


def _delegated_already(_label: str, _params: Mapping[str, Any]) -> str:
    return _("You have delegated some of this already for one of these days. Revoke that delegation first.")


def _not_yours(_label: str, _params: Mapping[str, Any]) -> str:
    return _("Only roles you hold yourself can be delegated. Choose among them.")


def _day_over(label: str, _params: Mapping[str, Any]) -> str:
    return _("“%(label)s” must not lie in the past.", label=label)


def _absent_already(_label: str, _params: Mapping[str, Any]) -> str:
    return _("You have noted an absence for one of these days already. Take it out first.")


FAULTS: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "no_delegate": _no_delegate,
    "delegated_already": _delegated_already,
    "not_yours": _not_yours,
    "day_over": _day_over,
    "absent_already": _absent_already,
}
