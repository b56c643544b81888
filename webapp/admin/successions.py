"""Mergers and splits of units: the form, the page that says what moves and asks who goes where, and the act."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp.admin.sheets import Sheet
from webapp.admin.unit_forms import merge_form, paper_of, split_form
from webapp.admin.units import unit_or_404
from webapp.extensions import db
from webapp.i18n import content
from webapp.operations.refusals import InvalidForm
from webapp.operations.unit_changes import LegalPaper
from webapp.operations.unit_successions import Merger, Split, merge_units, split_unit
from webapp.queries.administration import administered_unit, administered_units
from webapp.queries.unit_changes import Affected, affected
from webapp.queries.unit_page import UnitPage, units_beside
from webapp.queries.units import lineage
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.fault_texts import fault_text
from webapp.ui.filling import Answer, Typed, fill

CONFIRMED = "_confirmed"
ENDS = "-"
"""A role that goes on nowhere."""
MOST_CASES = 300


@dataclass(frozen=True)
class Succession:
    """A merger or split as it is shown before it is made. ``chosen`` is what was chosen on the page, by field."""

    page: UnitPage
    title: str
    button: str
    day: dt.date
    paper: LegalPaper
    old: Sequence[str]
    new: Sequence[str]
    found: Affected
    seen: str
    chosen: dict[str, str]
    again: bool = False
    fault: str = ""

    @property
    def splits(self) -> bool:
        return len(self.new) > 1

    @property
    def shown_cases(self) -> Sequence[object]:
        return self.found.cases[:MOST_CASES]

    def choice(self, name: str, usual: str) -> str:
        """What is chosen in a field."""
        return self.chosen.get(name, usual)


def merged_units(code: str) -> Answer:
    """Merge a unit with others."""
    page = unit_or_404(code, to_change=True)
    session = db.session()
    above = [unit for unit in lineage(session, page.unit) if unit.id != page.unit.id]
    known = {code for code, _name in administered_units(session, standing())}
    parents = [(unit.code, content(unit.name)) for unit in above if unit.code in known]
    beside = [
        (code, " – ".join(content(name) for name in names if name))
        for code, *names in units_beside(session, standing(), page.unit)
    ]

    def check(typed: Typed) -> Answer:
        codes = [code, *typed["units"]]
        shown = _shown(page, _("Merge units"), _("Merge the units"), codes, [typed["name"]], typed)

        def act() -> list[str]:
            actor, now = actor_and_now()
            roles = [int(name) for name, to in _numbered(shown, "role").items() if to == "0"]
            day, paper = shown.day, shown.paper
            merger = Merger(codes, typed["name"], typed.get("parent"), day, paper, roles)
            return [merge_units(merger, actor=actor, now=now)]

        return _checked(shown, act)

    first = {"day": today().isoformat(), **({"parent": parents[-1][0]} if parents else {})}
    schema = merge_form(beside, parents, none_above=page.unit.parent_id is None)
    lead = _("Two or more become a new unit. Codes, papers and ended dossiers keep the old names.")
    sheet = _sheet(page, _("Merge %(unit)s", unit=content(page.unit.name)), lead)
    return fill(
        schema, first, lambda form: render_template("admin/fill_sheet.html", sheet=sheet, form=form), check
    )


def split_units(code: str) -> Answer:
    """Split a unit into several."""
    page = unit_or_404(code, to_change=True)

    def check(typed: Typed) -> Answer:
        shown = _shown(page, _("Split a unit"), _("Split the unit"), [code], typed["names"], typed)

        def act() -> list[str]:
            actor, now = actor_and_now()
            roles = {int(name): to for name, to in _places(shown, "role").items()}
            default = _places(shown, "default").get("all", 0)
            split = Split(
                code,
                typed["names"],
                shown.day,
                shown.paper,
                roles,
                default,
                _places(shown, "case"),
                _places(shown, "below"),
            )
            return split_unit(split, actor=actor, now=now)

        return _checked(shown, act)

    lead = _("One becomes several. Codes, papers and ended dossiers keep the old name.")
    sheet = _sheet(page, _("Split %(unit)s", unit=content(page.unit.name)), lead)
    return fill(
        split_form(),
        {"day": today().isoformat()},
        lambda form: render_template("admin/fill_sheet.html", sheet=sheet, form=form),
        check,
    )


def _sheet(page: UnitPage, title: str, lead: str) -> Sheet:
    back = url_for("admin.show_unit", code=page.unit.code)
    return Sheet(title, lead, _("See what moves"), back, content(page.unit.name))


def _shown(
    page: UnitPage, title: str, button: str, codes: Sequence[str], names: Sequence[str], typed: Typed
) -> Succession:
    session = db.session()
    units = [unit for code in codes if (unit := administered_unit(session, standing(), code))]
    found = affected(session, units, today())
    seen = hashlib.sha256(
        repr((found.cases, found.tasks, found.roles, len(found.below))).encode()
    ).hexdigest()
    chosen = {name: value for name, value in request.form.items() if name.split("-")[0] in CHOICES}
    day = dt.date.fromisoformat(typed["day"])
    old = [content(unit.name) for unit in units]
    return Succession(page, title, button, day, paper_of(typed), old, names, found, seen, chosen)


CHOICES = ("role", "case", "below", "default")


def _numbered(shown: Succession, part: str) -> dict[str, str]:
    """The fields of a kind by what stands after it: ``role-7`` → 7."""
    return {name.partition("-")[2]: to for name, to in shown.chosen.items() if name.startswith(f"{part}-")}


def _places(shown: Succession, part: str) -> dict[str, int]:
    """Those of them that name one of the new units."""
    return {name: int(to) for name, to in _numbered(shown, part).items() if to.isascii() and to.isdigit()}


def _checked(shown: Succession, act: Callable[[], list[str]]) -> Answer:
    """Show what moves until it is confirmed as it stands; then do it."""
    again, fault = CONFIRMED in request.form, ""
    if request.form.get(CONFIRMED) == shown.seen:
        try:
            codes = act()
        except InvalidForm as refusal:
            if refusal.faults[0].pointer != "/roles":
                raise
            again, fault = False, fault_text(refusal.faults[0], "", {})
        else:
            flash(_("It is done; the history of the units says so."), "success")
            return redirect(url_for("admin.show_unit", code=codes[0]))
    kept = [(name, value) for name, value in request.form.items(multi=True) if _is_kept(name)]
    kept = [*kept, (CONFIRMED, shown.seen)]
    page = render_template("admin/check_units.html", shown=shown, kept=kept, again=again, fault=fault)
    return (page, 422) if fault else page


def _is_kept(name: str) -> bool:
    return not name.startswith("_") and name != "csrf_token" and name.split("-")[0] not in CHOICES
