"""The page of delegations and absences as it is drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template

from webapp.extensions import db
from webapp.i18n import content
from webapp.models import Absence, Delegation
from webapp.queries.absences import coming_absences
from webapp.queries.delegations import delegable, given, kinds_of, received
from webapp.ui.access import person, standing
from webapp.ui.clock import today
from webapp.ui.delegation_words import state_of


@dataclass(frozen=True)
class ShownDelegation:
    """A delegation for one of the two. ``status`` is the kind and the word of its state on this day."""

    row: Delegation
    status: tuple[str, str]
    tasks: tuple[str, ...]
    own: bool

    @property
    def open(self) -> bool:
        return self.row.state == "proposed" and self.status[0] != "done"

    @property
    def revocable(self) -> bool:
        return self.status[0] != "done" and (self.own or self.row.state == "accepted")


@dataclass(frozen=True)
class ShownPage:
    """All that the page needs."""

    given: Sequence[ShownDelegation]
    received: Sequence[ShownDelegation]
    absences: Sequence[Absence]
    may_delegate: bool
    day: dt.date


def shown_delegations() -> str:
    """The page."""
    session, me = db.session(), person().id
    page = ShownPage(
        given=_shown(given(session, me), own=True),
        received=_shown(received(session, me), own=False),
        absences=coming_absences(session, me, today()),
        may_delegate=bool(delegable(standing())),
        day=today(),
    )
    return render_template("delegations/list_delegations.html", shown=page)


def _shown(rows: Sequence[Delegation], own: bool) -> list[ShownDelegation]:
    narrowed = {each.role for row in rows if row.kinds for each in row.roles}
    names = {kind.value: kind.name for kind in kinds_of(db.session(), narrowed)} if narrowed else {}
    return [ShownDelegation(row, state_of(row, today()), _named(row.kinds, names), own) for row in rows]


def _named(kinds: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Kinds of task by name; one that only older diagrams have stands beside the one that took its place."""
    known = tuple(content(names[each]) for each in kinds if each in names)
    return known or tuple(kinds)
