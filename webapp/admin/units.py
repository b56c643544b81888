"""Units as the administration shows and changes them."""

from __future__ import annotations

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _

from webapp.admin.forms import cadre_body_form
from webapp.admin.sheets import Sheet, fill_sheet
from webapp.extensions import db
from webapp.i18n import content
from webapp.operations.cadre_bodies import set_cadre_body
from webapp.queries.administration import administered_unit
from webapp.queries.cadre_bodies import bodies_for
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.filling import Answer, Typed


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
