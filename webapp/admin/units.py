"""Units as the administration shows and changes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp.admin.forms import cadre_body_form
from webapp.admin.sheets import Sheet, fill_sheet
from webapp.admin.unit_forms import close_form, new_unit_form, paper_of, rename_form
from webapp.extensions import db
from webapp.i18n import content
from webapp.models import MovedCase
from webapp.operations import unit_changes
from webapp.operations.cadre_bodies import set_cadre_body
from webapp.operations.moving_cases import retry_moves
from webapp.operations.unit_changes import NewUnit
from webapp.queries.administration import WantedUnits, administered_unit, unit_tree
from webapp.queries.cadre_bodies import bodies_for
from webapp.queries.unit_changes import left_in
from webapp.queries.unit_page import UnitPage, unit_page
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.filling import Answer, Typed
from webapp.ui.item_faults import item_fault
from webapp.ui.listing import listing
from webapp.ui.targets import previous_page
from workflows.forms import Schema


def shown_tree() -> str:
    """The tree of units this request asks for."""
    asked = listing(("q", "closed"))
    wanted = WantedUnits(asked["q"], closed=bool(asked["closed"]))
    units = unit_tree(db.session(), standing(), today(), wanted)
    return render_template("admin/list_units.html", units=units, asked=asked)


def unit_or_404(code: str, *, to_change: bool = False) -> UnitPage:
    """A unit administered; to change it, one that is not closed and below a unit administered."""
    page = unit_page(db.session(), standing(), code, today()) or abort(404)
    if to_change and not page.changes:
        abort(404)
    return page


def shown_unit(code: str) -> str:
    """The page of a unit, with its history; how far its dossiers have gone over alone, for the page that asks again."""
    page = unit_or_404(code)
    part = page.move is not None and "HX-Request" in request.headers
    template = "admin/parts/move.html" if part else "admin/show_unit.html"
    return render_template(template, page=page, day=today())


def retried_move(public_id: str) -> Answer:
    """Let dossiers go over that could not."""
    actor, now = actor_and_now()
    retry_moves(public_id, actor=actor, now=now)
    return redirect(previous_page(url_for("admin.list_jobs")))


def move_fault(item: MovedCase) -> str:
    """Why a dossier has not gone over."""
    return item_fault(item.fault, "", _("It is not there any more."))


def added_unit(code: str) -> Answer:
    """The form of a unit below another one."""
    page = unit_or_404(code)
    if page.unit.to_date is not None:
        abort(404)

    def add(typed: Typed) -> str:
        actor, now = actor_and_now()
        new = NewUnit(code, typed["name"], typed["level"], typed["kind"], _day(typed))
        return unit_changes.add_unit(new, paper_of(typed), actor=actor, now=now)

    lead = _(
        "Below %(unit)s. The day may lie ahead or back; the paper is entered where there is one.",
        unit=_of(page),
    )
    return _changed(page, (_("Add a unit"), _("Add the unit"), lead), new_unit_form(), {}, add)


def renamed_unit(code: str) -> Answer:
    """The form that gives a unit another name."""
    page = unit_or_404(code, to_change=True)

    def rename(typed: Typed) -> str:
        actor, now = actor_and_now()
        unit_changes.rename_unit(code, typed["name"], _day(typed), paper_of(typed), actor=actor, now=now)
        return code

    lead = _("It is found by the old name, too; papers that are drawn already keep it.")
    words = (_("Rename"), _("Rename the unit"), lead)
    return _changed(page, words, rename_form(), {"name": page.unit.name}, rename)


def closed_unit(code: str) -> Answer:
    """The form that gives a unit its last day, with what is still open there."""
    page = unit_or_404(code, to_change=True)
    left = left_in(db.session(), page.unit)
    counts = {"cases": left.cases, "tasks": left.tasks, "below": left.below, "roles": left.roles}
    lead = (
        _(
            "Still open: %(cases)s dossiers, %(tasks)s tasks, %(below)s units below. Close or move these first.",
            **counts,
        )
        if left.holds
        else _("Nothing is open here. %(roles)s roles end with this day.", **counts)
    )

    def close(typed: Typed) -> str:
        actor, now = actor_and_now()
        unit_changes.close_unit(code, _day(typed), paper_of(typed), actor=actor, now=now)
        return code

    return _changed(page, (_("Close the unit"), _("Close the unit"), lead), close_form(), {}, close)


def _changed(
    page: UnitPage,
    words: tuple[str, str, str],
    schema: Schema,
    first: Typed,
    act: Callable[[Typed], str],
) -> Answer:
    """A form of title, button and lead that changes a unit and goes on to the page of the one it gives."""
    title, button, lead = words
    back = url_for("admin.show_unit", code=page.unit.code)

    def change(typed: Typed) -> Answer:
        code = act(typed)
        flash(_("The unit is changed; its history says so."), "success")
        return redirect(url_for("admin.show_unit", code=code))

    sheet = Sheet(title, lead, button, back, _of(page))
    return fill_sheet(sheet, schema, {"day": today().isoformat(), **first}, change)


def _of(page: UnitPage) -> str:
    return content(page.unit.name)


def _day(typed: Typed) -> dt.date:
    return dt.date.fromisoformat(typed["day"])


def changed_cadre_body(code: str) -> Answer:
    """The form that names the party body that manages the cadres of a unit; 404 where there is none to name."""
    unit = administered_unit(db.session(), standing(), code) or abort(404)
    bodies = bodies_for(db.session(), unit) or abort(404)
    back = url_for("admin.list_units")
    lead = _(
        "It is chosen first when opinions on somebody of %(unit)s with a post are asked; left empty, none is.",
        unit=content(unit.name),
    )
    sheet = Sheet(_("Party body that manages cadres"), lead, _("Keep the choice"), back, _("Units"))

    def change(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        set_cadre_body(code, typed.get("cadre_body"), actor=actor, now=now)
        flash(_("The choice is kept."), "success")
        return redirect(back)

    first = {"cadre_body": unit.cadre_body.code} if unit.cadre_body else {}
    return fill_sheet(sheet, cadre_body_form([(code, content(name)) for code, name in bodies]), first, change)
