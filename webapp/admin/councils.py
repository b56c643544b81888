"""Councils as the administration founds and changes them."""

from __future__ import annotations

import datetime as dt

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.admin.choosing import people_choices
from webapp.admin.forms import council_form, end_form, member_form
from webapp.admin.sheets import Sheet, fill_sheet
from webapp.extensions import db
from webapp.i18n import content
from webapp.operations import people
from webapp.operations.people import Seat
from webapp.queries.administered import administered_unit
from webapp.queries.administration import administered_units
from webapp.queries.councils import administered_membership, council_of, council_rows
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.filling import Answer, Typed


def shown_councils() -> str:
    """The councils of the units administered."""
    rows = council_rows(db.session(), standing(), today())
    return render_template("admin/list_councils.html", rows=rows, day=today())


def new_council() -> Answer:
    """The form that founds a council."""
    session = db.session()
    units = administered_units(session, standing(), "committee")
    schema = council_form(units, people_choices())
    lead = _("If the unit has a council already, the new one takes its place.")
    sheet = _sheet(_("Found a council"), lead, _("Found the council"))
    return fill_sheet(sheet, schema, {"from_date": today().isoformat()}, _found)


def _found(typed: Typed) -> Answer:
    seats = [Seat(row["person"], row["position"]) for row in typed["members"]]
    day = dt.date.fromisoformat(typed["from_date"])
    actor, now = actor_and_now()
    people.form_council(
        typed["unit"], typed["name"], seats, day, typed.get("founded_by"), actor=actor, now=now
    )
    flash(_("“%(name)s” has been founded.", name=typed["name"]), "success")
    return redirect(url_for("admin.list_councils"))


def new_member(unit: str) -> Answer:
    """The form that adds a member."""
    session = db.session()
    place = administered_unit(session, standing(), unit) or abort(404)
    council = council_of(session, place.id) or abort(404)
    schema = member_form(people_choices())

    def add(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        seat = Seat(typed["person"], typed["position"])
        people.add_member(unit, seat, dt.date.fromisoformat(typed["from_date"]), actor=actor, now=now)
        flash(_("The member has been added."), "success")
        return redirect(url_for("admin.list_councils"))

    sheet = _sheet(_("Add a member"), content(council.name), _("Add the member"))
    return fill_sheet(sheet, schema, {"from_date": today().isoformat()}, add)


def ended_membership(membership_id: str) -> Answer:
    """The form that ends a membership."""
    membership = administered_membership(db.session(), standing(), membership_id) or abort(404)

    def end(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        last = dt.date.fromisoformat(typed["to_date"])
        people.end_membership(membership_id, last, actor=actor, now=now)
        flash(_("The membership has its last day."), "success")
        return redirect(url_for("admin.list_councils"))

    title = _("End the membership of %(name)s", name=membership.person.name)
    lead = _("A session whose electorate is fixed keeps it.")
    return fill_sheet(
        _sheet(title, lead, _("End the membership")), end_form(), {"to_date": today().isoformat()}, end
    )


def _sheet(title: str, lead: str, button: str) -> Sheet:
    return Sheet(title, lead, button, url_for("admin.list_councils"), _("Councils"))
