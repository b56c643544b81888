"""Clusters and blocks as the administration founds and changes them."""

from __future__ import annotations

import datetime as dt

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.admin.cluster_forms import cluster_form, unit_form, year_form
from webapp.admin.forms import end_form
from webapp.admin.sheets import Sheet, fill_sheet
from webapp.extensions import db
from webapp.i18n import content
from webapp.models import Cluster
from webapp.operations import clusters
from webapp.operations.clusters import NewYear
from webapp.queries.administration import administered_units
from webapp.queries.cluster_choices import campaigns_of, units_to_join
from webapp.queries.clusters import (
    administered_cluster,
    administered_clusters,
    administered_member,
    newest_criteria,
)
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.filling import Answer, Typed


def shown_clusters() -> str:
    """The clusters of the units administered."""
    rows = administered_clusters(db.session(), standing())
    return render_template("admin/list_clusters.html", rows=rows)


def new_cluster() -> Answer:
    """The form that founds a cluster."""
    units = administered_units(db.session(), standing(), "committee")

    def found(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        clusters.found_cluster(typed["unit"], typed["name"], typed["kind"], actor=actor, now=now)
        return _back(_("“%(name)s” has been founded.", name=typed["name"]))

    lead = _("Members, leaders and criteria are entered afterwards.")
    return fill_sheet(
        _sheet(_("Found a cluster"), lead, _("Found the cluster")), cluster_form(units), {}, found
    )


def new_unit(code: str) -> Answer:
    """The form that adds a member."""
    cluster = _cluster(code)
    units = [(unit, content(name)) for unit, name in units_to_join(db.session(), cluster)]

    def add(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        day = dt.date.fromisoformat(typed["from_date"])
        clusters.add_unit(code, typed["unit"], day, actor=actor, now=now)
        return _back(_("The unit belongs to it now."))

    sheet = _sheet(_("Add a member"), content(cluster.name), _("Add the member"))
    return fill_sheet(sheet, unit_form(units), {"from_date": today().isoformat()}, add)


def ended_unit(member_id: str) -> Answer:
    """The form that ends a membership."""
    member = administered_member(db.session(), standing(), member_id) or abort(404)

    def end(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        clusters.end_unit(member_id, dt.date.fromisoformat(typed["to_date"]), actor=actor, now=now)
        return _back(_("The membership has its last day."))

    title = _("End the membership of %(name)s", name=content(member.unit.name))
    lead = _("A scoring that has begun keeps its members.")
    sheet = _sheet(title, lead, _("End the membership"))
    return fill_sheet(sheet, end_form(), {"to_date": today().isoformat()}, end)


def new_year(code: str) -> Answer:
    """The form that prepares a year, or changes one that has not begun."""
    cluster = _cluster(code)
    members = [(member.unit.code, content(member.unit.name)) for member in cluster.members]
    criteria = [(each.public_id, content(each.name)) for each in newest_criteria(db.session(), cluster.unit)]
    campaigns = [(each, content(title)) for each, title in campaigns_of(db.session(), cluster)]

    def prepare(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        new = NewYear(
            typed["year"], typed["leader"], typed["criteria"], typed.get("deputy"), typed.get("campaign")
        )
        clusters.set_year(code, new, actor=actor, now=now)
        return _back(_("The year %(year)s is prepared.", year=new.year))

    sheet = _sheet(_("Prepare a year"), content(cluster.name), _("Save the year"))
    first = {"year": today().year}
    return fill_sheet(sheet, year_form(list(dict(members).items()), criteria, campaigns), first, prepare)


def _cluster(code: str) -> Cluster:
    return administered_cluster(db.session(), standing(), code) or abort(404)


def _back(said: str) -> Answer:
    flash(said, "success")
    return redirect(url_for("admin.list_clusters"))


def _sheet(title: str, lead: str, button: str) -> Sheet:
    return Sheet(title, lead, button, url_for("admin.list_clusters"), _("Clusters"))
