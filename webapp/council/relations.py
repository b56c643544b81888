"""A member's relation to a nominee, as the page that declares it shows it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort

from webapp.council.showing import ShownSession, shown_session
from webapp.queries.session_page import Item


@dataclass(frozen=True)
class ShownRelation:
    """A session of the reader, and the nominee on its agenda."""

    session: ShownSession
    item: Item

    @property
    def declared(self) -> bool:
        """Whether the reader has declared a relation already."""
        return self.item.code in self.session.about.declared


def shown_relation(code: str, nomination: str) -> ShownRelation:
    """The nominee of this code on the agenda of a session in which the reader sits; 404 for anybody else."""
    shown = shown_session(code)
    item = next((item for item in shown.about.items if item.code == nomination), None)
    if shown.own is None or item is None:
        abort(404)
    return ShownRelation(shown, item)
