"""Views that were saved: the own ones, those shared with one's units, where to begin, the columns chosen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import ChosenColumns, Person, SavedView, StartView, Unit
from webapp.queries.standing import Standing

MOST = 100
_owner, _unit = aliased(Person), aliased(Unit)


@dataclass(frozen=True)
class ViewRow:
    """A view as a menu shows it; ``shared``: name of the unit it is shared with; ``start``: one begins there."""

    public_id: str
    page: str
    query: str
    name: str
    owner: str
    mine: bool
    shared: str | None
    start: bool
    unit: str | None = None

    @property
    def url(self) -> str:
        """The address the view stands for."""
        return f"{self.page}?{self.query}" if self.query else self.page


def reachable(standing: Standing) -> ColumnElement[bool]:
    """Condition on SavedView: it is one's own, or shared with a unit one holds a role in today."""
    return or_(
        SavedView.person_id == standing.person_id,
        SavedView.unit_id.in_({held.unit_id for held in standing.roles}),
    )


def saved_views(session: Session, standing: Standing, pages: Collection[str] = ()) -> list[ViewRow]:
    """The views of some pages (or of all) for somebody, the own ones first, by name; one statement."""
    query = (
        select(
            SavedView.public_id,
            SavedView.page,
            SavedView.query,
            SavedView.name,
            _owner.name,
            SavedView.person_id == standing.person_id,
            _unit.name,
            StartView.view_id.is_not(None),
            _unit.code,
        )
        .join(_owner, _owner.id == SavedView.person_id)
        .outerjoin(_unit, _unit.id == SavedView.unit_id)
        .outerjoin(
            StartView, (StartView.view_id == SavedView.id) & (StartView.person_id == standing.person_id)
        )
        .where(reachable(standing))
        .order_by(SavedView.person_id != standing.person_id, SavedView.name, SavedView.id)
        .limit(MOST)
    )
    if pages:
        query = query.where(SavedView.page.in_(pages))
    return [ViewRow(*row) for row in session.execute(query)]


def start_view(session: Session, standing: Standing) -> ViewRow | None:
    """Where somebody begins; None once the view is not shared with them any more."""
    return next((view for view in saved_views(session, standing) if view.start), None)


def chosen_columns(session: Session, standing: Standing, page: str) -> str:
    """The columns somebody has chosen for a list; empty for the usual ones."""
    query = select(ChosenColumns.columns).where(
        ChosenColumns.person_id == standing.person_id, ChosenColumns.page == page
    )
    return session.scalar(query) or ""
