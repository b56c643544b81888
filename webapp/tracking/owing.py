"""What units owe, as its pages show it; the letter about it as a file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
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
    OwedFilter,
    desk_at,
    desks_of,
    owed_by,
)
from webapp.queries.owing_papers import DOCUMENT, owing_letter_facts
from webapp.queries.owing_units import UnitOwes, longest_over_first, owing_units
from webapp.ui.access import standing
from webapp.ui.clock import business_now
from webapp.ui.listing import Listing, listing, pages_of
from webapp.ui.owing import OWED_KINDS, overdue, owed_text
from webapp.ui.paper_files import drawn_response
from workflows.values import local_day

PAGE_SIZE = 50


@dataclass(frozen=True)
class ShownOwing:
    """Every unit that owes something; ``rows``: with what is asked for alone."""

    desk: Desk
    desks: list[Unit]
    units: list[UnitOwes]
    reminded: Mapping[int, Reminded]
    wanted: OwedFilter

    kind_names = OWED_KINDS
    overdue = staticmethod(overdue)

    @property
    def kinds(self) -> list[str]:
        """The kinds that somebody owes, in their order."""
        return [kind for kind in KINDS if any(each.counts.get(kind) for each in self.units)]

    @cached_property
    def rows(self) -> list[UnitOwes]:
        """The units that owe what is asked for, with that alone."""
        found = [each.only(self.wanted) for each in self.units]
        return longest_over_first(each for each in found if each.heaps)

    @property
    def to_remind(self) -> int:
        """How many of them have not been reminded of all of it today."""
        return sum(each.to_remind > 0 for each in self.rows)

    @property
    def late(self) -> int:
        """How much is late of the kind that is asked for."""
        late = OwedFilter(self.wanted.kind, late=True)
        return sum(each.only(late).total for each in self.units)

    def sum_of(self, kind: str) -> int:
        """How much of a kind all units owe."""
        return sum(each.counts.get(kind, 0) for each in self.units)

    def without_anybody(self, told: Collection[str]) -> int:
        """How many still have to be reminded, though all were and these (codes) were told."""
        return sum(each.to_remind > 0 and each.code not in told for each in self.rows)


@dataclass(frozen=True)
class ShownOwed:
    """What one unit owes; ``every``: under no filter. ``fitting``: what is asked for, as is ``text``, to be copied."""

    desk: Desk
    unit: Unit
    every: list[Owed]
    fitting: list[Owed]
    wanted: OwedFilter
    asked: Listing
    reminded: Mapping[str, Reminded]
    text: str

    kind_names = OWED_KINDS
    overdue = staticmethod(overdue)

    @property
    def late(self) -> int:
        """How much is late of the kind that is asked for."""
        late = OwedFilter(self.wanted.kind, late=True)
        return sum(late.fits(each.kind, each.late) for each in self.every)

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
        """How much of what is asked for it has not been reminded of today."""
        return sum(not self.reminded_today(each) for each in self.fitting)

    @property
    def at_once(self) -> int:
        """How much of that one reminder tells: those due first."""
        return min(self.to_remind, LONGEST)


def shown_owing() -> ShownOwing:
    """All units, for the desk this request asks about."""
    desk, desks = _desk()
    session = db.session()
    return ShownOwing(desk, desks, owing_units(session, desk), reminders_of(session, desk), asked_filter())


def shown_owed() -> ShownOwed:
    """One unit; 404 for one that owes nothing here."""
    desk, _desks = _desk()
    unit, owed = _unit(desk)
    asked = listing(("kind", "late"), desk=desk.unit.code, unit=unit.code)
    reminded = reminded_items(db.session(), desk, unit.code)
    wanted = asked_filter()
    fitting = _fitting(owed, wanted)
    text = owed_text(desk.unit.name, unit.name, fitting)
    return ShownOwed(desk, unit, owed, fitting, wanted, asked, reminded, text)


def owing_letter(form: str) -> Response:
    """The letter to a unit about what is asked for, as of now."""
    desk, _desks = _desk()
    unit, every = _unit(desk)
    owed = _fitting(every, asked_filter())
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


def asked_filter() -> OwedFilter:
    """What this request asks for of all that is owed."""
    kind = request.values.get("kind", "")
    return OwedFilter(kind if kind in KINDS else "", request.values.get("late") == "1")


def _fitting(owed: Iterable[Owed], wanted: OwedFilter) -> list[Owed]:
    return [each for each in owed if wanted.fits(each.kind, each.late)]
