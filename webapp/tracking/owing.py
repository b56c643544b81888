"""What units owe, as its pages show it; the letter about it as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from flask import abort, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.models import Unit
from webapp.operations.procedures.documents import draw_facts
from webapp.queries.deadlines import MOVERS, PLANNED
from webapp.queries.owed_reminders import Reminded, reminded_items, reminders_of
from webapp.queries.owing import (
    KINDS,
    LONGEST,
    MISSING,
    Desk,
    Owed,
    UnitOwes,
    desk_at,
    desks_of,
    owed_by,
    owing_units,
)
from webapp.queries.owing_papers import DOCUMENT, owing_letter_facts
from webapp.ui.access import standing
from webapp.ui.clock import business_now
from webapp.ui.listing import Listing, listing, pages_of
from webapp.ui.owing import OWED_KINDS, overdue, owed_text
from webapp.ui.paper_files import drawn_response
from workflows.values import local_day

PAGE_SIZE = 50


@dataclass(frozen=True)
class ShownOwing:
    """Every unit that owes something. ``kind``: only those that owe this; ``late``: only those that are late."""

    desk: Desk
    desks: list[Unit]
    units: list[UnitOwes]
    reminded: Mapping[int, Reminded]
    kind: str
    late: bool

    kind_names = OWED_KINDS
    overdue = staticmethod(overdue)

    @property
    def kinds(self) -> list[str]:
        """The kinds that somebody owes, in their order."""
        return [kind for kind in KINDS if any(each.counts.get(kind) for each in self.units)]

    @property
    def rows(self) -> list[UnitOwes]:
        """The units that fit the filters."""
        return [
            each
            for each in self.units
            if (not self.kind or each.counts.get(self.kind)) and (not self.late or each.late)
        ]

    @property
    def to_remind(self) -> int:
        """How many units have not been reminded today."""
        return sum(not self.reminded_today(each) for each in self.units)

    def sum_of(self, kind: str) -> int:
        """How much of a kind all units owe."""
        return sum(each.counts.get(kind, 0) for each in self.units)

    def reminded_today(self, unit: UnitOwes) -> bool:
        """Whether the unit was reminded today."""
        last = self.reminded.get(unit.row_id)
        return last is not None and local_day(last.at) == local_day(self.desk.now)


@dataclass(frozen=True)
class ShownOwed:
    """What one unit owes; ``every``: under no filter. ``text`` can be copied."""

    desk: Desk
    unit: Unit
    every: list[Owed]
    asked: Listing
    reminded: Mapping[str, Reminded]
    text: str

    kind_names = OWED_KINDS
    overdue = staticmethod(overdue)

    @property
    def kind(self) -> str:
        """Only what is of this kind."""
        return self.asked["kind"] if self.asked["kind"] in KINDS else ""

    @property
    def late(self) -> bool:
        """Only what is late."""
        return self.asked["late"] == "1"

    @cached_property
    def fitting(self) -> list[Owed]:
        """What fits the filters."""
        return [
            each
            for each in self.every
            if (not self.kind or each.kind == self.kind) and (not self.late or each.late)
        ]

    @property
    def pages(self) -> int:
        return pages_of(len(self.fitting), PAGE_SIZE)

    @property
    def page(self) -> int:
        """The page this request asks for; one beyond the end is the last one."""
        return min(self.asked.page, self.pages)

    @property
    def rows(self) -> list[Owed]:
        """What stands on the page."""
        return self.fitting[(self.page - 1) * PAGE_SIZE : self.page * PAGE_SIZE]

    def reminded_today(self, owed: Owed) -> bool:
        """Whether the unit was reminded of it today."""
        last = self.reminded.get(owed.item)
        return last is not None and local_day(last.at) == local_day(self.desk.now)

    def may_move(self, owed: Owed) -> bool:
        """Whether the reader may set another deadline for it."""
        fixed = owed.kind in (MISSING, "scoring") or owed.element in PLANNED
        return not fixed and owed.due is not None and self.desk.unit.id in standing().units(*MOVERS)

    @property
    def to_remind(self) -> int:
        """How much it has not been reminded of today."""
        return sum(not self.reminded_today(each) for each in self.every)

    @property
    def at_once(self) -> int:
        """How much of that one reminder tells: those due first."""
        return min(self.to_remind, LONGEST)


def shown_owing() -> ShownOwing:
    """All units, for the desk this request asks about."""
    desk, desks = _desk()
    kind, late = _filters()
    session = db.session()
    return ShownOwing(desk, desks, owing_units(session, desk), reminders_of(session, desk), kind, late)


def shown_owed() -> ShownOwed:
    """One unit; 404 for one that owes nothing here."""
    desk, _desks = _desk()
    unit, owed = _unit(desk)
    asked = listing(("kind", "late"), desk=desk.unit.code, unit=unit.code)
    reminded = reminded_items(db.session(), desk, unit.code)
    text = owed_text(desk.unit.name, unit.name, owed)
    return ShownOwed(desk, unit, owed, asked, reminded, text)


def owing_letter(form: str) -> Response:
    """The letter to a unit, as of now."""
    desk, _desks = _desk()
    unit, owed = _unit(desk)
    if not owed:
        abort(404)
    content = draw_facts(DOCUMENT, owing_letter_facts(db.session(), desk, unit.code, owed), form)
    return drawn_response(content, f"Công văn đôn đốc {unit.name}.{form}")


def _desk() -> tuple[Desk, list[Unit]]:
    """The desk that is named, or else the first of this person."""
    desks = desks_of(db.session(), standing())
    named = request.values.get("desk")
    unit = next((each for each in desks if named in (None, each.code)), None) or abort(404)
    return desk_at(db.session(), unit, business_now()), desks


def _unit(desk: Desk) -> tuple[Unit, list[Owed]]:
    """The unit that is named and what it owes; who does not deal with it does not hear of it."""
    code = request.args.get("unit", "")
    unit = db.session.scalar(select(Unit).where(Unit.code == code)) or abort(404)
    return unit, owed_by(db.session(), desk, unit.code)


def _filters() -> tuple[str, bool]:
    kind = request.args.get("kind", "")
    return (kind if kind in KINDS else ""), request.args.get("late") == "1"
