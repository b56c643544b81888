"""The emulation fund as its page draws it, and the estimate that is entered there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp.extensions import db
from webapp.i18n import content
from webapp.models import EmulationFund, Unit
from webapp.operations import funds
from webapp.operations.funds import NewEstimate
from webapp.queries.funds import SETTERS, FundYear, fund_history, fund_units, fund_years, known_years
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.fields import Form
from webapp.ui.filling import Answer, Typed, fill
from workflows.forms import Schema

MOST = 10**15
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class ShownFund:
    """The funds of the reader's bodies, year by year; ``history`` are the estimates of the year asked for."""

    rows: list[FundYear]
    year: int
    settable: list[Unit]
    history: list[EmulationFund]


def set_estimate() -> Answer:
    """The fund; who heads the office enters the estimate of a year."""
    session, year = db.session(), request.args.get("year", today().year, type=int)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
    units = fund_units(session, standing())
    settable = [unit for unit in units if unit.id in standing().units(*SETTERS)]
    if request.method == "POST" and not settable:
        abort(403)
    shown = ShownFund(
        rows=fund_years(session, units, known_years(session, units, today())),
        year=year,
        settable=settable,
        history=[each for unit in settable for each in fund_history(session, unit, year)],
    )

    def save(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        new = NewEstimate(**{**typed, "dated_on": dt.date.fromisoformat(typed["dated_on"])})
        funds.set_fund(new, actor=actor, now=now)
        flash(_("The estimate is saved."), "success")
        return redirect(url_for("after.show_fund", year=new.year))

    first = {"year": year} | ({"unit": settable[0].code} if settable else {})
    return fill(_form(settable), first, lambda form: _page(shown, form), save)


def _form(units: list[Unit]) -> Schema:
    bodies = [{"const": unit.code, "title": content(unit.name)} for unit in units]
    properties: dict[str, Schema] = {
        "unit": {"type": "string", "oneOf": bodies, "title": _("Unit"), "x-widget": "list"},
        "year": {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR, "title": _("Year")},
        "estimate": {"type": "integer", "minimum": 0, "maximum": MOST, "title": _("Estimate (đồng)")},
        "paper_number": {
            "type": "string",
            "maxLength": 120,
            "pattern": "\\S",
            "title": _("Number of the paper that sets it"),
            "description": _("For example 12/QĐ-UBND, as the decision on the budget is called."),
        },
        "dated_on": {"type": "string", "format": "date", "title": _("Day of the paper")},
        "note": {"type": "string", "maxLength": 2000, "x-widget": "textarea", "title": _("Note")},
    }
    return {
        "type": "object",
        "properties": properties,
        "required": ["unit", "year", "estimate", "paper_number", "dated_on"],
    }


def _page(shown: ShownFund, form: Form) -> str:
    return render_template("awards/show_fund.html", shown=shown, form=form)
