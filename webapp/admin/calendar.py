"""The working calendar: public holidays, and the days on which units work or not in their own way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.admin.forms import office_day_form
from webapp.admin.sheets import Sheet, fill_sheet
from webapp.extensions import db
from webapp.i18n import DEFAULT, language
from webapp.models import OfficeDay
from webapp.operations import office_days
from webapp.queries.administration import administered_units
from webapp.queries.office_days import WORKED, own_days
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.filling import Answer, Typed
from webapp.ui.listing import year_of
from workflows.rules.deadlines import public_holidays


@dataclass(frozen=True)
class CalendarDay:
    """A day that is not as its weekday says: what it is called, who entered it (None: the public calendar)."""

    day: dt.date
    name: str
    works: bool
    own: OfficeDay | None = None


@dataclass(frozen=True)
class ShownCalendar:
    """A year of the calendar. ``codes`` are the units administered, whose days can be taken out again."""

    year: int
    days: list[CalendarDay]
    codes: frozenset[str]


def shown_calendar() -> str:
    """The calendar of the year the address names, by default of this one."""
    year = year_of(request.args.get("year", "")) or today().year
    units = administered_units(db.session(), standing())
    public = [
        CalendarDay(day, name or _("Worked in exchange for a day off"), works=name is None)
        for day, name in public_holidays(year, "vi" if language() == DEFAULT else "en_US")
    ]
    own = [
        CalendarDay(each.day, each.reason, each.kind == WORKED, each)
        for each in own_days(db.session(), standing(), year)
    ]
    days = sorted([*public, *own], key=lambda each: (each.day, each.own is not None))
    codes = frozenset(code for code, _name in units)
    return render_template("admin/show_calendar.html", shown=ShownCalendar(year, days, codes))


def new_day() -> Answer:
    """The form that enters a day."""
    schema = office_day_form(administered_units(db.session(), standing()))
    lead = _("It holds for the unit and all below it, for deadlines that begin to run from now on.")
    back = url_for("admin.show_calendar")
    sheet = Sheet(_("Enter a day"), lead, _("Enter the day"), back, _("Working calendar"))

    def enter(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        day = dt.date.fromisoformat(typed["day"])
        office_days.set_office_day(typed["unit"], day, typed["kind"], typed["reason"], actor=actor, now=now)
        flash(_("The day is entered."), "success")
        return redirect(url_for("admin.show_calendar", year=day.year))

    return fill_sheet(sheet, schema, {"kind": "off"}, enter)


def taken_day(row_id: int) -> Response:
    """Take a day out of the calendar."""
    actor, now = actor_and_now()
    day = office_days.take_office_day(row_id, actor=actor, now=now)
    flash(_("The day is as the public calendar says again."), "success")
    return redirect(url_for("admin.show_calendar", year=day.year))
