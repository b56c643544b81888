"""The history of awards as its pages draw it: the list, the import with its faults, what has been taken over."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from webapp.awards.history_rows import example_row, read_list, row_schema
from webapp.extensions import db
from webapp.models import AwardImport, AwardRecord, Unit
from webapp.operations import award_history
from webapp.operations.refusals import InvalidForm
from webapp.queries.award_history import (
    PAGE_SIZE,
    NewRecord,
    Wanted,
    award_imports,
    award_records,
    count_records,
    history_years,
    keeping_units,
)
from webapp.queries.rule_names import rule_names
from webapp.row_files import UnreadableFile, template
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.fault_texts import fault_text
from webapp.ui.filling import Answer, Typed, fill
from webapp.ui.listing import Listing, listing, pages_of, year_of
from webapp.ui.paper_files import drawn_response
from webapp.ui.row_faults import FaultyList, faulty_list, unreadable_text

NAMED = 5
"""So many records that were left out are named."""


@dataclass(frozen=True)
class ShownHistory:
    """One page of the history; ``awards`` are the names to choose from, by code."""

    asked: Listing
    records: list[AwardRecord]
    total: int
    years: list[int]
    awards: list[tuple[str, str]]

    @property
    def rows(self) -> list[AwardRecord]:
        """The records, as ends of lists ask for them."""
        return self.records

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE_SIZE)


@dataclass(frozen=True)
class ShownImport:
    """The page of the import; ``found`` says why a list was not taken over."""

    units: list[Unit]
    imports: list[AwardImport]
    chosen: str
    found: FaultyList | None


def shown_history() -> ShownHistory:
    """The records the reader may know of, as the address asks."""
    asked = listing(("q", "year", "award", "twins"))
    wanted = Wanted(asked["q"], year_of(asked["year"]), asked["award"], twins=bool(asked["twins"]))
    session = db.session()
    return ShownHistory(
        asked=asked,
        records=award_records(session, standing(), wanted, asked.page),
        total=count_records(session, standing(), wanted),
        years=history_years(session, standing()),
        awards=list(rule_names(session).awards.items()),
    )


def shown_import(chosen: str = "", found: FaultyList | None = None) -> str:
    """The page that takes a list over."""
    units, imports = keeping_units(db.session(), standing()), award_imports(db.session(), standing())
    return render_template("awards/import_history.html", shown=ShownImport(units, imports, chosen, found))


def history_template() -> Response:
    """The empty list to be filled."""
    units = keeping_units(db.session(), standing()) or abort(403)
    data = template(row_schema(), _("Award history"), example_row(units[0]))
    return drawn_response(data, "lich-su-khen-thuong.xlsx")


def imported() -> Answer:
    """Take a list over: all of it, or nothing and every fault."""
    session, sent = db.session(), request.files.get("list")
    code = request.form.get("unit", "")
    place = next((unit for unit in keeping_units(session, standing()) if unit.code == code), None)
    if place is None:
        return shown_import(code, FaultyList(_("Choose the unit whose history this is."))), 422
    if sent is None or not sent.filename:
        return shown_import(code, FaultyList(_("Choose the Excel file with the list."))), 422
    data = sent.read()
    try:
        found = read_list(session, data, place, today())
    except UnreadableFile as fault:
        return shown_import(code, FaultyList(unreadable_text(fault))), 422
    if found.faulty:
        rows = len(found.faulty) + len(found.records)
        return shown_import(code, faulty_list(found.faulty, rows, found.schema, "name")), 422
    actor, now = actor_and_now()
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        _id, left = award_history.import_awards(
            code, sent.filename, sha256, found.records, actor=actor, now=now
        )
    except InvalidForm as refusal:
        return shown_import(
            code, FaultyList(fault_text(refusal.faults[0], _("File"), {"type": "string"}))
        ), 422
    _tell(found.records, left)
    return redirect(url_for("awards.list_history"))


def _tell(records: Sequence[NewRecord], left: Sequence[NewRecord]) -> None:
    """Say what was taken over, what was not and why, and what will not count for any condition."""
    fresh = len(records) - len(left)
    flash(ngettext("%(num)s award is on record now.", "%(num)s awards are on record now.", fresh), "success")
    if left:
        named = _named(left)
        flash(
            _("Left out, since they are on record or stand in the list twice: %(names)s.", names=named),
            "info",
        )
    if unknown := [each for each in records if each.award is None]:
        named = "; ".join(dict.fromkeys(each.award_name for each in unknown))
        flash(
            _("Not in the catalogue of awards, so no condition counts them: %(names)s.", names=named),
            "warning",
        )


def _named(records: Sequence[NewRecord]) -> str:
    names = [f"{each.name} – {each.award_name}, {each.year}" for each in records[:NAMED]]
    return "; ".join(names) + ("; …" if len(records) > NAMED else "")


def taken_back(public_id: str) -> Answer:
    """Show what taking a list back means, or take it back for the reason given."""
    made = next(
        (each for each in award_imports(db.session(), standing()) if each.public_id == public_id), None
    )
    if made is None:
        abort(404)
    text = {"type": "string", "maxLength": 2000, "x-widget": "textarea", "title": _("Reason")}
    schema = {"type": "object", "properties": {"reason": text}, "required": ["reason"]}

    def act(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        award_history.take_back_import(public_id, typed["reason"], actor=actor, now=now)
        flash(_("The list has been taken back; its awards count no more."), "success")
        return redirect(url_for("awards.show_import"))

    return fill(
        schema, {}, lambda form: render_template("awards/take_back_import.html", made=made, form=form), act
    )
