"""The list of past awards that comes in from Excel: its row, the template, and rows read into records."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from webapp.i18n import LANGUAGES, language
from webapp.identity import identity_digest
from webapp.models import Unit
from webapp.queries.award_history import NewRecord, units_below
from webapp.queries.law import all_rule_sets
from webapp.queries.rule_names import rule_names
from webapp.row_files import Row, read_rows
from webapp.text import search_key
from workflows.forms import Fault, Schema
from workflows.vocabulary import NOMINEE_KIND_NAMES

IDENTITY = re.compile(r"(\d{9}|\d{12})", re.ASCII)
EARLIEST, LATEST = 1945, 2100


@dataclass(frozen=True)
class ReadList:
    """A list as read: its records, or the rows that are at fault."""

    records: tuple[NewRecord, ...]
    faulty: tuple[Row, ...]
    schema: Schema


def movement_names() -> dict[str, str]:
    """What an award was given for, by code."""
    return {
        "regular": _("Merit (regular)"),
        "thematic": _("Thematic"),
        "extraordinary": _("Extraordinary"),
        "devotion": _("Devotion"),
        "seniority": _("Seniority"),
        "external": _("External relations"),
    }


def row_schema() -> Schema:
    """One award of somebody in a year, titles in the reader's language."""
    kinds = [{"const": kind, "title": _(name)} for kind, name in NOMINEE_KIND_NAMES.items()]
    movements = [{"const": code, "title": name} for code, name in movement_names().items()]
    text = {"type": "string", "maxLength": 300}
    year = {"type": "integer", "minimum": EARLIEST, "maximum": LATEST, "x-day": "until_today"}
    return {
        "type": "object",
        "properties": {
            "name": {**text, "title": _("Name of person, household or collective")},
            "kind": {"type": "string", "title": _("Kind of nominee"), "oneOf": kinds},
            "birth_year": {**year, "minimum": 1900, "title": _("Birth year")},
            "identity": {**text, "title": _("Identity number")},
            "unit": {**text, "title": _("Unit")},
            "award": {**text, "title": _("Award")},
            "year": {**year, "title": _("Year of the achievement")},
            "movement": {"type": "string", "title": _("Given for"), "oneOf": movements},
            "decision_number": {"type": "string", "maxLength": 120, "title": _("Decision number")},
            "decided_on": {
                "type": "string",
                "format": "date",
                "x-day": "until_today",
                "title": _("Date of the decision"),
            },
            "decided_by": {**text, "title": _("Decided by")},
        },
        "required": ["name", "kind", "unit", "award", "year", "movement"],
        "additionalProperties": False,
    }


def example_row(place: Unit) -> Mapping[str, Any]:
    """A row that shows how one is written."""
    return {
        "name": "Nguyễn Văn Ví Dụ",
        "kind": "individual",
        "birth_year": 1980,
        "unit": place.name,
        "award": "Chiến sĩ thi đua cơ sở",
        "year": 2018,
        "movement": "regular",
        "decision_number": "123/QĐ-UBND",
        "decided_on": "31/12/2018",
        "decided_by": place.name,
    }


def read_list(session: Session, data: bytes, place: Unit, day: dt.date) -> ReadList:
    """Read a filled template for a unit and all below it. Raises UnreadableFile."""
    schemas = _in_each_language(row_schema)
    resolve = _Resolver(session, place)
    records, faulty = [], []
    for row in read_rows(data, schemas, day):
        named = {fault.pointer for fault in row.faults}
        faults = (*row.faults, *(each for each in resolve.faults(row.data) if each.pointer not in named))
        if faults:
            faulty.append(Row(row.number, row.data, faults))
        else:
            records.append(resolve.record(row.data))
    return ReadList(tuple(records), tuple(faulty), schemas[0])


def _in_each_language(made: Callable[[], Schema]) -> Sequence[Schema]:
    """The same schema in the reader's language, then in the others: a template outlives a change of language."""
    found = [made()]
    for other in LANGUAGES:
        if other != language():
            with force_locale(other):
                found.append(made())
    return found


class _Resolver:
    """Finds the units and awards that rows name."""

    def __init__(self, session: Session, place: Unit) -> None:
        self.units: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in units_below(session, place):
            for key in {search_key(unit.name), unit.code}:
                self.units[key].append(unit)
        self.names = rule_names(session).awards
        self.awards = {search_key(name): code for code, name in self.names.items()}
        self.kinds: defaultdict[str, set[str]] = defaultdict(set)
        for rules in all_rule_sets(session):
            for award in rules.awards:
                self.kinds[award.code].update(award.kinds)
        self.data_dir = current_app.config["SETTINGS"].data_dir

    def faults(self, data: Mapping[str, Any]) -> Iterator[Fault]:
        """What is wrong with the units, awards and numbers that a row names; it may name none."""
        name, award = data.get("unit"), self.awards.get(search_key(data.get("award", "")))
        found = self._units(name) if name else []
        if name and not found:
            yield Fault("/unit", "unit_unknown", {"name": name})
        if len(found) > 1:
            codes = ", ".join(sorted(unit.code for unit in found))
            yield Fault("/unit", "unit_ambiguous", {"name": name, "codes": codes})
        if award and "kind" in data and data["kind"] not in self.kinds[award]:
            yield Fault("/award", "award_not_for_kind", {"kinds": sorted(self.kinds[award])})
        identity = _identity(data)
        if identity and not IDENTITY.fullmatch(identity):
            yield Fault("/identity", "not_an_identity")

    def _units(self, name: str) -> list[Unit]:
        return self.units.get(name) or self.units.get(search_key(name), [])

    def record(self, data: Mapping[str, Any]) -> NewRecord:
        """The record of a row that has no faults."""
        [unit], identity = self._units(data["unit"]), _identity(data)
        award = self.awards.get(search_key(data["award"]))
        decided_on = data.get("decided_on")
        return NewRecord(
            kind=data["kind"],
            name=data["name"],
            unit_id=unit.id,
            award=award,
            award_name=self.names[award] if award else data["award"],
            year=data["year"],
            movement=data["movement"],
            birth_year=data.get("birth_year"),
            identity=identity_digest(self.data_dir, identity) if identity else None,
            decided_by=data.get("decided_by"),
            decision_number=data.get("decision_number"),
            decided_on=dt.date.fromisoformat(decided_on) if decided_on else None,
        )


def _identity(data: Mapping[str, Any]) -> str:
    return "".join(data.get("identity", "").split())
