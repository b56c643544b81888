"""What became of a unit, as sentences."""

from __future__ import annotations

from flask_babel import gettext as _

from webapp.i18n import content
from webapp.queries.unit_page import ChangeRow, NamedUnit
from webapp.ui.formats import day


def change_text(row: ChangeRow) -> str:
    """One entry of the history, from the unit's own side, with the paper as it was entered."""
    paper = _paper(row)
    return f"{_what(row)} {paper}".strip()


def _what(row: ChangeRow) -> str:
    on = day(row.day)
    match row.kind:
        case "added":
            return _("Added from %(day)s.", day=on)
        case "renamed":
            old, new = content(row.old_name or ""), content(row.new_name)
            return _("From %(day)s called “%(new)s”, before “%(old)s”.", day=on, old=old, new=new)
        case "closed":
            return _("Closed; its last day is %(day)s.", day=on)
        case "merged" if row.before:
            return _("Merged from %(units)s from %(day)s.", units=_names(row.before), day=on)
        case "merged":
            return _("Became part of %(units)s from %(day)s.", units=_names(row.after), day=on)
        case "split" if row.before:
            return _("Split off from %(units)s from %(day)s.", units=_names(row.before), day=on)
    return _("Split into %(units)s from %(day)s.", units=_names(row.after), day=on)


def _names(units: tuple[NamedUnit, ...]) -> str:
    return ", ".join(content(unit.name) for unit in units)


def _paper(row: ChangeRow) -> str:
    parts = [
        _("no. %(number)s", number=row.number) if row.number else "",
        _("of %(day)s", day=day(row.paper_date)) if row.paper_date else "",
        _("issued by %(issuer)s", issuer=row.issuer) if row.issuer else "",
    ]
    said = " ".join(part for part in parts if part)
    return _("Paper: %(paper)s.", paper=said) if said else ""
